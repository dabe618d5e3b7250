// Generated from schema/messages/inquiry.toml by `make generate`; do not edit.

package alipay.instore.model

import alipay.instore.Amount
import kotlinx.serialization.json.JsonObject

/** What has become of the payment, in AMS. Source: Alipay, inquiryPayment. Another word is kept as it came. */
public class PaymentStatus private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** Paid. */
        @JvmField
        public val SUCCESS: PaymentStatus = PaymentStatus("SUCCESS")

        /** Not paid, for good. */
        @JvmField
        public val FAIL: PaymentStatus = PaymentStatus("FAIL")

        /** Not yet decided. */
        @JvmField
        public val PROCESSING: PaymentStatus = PaymentStatus("PROCESSING")

        /** Cancelled. */
        @JvmField
        public val CANCELLED: PaymentStatus = PaymentStatus("CANCELLED")

        /** The customer is done and the result is open. */
        @JvmField
        public val PENDING: PaymentStatus = PaymentStatus("PENDING")

        /** The words of the documents. */
        @JvmField
        public val documented: List<PaymentStatus> = listOf(SUCCESS, FAIL, PROCESSING, CANCELLED, PENDING)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): PaymentStatus =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: PaymentStatus(word)
    }
}

/** What was done. Another word is kept as it came. */
public class TransactionType private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** A payment. */
        @JvmField
        public val PAYMENT: TransactionType = TransactionType("PAYMENT")

        /** A refund. */
        @JvmField
        public val REFUND: TransactionType = TransactionType("REFUND")

        /** A cancellation. */
        @JvmField
        public val CANCEL: TransactionType = TransactionType("CANCEL")

        /** An authorisation. */
        @JvmField
        public val AUTHORIZATION: TransactionType = TransactionType("AUTHORIZATION")

        /** A capture. */
        @JvmField
        public val CAPTURE: TransactionType = TransactionType("CAPTURE")

        /** A capture or authorisation taken back. */
        @JvmField
        public val VOID: TransactionType = TransactionType("VOID")

        /** The words of the documents. */
        @JvmField
        public val documented: List<TransactionType> = listOf(PAYMENT, REFUND, CANCEL, AUTHORIZATION, CAPTURE, VOID)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): TransactionType =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: TransactionType(word)
    }
}

/** What has become of it. Another word is kept as it came. */
public class TransactionStatus private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** It succeeded. */
        @JvmField
        public val SUCCESS: TransactionStatus = TransactionStatus("SUCCESS")

        /** It failed. */
        @JvmField
        public val FAIL: TransactionStatus = TransactionStatus("FAIL")

        /** It is not yet decided. */
        @JvmField
        public val PROCESSING: TransactionStatus = TransactionStatus("PROCESSING")

        /** It was cancelled. */
        @JvmField
        public val CANCELLED: TransactionStatus = TransactionStatus("CANCELLED")

        /** The words of the documents. */
        @JvmField
        public val documented: List<TransactionStatus> = listOf(SUCCESS, FAIL, PROCESSING, CANCELLED)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): TransactionStatus =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: TransactionStatus(word)
    }
}

/** A request to `inquiryPayment`: one of the ids, or both, in which case the gateway goes by `paymentId`. */
public class InquiryRequest : Model() {
    /** The id of the request to pay; the only one that is known after an answer got lost. At most 64 characters. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. At most 64 characters. */
    public var paymentId: String? by text()

    public companion object {
        /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */
        @JvmStatic
        public fun fromJson(json: JsonObject): InquiryRequest = InquiryRequest().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): InquiryRequest = fromJson(parse(text))
    }
}

/** The answer to `inquiryPayment`, of both protocols. Source: Alipay, inquiryPayment; Alipay+, inquiryPayment. */
public class InquiryResponse : Model() {
    /** Whether the inquiry worked. */
    public var result: ApiResult? by model(::ApiResult)

    /** AMS: what has become of the payment. */
    public var paymentStatus: PaymentStatus? by word(PaymentStatus::of)

    /** AMS: the payment's own result code. At most 64 characters. */
    public var paymentResultCode: String? by text()

    /** AMS: the same in words. At most 256 characters. */
    public var paymentResultMessage: String? by text()

    /** Alipay+: the payment's own result. */
    public var paymentResult: ApiResult? by model(::ApiResult)

    /** The id of the request to pay. At most 64 characters. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. At most 64 characters. */
    public var paymentId: String? by text()

    /** What the customer pays. */
    public var paymentAmount: Amount? by amount()

    /** When the payment was created. In milliseconds since the epoch. */
    public var paymentCreateTime: Long? by time()

    /** When the payment was made. In milliseconds since the epoch. */
    public var paymentTime: Long? by time()

    /** AMS: when the authorization expires. `authExpiredTime` is read as well. In milliseconds since the epoch. */
    public var authExpiryTime: Long? by time(alias = "authExpiredTime")

    /** AMS: the customer at the wallet. */
    public var pspCustomerInfo: PspCustomerInfo? by model(::PspCustomerInfo)

    /** Where the customer's wallet is redirected to. */
    public var redirectActionForm: RedirectActionForm? by model(::RedirectActionForm)

    /** What was done with the payment. */
    public var transactions: List<Transaction>? by models(::Transaction)

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
        public fun fromJson(json: JsonObject): InquiryResponse = InquiryResponse().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): InquiryResponse = fromJson(parse(text))
    }
}

/** A refund, cancellation or other thing done with a payment. */
public class Transaction : Model() {
    /** Its result. */
    public var transactionResult: ApiResult? by model(::ApiResult)

    /** The gateway's id of it. At most 64 characters. */
    public var transactionId: String? by text()

    /** What was done. */
    public var transactionType: TransactionType? by word(TransactionType::of)

    /** What has become of it. */
    public var transactionStatus: TransactionStatus? by word(TransactionStatus::of)

    /** Over what amount. */
    public var transactionAmount: Amount? by amount()

    /** The caller's id of it. At most 64 characters. */
    public var transactionRequestId: String? by text()

    /** When. In milliseconds since the epoch. */
    public var transactionTime: Long? by time()
}
