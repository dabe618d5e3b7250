package alipay.instore.sample

import alipay.instore.Amount
import alipay.instore.FileStore
import alipay.instore.Outcome
import alipay.instore.StoreKit
import alipay.instore.model.PaymentRequestIds
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

/** What only a device can show: `./gradlew connectedAndroidTest`, with the sandbox of docs/android.md running. */
@RunWith(AndroidJUnit4::class)
class DeviceTest {
    private val app = InstrumentationRegistry.getInstrumentation().targetContext.applicationContext as SampleApp

    @Test
    fun theStoreKeepsItsContractOnThisFileSystem() {
        val folder = File(app.noBackupFilesDir, "kit").apply { deleteRecursively() }
        assertEquals(emptyList<String>(), StoreKit.checkBlocking { FileStore(File(folder, it)) })
    }

    @Test
    fun aSaleIsPaidOverThePlatformsHttp(): Unit = runBlocking {
        val id = PaymentRequestIds.create("TILL7")
        val result = app.pay("281006020000000000125733", Amount.parse("19.99 USD"), id).await()
        assertEquals(Outcome.Succeeded, result.outcome)
        assertEquals(Outcome.Succeeded, app.client.status(id).outcome)
    }
}
