package alipay.instore

import kotlinx.serialization.json.JsonObject
import alipay.instore.ffi.Warning as FfiWarning

/** What was allowed and is worth knowing about a payment, beside its result. */
public sealed class PaymentWarning(
    /** The name of the kind of note, the same in every language. */
    public val kind: String,
) {
    /** The customer is shown another amount than the one that is paid. */
    public class OrderAmountDiffers internal constructor(
        /** The amount of the order. */
        public val order: Amount,
        /** What is paid. */
        public val payment: Amount,
    ) : PaymentWarning("order_amount_differs") {
        override fun toString(): String = "$kind: the order shows $order, $payment is paid"
    }

    /** The wallet may not take an amount this small. */
    public class BelowMinimum internal constructor(
        /** The wallet. */
        public val wallet: String,
        /** What is paid. */
        public val payment: Amount,
        /** The higher of the wallet's minimums. */
        public val minimum: Amount,
    ) : PaymentWarning("below_minimum") {
        override fun toString(): String = "$kind: $wallet may take nothing below $minimum, $payment is paid"
    }

    /** The wallet takes only multiples of a step. */
    public class OffStep internal constructor(
        /** The wallet. */
        public val wallet: String,
        /** What is paid. */
        public val payment: Amount,
        /** The wallet's step. */
        public val step: Amount,
    ) : PaymentWarning("off_step") {
        override fun toString(): String = "$kind: $wallet takes multiples of $step, $payment is paid"
    }

    /** AMS: a field is missing that some pages require and others do not. */
    public class FieldMissing internal constructor(
        /** The field, such as `order.merchant.merchantName`. */
        public val path: String,
    ) : PaymentWarning("field_missing") {
        override fun toString(): String = "$kind: $path"
    }

    /** AMS: no expiry was stated, so the policy's was sent. The contract with Alipay may set another one. */
    public class DefaultExpiry internal constructor(
        /** What was sent, in milliseconds since the epoch. */
        public val expiry: Long,
    ) : PaymentWarning("default_expiry") {
        override fun toString(): String = "$kind: $expiry"
    }

    /** Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent. */
    public class ExpiryCapped internal constructor(
        /** What was stated, in milliseconds since the epoch. */
        public val asked: Long,
        /** What was sent, in milliseconds since the epoch. */
        public val expiry: Long,
    ) : PaymentWarning("expiry_capped") {
        override fun toString(): String = "$kind: $expiry instead of $asked"
    }

    override fun equals(other: Any?): Boolean = other is PaymentWarning && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    internal companion object {
        fun of(note: FfiWarning): PaymentWarning = when (note) {
            is FfiWarning.OrderAmountDiffers -> OrderAmountDiffers(Amount(note.order), Amount(note.payment))
            is FfiWarning.BelowMinimum -> BelowMinimum(note.wallet, Amount(note.payment), Amount(note.minimum))
            is FfiWarning.OffStep -> OffStep(note.wallet, Amount(note.payment), Amount(note.step))
            is FfiWarning.FieldMissing -> FieldMissing(note.path)
            is FfiWarning.DefaultExpiry -> DefaultExpiry(note.expiry)
            is FfiWarning.ExpiryCapped -> ExpiryCapped(note.asked, note.expiry)
        }

        fun of(json: JsonObject): PaymentWarning {
            fun amount(name: String) = json.text(name).split(" ").let { (value, currency) -> Amount.fromMajor(value, currency, null, AmountRules.ISO) }
            return when (val kind = json.text("kind")) {
                "order_amount_differs" -> OrderAmountDiffers(amount("order"), amount("payment"))
                "below_minimum" -> BelowMinimum(json.text("wallet"), amount("payment"), amount("minimum"))
                "off_step" -> OffStep(json.text("wallet"), amount("payment"), amount("step"))
                "field_missing" -> FieldMissing(json.text("path"))
                "default_expiry" -> DefaultExpiry(json.number("expiry"))
                "expiry_capped" -> ExpiryCapped(json.number("asked"), json.number("expiry"))
                else -> error("no warning $kind")
            }
        }
    }
}
