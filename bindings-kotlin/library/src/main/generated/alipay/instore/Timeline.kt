// Generated from schema/dialect/timeline.toml by `make generate`; do not edit.

package alipay.instore

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** A step of a payment, its refunds or its reverse, with its time. */
public class TimelineEntry internal constructor(
    /** When it happened, in milliseconds since the epoch. */
    public val at: Long,
    /** How long after the payment began, in milliseconds. */
    public val elapsed: Long,
    /** What happened. */
    public val event: TimelineEvent,
) {
    override fun toString(): String = shown("TimelineEntry", "at" to at, "elapsed" to elapsed, "event" to event)

    internal companion object {
        fun of(json: JsonObject): TimelineEntry = TimelineEntry(
            json.number("at"),
            json.number("elapsed"),
            TimelineEvent.of(json.getValue("event").jsonObject),
        )
    }
}

/** What happened in a step. */
public sealed class TimelineEvent(
    /** The name of the kind, the same in every language. */
    public val name: String,
) {
    /** A request was sent. */
    public class Sent internal constructor(
        /** Its operation. */
        public val operation: Operation,
        /** Its number within the payment. */
        public val sendId: Int,
        /** How many requests of this operation there have been, this one counted. */
        public val attempt: Int,
    ) : TimelineEvent("sent") {
        override fun toString(): String = shown("sent", "operation" to operation.word, "sendId" to sendId, "attempt" to attempt)
    }

    /** The gateway answered, and the answer was verified. */
    public class Answered internal constructor(
        /** The operation it answers. */
        public val operation: Operation,
        /** The request it answers. */
        public val sendId: Int,
        /** How long it took, in milliseconds. */
        public val took: Long,
        /** The letter of the result as it came: `S`, `F` or `U`. */
        public val resultStatus: String,
        /** The code of the result. */
        public val resultCode: String,
        /**
         * What the answer says about the money, where it does: the word of `paymentStatus`, or the letter of
         * `paymentResult`.
         */
        public val paymentStatus: String?,
        /** The gateway's own name for the exchange. */
        public val tracerId: String?,
        /** Whether some text of the answer was not UTF-8 and was replaced. */
        public val textReplaced: Boolean,
    ) : TimelineEvent("answered") {
        override fun toString(): String = shown(
            "answered",
            "operation" to operation.word,
            "sendId" to sendId,
            "took" to took,
            "resultStatus" to resultStatus,
            "resultCode" to resultCode,
            "paymentStatus" to paymentStatus,
            "tracerId" to tracerId,
            "textReplaced" to textReplaced,
        )
    }

    /** No usable answer came. */
    public class Unanswered internal constructor(
        /** The operation that was asked for. */
        public val operation: Operation,
        /** The request. */
        public val sendId: Int,
        /** How long it took to know, in milliseconds. */
        public val took: Long,
        /** What is known of the request. */
        public val certainty: Certainty,
        /** Why. */
        public val error: AlipayException,
    ) : TimelineEvent("unanswered") {
        override fun toString(): String = shown(
            "unanswered",
            "operation" to operation.word,
            "sendId" to sendId,
            "took" to took,
            "certainty" to certainty.word,
            "error" to error.code,
        )
    }

    /** A verified notification arrived and was stored. */
    public object Notified : TimelineEvent("notified")

    /** The host asked to cancel the payment. */
    public object CancelRequested : TimelineEvent("cancel_requested")

    /** The payment was resumed after a restart. */
    public object Resumed : TimelineEvent("resumed")

    /** The customer is to see something: the order code, or a redirect. */
    public class Presented internal constructor(
        /** The members of the answer that say what to show, as JSON text: `PayResponse.fromJson` reads it. */
        public val form: String,
    ) : TimelineEvent("presented") {
        override fun toString(): String = shown("presented")
    }

    /** It needs manual review. */
    public class Alerted internal constructor(
        /** Why. */
        public val kind: AlertKind,
        /** What was found, without secrets. */
        public val detail: String,
    ) : TimelineEvent("alerted") {
        override fun toString(): String = shown("alerted", "kind" to kind.word, "detail" to detail)
    }

    /** The payment has its result. */
    public class Concluded internal constructor(
        /** The result. */
        public val outcome: Outcome,
    ) : TimelineEvent("concluded") {
        override fun toString(): String = shown("concluded", "outcome" to outcome)
    }

    /** A refund has its result. */
    public class RefundConcluded internal constructor(
        /** The id of the refund. */
        public val refundRequestId: String,
        /** The result. */
        public val outcome: RefundOutcome,
    ) : TimelineEvent("refund_concluded") {
        override fun toString(): String = shown("refund_concluded", "refundRequestId" to refundRequestId, "outcome" to outcome)
    }

    /** A reverse has its result. */
    public class ReverseConcluded internal constructor(
        /** The result. */
        public val outcome: ReverseOutcome,
    ) : TimelineEvent("reverse_concluded") {
        override fun toString(): String = shown("reverse_concluded", "outcome" to outcome)
    }

    override fun toString(): String = name

    internal companion object {
        fun of(json: JsonObject): TimelineEvent = when (val found = json.text("type")) {
            "sent" -> Sent(
                Operation.of(json.text("operation")),
                json.number("send_id").toInt(),
                json.number("attempt").toInt(),
            )
            "answered" -> Answered(
                Operation.of(json.text("operation")),
                json.number("send_id").toInt(),
                json.number("took"),
                json.text("result_status"),
                json.text("result_code"),
                json["payment_status"].text(),
                json["tracer_id"].text(),
                json.flag("text_replaced"),
            )
            "unanswered" -> Unanswered(
                Operation.of(json.text("operation")),
                json.number("send_id").toInt(),
                json.number("took"),
                Certainty.of(json.text("certainty")),
                AlipayException.of(json.getValue("error").jsonObject),
            )
            "notified" -> Notified
            "cancel_requested" -> CancelRequested
            "resumed" -> Resumed
            "presented" -> Presented(json.getValue("form").toString())
            "alerted" -> Alerted(AlertKind.of(json.text("kind")), json.text("detail"))
            "concluded" -> Concluded(Outcome.of(json))
            "refund_concluded" -> RefundConcluded(json.text("refund_request_id"), RefundOutcome.of(json))
            "reverse_concluded" -> ReverseConcluded(ReverseOutcome.of(json))
            else -> error("there is no TimelineEvent $found")
        }
    }
}
