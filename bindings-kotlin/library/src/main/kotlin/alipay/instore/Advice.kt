package alipay.instore

import alipay.instore.ffi.advice as ffiAdvice

/** What a result means, and what to do about it: a sentence for the cashier and one for the developer. */
public class Advice internal constructor(
    /** The meaning. */
    public val meaning: Meaning,
    /** The canonical spelling of the code; absent for a code that no document names. */
    public val code: String?,
    /** For the cashier, in English. */
    public val cashierEn: String,
    /** For the cashier, in Chinese. */
    public val cashierZh: String,
    /** For the developer or the operator, in English. */
    public val developerEn: String,
    /** For the developer or the operator, in Chinese. */
    public val developerZh: String,
    /** Whether a new attempt needs a new `paymentRequestId`, or for a refund a new `refundRequestId`. */
    public val newIdNeeded: Boolean,
    /** What may be sent next. */
    public val retry: Retry,
) {
    public companion object {
        /** Advice about a result: the status letter is read before the code. */
        @JvmStatic
        public fun of(protocol: Protocol, operation: Operation, resultStatus: String, resultCode: String): Advice =
            native { ffiAdvice(protocol.ffi(), operation.ffi(), resultStatus, resultCode) }.let {
                Advice(
                    Meaning.of(it.meaning), it.code, it.cashierEn, it.cashierZh, it.developerEn, it.developerZh,
                    it.newIdNeeded, Retry.of(it.retry),
                )
            }
    }
}
