package alipay.instore.sample

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.Clock
import alipay.instore.FileStore
import alipay.instore.HttpReply
import alipay.instore.Outcome
import alipay.instore.Protocol
import alipay.instore.SandboxSettings
import alipay.instore.Shop
import alipay.instore.SignedRequest
import alipay.instore.Transport
import alipay.instore.UrlConnectionTransport
import android.content.Context
import androidx.work.ListenableWorker
import androidx.work.NetworkType
import androidx.work.WorkManager
import androidx.work.WorkerParameters
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowSystemClock
import org.robolectric.util.ReflectionHelpers
import org.robolectric.util.ReflectionHelpers.ClassParameter
import java.io.File
import java.time.Duration

/** What the sample does after its process has died, with its own code. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], manifest = Config.NONE)
class FinishWorkerTest {
    private val context: Context = RuntimeEnvironment.getApplication()
    private val settings = SandboxSettings.fromFile(sandbox(), Protocol.ALIPAY_PLUS)

    /** The files that the sample's assets would have brought. It takes 127.0.0.1 for the machine around an emulator. */
    private fun sandbox(): File {
        val folder = File(context.noBackupFilesDir, "sandbox")
        File(System.getProperty("sandbox.json")).parentFile.copyRecursively(folder, overwrite = true)
        return File(folder, "sandbox.json").apply { writeText(readText().replace("://127.0.0.1:", "://localhost:")) }
    }

    /** An app whose process has just begun, before its `onCreate`. */
    private fun app() = SampleApp().also { app ->
        ReflectionHelpers.callInstanceMethod<Any?>(app, "attach", ClassParameter.from(Context::class.java, context))
    }

    /** Nothing of the client wakes up or sends any more after its first request: as in a process that was killed. */
    private fun dies(): Pair<Transport, Clock> {
        val network = UrlConnectionTransport()
        val transport = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply {
                network.post(request)
                awaitCancellation()
            }
        }
        val clock = object : Clock by AndroidClock {
            override suspend fun sleep(milliseconds: Long): Unit = awaitCancellation()
        }
        return transport to clock
    }

    @Test
    fun theWorkerFinishesWhatADeadProcessLeft(): Unit = runBlocking(Dispatchers.Default) {
        val (transport, clock) = dies()
        val shop = Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD")
        val store = FileStore(File(context.noBackupFilesDir, "payments"))
        val dead = Client.Builder(settings.merchant, store).shop(shop).transport(transport).clock(clock).build()
        val call = launch { dead.payCode(PAID_AFTER_INQUIRIES, Amount.parse("19.99 USD"), "Two coffees", ID) }
        val reader = tillClient(context, settings.merchant, UrlConnectionTransport())
        while (runCatching { reader.status(ID).phase }.isFailure) delay(50)
        assertNull(reader.status(ID).outcome)
        reader.shutDown()
        call.cancel()

        // Robolectric's clock of elapsed time stands still unless it is moved: the real time passes, as on a device.
        val passing = launch {
            while (true) {
                delay(100)
                ShadowSystemClock.advanceBy(Duration.ofMillis(100))
            }
        }
        val app = app()
        assertEquals(ListenableWorker.Result.success(), FinishWorker(app, WorkerParameters()).doWork())
        assertEquals(Outcome.Succeeded, app.client.status(ID).outcome)
        assertEquals(emptyList<Any>(), app.client.alerts().alerts)
        passing.cancel()
        app.client.shutDown()
    }

    @Test
    fun theAppAsksForTheWorkerOnceAndForAll() {
        repeat(2) { FinishWorker.schedule(context) }
        val asked = WorkManager.getInstance(context).asked
        assertEquals(setOf("finish-now", "finish"), asked.keys)
        assertTrue(asked.values.all { it.worker == FinishWorker::class && it.constraints?.network == NetworkType.CONNECTED })
        assertEquals(listOf(null, 15L), listOf("finish-now", "finish").map { asked.getValue(it).everyMinutes })
    }

    @Test
    fun theClockGoesOnWhileTheDeviceSleeps() {
        val before = AndroidClock.monotonic()
        ShadowSystemClock.advanceBy(Duration.ofHours(8))
        assertEquals(8 * 3_600_000L, AndroidClock.monotonic() - before)
    }

    private companion object {
        const val PAID_AFTER_INQUIRIES = "281006029000000000000002"
        const val ID = "TILL7-left-open"
    }
}
