// Generated from schema/messages/forms.toml by `make generate`; do not edit.

package alipay.instore.model

/** What the customer is asked for. Another word is kept as it came. */
public class ChallengeType private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** A one-time password by text message. */
        @JvmField
        public val SMS_OTP: ChallengeType = ChallengeType("SMS_OTP")

        /** The number of the card. */
        @JvmField
        public val PLAINTEXT_CARD_NO: ChallengeType = ChallengeType("PLAINTEXT_CARD_NO")

        /** The expiry date of the card. */
        @JvmField
        public val CARD_EXPIRE_DATE: ChallengeType = ChallengeType("CARD_EXPIRE_DATE")

        /** The words of the documents. */
        @JvmField
        public val documented: List<ChallengeType> = listOf(SMS_OTP, PLAINTEXT_CARD_NO, CARD_EXPIRE_DATE)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): ChallengeType =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: ChallengeType(word)
    }
}

/** Who asks. Another word is kept as it came. */
public class ChallengeTrigger private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** Alipay. */
        @JvmField
        public val AMS: ChallengeTrigger = ChallengeTrigger("AMS")

        /** Somebody else. */
        @JvmField
        public val CHANNEL: ChallengeTrigger = ChallengeTrigger("CHANNEL")

        /** The words of the documents. */
        @JvmField
        public val documented: List<ChallengeTrigger> = listOf(AMS, CHANNEL)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): ChallengeTrigger =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: ChallengeTrigger(word)
    }
}

/** How the customer gets to the redirect URL. Another word is kept as it came. */
public class RedirectMethod private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** By a form that is posted, with the form's parameters. */
        @JvmField
        public val POST: RedirectMethod = RedirectMethod("POST")

        /** By opening the URL. */
        @JvmField
        public val GET: RedirectMethod = RedirectMethod("GET")

        /** By scanning the URL as a code. */
        @JvmField
        public val SCAN: RedirectMethod = RedirectMethod("SCAN")

        /** The words of the documents. */
        @JvmField
        public val documented: List<RedirectMethod> = listOf(POST, GET, SCAN)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): RedirectMethod =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: RedirectMethod(word)
    }
}

/** The kind of a code. Another word is kept as it came. */
public class CodeValueType private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** A bar code. */
        @JvmField
        public val BARCODE: CodeValueType = CodeValueType("BARCODE")

        /** A QR code. */
        @JvmField
        public val QRCODE: CodeValueType = CodeValueType("QRCODE")

        /** The words of the documents. */
        @JvmField
        public val documented: List<CodeValueType> = listOf(BARCODE, QRCODE)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): CodeValueType =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: CodeValueType(word)
    }
}

/** How a code is shown. Another word is kept as it came. */
public class DisplayType private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** As text. */
        @JvmField
        public val TEXT: DisplayType = DisplayType("TEXT")

        /** As an image of middle size. */
        @JvmField
        public val MIDDLE_IMAGE: DisplayType = DisplayType("MIDDLEIMAGE")

        /** As a small image. */
        @JvmField
        public val SMALL_IMAGE: DisplayType = DisplayType("SMALLIMAGE")

        /** As a big image. */
        @JvmField
        public val BIG_IMAGE: DisplayType = DisplayType("BIGIMAGE")

        /** The words of the documents. */
        @JvmField
        public val documented: List<DisplayType> = listOf(TEXT, MIDDLE_IMAGE, SMALL_IMAGE, BIG_IMAGE)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): DisplayType =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: DisplayType(word)
    }
}

/** A challenge. */
public class ChallengeActionForm : Model() {
    /** What the customer is asked for. */
    public var challengeType: ChallengeType? by word(ChallengeType::of)

    /** What is shown. */
    public var challengeRenderValue: String? by text()

    /** Who asks. */
    public var triggerSource: ChallengeTrigger? by word(ChallengeTrigger::of)

    /** More, as text. */
    public var extendInfo: String? by text()
}

/** A redirect of the customer's wallet. */
public class RedirectActionForm : Model() {
    /** How. */
    public var method: RedirectMethod? by word(RedirectMethod::of)

    /** Where to. At most 2048 characters. */
    public var redirectUrl: String? by text()

    /** The parameters of the form, for POST. At most 2048 characters. */
    public var parameters: String? by text()

    /** The kind of the form. At most 32 characters. */
    public var actionFormType: String? by text()
}

/** The code of an order, for the customer to scan. */
public class OrderCodeForm : Model() {
    /** The wallet that can pay it. */
    public var paymentMethodType: String? by text()

    /** Until when it can be paid. In milliseconds since the epoch. */
    public var expireTime: Long? by time()

    /** The same code in several forms. At most 4 elements. */
    public var codeDetails: List<CodeDetail>? by models(::CodeDetail)

    /** More, as text. At most 2048 characters. */
    public var extendInfo: String? by text()
}

/** One form of a code. */
public class CodeDetail : Model() {
    /** The kind of the code. */
    public var codeValueType: CodeValueType? by word(CodeValueType::of)

    /** What the code holds. At most 2048 characters. */
    public var codeValue: String? by text()

    /** How it is shown. */
    public var displayType: DisplayType? by word(DisplayType::of)
}
