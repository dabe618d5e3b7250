package alipay.instore

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** The part of a payment that an alert is about. */
public enum class AlertPart(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The payment itself. */
    PAYMENT("payment"),

    /** One of its refunds. */
    REFUND("refund"),

    /** Its reverse. */
    REVERSE("reverse"),
}

/** What needs manual review, kept with the payment until somebody acknowledges it. */
public class Alert internal constructor(json: JsonObject) {
    /** Counts up from 1 within the payment; [Client.acknowledgeAlert] names it. */
    public val number: Long = json.number("number")

    /** What it is about. */
    public val part: AlertPart = AlertPart.values().first { it.word == json.text("part") }

    /** The refund that it is about. */
    public val refundRequestId: String? = json["refund_request_id"].text()

    /** Why. */
    public val kind: AlertKind = AlertKind.of(json.text("kind"))

    /** What was found, without secrets. */
    public val detail: String = json.text("detail")

    /** When, in milliseconds since the epoch. */
    public val at: Long = json.number("at")

    /** Who has taken care of it; null while it is open. */
    public val acknowledgedBy: String? = (json["acknowledged"] as? JsonObject)?.text("who")

    override fun toString(): String = "Alert(#$number ${kind.word}: $detail)"

    internal companion object {
        fun listOf(json: JsonElement?): List<Alert> = (json as? JsonArray).orEmpty().map { Alert(it.jsonObject) }
    }
}

/** An alert that nobody has acknowledged. */
public class PaymentAlert internal constructor(
    /** The payment. */
    public val paymentRequestId: String,
    /** The alert. */
    public val alert: Alert,
) {
    override fun toString(): String = "PaymentAlert($paymentRequestId, $alert)"
}

/** A record that can't be read. */
public class Unreadable internal constructor(
    /** Its id, as far as it is known. */
    public val paymentRequestId: String,
    /** What is wrong with it. */
    public val error: AlipayException,
) {
    override fun toString(): String = "Unreadable($paymentRequestId: ${error.code})"

    internal companion object {
        fun listOf(json: JsonElement?): List<Unreadable> = (json as? JsonArray).orEmpty().map { it.jsonObject }.map {
            Unreadable(it.text("payment_request_id"), AlipayException.of(it.getValue("error").jsonObject))
        }
    }
}

/** The open alerts of a store. */
public class Alerts internal constructor(json: JsonObject) {
    /** Every open alert, in the order in which the payments began. */
    public val alerts: List<PaymentAlert> = (json["alerts"] as? JsonArray).orEmpty().map { it.jsonObject }.map {
        PaymentAlert(it.text("payment_request_id"), Alert(it.getValue("alert").jsonObject))
    }

    /** Records that can't be read. They may have alerts too. */
    public val unreadable: List<Unreadable> = Unreadable.listOf(json["unreadable"])

    override fun toString(): String = "Alerts($alerts, unreadable $unreadable)"
}

/** How a payment stands. */
public class PaymentResult internal constructor(json: JsonObject) {
    /** The id of the payment. */
    public val paymentRequestId: String = json.text("payment_request_id")

    /** Paid, not paid, or unresolved; null while it is in progress. */
    public val outcome: Outcome? = ended(json) { Outcome.of(it) }

    /** The state of the payment. */
    public val phase: PaymentState = PaymentState.of(json.text("phase"))

    /** What is paid. */
    public val amount: Amount = Amount.parse(json.text("amount"))

    /** When the customer paid, as the gateway told it, in milliseconds since the epoch. */
    public val paymentTime: Long? = json["payment_time"].text()?.toLong()

    /** The gateway's id of the payment, where it told one. */
    public val paymentId: String? = json["payment_id"].text()

    /** What needs manual review, also when the payment succeeded: of the payment, its refunds and its reverse. */
    public val alerts: List<Alert> = Alert.listOf(json["alerts"])

    /** The payment goes on with its first payment code, and not with the one that was passed. */
    public val codeIgnored: Boolean = json.flag("code_ignored")

    /** Whether the store has it as it is told here. */
    public val stored: Boolean = json.flag("stored")

    /** Whether the customer was charged, or may have been. */
    public val mayHaveCharged: Boolean = json.flag("may_have_charged")

    /** Whether money was given back, or may have been. */
    public val mayHaveRefunded: Boolean = json.flag("may_have_refunded")

    /**
     * What the customer is to see while the payment waits for them, an order code or where to send them, as JSON text:
     * `PayResponse.fromJson` reads it.
     */
    public val form: String? = json["form"]?.takeIf { it !is JsonNull }?.toString()

    /** What happened since the call, as far as this process saw it. */
    public val timeline: List<TimelineEntry> = TimelineEntry.listOf(json["timeline"])

    /** What was allowed and is worth knowing. */
    public val warnings: List<PaymentWarning> =
        (json["warnings"] as? JsonArray).orEmpty().map { PaymentWarning.of(it.jsonObject) }

    /** Whether the customer has paid. */
    public val isPaid: Boolean get() = outcome == Outcome.Succeeded

    /** Whether it has no result yet. It goes on: charge nobody again before it has one. */
    public val isInProgress: Boolean get() = outcome == null

    override fun toString(): String = "PaymentResult($paymentRequestId, $amount, ${outcome ?: "in progress: ${phase.word}"})"
}

/** How a refund stands. */
public class RefundResult internal constructor(json: JsonObject) {
    /** The payment. */
    public val paymentRequestId: String = json.text("payment_request_id")

