package alipay.instore

import java.math.BigDecimal
import alipay.instore.ffi.Amount as FfiAmount

/** An amount in minor units, of at most 16 digits, and its currency. Never a binary float. */
public class Amount internal constructor(
    /** Minor units. */
    public val value: Long,
    /** The three letters of ISO 4217. */
    public val currency: String,
) {
    internal constructor(ffi: FfiAmount) : this(ffi.value.toLong(), ffi.currency)

    internal constructor(from: Answer) : this(from.long(), from.text())

    internal fun ffi() = FfiAmount(value.toULong(), currency)

    /** The amount in major units, with all the currency's digits, such as `19.99`. */
    public fun toMajor(): String = FlatCall.AMOUNT_TO_MAJOR.of(Arguments().long(value).text(currency)).text()

    /** The same as a number. */
    public fun toBigDecimal(): BigDecimal = BigDecimal(toMajor())

    override fun equals(other: Any?): Boolean = other is Amount && other.value == value && other.currency == currency

    override fun hashCode(): Int = 31 * value.hashCode() + currency.hashCode()

    override fun toString(): String = "${toMajor()} $currency"

    public companion object {
        /**
         * Turns a price such as `BigDecimal("19.99")` into minor units. Decimals beyond the currency's are an error
         * unless they are zeros or a [rounding] is given.
         */
        @JvmStatic
        @JvmOverloads
        public fun fromMajor(
            price: BigDecimal,
            currency: String,
            rounding: Rounding? = null,
            rules: AmountRules = AmountRules.ALIPAY,
        ): Amount {
            // A scale of thousands would write thousands of zeros before anything could refuse them.
            val plain = if (price.scale() in -40..400 && price.precision() <= 400) price.toPlainString() else price.toString()
            return fromMajor(plain, currency, rounding, rules)
        }

        /** The same from text: `[0-9]+(\.[0-9]+)?`, without sign, blank, separator or exponent. */
        @JvmStatic
        @JvmOverloads
        public fun fromMajor(
            price: String,
            currency: String,
            rounding: Rounding? = null,
            rules: AmountRules = AmountRules.ALIPAY,
        ): Amount {
            val arguments = Arguments().text(price).text(currency).optional(rounding) { text(it.word) }.text(rules.word)
            return Amount(FlatCall.AMOUNT_FROM_MAJOR.of(arguments))
        }

        /** Reads a price with its currency, such as `19.99 USD`. Nothing is rounded. */
        @JvmStatic
        public fun parse(text: String): Amount {
            val parts = text.split(' ', limit = 2)
            if (parts.size < 2) {
                throw AlipayException.of("amount.format", "the text is not a price, a space and a currency code", null, null)
            }
            return fromMajor(parts[0], parts[1])
        }

        /** An amount in minor units. */
        @JvmStatic
        public fun fromMinor(value: Long, currency: String): Amount = fromMinor(value.toString(), currency)

        /** Minor units as the gateways write them: one to 16 ASCII digits. */
        @JvmStatic
        public fun fromMinor(value: String, currency: String): Amount =
            Amount(FlatCall.AMOUNT_FROM_MINOR.of(Arguments().text(value).text(currency)))

        /** The smallest amount that a wallet takes, such as `ALIPAY_HK`, in the currency in which it states it. */
        @JvmStatic
        public fun minimumOf(wallet: String): Amount? = FlatCall.WALLET_MINIMUM.of(Arguments().text(wallet)).optional { Amount(this) }

        /** The step of which a wallet, such as `JKOPAY`, takes only multiples, where it states one. */
        @JvmStatic
        public fun stepOf(wallet: String): Amount? = FlatCall.WALLET_STEP.of(Arguments().text(wallet)).optional { Amount(this) }
    }
}
