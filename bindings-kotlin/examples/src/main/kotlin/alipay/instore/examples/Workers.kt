package alipay.instore.examples

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.Merchant
import alipay.instore.Protocol
import kotlinx.coroutines.runBlocking
import java.io.File
import kotlin.system.exitProcess

/**
 * Processes that share one store: some begin sales and end, others finish them. What a process leaves behind, a worker takes over.
 */
object Workers {
    private fun open(settings: String, folder: String, claims: Boolean): Client {
        val merchant = Merchant.fromFile(File(settings), Protocol.AMS)
        val builder = Client.Builder(merchant, FileStore(folder)).shop(cornerShop("TILL-1")).notifyUrlConfigured(true)
        return builder.claims(claims).build()
    }

    /** Takes over what is due and nobody drives, until the process ends. */
    private suspend fun work(settings: String, folder: String) {
        val client = open(settings, folder, claims = true)
        // Gives back what this process drives, and so ends the call below.
        Runtime.getRuntime().addShutdownHook(Thread { client.close() })
        println("working")
        client.runWorker()
    }

    /** Begins a sale, and ends. */
    private suspend fun sell(settings: String, folder: String, price: String, scanned: String): String =
        open(settings, folder, claims = false).use { it.payCode(scanned, Amount.parse(price), "Groceries", wait = 0).paymentRequestId }

    /** As a page asks that polls. */
    private suspend fun status(settings: String, folder: String, paymentRequestId: String): String =
        open(settings, folder, claims = false).use { it.status(paymentRequestId).outcome?.word ?: "in progress" }

    /** `worker SANDBOX_JSON STORE_FOLDER`, `sell SANDBOX_JSON STORE_FOLDER PRICE CODE`, or `status SANDBOX_JSON STORE_FOLDER ID` */
    @JvmStatic
    fun main(arguments: Array<String>): Unit = runBlocking {
        val words = arguments.drop(1)
        when (arguments.firstOrNull()) {
            "worker" -> work(words[0], words[1])
            "sell" -> println(sell(words[0], words[1], words[2], words[3]))
            "status" -> println(status(words[0], words[1], words[2]))
            else -> exitProcess(2)
        }
    }
}
