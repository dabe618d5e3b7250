package alipay.instore

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** One step of a payment or a refund, with its time. Holds no secret. */
public class TimelineEntry internal constructor(
    /** Milliseconds since the epoch. */
    public val at: Long,
    /** Milliseconds since the payment began. */
    public val elapsed: Long,
    /** What happened. */
    public val event: TimelineEvent,
) {
    override fun toString(): String = "$elapsed ms: $event"

    internal companion object {
        fun of(json: JsonObject): TimelineEntry =
            TimelineEntry(json.number("at"), json.number("elapsed"), TimelineEvent.of(json.getValue("event").jsonObject))

        fun listOf(json: JsonElement?): List<TimelineEntry> =
            (json as? JsonArray).orEmpty().map { of(it.jsonObject) }
    }
}

/** What happened in a step. */
public sealed class TimelineEvent(
    /** The name of the kind of step, the same in every language. */
    public val name: String,
) {
    /** A request was sent. */
    public class Sent internal constructor(
        /** What it asked for. */
        public val operation: Operation,
        /** Its number. */
        public val sendId: Int,
        /** The attempt number within its operation, starting at 1. */
        public val attempt: Int,
    ) : TimelineEvent("sent") {
        override fun toString(): String = "$name ${operation.word} #$sendId (attempt $attempt)"
    }

    /** The gateway answered, and the answer was verified. */
    public class Answered internal constructor(
        /** What it answers. */
        public val operation: Operation,
        /** The number of the request. */
        public val sendId: Int,
        /** How long it took, in milliseconds. */
        public val took: Long,
        /** The letter of the result as it came: `S`, `F` or `U`. */
        public val resultStatus: String,
        /** The code of the result. */
        public val resultCode: String,
        /** What the answer says about the money, where it does. */
        public val paymentStatus: String?,
        /** The gateway's own name for the exchange. */
        public val tracerId: String?,
        /** Some text of the answer was not UTF-8 and was replaced. */
        public val textReplaced: Boolean,
    ) : TimelineEvent("answered") {
        override fun toString(): String =
            "$name ${operation.word} #$sendId after $took ms: $resultStatus $resultCode${paymentStatus?.let { ", $it" } ?: ""}"
    }

    /** No usable answer came. */
    public class Unanswered internal constructor(
        /** What was asked for. */
        public val operation: Operation,
        /** The number of the request. */
        public val sendId: Int,
        /** How long it took to know, in milliseconds. */
        public val took: Long,
        /** Whether it is certain that nothing was sent. */
        public val certainty: Certainty,
        /** What was met. */
        public val error: AlipayException,
    ) : TimelineEvent("unanswered") {
        override fun toString(): String = "$name ${operation.word} #$sendId after $took ms: ${certainty.word}, ${error.code}"
    }

    /** A verified notification was taken in. */
    public object Notified : TimelineEvent("notified")

    /** The host asked for a cancel. */
    public object CancelRequested : TimelineEvent("cancel_requested")

    /** The payment was resumed after a restart. */
    public object Resumed : TimelineEvent("resumed")

    /** The customer is to see something. */
    public class Presented internal constructor(
        /** The members of the reply that say what, as JSON text: `PayResponse.fromJson` reads them. */
        public val form: String,
    ) : TimelineEvent("presented")

    /** Needs manual review. */
    public class Alerted internal constructor(
        /** What is wrong. */
        public val kind: AlertKind,
        /** What was found, in words. */
        public val detail: String,
    ) : TimelineEvent("alerted") {
        override fun toString(): String = "$name ${kind.word}: $detail"
    }

    /** The payment has its result. */
    public class Concluded internal constructor(
        /** The result. */
        public val outcome: Outcome,
    ) : TimelineEvent("concluded") {
        override fun toString(): String = "$name $outcome"
    }

    /** A refund has its result. */
    public class RefundConcluded internal constructor(
        /** The id of the refund. */
        public val refundRequestId: String,
        /** The result. */
        public val outcome: RefundOutcome,
    ) : TimelineEvent("refund_concluded") {
        override fun toString(): String = "$name $refundRequestId $outcome"
    }

    /** A reverse has its result. */
    public class ReverseConcluded internal constructor(
        /** The result. */
        public val outcome: ReverseOutcome,
    ) : TimelineEvent("reverse_concluded") {
        override fun toString(): String = "$name $outcome"
    }

    override fun toString(): String = name

    internal companion object {
        fun of(json: JsonObject): TimelineEvent = when (val type = json.text("type")) {
            "sent" -> Sent(json.operation(), json.sendId(), json.number("attempt").toInt())
            "answered" -> Answered(
                json.operation(), json.sendId(), json.number("took"), json.text("result_status"), json.text("result_code"),
                json["payment_status"].text(), json["tracer_id"].text(), json.flag("text_replaced"),
            )
            "unanswered" -> Unanswered(
                json.operation(), json.sendId(), json.number("took"), Certainty.of(json.text("certainty")),
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
            else -> error("no step $type")
        }

        private fun JsonObject.operation() = Operation.of(text("operation"))

        private fun JsonObject.sendId() = number("send_id").toInt()
    }
}

/**
 * Sees every step of every payment as it happens, on a thread of the client's own. An observer that takes long holds up the news
 * of its own payment alone.
 */
public fun interface Observer {
    /** A step of the payment of this id. At [TimelineEvent.Presented] a host shows the order code or redirects the wallet. */
    public fun step(paymentRequestId: String, step: TimelineEntry)
}
