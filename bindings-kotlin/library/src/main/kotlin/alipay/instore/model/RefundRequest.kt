package alipay.instore.model

import alipay.instore.Amount
import kotlinx.serialization.json.JsonObject

/** A request to refund, in whole or in part. Source: Alipay, refund; Alipay+, refund. */
public class RefundRequest : Model() {
    /** One id for each refund, kept when the request is repeated. */
    public var refundRequestId: String? by text()

    /** The gateway's id of the payment. AMS requires it. */
    public var paymentId: String? by text()

    /** Alipay+: the id of the request to pay, where `paymentId` is not known. AMS is not sent it. */
    public var paymentRequestId: String? by text()

    /** How much is given back. */
    public var refundAmount: Amount? by amount()

    /** The refund's id in the merchant's system. */
    public var referenceRefundId: String? by text()

    /** Why. */
    public var refundReason: String? by text()

    /** AMS: where the result of the refund is notified. An optional service: never wait for it. */
    public var refundNotifyUrl: String? by text()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): RefundRequest = RefundRequest().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): RefundRequest = fromJson(parse(text))
    }
}
