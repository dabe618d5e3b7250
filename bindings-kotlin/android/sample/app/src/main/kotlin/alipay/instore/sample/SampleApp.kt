package alipay.instore.sample

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.PaymentResult
import alipay.instore.Protocol
import alipay.instore.SandboxSettings
import alipay.instore.UrlConnectionTransport
import android.app.Application
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import java.io.File

/** Holds the client. Payments belong to the process and not to a screen; screens ask by id. */
class SampleApp : Application() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val settings by lazy { SandboxSettings.fromFile(sandbox(), Protocol.ALIPAY_PLUS) }

    /** The client of this process. */
    val client: Client by lazy { tillClient(this, settings.merchant, UrlConnectionTransport(extraRoots = settings.caPem)) }

    override fun onCreate() {
        super.onCreate()
        // What an earlier process left open, as long as this one lives; `FinishWorker` does it when no screen is open.
        scope.launch { client.runWorker() }
        FinishWorker.schedule(this)
    }

    /** Begins or joins a payment that goes on when the screen is turned. */
    fun pay(code: String, price: Amount, id: String): Deferred<PaymentResult> =
        scope.async { client.payCode(code, price, "Two coffees", paymentRequestId = id) }

    /** The sandbox's files from the assets, with the address under which an emulator reaches the machine that it runs on. */
    private fun sandbox(): File {
        val folder = File(noBackupFilesDir, "sandbox").apply { mkdirs() }
        for (name in assets.list("").orEmpty()) {
            if (!name.endsWith(".json") && !name.endsWith(".pem")) continue
            File(folder, name).writeBytes(assets.open(name).use { it.readBytes() })
        }
        val description = File(folder, "sandbox.json")
        description.writeText(description.readText().replace("://127.0.0.1:", "://10.0.2.2:"))
        return description
    }
}
