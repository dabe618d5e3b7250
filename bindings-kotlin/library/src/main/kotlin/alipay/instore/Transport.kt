package alipay.instore

import java.io.IOException

/**
 * HTTP, and nothing of payments: posts a signed request once, as it is, and gives back the bytes of the answer.
 *
 * A transport follows no redirect and repeats nothing, and reaches this machine without a proxy. A connection that never came
 * about is a [TransportException] with [Certainty.NOT_SENT]: only on evidence, since the payment is sent again after it. Any
 * other exception counts as [Certainty.UNKNOWN]. Cancelling the coroutine gives the request up.
 */
public interface Transport {
    /** Posts the request. */
    public suspend fun post(request: SignedRequest): HttpReply

    /**
     * Gives up every idle connection, and lets no new request use a connection that is busy now: called where a request broke
     * off or is not answered for long. Returns at once.
     */
    public fun giveUpIdle() {}

    /** Whether requests to this URL go by a proxy, for [Client.check]; null where that is not known. */
    public fun usesProxy(url: String): Boolean? = null

    public companion object {
        /** The most bytes that an answer may have. */
        public const val MAX_BYTES: Int = 1024 * 1024

        /** A transport that blocks, called on threads for I/O: what a host in Java writes. */
        @JvmStatic
        public fun blocking(call: BlockingCall): Transport = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply = onIo({ call.post(request) }, {})
        }
    }

    /** Posts one request and waits. */
    public fun interface BlockingCall {
        /** Posts the request. */
        @Throws(IOException::class)
        public fun post(request: SignedRequest): HttpReply
    }
}

/** A request without an answer, and what is known of it. */
public class TransportException @JvmOverloads constructor(
    /** Whether it is certain that nothing was sent. */
    public val certainty: Certainty,
    /** What was found, without secrets. */
    public val reason: String,
    cause: Throwable? = null,
    /** One of the codes of the catalogue that start with `transport.`. */
    public val code: String = if (certainty == Certainty.NOT_SENT) "transport.not_sent" else "transport.broken",
    /** What to do about it, where more is known than the catalogue says. */
    public val hint: String? = null,
) : IOException(reason, cause) {
    init {
        require(code.startsWith("transport.") && code in AlipayException.codes()) { "no code of a transport: $code" }
    }
}