    /** The id of the refund. */
    public val refundRequestId: String = json.text("refund_request_id")

    /** Given back, refused, or left for manual review; null while it is in progress. */
    public val outcome: RefundOutcome? = ended(json) { RefundOutcome.of(it) }

    /** The gateway's id of the refund, where it told one. */
    public val refundId: String? = json["refund_id"].text()

    /** What needs manual review: of the payment, its refunds and its reverse. */
    public val alerts: List<Alert> = Alert.listOf(json["alerts"])

    /** What may still be given back of the payment, in minor units. */
    public val left: Long = json.number("left")

    /** Whether the store has it as it is told here. */
    public val stored: Boolean = json.flag("stored")

    /** Whether this refund gave money back, or may have. */
    public val mayHaveRefunded: Boolean = json.flag("may_have_refunded")

    /** What happened since the call, as far as this process saw it. */
    public val timeline: List<TimelineEntry> = TimelineEntry.listOf(json["timeline"])

    /** Whether it has no result yet. */
    public val isInProgress: Boolean get() = outcome == null

    override fun toString(): String = "RefundResult($refundRequestId, ${outcome ?: "in progress"})"
}

/** How a reverse stands. */
public class ReverseResult internal constructor(json: JsonObject) {
    /** The payment. */
    public val paymentRequestId: String = json.text("payment_request_id")

    /** Reversed, refused, or left for manual review; null while it is in progress. */
    public val outcome: ReverseOutcome? = ended(json) { ReverseOutcome.of(it) }

    /** The id of the refund, where one was sent; without one the money came back by a cancel. */
    public val refundRequestId: String? = json["refund_request_id"].text()

    /** The gateway's id of the refund, where it told one. */
    public val refundId: String? = json["refund_id"].text()

    /** What needs manual review, also when the money was given back. */
    public val alerts: List<Alert> = Alert.listOf(json["alerts"])

    /** What may still be refunded of the payment, in minor units. */
    public val left: Long = json.number("left")

    /** Whether the store has it as it is told here. */
    public val stored: Boolean = json.flag("stored")

    /** Whether money was given back, or may have been. */
    public val mayHaveRefunded: Boolean = json.flag("may_have_refunded")

    /** What happened since the call, as far as this process saw it. */
    public val timeline: List<TimelineEntry> = TimelineEntry.listOf(json["timeline"])

    /** Whether it has no result yet. */
    public val isInProgress: Boolean get() = outcome == null

    override fun toString(): String = "ReverseResult($paymentRequestId, ${outcome ?: "in progress"})"
}

/** What a notification changed. */
public sealed class Notified {
    /** It is stored: acknowledge it. Whoever drives the payment goes on from there. */
    public class Taken internal constructor(json: JsonObject) : Notified() {
        /** The payment. */
        public val paymentRequestId: String = json.text("payment_request_id")

        /** The refund that it is about. */
        public val refundRequestId: String? = json["refund_request_id"].text()

        /** How the payment ended, if it has. */
        public val outcome: Outcome? = ended(json) { Outcome.of(it) }

        /** The alerts that it raised. */
        public val alerts: List<Alert> = Alert.listOf(json["alerts"])

        override fun toString(): String = "Taken(${refundRequestId ?: paymentRequestId}, ${outcome ?: "in progress"}, $alerts)"
    }

    /** Nothing of this id is stored. It can have overtaken the payment, so refuse it: then it comes again. */
    public object Unknown : Notified() {
        override fun toString(): String = "Unknown"
    }

    /** It is not about the result of a payment or a refund. */
    public object Other : Notified() {
        override fun toString(): String = "Other"
    }

    internal companion object {
        fun of(json: JsonObject): Notified = when (val kind = json.text("kind")) {
            "taken" -> Taken(json)
            "unknown" -> Unknown
            "other" -> Other
            else -> error("no notification is $kind")
        }
    }
}

/** A notification that was handled. */
public class HandledNotification internal constructor(
    /** What to answer: status, headers and body, to be sent as they are. */
    public val answer: Acknowledgement,
    /** What the notification was; null if it could not be verified. */
    public val notification: VerifiedNotification?,
    /** What it changed; null if it was refused. */
    public val result: Notified?,
    /** Why it was refused. The gateway sends it again. */
    public val error: AlipayException?,
) {
    override fun toString(): String = "HandledNotification($answer, ${error?.code ?: result})"
}

/** One payment that was to be taken up: how it stands, or the [error] that was met. */
public class Resumption internal constructor(
    /** The id of the payment. */
    public val paymentRequestId: String,
    /** How it stands. This process drives it from now on; [Client.resume] waits for it. */
    public val result: PaymentResult?,
    /** What went wrong. */
    public val error: AlipayException?,
) {
    override fun toString(): String = "Resumption(${result ?: "$paymentRequestId: ${error?.code}"})"
}

/** What [Client.resumeAll] took up. */
public class Recovery internal constructor(
    /** The payments that this process drives from now on, and those that could not be taken up, each with its error. */
    public val payments: List<Resumption>,
    /** How many open payments other processes drive. */
    public val drivenElsewhere: Int,
) {
    override fun toString(): String = "Recovery($payments, $drivenElsewhere driven elsewhere)"
}

/** How something ended, if it has. */
private fun <O> ended(json: JsonObject, read: (JsonObject) -> O): O? = json.takeIf { it["outcome"].text() != null }?.let(read)
