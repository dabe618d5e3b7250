// Generated from schema/dialect/results.toml by `make generate`; do not edit.

package alipay.instore

import kotlinx.serialization.json.JsonObject

/** Who has taken care of an alert, and when. */
public class AlertAcknowledgement internal constructor(
    /** Who has taken care of it. */
    public val who: String,
    /** When, in milliseconds since the epoch. */
    public val at: Long,
) {
    override fun toString(): String = shown("AlertAcknowledgement", "who" to who, "at" to at)

    internal companion object {
        fun of(json: JsonObject): AlertAcknowledgement = AlertAcknowledgement(
            json.text("who"),
            json.number("at"),
        )
    }
}

/**
 * Something about a payment, a refund or a reverse that needs manual review. It is kept with the payment until somebody
 * acknowledges it.
 */
public class Alert internal constructor(
    /** Counts up from 1 within the payment. It is named to acknowledge the alert. */
    public val number: Long,
    /** What it is about. */
    public val part: AlertPart,
    /** The refund, where it is about one. */
    public val refundRequestId: String?,
    /** Why it needs manual review. */
    public val kind: AlertKind,
    /** What was found, without secrets. */
    public val detail: String,
    /** When it was raised, in milliseconds since the epoch. */
    public val at: Long,
    /** Who has taken care of it, while it is not open. */
    public val acknowledged: AlertAcknowledgement?,
) {
    override fun toString(): String = shown("Alert", "number" to number, "kind" to kind.word, "detail" to detail)

    internal companion object {
        fun of(json: JsonObject): Alert = Alert(
            json.number("number"),
            AlertPart.of(json.text("part")),
            json["refund_request_id"].text(),
            AlertKind.of(json.text("kind")),
            json.text("detail"),
            json.number("at"),
            (json["acknowledged"] as? JsonObject)?.let { AlertAcknowledgement.of(it) },
        )
    }
}

/** How a payment stands, and the steps that led there. */
public class PaymentResult internal constructor(
    /** The id of the payment. */
    public val paymentRequestId: String,
    /**
     * Paid, not paid, or it needs manual review. `null` while it is in progress: the payment goes on, so charge nobody
     * again.
     */
    public val outcome: Outcome?,
    /** The state of the payment, such as `confirming`. */
    public val phase: PaymentState,
    /** What is paid. */
    public val amount: Amount,
    /** The gateway's id of the payment, where it told one. */
    public val paymentId: String?,
    /** When the customer paid, as the gateway told it, in milliseconds since the epoch. */
    public val paymentTime: Long?,
    /** Every alert of the payment, its refunds and its reverse, also when the payment succeeded. */
    public val alerts: List<Alert>,
    /** The request stated another payment code than the one that the payment goes on with. */
    public val codeIgnored: Boolean,
    /** Whether the store has it as it is told here. */
    public val stored: Boolean,
    /** Whether the customer was charged, or may have been. */
    public val mayHaveCharged: Boolean,
    /** Whether money was given back, or may have been. */
    public val mayHaveRefunded: Boolean,
    /**
     * What the customer is to see while the payment waits for them: an order code, or where to send them, as JSON text:
     * `PayResponse.fromJson` reads it.
     */
    public val form: String?,
    /** What happened since the call, as far as this process saw it. */
    public val timeline: List<TimelineEntry>,
    /** What was allowed and is worth knowing. */
    public val warnings: List<PaymentWarning>,
) {
    /** Whether it ended well: the outcome is [Outcome.Succeeded]. */
    public val isSucceeded: Boolean get() = outcome == Outcome.Succeeded

    /** Whether it has no outcome yet. */
    public val isInProgress: Boolean get() = outcome == null

    override fun toString(): String = shown(
        "PaymentResult",
        "paymentRequestId" to paymentRequestId,
        "outcome" to outcome,
        "phase" to phase.word,
        "amount" to amount,
    )

    internal companion object {
        fun of(json: JsonObject): PaymentResult = PaymentResult(
            json.text("payment_request_id"),
            ended(json) { Outcome.of(it) },
            PaymentState.of(json.text("phase")),
            Amount.parse(json.text("amount")),
            json["payment_id"].text(),
            json["payment_time"].text()?.toLong(),
            json.objects("alerts").map { Alert.of(it) },
            json.flag("code_ignored"),
            json.flag("stored"),
            json.flag("may_have_charged"),
            json.flag("may_have_refunded"),
            (json["form"] as? JsonObject)?.toString(),
            json.objects("timeline").map { TimelineEntry.of(it) },
            json.objects("warnings").map { PaymentWarning.of(it) },
        )
    }
}

