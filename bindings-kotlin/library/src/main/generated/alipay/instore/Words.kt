// Generated from schema/words by `make generate`; do not edit.

package alipay.instore

/** The two protocols of the gateways. */
public enum class Protocol(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** Alipay's own merchant services, paths below `/ams`. */
    AMS("ams"),

    /** Alipay+, for acquirers, paths below `/aps`. */
    ALIPAY_PLUS("alipay_plus"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Protocol = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no protocol of this word", null, null)
    }
}

/**
 * The operations whose replies carry a result. A notification counts as one: its result is the payment's, as is the
 * `paymentStatus` or `paymentResult` of an inquiry with its own code.
 */
public enum class Operation(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** `pay`. */
    PAY("pay"),

    /** `inquiryPayment`: whether the inquiry worked, not the outcome of the payment. */
    INQUIRY("inquiry"),

    /** `cancel` (AMS) or `cancelPayment` (Alipay+). */
    CANCEL("cancel"),

    /** `refund`. */
    REFUND("refund"),

    /** `inquiryRefund` (only in AMS). */
    REFUND_INQUIRY("refund_inquiry"),

    /** `notifyPayment`: the result of the payment itself. */
    NOTIFY("notify"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Operation = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no operation of this word", null, null)
    }
}

/** How customer and merchant find each other. */
public enum class Scenario(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The customer shows a payment code and the till scans it. */
    PAYMENT_CODE("PaymentCode"),

    /** The till shows a code of this order and the customer scans it. */
    ORDER_CODE("OrderCode"),

    /** The customer scans the shop's code and pays on the merchant's page. */
    ENTRY_CODE("EntryCode"),

    ;

    public companion object {
        /** The value of this word; any other is `request.invalid`. */
        @JvmStatic
        public fun of(word: String): Scenario = values().find { it.word == word }
            ?: throw AlipayException.of("request.invalid", "there is no such scenario", null, null)
    }
}

/** What a notification is about. */
public enum class NotificationKind(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The result of a payment. */
    PAYMENT_RESULT("payment_result"),

    /** The result of a refund (AMS, `notifyType` `REFUND_RESULT`). */
    REFUND_RESULT("refund_result"),

    /** Something else, such as an authorisation. To be acknowledged; it says nothing about a payment or a refund. */
    OTHER("other"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): NotificationKind = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no notification kind of this word", null, null)
    }
}

/** The status letter of a result. */
public enum class Status(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** `S`: the call succeeded. */
    SUCCEEDED("S"),

    /** `F`: the call failed, for good. */
    FAILED("F"),

    /** `U`: unknown. */
    UNKNOWN("U"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Status = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no status of this word", null, null)
    }
}

/** What a result means for the operation it answers. */
public enum class Meaning(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The operation succeeded. */
    SUCCEEDED("succeeded"),

    /** The payment was refused. */
    PAYMENT_REFUSED("payment_refused"),

    /**
     * The request was refused; an inquiry or a cancel that was refused says nothing about the payment, and a refund that
     * was refused so says nothing about other copies of it.
     */
    REQUEST_REFUSED("request_refused"),

    /** The gateway is at work: ask again. */
    IN_PROCESS("in_process"),

    /** The outcome is open. */
    UNKNOWN("unknown"),

    /** The order is closed or cancelled. */
    CLOSED("closed"),

    /** Another request owns the `paymentRequestId`. */
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

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Meaning = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no meaning of this word", null, null)
    }
}

/** What may be sent next. */
public enum class Retry(
    /** The word, the same in every language. */
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

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Retry = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no retry of this word", null, null)
    }
}

/** Whether a message names the payment or the refund that it was taken for. */
public enum class Named(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** It names none. */
    ABSENT("absent"),

    /** It names ours. */
    OURS("ours"),

    /** It names another one, or what it names can't be read. */
    OTHER("other"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Named = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no named of this word", null, null)
    }
}

/** What a message says about an amount. */
public enum class Stated(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** Nothing. */
    ABSENT("absent"),

    /** Our amount and currency. */
    OURS("ours"),

    /** Another one, or one that can't be read. */
    OTHER("other"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Stated = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no stated of this word", null, null)
    }
}

/** What is known of a request that got no usable answer. */
public enum class Certainty(
    /** The word, the same in every language. */
    public val word: String,
) {
    /**
     * Not one byte of the request left this machine: the name was not found, or the connection, the proxy or the TLS
     * handshake was refused.
     */
    NOT_SENT("not_sent"),

    /** Anything else: a timeout, a reset, no usable body, a missing or wrong signature. */
    UNKNOWN("unknown"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Certainty = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no certainty of this word", null, null)
    }
}

