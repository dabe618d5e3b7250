// Generated from schema/messages/refund.toml by `make generate`; do not edit.

package alipay.instore.model

import alipay.instore.Amount
import kotlinx.serialization.json.JsonObject

/** What has become of a refund. Source: Alipay, inquiryRefund. Another word is kept as it came. */
public class RefundStatus private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** The money was given back. */
        @JvmField
        public val SUCCESS: RefundStatus = RefundStatus("SUCCESS")

        /** Not yet decided. */
        @JvmField
        public val PROCESSING: RefundStatus = RefundStatus("PROCESSING")

        /** It was not, for good. */
        @JvmField
        public val FAIL: RefundStatus = RefundStatus("FAIL")

        /** The words of the documents. */
        @JvmField
        public val documented: List<RefundStatus> = listOf(SUCCESS, PROCESSING, FAIL)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): RefundStatus =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: RefundStatus(word)
    }
}

/** A request to refund, in whole or in part. Source: Alipay, refund; Alipay+, refund. */
public class RefundRequest : Model() {
    /** One id for each refund, kept when the request is repeated. At most 64 characters. Required. */
    public var refundRequestId: String? by text()

    /** The gateway's id of the payment. AMS requires it. At most 64 characters. */
    public var paymentId: String? by text()

    /**
     * Alipay+: the id of the request to pay, where `paymentId` is not known. AMS is not sent it. At most 64 characters.
     */
    public var paymentRequestId: String? by text()

    /** How much is given back. Required. */
    public var refundAmount: Amount? by amount()

    /** The refund's id in the merchant's system. At most 64 characters. */
    public var referenceRefundId: String? by text()

    /** Why. At most 256 characters. */
    public var refundReason: String? by text()

    /**
     * AMS: where the result of the refund is notified. An optional service: never wait for it. At most 2048 characters.
     */
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

/** The answer to `refund`. */
public class RefundResponse : Model() {
    /** How the call ended. */
    public var result: ApiResult? by model(::ApiResult)

    /** The id of the request. At most 64 characters. */
    public var refundRequestId: String? by text()

    /** The gateway's id of the refund. At most 64 characters. */
    public var refundId: String? by text()

    /** The gateway's id of the payment. At most 64 characters. */
    public var paymentId: String? by text()

    /** How much was given back. */
    public var refundAmount: Amount? by amount()

    /** When. In milliseconds since the epoch. */
    public var refundTime: Long? by time()

    /** AMS: what is settled, before fees. */
    public var grossSettlementAmount: Amount? by amount()

    /** The rate of the settlement. */
    public var settlementQuote: SettlementQuote? by model(::SettlementQuote)

    /** Alipay+: the acquirer. At most 64 characters. */
    public var acquirerId: String? by text()

    /** Alipay+: the wallet's id. */
    public var pspId: String? by text()

    /** Alipay+: what is settled. */
    public var settlementAmount: Amount? by amount()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): RefundResponse = RefundResponse().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): RefundResponse = fromJson(parse(text))
    }
}

/**
 * A request to `inquiryRefund`: one of the ids, or both, in which case the gateway goes by `refundId`. Alipay+ has no such
 * API.
 */
public class InquiryRefundRequest : Model() {
    /** The id of the request to refund. At most 64 characters. */
    public var refundRequestId: String? by text()

    /** The gateway's id of the refund. At most 64 characters. */
    public var refundId: String? by text()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): InquiryRefundRequest = InquiryRefundRequest().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): InquiryRefundRequest = fromJson(parse(text))
    }
}

/** The answer to `inquiryRefund`. */
public class InquiryRefundResponse : Model() {
    /** Whether the inquiry worked. */
    public var result: ApiResult? by model(::ApiResult)

    /** What has become of the refund. At most 16 characters. */
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
        public fun fromJson(json: JsonObject): InquiryRefundResponse = InquiryRefundResponse().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): InquiryRefundResponse = fromJson(parse(text))
    }
}
