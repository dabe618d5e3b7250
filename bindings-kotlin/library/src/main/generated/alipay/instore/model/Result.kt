// Generated from schema/messages/result.toml by `make generate`; do not edit.

package alipay.instore.model

/** The result of a call, or of a payment. */
public class ApiResult : Model() {
    /** `S`, `F` or `U`, as it came; another letter counts as unknown. */
    public var resultStatus: String? by text()

    /** What happened, as a code; codes that are not documented must be expected. At most 64 characters. */
    public var resultCode: String? by text()

    /** The same in words. At most 256 characters. */
    public var resultMessage: String? by text()
}

/** The customer at the wallet. Source: Alipay, pay (consumer-presented mode), pspCustomerInfo. */
public class PspCustomerInfo : Model() {
    /** The wallet's name. At most 64 characters. */
    public var pspName: String? by text()

    /** The customer's id at the wallet. At most 64 characters. */
    public var pspCustomerId: String? by text()

    /** The customer's id as it may be shown. At most 64 characters. */
    public var displayCustomerId: String? by text()
}

/** The rate between the payment's currency and that of the settlement. */
public class SettlementQuote : Model() {
    /** The rate's id. At most 64 characters. */
    public var quoteId: String? by text()

    /** Both currencies, in letters or numbers, as the gateway writes them. At most 16 characters. */
    public var quoteCurrencyPair: String? by text()

    /** The rate, as its decimal text. */
    public var quotePrice: String? by text()

    /** From when it holds. In milliseconds since the epoch. */
    public var quoteStartTime: Long? by time()

    /** Until when it holds. In milliseconds since the epoch. */
    public var quoteExpiryTime: Long? by time()

    /** Whether it is guaranteed. */
    public var guaranteed: Boolean? by flag()

    /** Alipay+: the currency that the unit counts. */
    public var baseCurrency: String? by text()

    /** Alipay+: for how many of the base currency the price is. */
    public var quoteUnit: String? by text()
}
