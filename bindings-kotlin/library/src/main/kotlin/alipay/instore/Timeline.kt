package alipay.instore

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

    override fun toString(): String = name
}

/** Sees every step of every payment as it happens. Called between two steps, so it returns quickly and throws nothing. */
public fun interface Observer {
    /** A step of the payment of this id. At [TimelineEvent.Presented] a host shows the order code or redirects the wallet. */
    public fun step(paymentRequestId: String, step: TimelineEntry)
}

/** How a payment ended, and the steps that led there. */
public class PaymentResult internal constructor(
    /** The id of the payment. */
    public val paymentRequestId: String,
    /** Paid, not paid, or unresolved. */
    public val outcome: Outcome,
    /** The gateway's id of the payment, where it told one. */
    public val paymentId: String?,
    /** What needs manual review, also when the payment succeeded. */
    public val alerts: List<AlertKind>,
    /** What happened since `pay` or `resume` was called. */
    public val timeline: List<TimelineEntry>,
    /** What was allowed and is worth knowing. */
    public val warnings: List<PaymentWarning>,
) {
    /** Whether the customer has paid. */
    public val isPaid: Boolean get() = outcome == Outcome.Succeeded

    override fun toString(): String = "PaymentResult($paymentRequestId, $outcome)"

    internal companion object {
        fun of(payment: Payment, timeline: List<TimelineEntry> = emptyList(), warnings: List<PaymentWarning> = emptyList()) = PaymentResult(
            payment.paymentRequestId,
            checkNotNull(payment.outcome) { "the payment has no result yet" },
            payment.paymentId,
            payment.alerts,
            timeline,
            listOfNotNull(payment.expiryWarning) + warnings,
        )
    }
}

/** How a refund ended. */
public class RefundResult internal constructor(
    /** The payment. */
    public val paymentRequestId: String,
    /** The id of the refund. */
    public val refundRequestId: String,
    /** Given back, refused, or left for manual review. */
    public val outcome: RefundOutcome,
    /** The gateway's id of the refund, where it told one. */
    public val refundId: String?,
    /** What needs manual review. */
    public val alerts: List<AlertKind>,
    /** What may still be given back of the payment, in minor units. */
    public val left: Long,
) {
    override fun toString(): String = "RefundResult($refundRequestId, $outcome)"
}

/** What a notification changed. */
public sealed class Notified {
    /** It was fed to its payment and stored; acknowledge it. */
    public class Taken internal constructor(
        /** The payment's result, if it has one now; without one, and if the payment is not being driven, resume it. */
        public val outcome: Outcome?,
    ) : Notified()

    /** It was fed to its refund and stored; acknowledge it. Whoever drives the refund goes on from there. */
    public class RefundTaken internal constructor(
        /** The refund. */
        public val refundRequestId: String,
        /** Its result, if it has one now. */
        public val outcome: RefundOutcome?,
    ) : Notified()

    /** No payment or refund of this id is stored here: the host decides whether to acknowledge it. */
    public class Unknown internal constructor(
        /** The id, where the notification names one. */
        public val paymentRequestId: String?,
    ) : Notified()

    /** It is not about the result of a payment or a refund. */
    public object Other : Notified()
}

/** What came of resuming one payment or the refunds of one: a [result], or the [error] that was met. */
public class Resumption internal constructor(
    /** The id of the payment. */
    public val paymentRequestId: String,
    /** The result, where there is one. */
    public val result: PaymentResult?,
    /** What went wrong. */
    public val error: AlipayException?,
)
