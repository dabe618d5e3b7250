package alipay.instore

import kotlinx.serialization.json.JsonObject
import alipay.instore.ffi.ReverseStanding as FfiReverseStanding

/** How a reverse ended. */
public sealed class ReverseOutcome(
    /** The name of the final state, the same in every language. */
    public val word: String,
) {
    /** The merchant keeps nothing of the payment: it was cancelled, or what was left of it was refunded. */
    public object Reversed : ReverseOutcome("reversed")

    /** It gave nothing back, and will not. What was left of the payment stands; a refund may still be made. */
    public class Refused(
        /** The gateway's code for the refund, or `reverse.refund_unresolved`. */
        public val code: String,
    ) : ReverseOutcome("refused")

    /** It is not known whether the money was given back: needs manual review. */
    public object Unresolved : ReverseOutcome("unresolved")

    override fun equals(other: Any?): Boolean = other is ReverseOutcome && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    override fun toString(): String = if (this is Refused) "$word($code)" else word

    internal companion object {
        fun of(json: JsonObject): ReverseOutcome = when (val word = json.text("outcome")) {
            Reversed.word -> Reversed
            "refused" -> Refused(json.text("code"))
            Unresolved.word -> Unresolved
            else -> error("no outcome $word")
        }
    }
}

/** Something that happened to a reverse. Replies and notifications are **verified** ones. */
public sealed class ReverseEvent(internal val json: String) {
    /** Give the money back. */
    public object Begin : ReverseEvent(event("begin"))

    /** The gateway answered. */
    public class Reply @JvmOverloads constructor(
        /** The number of the send that is answered. */
        public val sendId: Int,
        /** Its operation. */
        public val operation: Operation,
        /** The verified body's JSON text. */
        public val body: String,
        /** The `Response-Time` of the answer, in milliseconds since the epoch. */
        public val signedAt: Long? = null,
        /** It was signed more than a minute before its request was sent, as [GatewayTime.timing] says. */
        public val stale: Boolean = false,
    ) : ReverseEvent(
        event(
            "reply", "send_id" to sendId, "operation" to operation.word, "body" to body, "signed_at" to signedAt, "stale" to stale,
        ),
    )

    /** No usable answer arrived. */
    public class NoReply(
        /** The number of the send. */
        public val sendId: Int,
        /** Its operation. */
        public val operation: Operation,
        /** Whether it is certain that nothing was sent. */
        public val certainty: Certainty,
    ) : ReverseEvent(
        event("no_reply", "send_id" to sendId, "operation" to operation.word, "certainty" to certainty.word),
    )

    /** The gateway's notification about the refund of this reverse arrived. */
    public class Notified(
        /** Its verified body's JSON text. */
        public val body: String,
    ) : ReverseEvent(event("notified", "body" to body))

    /** The reverse was restored from a snapshot. */
    public object Resumed : ReverseEvent(event("resumed"))

    /** Time passed. */
    public object Tick : ReverseEvent(event("tick"))
}

/** One thing for the host to do about a reverse. */
public sealed class ReverseAction(
    /** Counts up from 1 over the life of the reverse. */
    public val sequence: Long,
) {
    /** Sign this body, freshly, and post it; feed back what came of it. */
    public class Send internal constructor(
        sequence: Long,
        /** The number of the send, to be fed back with what came of it. */
        public val sendId: Int,
        /** The operation, to be fed back too. */
        public val operation: Operation,
        /** The path of the API. */
        public val path: String,
        /** The body as JSON text. */
        public val body: String,
    ) : ReverseAction(sequence)

    /** The reverse has its result. Comes once. */
    public class Conclude internal constructor(
        sequence: Long,
        /** The result. */
        public val outcome: ReverseOutcome,
    ) : ReverseAction(sequence)

    /** Needs manual review. */
    public class Alert internal constructor(
        sequence: Long,
        /** What is wrong. */
        public val kind: AlertKind,
        /** What was found, in words. */
        public val detail: String,
    ) : ReverseAction(sequence)

    internal companion object {
        fun of(json: JsonObject): ReverseAction {
            val sequence = json.number("sequence")
            return when (val type = json.text("type")) {
                "send" -> Send(
                    sequence, json.number("send_id").toInt(), Operation.of(json.text("operation")), json.text("path"),
                    json.text("body"),
                )
                "conclude" -> Conclude(sequence, ReverseOutcome.of(json))
                "alert" -> Alert(sequence, AlertKind.of(json.text("kind")), json.text("detail"))
                else -> error("no action $type")
            }
        }
    }
}

/** Where a reverse stands. */
public class ReverseStanding internal constructor(ffi: FfiReverseStanding) {
    /** `ready`, the name of its step, or the outcome's word. */
    public val state: String = ffi.state

    /** How it ended, if it has. */
    public val outcome: ReverseOutcome? = ended(ffi.outcome) { ReverseOutcome.of(it) }

    /** When the next [ReverseEvent.Tick] is due, in milliseconds since the epoch. */
    public val nextWakeup: Long? = ffi.nextWakeup

    /** The id of the refund, where one was sent; without one the money came back by a cancel. */
    public val refundRequestId: String? = ffi.refundRequestId

    /** The gateway's id of the refund, where it told one. */
    public val refundId: String? = ffi.refundId

    /** The alerts that were raised. */
    public val alerts: List<AlertKind> = ffi.alerts.map { AlertKind.of(it) }
}

/** What came of an event of a reverse. */
public class ReverseStep internal constructor(
    /** What to do, once [snapshot] is stored. */
    public val actions: List<ReverseAction>,
    /** Where the reverse stands now. */
    public val standing: ReverseStanding,
    /** What may still be given back of the payment, in minor units. */
    public val left: Long,
    /** The ledger as text. */
    public val snapshot: String,
)
