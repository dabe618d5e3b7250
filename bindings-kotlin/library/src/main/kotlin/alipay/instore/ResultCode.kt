package alipay.instore

import alipay.instore.ffi.advice as ffiAdvice

/** What the result codes of the gateways mean. */
public object ResultCode {
    /** What a result means for the operation that it answers. The status letter is read before the code. */
    @JvmStatic
    public fun advice(protocol: Protocol, operation: Operation, resultStatus: String, resultCode: String): Advice =
        Advice.of(jsonOf(native { ffiAdvice(protocol.ffi(), operation.ffi(), resultStatus, resultCode) }))
}