/** How a refund stands, and the steps that led there. */
public class RefundResult internal constructor(
    /** The id of the payment. */
    public val paymentRequestId: String,
    /** The id of the refund. */
    public val refundRequestId: String,
    /**
     * Given back, refused, or it needs manual review. `null` while it is in progress: the refund goes on, and the same call
     * with the same id waits for it.
     */
    public val outcome: RefundOutcome?,
    /** The gateway's id of the refund, where it told one. */
    public val refundId: String?,
    /** Every alert of the payment, its refunds and its reverse. */
    public val alerts: List<Alert>,
    /** What may still be given back of the payment, in minor units. */
    public val left: Long,
    /** Whether the store has it as it is told here. */
    public val stored: Boolean,
    /** Whether money was given back by this refund, or may have been. */
    public val mayHaveRefunded: Boolean,
    /** What happened since the call, as far as this process saw it. */
    public val timeline: List<TimelineEntry>,
) {
    /** Whether it ended well: the outcome is [RefundOutcome.Refunded]. */
    public val isRefunded: Boolean get() = outcome == RefundOutcome.Refunded

    /** Whether it has no outcome yet. */
    public val isInProgress: Boolean get() = outcome == null

    override fun toString(): String = shown("RefundResult", "refundRequestId" to refundRequestId, "outcome" to outcome)

    internal companion object {
        fun of(json: JsonObject): RefundResult = RefundResult(
            json.text("payment_request_id"),
            json.text("refund_request_id"),
            ended(json) { RefundOutcome.of(it) },
            json["refund_id"].text(),
            json.objects("alerts").map { Alert.of(it) },
            json.number("left"),
            json.flag("stored"),
            json.flag("may_have_refunded"),
            json.objects("timeline").map { TimelineEntry.of(it) },
        )
    }
}

/** How a reverse stands, and the steps that led there. */
public class ReverseResult internal constructor(
    /** The id of the payment. */
    public val paymentRequestId: String,
    /**
     * Given back, refused, or it needs manual review. `null` while it is in progress: it goes on, and the same call waits
     * for it.
     */
    public val outcome: ReverseOutcome?,
    /** The id of the refund, where one was sent; without one the money came back by a cancel. */
    public val refundRequestId: String?,
    /** The gateway's id of the refund, where it told one. */
    public val refundId: String?,
    /** Every alert of the payment, its refunds and its reverse, also when the money was given back. */
    public val alerts: List<Alert>,
    /** What may still be given back of the payment, in minor units. */
    public val left: Long,
    /** Whether the store has it as it is told here. */
    public val stored: Boolean,
    /** Whether money was given back, or may have been. */
    public val mayHaveRefunded: Boolean,
    /** What happened since the call, as far as this process saw it. */
    public val timeline: List<TimelineEntry>,
) {
    /** Whether it ended well: the outcome is [ReverseOutcome.Reversed]. */
    public val isReversed: Boolean get() = outcome == ReverseOutcome.Reversed

    /** Whether it has no outcome yet. */
    public val isInProgress: Boolean get() = outcome == null

    override fun toString(): String = shown("ReverseResult", "paymentRequestId" to paymentRequestId, "outcome" to outcome)

    internal companion object {
        fun of(json: JsonObject): ReverseResult = ReverseResult(
            json.text("payment_request_id"),
            ended(json) { ReverseOutcome.of(it) },
            json["refund_request_id"].text(),
            json["refund_id"].text(),
            json.objects("alerts").map { Alert.of(it) },
            json.number("left"),
            json.flag("stored"),
            json.flag("may_have_refunded"),
            json.objects("timeline").map { TimelineEntry.of(it) },
        )
    }
}

/**
 * What the verified body of an answer or a notification says. It decides nothing: the machines do. What is compared with
 * ours is `null` where ours was not given.
 */
