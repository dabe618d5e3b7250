package alipay.instore.model

import alipay.instore.Arguments
import alipay.instore.FlatCall
import java.security.SecureRandom

/** New ids for attempts to pay: time, terminal and randomness, such as `1685599933871_TILL7_` and 32 hex digits. */
public object PaymentRequestIds {
    private val random = SecureRandom()

    /** A new id; two tills never make the same one. */
    @JvmStatic
    @JvmOverloads
    public fun create(terminal: String, now: Long = System.currentTimeMillis()): String {
        val bytes = ByteArray(16).also { random.nextBytes(it) }
        return FlatCall.NEW_PAYMENT_REQUEST_ID.of(Arguments().long(now).text(terminal).bytes(bytes)).text()
    }
}
