// Generated from schema/messages/env.toml by `make generate`; do not edit.

package alipay.instore.model

/** On what the merchant's side runs. Another word is kept as it came. */
public class TerminalType private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** A web site. */
        @JvmField
        public val WEB: TerminalType = TerminalType("WEB")

        /** A web page on a mobile phone. */
        @JvmField
        public val WAP: TerminalType = TerminalType("WAP")

        /** An app. */
        @JvmField
        public val APP: TerminalType = TerminalType("APP")

        /** An app within a wallet. */
        @JvmField
        public val MINI_APP: TerminalType = TerminalType("MINI_APP")

        /** The words of the documents. */
        @JvmField
        public val documented: List<TerminalType> = listOf(WEB, WAP, APP, MINI_APP)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): TerminalType =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: TerminalType(word)
    }
}

/** The operating system of the customer's device. Another word is kept as it came. */
public class OsType private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** iOS. */
        @JvmField
        public val IOS: OsType = OsType("IOS")

        /** Android. */
        @JvmField
        public val ANDROID: OsType = OsType("ANDROID")

        /** The words of the documents. */
        @JvmField
        public val documented: List<OsType> = listOf(IOS, ANDROID)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): OsType =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: OsType(word)
    }
}

/** The environment of the order. Source: Alipay, pay (consumer-presented mode), order.env. */
public class Env : Model() {
    /** On what the merchant's side runs. */
    public var terminalType: TerminalType? by word(TerminalType::of)

    /** The operating system of the customer's device. */
    public var osType: OsType? by word(OsType::of)

    /** The User-Agent header with which the wallet opened the merchant's page. Required for an entry code. */
    public var userAgent: String? by text()

    /** A token of the customer's device. At most 64 characters. */
    public var deviceTokenId: String? by text()

    /** The IP address of the customer's device. At most 64 characters. */
    public var clientIp: String? by text()

    /** A cookie of the customer's device. */
    public var cookieId: String? by text()

    /** The till. AMS requires it for payment code and order code. */
    public var storeTerminalId: String? by text()

    /**
     * When the till sent the request, with milliseconds. Left out, it is the time of the request. In milliseconds since the
     * epoch.
     */
    public var storeTerminalRequestTime: Long? by time()

    /** Information for special cases, sent as JSON text in a string. At most 2048 characters. */
    public var extendInfo: ExtendInfo? by model(::ExtendInfo)
}

/** The members of `extendInfo`. */
public class ExtendInfo : Model() {
    /** What Alipay in China asks to know about the trade. */
    public var chinaExtraTransInfo: ChinaExtraTransInfo? by model(::ChinaExtraTransInfo)
}
