// Generated from schema/dialect/outcomes.toml by `make generate`; do not edit.

package alipay.instore

import kotlinx.serialization.json.JsonObject

/** How a payment ended. */
public sealed class Outcome(
    /** The word for it, the same in every language. */
    public val word: String,
) {
    /** Paid. */
    public object Succeeded : Outcome("succeeded")

    /** Not paid: refused by the gateway, or nothing ever left this machine. */
    public class Failed(
        /** The code it was refused with, or `payment.not_sent` where nothing ever left this machine. */
        public val code: String,
    ) : Outcome("failed")

    /** Not paid: cancelled or closed. */
    public object Cancelled : Outcome("cancelled")

    /** Not paid: it had succeeded and was refunded. */
    public object Refunded : Outcome("refunded")

    /** It is not known whether the money moved: needs manual review. */
    public class Unresolved(
        /** What could not be settled. */
        public val reason: UnresolvedReason,
    ) : Outcome("unresolved")

    override fun equals(other: Any?): Boolean = other is Outcome && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    override fun toString(): String = when (this) {
        is Failed -> "$word($code)"
        is Unresolved -> "$word(${reason.word})"
        else -> word
    }

    internal companion object {
        fun of(json: JsonObject): Outcome = when (val outcome = json.text("outcome")) {
            "succeeded" -> Succeeded
            "failed" -> Failed(json.text("code"))
            "cancelled" -> Cancelled
            "refunded" -> Refunded
            "unresolved" -> Unresolved(UnresolvedReason.of(json.text("reason")))
            else -> error("there is no Outcome $outcome")
        }
    }
}

/** How a refund ended. */
public sealed class RefundOutcome(
    /** The word for it, the same in every language. */
    public val word: String,
) {
    /** The money was given back. */
    public object Refunded : RefundOutcome("refunded")

    /** The order was cancelled, so that there was nothing to give back. */
    public object OrderCancelled : RefundOutcome("order_cancelled")

    /** Refused; another attempt needs another id. */
    public class Failed(
        /** The code it was refused with, or `refund.not_sent` where nothing ever left this machine. */
        public val code: String,
    ) : RefundOutcome("failed")

    /**
     * It is not known whether the money was given back: needs manual review. It counts as spent until it is resolved.
     */
    public object Unresolved : RefundOutcome("unresolved")

    override fun equals(other: Any?): Boolean = other is RefundOutcome && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    override fun toString(): String = when (this) {
        is Failed -> "$word($code)"
        else -> word
    }

    internal companion object {
        fun of(json: JsonObject): RefundOutcome = when (val outcome = json.text("outcome")) {
            "refunded" -> Refunded
            "order_cancelled" -> OrderCancelled
            "failed" -> Failed(json.text("code"))
            "unresolved" -> Unresolved
            else -> error("there is no RefundOutcome $outcome")
        }
    }
}

/** How a reverse ended. */
public sealed class ReverseOutcome(
    /** The word for it, the same in every language. */
    public val word: String,
) {
    /** The merchant keeps nothing of the payment: it was cancelled, or what was left of it was refunded. */
    public object Reversed : ReverseOutcome("reversed")

    /** This reverse gave nothing back, and will not. What was left of the payment stands; a refund may still be made. */
    public class Refused(
        /** The gateway's code for the refund, or `reverse.refund_unresolved`. */
        public val code: String,
    ) : ReverseOutcome("refused")

    /** It is not known whether the money was given back: needs manual review. */
    public object Unresolved : ReverseOutcome("unresolved")

    override fun equals(other: Any?): Boolean = other is ReverseOutcome && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    override fun toString(): String = when (this) {
        is Refused -> "$word($code)"
        else -> word
    }

    internal companion object {
        fun of(json: JsonObject): ReverseOutcome = when (val outcome = json.text("outcome")) {
            "reversed" -> Reversed
            "refused" -> Refused(json.text("code"))
            "unresolved" -> Unresolved
            else -> error("there is no ReverseOutcome $outcome")
        }
    }
}