/** What a person found out about a refund that ended as unresolved. */
public enum class Resolved(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The money was given back. */
    MADE("made"),

    /** It was not, and will not be. */
    NOT_MADE("not_made"),

    ;

    public companion object {
        /** The value of this word; any other is `request.invalid`. */
        @JvmStatic
        public fun of(word: String): Resolved = values().find { it.word == word }
            ?: throw AlipayException.of("request.invalid", "a refund is resolved as made or as not_made", null, null)
    }
}

/** Why a payment, a refund or a reverse needs manual review. */
public enum class AlertKind(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** Verified evidence states another amount or currency than ours. */
    AMOUNT_MISMATCH("amount_mismatch"),

    /** A message names another payment or refund than ours. */
    ID_MISMATCH("id_mismatch"),

    /** Another request owns this payment request id. */
    ID_TAKEN("id_taken"),

    /** A status word that is not documented; it counts as in process. */
    UNKNOWN_WORD("unknown_word"),

    /** A cancel or a refund was refused for a reason that is not documented for it. */
    UNEXPECTED_REFUSAL("unexpected_refusal"),

    /** The cancel has no answer for a minute; it goes on. */
    CANCEL_UNRESOLVED("cancel_unresolved"),

    /** The merchant's balance is too low to give the money back. */
    MERCHANT_BALANCE_NOT_ENOUGH("merchant_balance_not_enough"),

    /** The payment succeeded, can't be cancelled any more, and the policy asks before refunding. */
    REFUND_CONSENT("refund_consent"),

    /** The refund was refused. */
    REFUND_FAILED("refund_failed"),

    /** Verified messages contradict each other. */
    CONFLICTING_EVIDENCE("conflicting_evidence"),

    /** A final fact arrived after the payment ended as unresolved. */
    LATE_EVIDENCE("late_evidence"),

    /** The customer has to act before the payment can go on: show the form. */
    CUSTOMER_ACTION_REQUIRED("customer_action_required"),

    /** The gateway does not accept our signature or client id, or its answers verify under no configured key. */
    CONFIGURATION_SUSPECTED("configuration_suspected"),

    /** The gateway's clock and ours differ by more than the margin. */
    CLOCK_SKEW("clock_skew"),

    /** An answer that names no payment was signed long before its request was sent; it settled nothing. */
    STALE_ANSWER("stale_answer"),

    /** The payment has a verified end that the store did not take in time. */
    NOT_STORED("not_stored"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): AlertKind = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no alert kind of this word", null, null)
    }
}

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

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): AlertPart = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no alert part of this word", null, null)
    }
}

/** Why a payment could not be resolved. */
public enum class UnresolvedReason(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** Another request owns this payment request id. */
    ID_TAKEN("id_taken"),

    /** The gateway states another amount than ours, and nothing was cancelled or given back by itself. */
    AMOUNT_MISMATCH("amount_mismatch"),

    /** The payment succeeded, can't be cancelled any more, and the policy asks before refunding. */
    REFUND_CONSENT("refund_consent"),

    /** The cancel window ended without a clear answer. */
    CANCEL_WINDOW("cancel_window"),

    /** The refund got no answer. */
    REFUND("refund"),

    /** The refund was refused. */
    REFUND_FAILED("refund_failed"),

    /** The gateway accepted no request: the configured keys or the client id are wrong. */
    CONFIGURATION("configuration"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): UnresolvedReason = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no unresolved reason of this word", null, null)
    }
}

/** Where a payment stands. */
public enum class PaymentState(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** Not begun. */
    READY("ready"),

    /** Pay was sent. */
    PAYING("paying"),

    /** A code or a form was created: the customer acts next. */
    AWAITING_CUSTOMER("awaiting_customer"),

    /** The result is being inquired. */
    CONFIRMING("confirming"),

    /** The payment is being cancelled. */
    CANCELLING("cancelling"),

    /** The payment succeeded, can't be cancelled any more and is being refunded. */
    REFUNDING("refunding"),

    /** Paid. */
    SUCCEEDED("succeeded"),

    /** Not paid: refused by the gateway, or nothing ever left this machine. */
    FAILED("failed"),

    /** Not paid: cancelled or closed. */
    CANCELLED("cancelled"),

    /** Not paid: it had succeeded and was refunded. */
    REFUNDED("refunded"),

    /** It is not known whether the money moved: needs manual review. */
    UNRESOLVED("unresolved"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): PaymentState = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no payment state of this word", null, null)
    }
}

