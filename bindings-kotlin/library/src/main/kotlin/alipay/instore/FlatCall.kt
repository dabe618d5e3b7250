package alipay.instore

import alipay.instore.AlipayException.Entry
import com.sun.jna.Native

/**
 * The hot calls: one native function with numbers and byte arrays. Everything else crosses by the code that UniFFI generates, which
 * is declared and checked for every function, and costs microseconds for every structure.
 */
internal object FlatFunction {
    init {
        Native.register(FlatFunction::class.java, NativeLibrary.file())
    }

    @Suppress("FunctionNaming", "FunctionName") // JNA finds the function by this name.
    @JvmStatic
    external fun alipay_instore_call(
        call: Int,
        number: Long,
        input: ByteArray,
        inputLength: Int,
        output: ByteArray,
        outputLength: Int,
    ): Int
}

/** The calls, in the order of their numbers. [room] is how long an answer mostly is beyond its [Arguments]. */
internal enum class FlatCall(val room: Int) {
    LIBRARY(1024),
    KEPT(0),
    AMOUNT_FROM_MAJOR(64),
    AMOUNT_FROM_MINOR(64),
    AMOUNT_TO_MAJOR(64),
    WALLET_MINIMUM(64),
    WALLET_STEP(64),
    PAYMENT_CODE(128),
    SCAN(128),
    SCANNED_LINES(128),
    SCANNED_LINES_END(128),
    ROUTE(128),
    ROUTE_MANY(512),
    SIGN(512),
    VERIFY(64),
    SIGN_REQUEST(1536),
    VERIFY_RESPONSE(256),
    VERIFY_ANSWER(256),
    VERIFY_NOTIFICATION(256),
    VERIFY_ROUTED(256),
    ACKNOWLEDGE(1024),
    REFUSE(512),
    NEW_PAYMENT_REQUEST_ID(128),
    SALE_REQUEST(2048),
    RFC3339(64),
    PARSE_TIME(64),
    ENGINE_CALL(1024),
    ENGINE_NOTIFIED(1024),
    ENGINE_BEGIN(64),
    ENGINE_PERFORMED(1024),
    ENGINE_SIGN(4096),
    ENGINE_ANSWERED(1024),
    ENGINE_UNANSWERED(1024),
    ENGINE_TIME(256),
    ENGINE_STOP(256),
    ENGINE_GATEWAY_TIME(64),
    ENGINE_HEAR(64),
    ;

    /** Calls about no object. */
    fun of(arguments: Arguments): Answer = of(this, 0, arguments)

    /**
     * Calls about the object of this [number], which [owner] holds. What is closed, or was never there, is `client.closed`.
     */
    fun of(owner: Any, number: Long, arguments: Arguments): Answer {
        NativeLibrary.ensure()
        return unchecked(owner, number, arguments)
    }

    /** The same before the version of the library is known. */
    internal fun unchecked(owner: Any, number: Long, arguments: Arguments): Answer {
        val answer = called(ordinal, number, arguments.bytes, arguments.size, room + arguments.size)
        return when (val status = answer.byte()) {
            DONE -> answer
            FAILED -> throw failure(answer)
            // That `owner` is named here keeps the collector from closing it while the call runs.
            CLOSED -> throw AlipayException.of("client.closed", "${owner.javaClass.simpleName} was closed and is used again", null, null)
            DEFECT -> throw AlipayException.of("internal.panic", answer.text().lineSequence().first(), null, null)
            else -> throw AlipayException.of("internal.panic", "the native library answered with the unknown status $status", null, null)
        }
    }

    internal companion object {
        const val DONE = 0
        const val FAILED = 1
        const val CLOSED = 2
        const val DEFECT = 3

        /** So many bytes name an answer that did not fit. */
        const val TICKET = 12
        private const val DOES_NOT_FIT = -2

        /** Calls, whatever the bytes are: a wrong one is an answer with a defect. */
        fun called(call: Int, number: Long, input: ByteArray, size: Int, room: Int): Answer {
            require(size in 0..input.size) { "$size of ${input.size} bytes" }
            val output = ByteArray(room.coerceAtLeast(TICKET))
            val length = FlatFunction.alipay_instore_call(call, number, input, size, output, output.size)
            if (length >= 0) return Answer(output, length)
            check(length == DOES_NOT_FIT) { "the native library refused the arrays of a call" }
            val ticket = Answer(output, TICKET)
            return called(KEPT.ordinal, ticket.long(), input, 0, ticket.int())
        }
    }
}

/** An error of the core, field by field. */
internal fun failure(from: Answer): AlipayException = AlipayException.of(
    Entry(
        code = from.text(),
        category = from.text(),
        retryable = from.flag(),
        reason = from.text(),
        hint = from.text(),
        path = from.optional { argumentName(text()) },
        cause = null,
        scannedAs = from.optional { text() }?.let { ScannedAs.of(it) },
        httpStatus = from.optional { short() },
        contentType = from.optional { text() },
        paymentRequestId = from.optional { text() },
        mayHaveCharged = from.flag(),
        mayHaveRefunded = from.flag(),
    ),
)
