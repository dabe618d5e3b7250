package alipay.instore.model

import alipay.instore.Amount
import kotlinx.serialization.json.JsonObject

/**
 * A notification, of both protocols. Source: Alipay, notifyPayment; Alipay+, notifyPayment; Alipay, Entry code
 * payment, Accept payments, step 3.
 */
public class NotificationBody : Model() {
    /** AMS: what is notified. */
    public var notifyType: String? by text()

    /** AMS: the result of the payment. */
    public var result: ApiResult? by model(::ApiResult)

    /** Alipay+: the result of the payment. */
    public var paymentResult: ApiResult? by model(::ApiResult)

    /** The id of the request to pay. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. */
    public var paymentId: String? by text()

    /** What the customer paid. */
    public var paymentAmount: Amount? by amount()

    /** When the payment was created, in milliseconds since the epoch. */
    public var paymentCreateTime: Long? by time()

    /** When the payment reached its end, in milliseconds since the epoch. */
    public var paymentTime: Long? by time()

    /** AMS: the customer at the wallet. */
    public var pspCustomerInfo: PspCustomerInfo? by model(::PspCustomerInfo)

    /** AMS: what is settled, before fees. */
    public var grossSettlementAmount: Amount? by amount()

    /** The rate of the settlement. */
    public var settlementQuote: SettlementQuote? by model(::SettlementQuote)

    /** Alipay+: the acquirer. */
    public var acquirerId: String? by text()

    /** Alipay+: the wallet's id. */
    public var pspId: String? by text()

    /** Alipay+: the customer at the wallet. */
    public var customerId: String? by text()

    /** Alipay+: the wallet's name. */
    public var walletBrandName: String? by text()

    /** Alipay+: what is settled. */
    public var settlementAmount: Amount? by amount()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): NotificationBody = NotificationBody().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): NotificationBody = fromJson(parse(text))
    }
}

/**
 * A notification about a refund, of AMS alone. Whether refunds of payments in a store are notified is not certain: take one,
 * and never wait for one. Source: Alipay, notifyRefund.
 */
public class RefundNotification : Model() {
    /** What is notified: the result of a refund. */
    public var notifyType: String? by text()

    /** Whether the refund worked, where the message states it; `refundStatus` says whether the money was given back. */
    public var result: ApiResult? by model(::ApiResult)

    /** What has become of the refund: given back, or not. */
    public var refundStatus: String? by text()

    /** The id of the request to refund. */
    public var refundRequestId: String? by text()

    /** The gateway's id of the refund. */
    public var refundId: String? by text()

    /** How much was given back. */
    public var refundAmount: Amount? by amount()

    /** When, in milliseconds since the epoch. */
    public var refundTime: Long? by time()

    /** What is settled, before fees. */
    public var grossSettlementAmount: Amount? by amount()

    /** The rate of the settlement. */
    public var settlementQuote: SettlementQuote? by model(::SettlementQuote)

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): RefundNotification = RefundNotification().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): RefundNotification = fromJson(parse(text))
    }
}
