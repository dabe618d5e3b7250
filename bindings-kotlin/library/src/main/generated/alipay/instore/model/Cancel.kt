// Generated from schema/messages/cancel.toml by `make generate`; do not edit.

package alipay.instore.model

import kotlinx.serialization.json.JsonObject

/** A request to cancel: one of the ids, or both, in which case the gateway goes by `paymentId`. */
public class CancelRequest : Model() {
    /** The id of the request to pay. At most 64 characters. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. At most 64 characters. */
    public var paymentId: String? by text()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): CancelRequest = CancelRequest().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): CancelRequest = fromJson(parse(text))
    }
}

/** The answer. Source: Alipay, cancel; Alipay+, cancelPayment. */
public class CancelResponse : Model() {
    /** How the call ended. */
    public var result: ApiResult? by model(::ApiResult)

    /** The id of the request to pay. At most 64 characters. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. At most 64 characters. */
    public var paymentId: String? by text()

    /** AMS: when it was cancelled; present only on success. In milliseconds since the epoch. */
    public var cancelTime: Long? by time()

    /** Alipay+: the acquirer. At most 64 characters. */
    public var acquirerId: String? by text()

    /** Alipay+: the wallet's id. */
    public var pspId: String? by text()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): CancelResponse = CancelResponse().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): CancelResponse = fromJson(parse(text))
    }
}
