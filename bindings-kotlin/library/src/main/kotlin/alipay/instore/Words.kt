package alipay.instore

import alipay.instore.ffi.Certainty as FfiCertainty
import alipay.instore.ffi.Meaning as FfiMeaning
import alipay.instore.ffi.NotificationKind as FfiNotificationKind
import alipay.instore.ffi.Operation as FfiOperation
import alipay.instore.ffi.Protocol as FfiProtocol
import alipay.instore.ffi.Resolved as FfiResolved
import alipay.instore.ffi.Retry as FfiRetry
import alipay.instore.ffi.Rounding as FfiRounding
import alipay.instore.ffi.Rule as FfiRule
import alipay.instore.ffi.Rules as FfiRules
import alipay.instore.ffi.Scenario as FfiScenario
import alipay.instore.ffi.Target as FfiTarget

// The words of the library. Each `when` names every value, so that a new one stops the build instead of a payment.

internal fun <T> wrong(what: String, word: String): T =
    throw AlipayException.of("config.invalid", "there is no $what named $word", null, null)

/** The two protocols of the gateways. */
public enum class Protocol(
    /** The name in settings and files. */
    public val word: String,
) {
    /** Alipay's own merchant services. */
    AMS("ams"),

    /** Alipay+, for acquirers. */
    ALIPAY_PLUS("alipay_plus"),
    ;

    internal fun ffi(): FfiProtocol = when (this) {
        AMS -> FfiProtocol.AMS
        ALIPAY_PLUS -> FfiProtocol.ALIPAY_PLUS
    }

    public companion object {
        /** The protocol of this word. */
        @JvmStatic
        public fun of(word: String): Protocol = values().find { it.word == word } ?: wrong("protocol", word)

        internal fun of(protocol: FfiProtocol): Protocol = when (protocol) {
            FfiProtocol.AMS -> AMS
            FfiProtocol.ALIPAY_PLUS -> ALIPAY_PLUS
        }
    }
}

/** What a request asks for. */
public enum class Operation(
    /** The name in files and logs. */
    public val word: String,
) {
    /** `pay`. */
    PAY("pay"),

    /** `inquiryPayment`. */
    INQUIRY("inquiry"),

    /** `cancel` (AMS) or `cancelPayment` (Alipay+). */
    CANCEL("cancel"),

    /** `refund`. */
    REFUND("refund"),

    /** `inquiryRefund`, AMS alone. */
    REFUND_INQUIRY("refund_inquiry"),

    /** `notifyPayment`. */
    NOTIFY("notify"),
    ;

    internal fun ffi(): FfiOperation = when (this) {
        PAY -> FfiOperation.PAY
        INQUIRY -> FfiOperation.INQUIRY
        CANCEL -> FfiOperation.CANCEL
        REFUND -> FfiOperation.REFUND
        REFUND_INQUIRY -> FfiOperation.REFUND_INQUIRY
        NOTIFY -> FfiOperation.NOTIFY
    }

    public companion object {
        /** The operation of this word. */
        @JvmStatic
        public fun of(word: String): Operation = values().find { it.word == word } ?: wrong("operation", word)

        internal fun of(operation: FfiOperation): Operation = when (operation) {
            FfiOperation.PAY -> PAY
            FfiOperation.INQUIRY -> INQUIRY
            FfiOperation.CANCEL -> CANCEL
            FfiOperation.REFUND -> REFUND
            FfiOperation.REFUND_INQUIRY -> REFUND_INQUIRY
            FfiOperation.NOTIFY -> NOTIFY
        }
    }
}

/** What is known of a request that got no usable answer. */
public enum class Certainty(
    /** The name in files and logs. */
    public val word: String,
) {
    /** Not one byte of the request left this machine: no connection came about. */
    NOT_SENT("not_sent"),

    /** Anything else: a timeout, a reset, no usable body, a missing or wrong signature. */
    UNKNOWN("unknown"),
    ;

    internal fun ffi(): FfiCertainty = when (this) {
        NOT_SENT -> FfiCertainty.NOT_SENT
        UNKNOWN -> FfiCertainty.UNKNOWN
    }
}

/** How a price with more decimals than the currency is brought to the currency's smallest step. */
public enum class Rounding(
    /** The name in files. */
    public val word: String,
) {
    /** To the nearest step; half a step goes to the even one. */
    HALF_EVEN("half_even"),

    /** To the nearest step; half a step goes up. */
    HALF_UP("half_up"),

    /** To the step below. */
    DOWN("down"),
    ;

    internal fun ffi(): FfiRounding = when (this) {
        HALF_EVEN -> FfiRounding.HALF_EVEN
        HALF_UP -> FfiRounding.HALF_UP
        DOWN -> FfiRounding.DOWN
    }

    public companion object {
        /** The rounding of this word; any other is `amount.rounding`. */
        @JvmStatic
        public fun of(word: String): Rounding = values().find { it.word == word }
            ?: throw AlipayException.of("amount.rounding", "there is no rounding of this name", null, null)
    }
}

