package alipay.instore.model

import alipay.instore.Amount
import kotlinx.serialization.json.JsonObject

/**
 * The answer to `inquiryPayment`, of both protocols. Source: Alipay, inquiryPayment; Alipay+, inquiryPayment.
 */
public class InquiryResponse : Model() {
    /** Whether the inquiry worked. */
    public var result: ApiResult? by model(::ApiResult)

    /** AMS: what has become of the payment. */
    public var paymentStatus: String? by text()

    /** AMS: the payment's own result code. */
    public var paymentResultCode: String? by text()

    /** AMS: the same in words. */
    public var paymentResultMessage: String? by text()

    /** Alipay+: the payment's own result. */
    public var paymentResult: ApiResult? by model(::ApiResult)

    /** The id of the request to pay. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. */
    public var paymentId: String? by text()

    /** What the customer pays. */
    public var paymentAmount: Amount? by amount()

    /** When the payment was created, in milliseconds since the epoch. */
    public var paymentCreateTime: Long? by time()

    /** When the payment was made, in milliseconds since the epoch. */
    public var paymentTime: Long? by time()

    /** AMS: when the authorization expires, in milliseconds since the epoch. `authExpiredTime` is read as well. */
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

    /** The gateway's id of it. */
    public var transactionId: String? by text()

    /** What was done. */
    public var transactionType: String? by text()

    /** What has become of it. */
    public var transactionStatus: String? by text()

    /** Over what amount. */
    public var transactionAmount: Amount? by amount()

    /** The caller's id of it. */
    public var transactionRequestId: String? by text()

    /** When, in milliseconds since the epoch. */
    public var transactionTime: Long? by time()
}

/** The result of a call, or of a payment. */
public class ApiResult : Model() {
    /** `S`, `F` or `U`, as it came; see `status`. */
    public var resultStatus: String? by text()

    /** What happened, as a code; codes that are not documented must be expected. */
    public var resultCode: String? by text()

    /** The same in words. */
    public var resultMessage: String? by text()
}

/** The customer at the wallet. Source: Alipay, pay (consumer-presented mode), pspCustomerInfo. */
public class PspCustomerInfo : Model() {
    /** The wallet's name. */
    public var pspName: String? by text()

    /** The customer's id at the wallet. */
    public var pspCustomerId: String? by text()

    /** The customer's id as it may be shown. */
    public var displayCustomerId: String? by text()
}

/** The rate between the payment's currency and that of the settlement. */
public class SettlementQuote : Model() {
    /** The rate's id. */
    public var quoteId: String? by text()

    /** Both currencies, in letters or numbers, as the gateway writes them. */
    public var quoteCurrencyPair: String? by text()

    /** The rate, as its decimal text. */
    public var quotePrice: String? by text()

    /** From when it holds, in milliseconds since the epoch. */
    public var quoteStartTime: Long? by time()

    /** Until when it holds, in milliseconds since the epoch. */
    public var quoteExpiryTime: Long? by time()

    /** Whether it is guaranteed. */
    public var guaranteed: Boolean? by flag()

    /** Alipay+: the currency that the unit counts. */
    public var baseCurrency: String? by text()

    /** Alipay+: for how many of the base currency the price is. */
    public var quoteUnit: String? by text()
}

/** The answer to `inquiryRefund`. */
public class InquiryRefundResponse : Model() {
    /** Whether the inquiry worked. */
    public var result: ApiResult? by model(::ApiResult)

    /** What has become of the refund. */
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
        public fun fromJson(json: JsonObject): InquiryRefundResponse = InquiryRefundResponse().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): InquiryRefundResponse = fromJson(parse(text))
    }
}