/** How a price with more decimals than the currency is brought to the currency's smallest step. */
public enum class Rounding(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** To the nearest step; half a step goes to the even one. */
    HALF_EVEN("half_even"),

    /** To the nearest step; half a step goes up. */
    HALF_UP("half_up"),

    /** To the step below. */
    DOWN("down"),

    ;

    public companion object {
        /** The value of this word; any other is `amount.rounding`. */
        @JvmStatic
        public fun of(word: String): Rounding = values().find { it.word == word }
            ?: throw AlipayException.of("amount.rounding", "there is no rounding of this name", null, null)
    }
}

/** Whose rules decide the smallest step of a currency. */
public enum class AmountRules(
    /** The word, the same in every language. */
    public val word: String,
) {
    /**
     * The gateways': one minor unit, but 100 for IDR. Source: Alipay+, the model Amount, where the value in IDR ends in 00.
     */
    ALIPAY("alipay"),

    /** Only ISO 4217: one minor unit. */
    ISO("iso"),

    ;

    public companion object {
        /** The value of this word; any other is `amount.rules`. */
        @JvmStatic
        public fun of(word: String): AmountRules = values().find { it.word == word }
            ?: throw AlipayException.of("amount.rules", "there is no rule set of this name", null, null)
    }
}

/**
 * The forms of payment codes. The form does not tell the wallet: `routing` does, by its configuration.
 *
 * Source: Alipay+, Payment codes, Code types and rules.
 */
public enum class CodeKind(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** An Alipay+ code of 19 digits: it starts with 289, and the sixth digit from the end is 6. */
    ALIPAY_PLUS_19("alipay_plus_19"),

    /**
     * 24 digits, the form of the Code Generation and Circulation Protocol (CGCP), which holds a routing number. AlipayCN
     * issues codes of this length too, and they can't be told apart.
     */
    CGCP("cgcp"),

    /** 17 to 19 digits, as AlipayCN and AlipayHK issue them. */
    ALIPAY("alipay"),

    /** 16 digits, or 20 to 23. */
    OTHER("other"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): CodeKind = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no code kind of this word", null, null)
    }
}

/** What a text that is not a payment code probably is. It is a guess that looks only at the form of the text. */
public enum class ScannedAs(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** A code that customers scan: EMVCo merchant text, which begins with 000201, or a URL. */
    SHOP_CODE("shop_code"),

    /** The same code more than once in one text, because the scanner read it again. */
    REPEATED_CODE("repeated_code"),

    /** A payment code of WeChat Pay: 16 to 24 digits that start with 10 to 15. */
    WECHAT_PAY("wechat_pay"),

    /** A payment code of UnionPay: 16 to 24 digits that start with 62. */
    UNION_PAY("union_pay"),

    /**
     * A code of 25 to 32 digits that starts as an Alipay+ code does. Alipay+ reserves these lengths. Source: Alipay+,
     * Accept a payment, step 1.
     */
    RESERVED_LENGTH("reserved_length"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): ScannedAs = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no scanned as of this word", null, null)
    }
}

/** The system that takes the payment. */
public enum class Target(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The Alipay+ gateway. */
    ALIPAY_PLUS("alipay_plus"),

    /** Alipay's own gateway (AMS). */
    ALIPAY("alipay"),

    /** The directly integrated wallet that the route names, by its own interface. */
    WALLET("wallet"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): Target = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no target of this word", null, null)
    }
}

/** The rule that decided a route. */
public enum class RoutingRule(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** An Alipay+ 19-digit code. Source: Alipay+, Accept a payment, routing logic 1. */
    ALIPAY_PLUS_19("alipay_plus_19"),

    /** A code of AlipayCN or AlipayHK, integrated directly. Source: routing logic 2 of the same page. */
    DIRECT_ALIPAY("direct_alipay"),

    /**
     * The routing number of a directly integrated wallet. Source: routing logic 3 of the same page; Alipay, pay
     * (consumer-presented mode), Payment code specifications.
     */
    DIRECT_WALLET("direct_wallet"),

    /** A 24-digit code of no directly integrated wallet. Source: Alipay+, Accept a payment, routing logic 4. */
    CGCP("cgcp"),

    /**
     * No wallet of its own, so Alipay takes it. Source: Alipay, pay (consumer-presented mode), Payment code specifications.
     */
    ALIPAY_DEFAULT("alipay_default"),

    /**
     * A valid code that none of the four steps names: 16 digits, or 17 to 23 without AlipayCN or AlipayHK direct. Both are
     * Alipay+ wallets, so Alipay+ takes it.
     */
    FALLBACK("fallback"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): RoutingRule = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no routing rule of this word", null, null)
    }
}