public class Reading internal constructor(
    /** By the letter of the result; any other letter is unknown. */
    public val status: Status,
    /** The result code as it stands. */
    public val code: String,
    /** What status and code mean for the operation, as in the advice for them. */
    public val meaning: Meaning,
    /**
     * What the body says of the money, or of the answer to pay. `null` for cancel and refund, where the meaning says it
     * all.
     */
    public val says: String?,
    /** For what failed, the code that says why. */
    public val failureCode: String?,
    /** Whether the status is a word that is not documented. */
    public val unknownWord: Boolean,
    /** Our id of the payment. */
    public val paymentRequestId: String?,
    /** The gateway's id of the payment. */
    public val paymentId: String?,
    /** Our id of the refund. */
    public val refundRequestId: String?,
    /** The gateway's id of the refund. */
    public val refundId: String?,
    /** Whether it names our payment. */
    public val namesPayment: Named?,
    /** Whether it states our amount. */
    public val paymentAmount: Stated?,
    /** Whether it names our refund. */
    public val namesRefund: Named?,
    /** Whether it states the amount of our refund. */
    public val refundAmount: Stated?,
    /** The names of the members that are to be shown to the customer. */
    public val form: List<String>,
    /** When the form expires, in milliseconds since the epoch. */
    public val formExpiry: Long?,
    /** When it was paid, in milliseconds since the epoch. */
    public val paymentTime: Long?,
    /** Whether some text was not UTF-8 and was replaced. */
    public val textReplaced: Boolean,
) {
    override fun toString(): String = shown(
        "Reading",
        "status" to status.word,
        "code" to code,
        "meaning" to meaning.word,
        "says" to says,
        "failureCode" to failureCode,
        "unknownWord" to unknownWord,
        "paymentRequestId" to paymentRequestId,
        "paymentId" to paymentId,
        "refundRequestId" to refundRequestId,
        "refundId" to refundId,
        "namesPayment" to namesPayment?.word,
        "paymentAmount" to paymentAmount?.word,
        "namesRefund" to namesRefund?.word,
        "refundAmount" to refundAmount?.word,
        "form" to form,
        "formExpiry" to formExpiry,
        "paymentTime" to paymentTime,
        "textReplaced" to textReplaced,
    )

    internal companion object {
        fun of(json: JsonObject): Reading = Reading(
            Status.of(json.text("status")),
            json.text("code"),
            Meaning.of(json.text("meaning")),
            json["says"].text(),
            json["failure_code"].text(),
            json.flag("unknown_word"),
            json["payment_request_id"].text(),
            json["payment_id"].text(),
            json["refund_request_id"].text(),
            json["refund_id"].text(),
            json["names_payment"].text()?.let { Named.of(it) },
            json["payment_amount"].text()?.let { Stated.of(it) },
            json["names_refund"].text()?.let { Named.of(it) },
            json["refund_amount"].text()?.let { Stated.of(it) },
            json.texts("form"),
            json["form_expiry"].text()?.toLong(),
            json["payment_time"].text()?.toLong(),
            json.flag("text_replaced"),
        )
    }
}

/** What a notification changed. */
public sealed class Notified(
    /** The name of the kind, the same in every language. */
    public val kind: String,
) {
    /** It is stored with its payment: acknowledge it. Whoever drives the payment goes on with it. */
    public class Taken internal constructor(
        /** The id of the payment. */
        public val paymentRequestId: String,
        /** The refund that it named. */
        public val refundRequestId: String?,
        /** How the payment ended. `null` while it has no outcome. */
        public val outcome: Outcome?,
        /** The alerts that it raised. */
        public val alerts: List<Alert>,
    ) : Notified("taken") {
        override fun toString(): String = shown(
            "taken",
            "paymentRequestId" to paymentRequestId,
            "refundRequestId" to refundRequestId,
            "outcome" to outcome,
            "alerts" to alerts,
        )
    }

    /**
     * No payment or refund of this id is stored. It can have overtaken the payment, so refuse it: then it comes again.
     */
    public object Unknown : Notified("unknown")

    /** It is not about the result of a payment or a refund. */
    public object Other : Notified("other")

    override fun toString(): String = kind

    override fun equals(other: Any?): Boolean = other is Notified && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    internal companion object {
        fun of(json: JsonObject): Notified = when (val found = json.text("kind")) {
            "taken" -> Taken(
                json.text("payment_request_id"),
                json["refund_request_id"].text(),
                ended(json) { Outcome.of(it) },
                json.objects("alerts").map { Alert.of(it) },
            )
            "unknown" -> Unknown
            "other" -> Other
            else -> error("there is no Notified $found")
        }
    }
}
