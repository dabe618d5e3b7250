package alipay.instore

import alipay.instore.ffi.checkShop
import alipay.instore.model.PaymentRequestIds
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Who sells, where, and at which terminal: stated once, so that [Client.payCode] and the calls beside it need only what is
 * sold. A shop does not change; each function returns another one.
 */
public class Shop private constructor(private val stated: Map<String, String>) {
    private val json = JsonObject(stated.mapValues { JsonPrimitive(it.value) }).toString()

    init {
        native { checkShop(json) }
    }

    /** A merchant by its id at the acquirer, its name, and its merchant category code (ISO 18245, four digits). */
    public constructor(merchantId: String, merchantName: String, mcc: String) :
        this(mapOf("merchant_id" to merchantId, "merchant_name" to merchantName, "mcc" to mcc))

    /** The store in which the customer pays, by its id and its name. */
    public fun store(id: String, name: String): Shop = Shop(stated + mapOf("store_id" to id, "store_name" to name))

    /** The category code of the store, where it differs from that of the merchant. */
    public fun storeMcc(mcc: String): Shop = with("store_mcc", mcc)

    /** The terminal of the till. It also begins the ids that the client makes. */
    public fun terminal(id: String): Shop = with("terminal", id)

    /** The currency in which the merchant is paid. Alipay+ requires it. */
    public fun settlementCurrency(currency: String): Shop = with("settlement_currency", currency)

    /** Where the gateway sends notifications: a public URL. */
    public fun notifyUrl(url: String): Shop = with("notify_url", url)

    /** Where the customer goes after paying on the merchant's page (entry code). */
    public fun redirectUrl(url: String): Shop = with("redirect_url", url)

    private fun with(name: String, value: String) = Shop(stated + (name to value))

    /** A new payment request id, which begins with the time and the terminal. */
    internal fun newId(now: Long): String = PaymentRequestIds.create(stated["terminal"] ?: "", now)

    /** The body of pay for a sale, as JSON text. It may hold the payment code. */
    internal fun request(sale: Sale, id: String): String {
        val members = mapOf(
            "scenario" to sale.scenario.word,
            "payment_request_id" to id,
            "currency" to sale.amount.currency,
            "value" to sale.amount.value.toString(),
            "description" to sale.description,
        ) + sale.more
        val said = JsonObject(members.mapValues { JsonPrimitive(it.value) }).toString()
        return FlatCall.SALE_REQUEST.of(Arguments(json.length + said.length + 16).text(json).text(said)).text()
    }

    override fun equals(other: Any?): Boolean = other is Shop && other.stated == stated

    override fun hashCode(): Int = stated.hashCode()

    override fun toString(): String = "Shop(${stated["merchant_id"]}, ${stated["store_id"]}, ${stated["terminal"]})"
}

/** One sale in a shop. */
internal class Sale(
    val scenario: Scenario,
    val amount: Amount,
    val description: String,
    val paymentRequestId: String?,
    val more: Map<String, String> = emptyMap(),
)
