// Generated from schema/messages/notification.toml by `make generate`; do not edit.

package alipay.instore.model

import alipay.instore.Amount
import kotlinx.serialization.json.JsonObject

/** What is notified, in AMS. Another word is kept as it came. */
public class NotifyType private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** The result of a payment. */
        @JvmField
        public val PAYMENT_RESULT: NotifyType = NotifyType("PAYMENT_RESULT")

        /** The result of a payment by a code in a store. */
        @JvmField
        public val OFFLINE_PAYMENT_CODE: NotifyType = NotifyType("OFFLINE_PAYMENT_CODE")

        /** The customer is done and the result is open. */
        @JvmField
        public val PAYMENT_PENDING: NotifyType = NotifyType("PAYMENT_PENDING")

        /** The result of a refund: see [RefundNotification]. */
        @JvmField
        public val REFUND_RESULT: NotifyType = NotifyType("REFUND_RESULT")

        /** The words of the documents. */
        @JvmField
        public val documented: List<NotifyType> = listOf(PAYMENT_RESULT, OFFLINE_PAYMENT_CODE, PAYMENT_PENDING, REFUND_RESULT)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): NotifyType =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: NotifyType(word)
    }
}

/**
 * A notification, of both protocols. Source: Alipay, notifyPayment; Alipay+, notifyPayment; Alipay, Entry code payment,
 * Accept payments, step 3.
 */
public class NotificationBody : Model() {
    /** AMS: what is notified. */
    public var notifyType: NotifyType? by word(NotifyType::of)

    /** AMS: the result of the payment. */
    public var result: ApiResult? by model(::ApiResult)

    /** Alipay+: the result of the payment. */
    public var paymentResult: ApiResult? by model(::ApiResult)

    /** The id of the request to pay. At most 64 characters. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. At most 64 characters. */
    public var paymentId: String? by text()

    /** What the customer paid. */
    public var paymentAmount: Amount? by amount()

    /** When the payment was created. In milliseconds since the epoch. */
    public var paymentCreateTime: Long? by time()

    /** When the payment reached its end. In milliseconds since the epoch. */
    public var paymentTime: Long? by time()

    /** AMS: the customer at the wallet. */
    public var pspCustomerInfo: PspCustomerInfo? by model(::PspCustomerInfo)

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
 * A notification about a refund, only in AMS. Whether refunds of payments in a store are notified is not certain: take one,
 * and never wait for one. Source: Alipay, notifyRefund.
 */
public class RefundNotification : Model() {
    /** What is notified: the result of a refund. */
    public var notifyType: NotifyType? by word(NotifyType::of)

    /** Whether the refund worked, where the message states it; `refundStatus` says whether the money was given back. */
    public var result: ApiResult? by model(::ApiResult)

    /** What has become of the refund: given back, or not. At most 16 characters. */
    public var refundStatus: RefundStatus? by word(RefundStatus::of)

    /** The id of the request to refund. At most 64 characters. */
    public var refundRequestId: String? by text()

    /** The gateway's id of the refund. At most 64 characters. */
    public var refundId: String? by text()

    /** How much was given back. */
    public var refundAmount: Amount? by amount()

    /** When. In milliseconds since the epoch. */
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