/** Whose rules a router follows. */
public enum class RoutingRules(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The routing logic of the page "Accept a payment" of Alipay+. */
    ALIPAY_PLUS("alipay_plus"),

    /**
     * The same with the expression of step 1 as Alipay+ corrected it on 2023-08-31 (release notes 1.3.2): an Alipay+
     * 19-digit code starts with 289.
     */
    ALIPAY_PLUS_2023_08("alipay_plus_2023_08"),

    /** The rule for local wallets beside Alipay of the page "pay (consumer-presented mode)". */
    AMS("ams"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): RoutingRules = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no routing rules of this word", null, null)
    }
}

/** Whether the customer may have been charged when an error code is seen. */
public enum class MayHaveCharged(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** No: nothing of the payment was sent. */
    NEVER("never"),

    /** Yes: a request was sent, or an earlier one of the same payment may have been. */
    MAYBE("maybe"),

    /** The code is seen in both cases. */
    BY_CASE("by_case"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): MayHaveCharged = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no may have charged of this word", null, null)
    }
}

/** What was found about a signature that does not verify. The part before the dot says where. */
public enum class FindingCode(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** Nothing is wrong: the signature verifies. */
    VERIFIES("verifies"),

    /** The signature verifies, but the message is refused for another reason. */
    MESSAGE_REFUSED("message.refused"),

    /** The input or the configuration can't be used, so nothing was compared. */
    INPUT_UNUSABLE("input.unusable"),

    /** The message has no signature. */
    SIGNATURE_MISSING("signature.missing"),

    /** The Signature header does not have its documented form. */
    SIGNATURE_HEADER("signature.header"),

    /** The header holds the bare signature, without algorithm and key version. */
    SIGNATURE_NO_HEADER("signature.no_header"),

    /** The message has two Signature headers, or two joined into one. */
    SIGNATURE_JOINED("signature.joined"),

    /** The signature is percent-encoded or base64-encoded twice. */
    SIGNATURE_ENCODED_TWICE("signature.encoded_twice"),

    /** The signature is written in the URL-safe alphabet of base64. */
    SIGNATURE_BASE64URL("signature.base64url"),

    /** The base64 of the signature lost the padding at its end. */
    SIGNATURE_UNPADDED("signature.unpadded"),

    /** The plus signs of the signature were turned into spaces. */
    SIGNATURE_SPACES("signature.spaces"),

    /** The base64 of the signature is broken into lines. */
    SIGNATURE_LINE_BREAKS("signature.line_breaks"),

    /** The signature is shorter than one of the key: its end is missing. */
    SIGNATURE_CUT("signature.cut"),

    /** The signature has a length that no RSA key makes. */
    SIGNATURE_LENGTH("signature.length"),

    /** The signer hashed with SHA-1. */
    SIGNATURE_SHA1("signature.sha1"),

    /** The signer hashed with another algorithm than SHA-256. */
    SIGNATURE_HASH("signature.hash"),

    /** The signer used PSS padding. */
    SIGNATURE_PSS("signature.pss"),

    /** The signer left out the name of the hash inside the padding. */
    SIGNATURE_DIGEST_INFO("signature.digest_info"),

    /** A key that is configured under another version made the signature. */
    KEY_VERSION("key.version"),

    /** The merchant's own key made the signature. */
    KEY_OWN("key.own"),

    /** Another key that was named, such as that of the sandbox or of the other protocol, made the signature. */
    KEY_OTHER("key.other"),

    /** A key of another length than the configured ones made the signature. */
    KEY_LENGTH("key.length"),

    /** None of the keys made the signature. */
    KEY_UNKNOWN("key.unknown"),

    /** The path was signed without its query, or with one that is missing here. */
    PATH_QUERY("path.query"),

    /** The path was signed with a slash at its end, or without it. */
    PATH_TRAILING_SLASH("path.trailing_slash"),

    /** The path was signed without the slash at its start, or with it. */
    PATH_FIRST_SLASH("path.first_slash"),

    /** The path was signed with more or less at its start: a proxy added or took away a prefix. */
    PATH_PREFIX("path.prefix"),

    /** The whole URL was signed in place of the path, or the path in place of the URL. */
    PATH_FULL_URL("path.full_url"),

    /** The path was signed in its sandbox form, or in its production form. */
    PATH_SANDBOX("path.sandbox"),

    /** The path of an API of the gateway was signed. */
    PATH_API("path.api"),

    /** The path was signed with other percent-encoding. */
    PATH_ENCODING("path.encoding"),

    /** Another path was signed. */
    PATH_OTHER("path.other"),

    /** Another client id was signed. */
    CLIENT_ID_OTHER("client_id.other"),

    /** The client id was signed with spaces around it, or without them. */
    CLIENT_ID_SPACES("client_id.spaces"),

    /** The client id was signed with the prefix SANDBOX_, or without it. */
    CLIENT_ID_SANDBOX("client_id.sandbox"),

    /** The time of another header was signed. */
    TIME_OTHER_HEADER("time.other_header"),

    /** The same instant was signed in another text. */
    TIME_TEXT("time.text"),

    /** The time was signed without its fraction of a second, or with one. */
    TIME_FRACTION("time.fraction"),

    /** The plus sign of the time was turned into a space. */
    TIME_PLUS("time.plus"),

    /** The time was signed with spaces around it, or without them. */
    TIME_SPACES("time.spaces"),

    /** Another time was signed. */
    TIME_OTHER("time.other"),

    /** A header was sent twice, or two were joined into one. */
    HEADER_JOINED("header.joined"),

    /** The body was parsed as JSON and printed again. */
    BODY_RESERIALIZED("body.reserialized"),

    /** Spaces or line breaks at the end of the body were added or taken away. */
    BODY_END("body.end"),

    /** The line endings of the body were changed. */
    BODY_LINE_ENDINGS("body.line_endings"),

    /** A byte order mark at the start of the body was added or taken away. */
    BODY_BYTE_ORDER_MARK("body.byte_order_mark"),

    /** The body is the base64 of what was signed, or the other way round. */
    BODY_BASE64("body.base64"),

    /** An empty body, or {}, was signed. */
    BODY_EMPTY("body.empty"),

    /** The body was signed in another character set. */
    BODY_CHARSET("body.charset"),

    /** Another HTTP method was signed. */
    CONTENT_METHOD("content.method"),

    /** The parts of the content were joined in another way. */
    CONTENT_SEPARATOR("content.separator"),

    /** The digest of the content was hashed again before it was signed. */
    CONTENT_HASHED_TWICE("content.hashed_twice"),

    /** The key and the hash are right; nothing that was tried is what was signed. */
    CONTENT_DIFFERS("content.differs"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): FindingCode = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no finding code of this word", null, null)
    }
}

