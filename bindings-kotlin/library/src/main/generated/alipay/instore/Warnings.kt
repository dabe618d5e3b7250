// Generated from schema/dialect/warnings.toml by `make generate`; do not edit.

package alipay.instore

import kotlinx.serialization.json.JsonObject

/** What was allowed and is worth knowing about a payment, beside its result. */
public sealed class PaymentWarning(
    /** The name of the kind, the same in every language. */
    public val kind: String,
) {
    /** The customer is shown another amount than the one that is paid. */
    public class OrderAmountDiffers internal constructor(
        /** The amount of the order. */
        public val order: Amount,
        /** What is paid. */
        public val payment: Amount,
    ) : PaymentWarning("order_amount_differs") {
        override fun toString(): String = shown("order_amount_differs", "order" to order, "payment" to payment)
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
        override fun toString(): String = shown("below_minimum", "wallet" to wallet, "payment" to payment, "minimum" to minimum)
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
        override fun toString(): String = shown("off_step", "wallet" to wallet, "payment" to payment, "step" to step)
    }

    /** AMS: a field is missing that some pages require and others do not. */
    public class FieldMissing internal constructor(
        /** The field, such as `order.merchant.merchantName`. */
        public val path: String,
    ) : PaymentWarning("field_missing") {
        override fun toString(): String = shown("field_missing", "path" to path)
    }

    /** AMS: no expiry was stated, so the policy's was sent. The contract with Alipay may set another one. */
    public class DefaultExpiry internal constructor(
        /** What was sent, in milliseconds since the epoch. */
        public val expiry: Long,
    ) : PaymentWarning("default_expiry") {
        override fun toString(): String = shown("default_expiry", "expiry" to expiry)
    }

    /** Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent. */
    public class ExpiryCapped internal constructor(
        /** What was stated, in milliseconds since the epoch. */
        public val asked: Long,
        /** What was sent, in milliseconds since the epoch. */
        public val expiry: Long,
    ) : PaymentWarning("expiry_capped") {
        override fun toString(): String = shown("expiry_capped", "asked" to asked, "expiry" to expiry)
    }

    override fun toString(): String = kind

    override fun equals(other: Any?): Boolean = other is PaymentWarning && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    internal companion object {
        fun of(json: JsonObject): PaymentWarning = when (val found = json.text("kind")) {
            "order_amount_differs" -> OrderAmountDiffers(Amount.parse(json.text("order")), Amount.parse(json.text("payment")))
            "below_minimum" -> BelowMinimum(
                json.text("wallet"),
                Amount.parse(json.text("payment")),
                Amount.parse(json.text("minimum")),
            )
            "off_step" -> OffStep(json.text("wallet"), Amount.parse(json.text("payment")), Amount.parse(json.text("step")))
            "field_missing" -> FieldMissing(json.text("path"))
            "default_expiry" -> DefaultExpiry(json.number("expiry"))
            "expiry_capped" -> ExpiryCapped(json.number("asked"), json.number("expiry"))
            else -> error("there is no PaymentWarning $found")
        }
    }
}