/** Whose rules decide the smallest step of a currency. */
public enum class Rules(
    /** The name in files. */
    public val word: String,
) {
    /** The gateways': one minor unit, but 100 for IDR. */
    ALIPAY("alipay"),

    /** ISO 4217 alone: one minor unit. */
    ISO("iso"),
    ;

    internal fun ffi(): FfiRules = when (this) {
        ALIPAY -> FfiRules.ALIPAY
        ISO -> FfiRules.ISO
    }

    public companion object {
        /** The rules of this word; any other is `amount.rules`. */
        @JvmStatic
        public fun of(word: String): Rules = values().find { it.word == word }
            ?: throw AlipayException.of("amount.rules", "there is no rule set of this name", null, null)
    }
}

/** How customer and merchant find each other. */
public enum class Scenario(
    /** The word of the protocol. */
    public val word: String,
) {
    /** The customer shows a payment code and the till scans it. */
    PAYMENT_CODE("PaymentCode"),

    /** The till shows a code of this order and the customer scans it. */
    ORDER_CODE("OrderCode"),

    /** The customer scans the shop's code and pays on the merchant's page. */
    ENTRY_CODE("EntryCode"),
    ;

    internal fun ffi(): FfiScenario = when (this) {
        PAYMENT_CODE -> FfiScenario.PAYMENT_CODE
        ORDER_CODE -> FfiScenario.ORDER_CODE
        ENTRY_CODE -> FfiScenario.ENTRY_CODE
    }

    public companion object {
        /** The scenario of this word; any other is `request.invalid`. */
        @JvmStatic
        public fun of(word: String): Scenario = values().find { it.word == word }
            ?: throw AlipayException.of("request.invalid", "there is no such scenario", null, null)

        internal fun of(scenario: FfiScenario): Scenario = when (scenario) {
            FfiScenario.PAYMENT_CODE -> PAYMENT_CODE
            FfiScenario.ORDER_CODE -> ORDER_CODE
            FfiScenario.ENTRY_CODE -> ENTRY_CODE
        }
    }
}

/** Whose rules a router follows. */
public enum class Ruleset(
    /** The name in settings. */
    public val word: String,
) {
    /** The routing logic of the page "Accept a payment" of Alipay+. */
    ALIPAY_PLUS("alipay_plus"),

    /** The same as corrected on 2023-08-31: an Alipay+ 19-digit code starts with 289. */
    ALIPAY_PLUS_2023_08("alipay_plus_2023_08"),

    /** The rule for local wallets beside Alipay of the page "pay (consumer-presented mode)". */
    AMS("ams"),
}

/** The system that takes a payment. */
public enum class Target(
    /** The name in files. */
    public val word: String,
) {
    /** The Alipay+ gateway. */
    ALIPAY_PLUS("alipay_plus"),

    /** Alipay's own gateway (AMS). */
    ALIPAY("alipay"),

    /** The directly integrated wallet that the route names. */
    WALLET("wallet"),
    ;

    internal companion object {
        fun of(target: FfiTarget): Target = when (target) {
            FfiTarget.ALIPAY_PLUS -> ALIPAY_PLUS
            FfiTarget.ALIPAY -> ALIPAY
            FfiTarget.WALLET -> WALLET
        }
    }
}

/** The rule that decided a route. */
public enum class Rule(
    /** The name in files. */
    public val word: String,
) {
    /** An Alipay+ 19-digit code. */
    ALIPAY_PLUS_19("alipay_plus_19"),

    /** A code of AlipayCN or AlipayHK, integrated directly. */
    DIRECT_ALIPAY("direct_alipay"),

    /** The routing number of a directly integrated wallet. */
    DIRECT_WALLET("direct_wallet"),

    /** A 24-digit code of no directly integrated wallet. */
    CGCP("cgcp"),

    /** No wallet of its own, so Alipay takes it. */
    ALIPAY_DEFAULT("alipay_default"),

    /** A valid code that none of the four steps names. */
    FALLBACK("fallback"),
    ;

    internal companion object {
        fun of(rule: FfiRule): Rule = when (rule) {
            FfiRule.ALIPAY_PLUS19 -> ALIPAY_PLUS_19
            FfiRule.DIRECT_ALIPAY -> DIRECT_ALIPAY
            FfiRule.DIRECT_WALLET -> DIRECT_WALLET
            FfiRule.CGCP -> CGCP
            FfiRule.ALIPAY_DEFAULT -> ALIPAY_DEFAULT
            FfiRule.FALLBACK -> FALLBACK
        }
    }
}