/** What is checked before the first payment, in the order of a request's way. */
public enum class CheckName(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** The settings can be read. */
    CONFIGURATION("configuration"),

    /** The keys can be read, and the gateway's is not our own. */
    KEYS("keys"),

    /** The store takes a write, and can be read. */
    STORE("store"),

    /** The way to the gateway: directly, or by a proxy that lets it through. */
    PROXY("proxy"),

    /** The gateway's name has an address. */
    NAME("name"),

    /** A connection comes about. */
    CONNECTION("connection"),

    /** The gateway's certificate is trusted. */
    TLS("tls"),

    /** What answers is a gateway. */
    ANSWER("answer"),

    /** The gateway knows the client id. */
    CLIENT_ID("client_id"),

    /** The gateway can verify what we sign. */
    SIGNING_KEY("signing_key"),

    /** We can verify what the gateway signs. */
    GATEWAY_KEY("gateway_key"),

    /** This machine's clock agrees with the gateway's. */
    CLOCK("clock"),

    /** An inquiry for an id that nobody used is answered as the documents say. */
    INQUIRY("inquiry"),

    /** The notify URL can be reached, and its handler refuses what is not signed. */
    NOTIFY_URL("notify_url"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): CheckName = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no check name of this word", null, null)
    }
}

/** How a check ended. */
public enum class CheckStatus(
    /** The word, the same in every language. */
    public val word: String,
) {
    /** It is right. */
    PASSED("passed"),

    /** It works, or can't be told from here; somebody should look at it. */
    WARNED("warned"),

    /** It is wrong. */
    FAILED("failed"),

    /** It was not checked, because something before it is wrong. */
    SKIPPED("skipped"),

    ;

    public companion object {
        /** The value of this word; any other is `config.invalid`. */
        @JvmStatic
        public fun of(word: String): CheckStatus = values().find { it.word == word }
            ?: throw AlipayException.of("config.invalid", "there is no check status of this word", null, null)
    }
}
