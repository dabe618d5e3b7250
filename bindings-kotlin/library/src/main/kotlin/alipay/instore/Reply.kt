package alipay.instore

import alipay.instore.ffi.suggestedBy
import kotlinx.serialization.json.JsonObject
import alipay.instore.ffi.GatewayTime as FfiGatewayTime
import alipay.instore.ffi.readVerified as ffiReadVerified

/** What verified messages say, for hosts that bring their own HTTP. */
public object Reply {
    /**
     * Reads the body of a message whose signature **was verified**, as the machines read it.
     *
     * [ours] is what we know of the payment or the refund: `scenario`, `payment_request_id`, `payment_amount`,
     * `refund_request_id`, `refund_amount`; what is left out is not compared.
     */
    @JvmStatic
    @JvmOverloads
    public fun readVerified(
        protocol: Protocol,
        operation: Operation,
        body: ByteArray,
        ours: JsonObject = JsonObject(emptyMap()),
    ): Reading = Reading.of(jsonOf(native { ffiReadVerified(protocol.ffi(), operation.ffi(), body, ours.toString()) }))
}

/** When the gateway signed an answer. */
public class Timing internal constructor(
    /** The `Response-Time` of the answer, in milliseconds since the epoch. */
    public val signedAt: Long?,
    /** It was signed more than a minute before its request was sent: it can be a recording of another answer. */
    public val stale: Boolean,
)

/**
 * What time it is at the gateway, by the times that it signed, carried forward by a monotonic clock. The engine behind [Client]
 * keeps one; a host that drives a [Payment] itself keeps one for each gateway. Safe to share between threads.
 */
public class GatewayTime : AutoCloseable {
    private val ffi: FfiGatewayTime = native { FfiGatewayTime() }

    /**
     * How old a **verified** answer is, judged by what earlier answers told; after that it counts itself. [sent] and [received]
     * are readings of a monotonic clock in milliseconds, [sentByWallClock] is this machine's time when it was sent.
     */
    public fun timing(signedAt: Long?, sent: Long, received: Long, sentByWallClock: Long): Timing =
        native { ffi.timing(signedAt, sent, received, sentByWallClock) }.let { Timing(it.signedAt, it.stale) }

    /** The gateway's time at this reading of the monotonic clock; none until two answers have confirmed each other. */
    public fun at(monotonic: Long): Long? = native { ffi.at(monotonic) }

    override fun close(): Unit = ffi.close()
}

/** What an answer that could not be verified suggests about the configuration. Anybody can have written it. */
public class Unverified private constructor(
    /** The code of an unsigned answer that blames the client id or a key, such as `SIGNATURE_INVALID`. */
    public val unsignedCode: String?,
    /** It was signed, but by none of the configured keys. */
    public val wrongKey: Boolean,
) {
    public companion object {
        /** What the body suggests, by the error that [Merchant.verifyResponse] raised; nothing for most answers. */
        @JvmStatic
        public fun of(error: AlipayException, body: ByteArray): Unverified? =
            native { suggestedBy(error.code, body) }?.let { Unverified(it.unsignedCode, it.wrongKey) }
    }
}