/** What a result means for the operation it answers. */
public enum class Meaning(
    /** The name in files. */
    public val word: String,
) {
    /** The operation succeeded. */
    SUCCEEDED("succeeded"),

    /** The payment was refused. */
    PAYMENT_REFUSED("payment_refused"),

    /** The request was refused. */
    REQUEST_REFUSED("request_refused"),

    /** The gateway is at work: ask again. */
    IN_PROCESS("in_process"),

    /** The outcome is open. */
    UNKNOWN("unknown"),

    /** The order is closed or cancelled. */
    CLOSED("closed"),

    /** Another request owns the id. */
    ID_TAKEN("id_taken"),

    /** The gateway does not know the order, or not yet. */
    NOT_FOUND("not_found"),

    /** The cancel window is over. */
    WINDOW_EXCEEDED("window_exceeded"),

    /** The order's state does not allow a cancel. */
    STATUS_CONFLICT("status_conflict"),

    /** The merchant's account can't cover the cancel or the refund. */
    MERCHANT_BALANCE_NOT_ENOUGH("merchant_balance_not_enough"),

    /** The refund was refused. */
    REFUND_REFUSED("refund_refused"),
    ;

    internal companion object {
        fun of(meaning: FfiMeaning): Meaning = when (meaning) {
            FfiMeaning.SUCCEEDED -> SUCCEEDED
            FfiMeaning.PAYMENT_REFUSED -> PAYMENT_REFUSED
            FfiMeaning.REQUEST_REFUSED -> REQUEST_REFUSED
            FfiMeaning.IN_PROCESS -> IN_PROCESS
            FfiMeaning.UNKNOWN -> UNKNOWN
            FfiMeaning.CLOSED -> CLOSED
            FfiMeaning.ID_TAKEN -> ID_TAKEN
            FfiMeaning.NOT_FOUND -> NOT_FOUND
            FfiMeaning.WINDOW_EXCEEDED -> WINDOW_EXCEEDED
            FfiMeaning.STATUS_CONFLICT -> STATUS_CONFLICT
            FfiMeaning.MERCHANT_BALANCE_NOT_ENOUGH -> MERCHANT_BALANCE_NOT_ENOUGH
            FfiMeaning.REFUND_REFUSED -> REFUND_REFUSED
        }
    }
}

/** What may be sent next. */
public enum class Retry(
    /** The name in files. */
    public val word: String,
) {
    /** Nothing: the operation is over. */
    NO("no"),

    /** The same request under the same id. */
    SAME_REQUEST("same_request"),

    /** A new attempt, if one is wanted, under a new id. */
    NEW_ID("new_id"),

    /** An inquiry, before anything else. */
    INQUIRE("inquire"),
    ;

    internal companion object {
        fun of(retry: FfiRetry): Retry = when (retry) {
            FfiRetry.NO -> NO
            FfiRetry.SAME_REQUEST -> SAME_REQUEST
            FfiRetry.NEW_ID -> NEW_ID
            FfiRetry.INQUIRE -> INQUIRE
        }
    }
}

/** What a notification is about. */
public enum class NotificationKind {
    /** The result of a payment. */
    PAYMENT_RESULT,

    /** The result of a refund. */
    REFUND_RESULT,

    /** Something else, to be acknowledged. */
    OTHER,
    ;

    internal companion object {
        fun of(kind: FfiNotificationKind): NotificationKind = when (kind) {
            FfiNotificationKind.PAYMENT_RESULT -> PAYMENT_RESULT
            FfiNotificationKind.REFUND_RESULT -> REFUND_RESULT
            FfiNotificationKind.OTHER -> OTHER
        }
    }
}

/** What a person found out about a refund that ended as unresolved. */
public enum class Resolved(
    /** The name in files. */
    public val word: String,
) {
    /** The money was given back. */
    MADE("made"),

    /** It was not, and will not be. */
    NOT_MADE("not_made"),
    ;

    internal fun ffi(): FfiResolved = when (this) {
        MADE -> FfiResolved.MADE
        NOT_MADE -> FfiResolved.NOT_MADE
    }

    public companion object {
        /** The value of this word; any other is `request.invalid`. */
        @JvmStatic
        public fun of(word: String): Resolved = values().find { it.word == word }
            ?: throw AlipayException.of("request.invalid", "a refund is resolved as made or as not_made", "resolved", null)

        internal fun of(resolved: FfiResolved): Resolved = when (resolved) {
            FfiResolved.MADE -> MADE
            FfiResolved.NOT_MADE -> NOT_MADE
        }
    }
}
