package alipay.instore

import alipay.instore.ffi.Note as FfiNote

/** What was allowed and is worth knowing about a payment, beside its result. */
public sealed class PaymentNote(
    /** The name of the kind of note, the same in every language. */
    public val kind: String,
) {
    /** The customer is shown another amount than the one that is paid. */
    public class OrderAmountDiffers internal constructor(
        /** The amount of the order. */
        public val order: Amount,
        /** What is paid. */
        public val payment: Amount,
    ) : PaymentNote("order_amount_differs") {
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
    ) : PaymentNote("below_minimum") {
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
    ) : PaymentNote("off_step") {
        override fun toString(): String = "$kind: $wallet takes multiples of $step, $payment is paid"
    }

    /** AMS: a field is missing that some pages require and others do not. */
    public class FieldMissing internal constructor(
        /** The field, such as `order.merchant.merchantName`. */
        public val path: String,
    ) : PaymentNote("field_missing") {
        override fun toString(): String = "$kind: $path"
    }

    /** AMS: no expiry was stated, so the policy's was sent. The contract with Alipay may set another one. */
    public class DefaultExpiry internal constructor(
        /** What was sent, in milliseconds since the epoch. */
        public val expiry: Long,
    ) : PaymentNote("default_expiry") {
        override fun toString(): String = "$kind: $expiry"
    }

    /** Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent. */
    public class ExpiryCapped internal constructor(
        /** What was stated, in milliseconds since the epoch. */
        public val asked: Long,
        /** What was sent, in milliseconds since the epoch. */
        public val expiry: Long,
    ) : PaymentNote("expiry_capped") {
        override fun toString(): String = "$kind: $expiry instead of $asked"
    }

    override fun equals(other: Any?): Boolean = other is PaymentNote && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    internal companion object {
        fun of(note: FfiNote): PaymentNote = when (note) {
            is FfiNote.OrderAmountDiffers -> OrderAmountDiffers(Amount(note.order), Amount(note.payment))
            is FfiNote.BelowMinimum -> BelowMinimum(note.wallet, Amount(note.payment), Amount(note.minimum))
            is FfiNote.OffStep -> OffStep(note.wallet, Amount(note.payment), Amount(note.step))
            is FfiNote.FieldMissing -> FieldMissing(note.path)
            is FfiNote.DefaultExpiry -> DefaultExpiry(note.expiry)
            is FfiNote.ExpiryCapped -> ExpiryCapped(note.asked, note.expiry)
        }
    }
}
