// Generated from schema/messages/pay_response.toml by `make generate`; do not edit.

package alipay.instore.model

import alipay.instore.Amount
import kotlinx.serialization.json.JsonObject

/**
 * The answer to `pay`, of both protocols.
 *
 * `actualPaymentAmount` and `paymentQuote` have been withdrawn and are unknown members. Source: Alipay, pay
 * (consumer-presented mode), response parameters; Alipay+, Accept a payment, step 2.
 */
public class PayResponse : Model() {
    /** How the call ended. For order code and entry code, `S` says that the code or the redirect was made. */
    public var result: ApiResult? by model(::ApiResult)

    /** The id of the request. At most 64 characters. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. At most 64 characters. */
    public var paymentId: String? by text()

    /** What the customer pays. */
    public var paymentAmount: Amount? by amount()

    /** When the payment was made. In milliseconds since the epoch. */
    public var paymentTime: Long? by time()

    /** When the payment was created. In milliseconds since the epoch. */
    public var paymentCreateTime: Long? by time()

    /**
     * AMS: when the authorization expires. The other spelling of the documents, `authExpiredTime`, is read as well. In
     * milliseconds since the epoch.
     */
    public var authExpiryTime: Long? by time(alias = "authExpiredTime")

    /** AMS: the customer at the wallet. */
    public var pspCustomerInfo: PspCustomerInfo? by model(::PspCustomerInfo)

    /** A challenge for the customer. */
    public var challengeActionForm: ChallengeActionForm? by model(::ChallengeActionForm)

    /** Where the customer's wallet is redirected to. */
    public var redirectActionForm: RedirectActionForm? by model(::RedirectActionForm)

    /** The code that the customer scans. */
    public var orderCodeForm: OrderCodeForm? by model(::OrderCodeForm)

    /** AMS: what is settled, before fees. */
    public var grossSettlementAmount: Amount? by amount()

    /** The rate of the settlement. */
    public var settlementQuote: SettlementQuote? by model(::SettlementQuote)

    /** Alipay+: the acquirer. At most 64 characters. */
    public var acquirerId: String? by text()

    /** Alipay+: the wallet's id. */
    public var pspId: String? by text()

    /** Alipay+: the customer at the wallet. */
    public var customerId: String? by text()

    /** Alipay+: the wallet's name. */
    public var walletBrandName: String? by text()

    /** Alipay+: where the customer pays. */
    public var paymentUrl: String? by text()

    /** Alipay+: what is settled. */
    public var settlementAmount: Amount? by amount()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): PayResponse = PayResponse().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): PayResponse = fromJson(parse(text))
    }
}
