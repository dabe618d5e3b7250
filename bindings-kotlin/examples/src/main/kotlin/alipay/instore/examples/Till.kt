package alipay.instore.examples

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.Merchant
import alipay.instore.Operation
import alipay.instore.Outcome
import alipay.instore.PaymentResult
import alipay.instore.Protocol
import alipay.instore.ResultCode
import alipay.instore.Shop
import kotlinx.coroutines.runBlocking
import java.io.File
import java.math.BigDecimal

/** The shop, which stands in every sale of it. */
internal fun cornerShop(terminal: String): Shop =
    Shop("MERCHANT-1", "Corner shop", "5411").store("STORE-1", "Corner shop").terminal(terminal)

/** A till in Kotlin: first finishes what was left open, then takes one payment. */
class Till(private val client: Client) {
    /** What the cashier reads. */
    fun words(result: PaymentResult): String = when (val outcome = result.outcome) {
        Outcome.Succeeded -> "paid"
        is Outcome.Failed -> ResultCode.advice(client.merchant.protocol, Operation.PAY, "F", outcome.code).cashierEn
        Outcome.Cancelled, Outcome.Refunded -> "not paid"
        is Outcome.Unresolved -> "call the office: ${outcome.reason.word}"
        null -> "not decided yet: wait, or cancel, and charge nobody again"
    }

    /** Finishes the payments that an earlier run left open. */
    suspend fun finish(): List<String> = client.resumeAll().payments.map { resumed ->
        val result = resumed.result?.let { client.resume(it.paymentRequestId) }
        "${resumed.paymentRequestId}: ${result?.let { words(it) } ?: resumed.error?.code}"
    }

    /** Takes a payment. */
    suspend fun sell(price: BigDecimal, currency: String, scanned: String): PaymentResult =
        client.payCode(scanned, Amount.fromMajor(price, currency), "Groceries")
}

/** `Till SANDBOX_JSON STORE_FOLDER PRICE CURRENCY CODE` */
fun main(arguments: Array<String>) = runBlocking {
    val (settings, folder, price, currency, scanned) = arguments.toList()
    val merchant = Merchant.fromFile(File(settings), Protocol.AMS)
    val builder = Client.Builder(merchant, FileStore(folder)).shop(cornerShop("TILL-1")).notifyUrlConfigured(true)
    builder.build().use { client ->
        val till = Till(client)
        till.finish().forEach { println(it) }
        println(till.words(till.sell(BigDecimal(price), currency, scanned)))
    }
}
