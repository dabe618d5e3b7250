package alipay.instore

import alipay.instore.ffi.Engine as FfiEngine

/** What the clocks show, in milliseconds. */
internal class ClockReading(
    /** The wall clock, since the epoch. */
    val wall: Long,
    /** A clock that nobody sets. */
    val monotonic: Long,
)

private fun Arguments.now(now: ClockReading): Arguments = long(now.wall).long(now.monotonic)

/** What a caller asks of the engine. Requests to the gateway are JSON text. */
internal sealed class Request(private val word: String) {
    class Pay(private val request: String, private val wallet: String?, private val fresh: Boolean) : Request("pay") {
        override fun details(to: Arguments) {
            to.text(request).optional(wallet) { text(it) }.flag(fresh)
        }
    }

    class Start(private val request: String) : Request("start") {
        override fun details(to: Arguments) {
            to.text(request)
        }
    }

    class Refund(private val request: String) : Request("refund") {
        override fun details(to: Arguments) {
            to.text(request)
        }
    }

    /** What a person found out; about the payment where no refund is named. */
    class Resolve(
        private val refundRequestId: String?,
        private val resolved: Resolved,
        private val who: String,
        private val note: String,
    ) : Request("resolve") {
        override fun details(to: Arguments) {
            to.optional(refundRequestId) { text(it) }.text(resolved.word).text(who).text(note)
        }
    }

    class Acknowledge(private val number: UInt, private val who: String) : Request("acknowledge") {
        override fun details(to: Arguments) {
            to.int(number.toInt()).text(who)
        }
    }

    object Resume : Request("resume")

    object Finish : Request("finish")

    object Cancel : Request("cancel")

    object Reverse : Request("reverse")

    object TakeUp : Request("take_up")

    object Status : Request("status")

    protected open fun details(to: Arguments): Unit = Unit

    fun put(to: Arguments): Arguments = to.text(word).also { details(it) }
}

/** Something to do, in this order. Steps, results and errors are JSON text. */
internal sealed class Output {
    /** Perform this store operation, and say when it is over. */
    class Store(val job: Long) : Output()

    /** Sign this request, post it, and say what came of it. The deadline is in milliseconds from now. */
    class Post(val post: Long, val deadline: Long) : Output()

    /** Show this step to whoever observes the payment. */
    class Observed(val paymentRequestId: String, val entry: String) : Output()

    /** A call has its result, `null` where there is nothing to tell, or its error. */
    class Answer(val call: Long, val result: String?, val error: String?) : Output()

    /** Everything was given back. */
    object Closed : Output()

    companion object {
        fun of(from: alipay.instore.Answer): Output = when (val word = from.text()) {
            "store" -> Store(from.long())
            "post" -> Post(from.long(), from.long())
            "observed" -> Observed(from.text(), from.text())
            "answer" -> Answer(from.long(), from.optional { text() }, from.optional { text() })
            "closed" -> Closed
            else -> error("the engine has no output $word")
        }
    }
}

/** What is to be done, and how long to sleep at most before the time is handed in, in milliseconds. */
internal class Outputs(val list: List<Output>, val sleep: Long)

/** The engine of a client: each call hands in what happened, and answers with what is to be done now. */
internal class Driver(private val engine: FfiEngine) {
    private val number = native { engine.number() }

    private fun handIn(call: FlatCall, arguments: Arguments): Outputs {
        val answer = call.of(this, number, arguments)
        return Outputs(answer.list { Output.of(this) }, answer.long())
    }

    /** Asks for something about a payment. The result comes with the number of the call. */
    fun call(call: Long, paymentRequestId: String, request: Request, wait: Long?, now: ClockReading): Outputs {
        val arguments = request.put(Arguments(ROOM).long(call).text(paymentRequestId))
        return handIn(FlatCall.ENGINE_CALL, arguments.optional(wait) { long(it) }.now(now))
    }

    /** Hands in a verified notification. */
    fun notified(call: Long, paymentRequestId: String?, refundRequestId: String?, body: String, now: ClockReading): Outputs {
        val ids = Arguments(ROOM).long(call).optional(paymentRequestId) { text(it) }.optional(refundRequestId) { text(it) }
        return handIn(FlatCall.ENGINE_NOTIFIED, ids.text(body).now(now))
    }

    /** Begins a store operation, and says whether it is over at once, as in memory. */
    fun begin(job: Long): Boolean = FlatCall.ENGINE_BEGIN.of(this, number, Arguments().long(job)).flag()

    /** Waits for the end of one that was begun. Its answer is kept until [performed]. */
    suspend fun perform(job: Long): Unit = native { engine.perform(job.toULong()) }

    /** A store operation is over. One without an answer may have written. */
    fun performed(job: Long, now: ClockReading): Outputs = handIn(FlatCall.ENGINE_PERFORMED, Arguments().long(job).now(now))

    /** Signs the request of a post, now. */
    fun sign(post: Long, now: Long): SignedRequest =
        SignedRequest(FlatCall.ENGINE_SIGN.of(this, number, Arguments().long(post).long(now)))

    /** An answer arrived. */
    fun answered(post: Long, reply: HttpReply, now: ClockReading): Outputs {
        val arguments = Arguments(reply.body.size + ROOM).long(post).short(reply.httpStatus())
        return handIn(FlatCall.ENGINE_ANSWERED, arguments.headers(reply.headers).bytes(reply.body).now(now))
    }

    /** No answer came. */
    fun unanswered(post: Long, failure: Exchange.Failure, now: ClockReading): Outputs {
        val arguments = Arguments(ROOM).long(post).flag(failure.certainty == Certainty.UNKNOWN)
        val error = failure.error
        return handIn(FlatCall.ENGINE_UNANSWERED, arguments.text(error.code).text(error.reason).text(error.hint).now(now))
    }

    /** Time passed. */
    fun time(now: ClockReading): Outputs = handIn(FlatCall.ENGINE_TIME, Arguments().now(now))

    /** Gives everything back. */
    fun stop(now: ClockReading): Outputs = handIn(FlatCall.ENGINE_STOP, Arguments().now(now))

    /** The time at the gateway, once two of its answers have confirmed each other. */
    fun gatewayTime(now: ClockReading): Long? =
        FlatCall.ENGINE_GATEWAY_TIME.of(this, number, Arguments().now(now)).optional { long() }

    /** A verified answer about nothing that is in hand tells the gateway's time too. */
    fun hear(signedAt: Long?, sent: ClockReading, received: ClockReading) {
        FlatCall.ENGINE_HEAR.of(this, number, Arguments().optional(signedAt) { long(it) }.now(sent).now(received))
    }

    private companion object {
        /** Most messages fit into this beside their body. */
        const val ROOM = 1024
    }
}
