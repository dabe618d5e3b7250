package alipay.instore.examples

import alipay.instore.Advice
import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.Merchant
import alipay.instore.Operation
import alipay.instore.Outcome
import alipay.instore.PaymentCode
import alipay.instore.PaymentResult
import alipay.instore.Protocol
import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.OrderStore
import kotlinx.coroutines.runBlocking
import java.io.File
import java.math.BigDecimal

/** What the till sells, told to the gateway. */
internal fun groceries(terminal: String): Order = Order().apply {
    orderDescription = "Groceries"
    merchant = OrderMerchant().apply {
        referenceMerchantId = "MERCHANT-1"
        merchantMcc = "5411"
        merchantName = "Corner shop"
        store = OrderStore().apply {
            referenceStoreId = "STORE-1"
            storeName = "Corner shop"
            storeMcc = "5411"
        }
    }
    env = Env().apply { storeTerminalId = terminal }
}

/** A till in Kotlin: first finishes what was left open, then takes one payment. */
class Till(private val client: Client, private val terminal: String) {
    /** What the cashier reads. */
    fun words(result: PaymentResult): String = when (val outcome = result.outcome) {
        Outcome.Succeeded -> "paid"
        is Outcome.Failed -> Advice.of(client.merchant.protocol, Operation.PAY, "F", outcome.code).cashierEn
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
    suspend fun sell(price: BigDecimal, currency: String, scanned: String): PaymentResult {
        val id = PaymentRequestIds.create(terminal)
        val code = PaymentCode.fromScan(scanned)
        return client.pay(PayRequest.forPaymentCode(id, Amount.fromMajor(price, currency), code, groceries(terminal)))
    }
}

/** `Till SANDBOX_JSON STORE_FOLDER PRICE CURRENCY CODE` */
fun main(arguments: Array<String>) = runBlocking {
    val (settings, folder, price, currency, scanned) = arguments.toList()
    val merchant = Merchant.fromFile(File(settings), Protocol.AMS)
    Client.Builder(merchant, FileStore(folder)).notifyUrlConfigured(true).build().use { client ->
        val till = Till(client, "TILL-1")
        till.finish().forEach { println(it) }
        println(till.words(till.sell(BigDecimal(price), currency, scanned)))
    }
}
