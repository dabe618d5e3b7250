package alipay.instore

import alipay.instore.ffi.walletOfPspId
import alipay.instore.ffi.ScannedLines as FfiScannedLines

/** A payment code that was checked. A secret: it shows itself masked. */
public class PaymentCode internal constructor(from: Answer) {
    private val digits: String = from.text()
    private val shown: String = from.text()

    /** Its form. */
    public val kind: CodeKind = CodeKind.of(from.text())

    /** The routing number of a code of 24 digits, which stands for a wallet. */
    public val routingNumber: String? = from.optional { text() }

    /** The digits, only for the request. */
    public fun expose(): String = digits

    /** The form for logs and screens. */
    public fun masked(): String = shown

    override fun equals(other: Any?): Boolean = other is PaymentCode && other.digits == digits

    override fun hashCode(): Int = digits.hashCode()

    override fun toString(): String = "PaymentCode($shown)"

    public companion object {
        /** Checks a text that is a payment code and nothing else; spaces and line ends around it are dropped. */
        @JvmStatic
        public fun of(text: String): PaymentCode = PaymentCode(FlatCall.PAYMENT_CODE.of(Arguments().text(text)))

        /**
         * Reads what a scanner or a cashier's hand delivers: an AIM identifier (`]C1`) and control characters around the code
         * are taken off, groups of four are joined, and the code ends at the first CR or LF. The error says what was
         * probably scanned ([AlipayException.scannedAs]).
         */
        @JvmStatic
        public fun fromScan(scanned: ByteArray): PaymentCode = PaymentCode(FlatCall.SCAN.of(Arguments().bytes(scanned)))

        /** The same from text. */
        @JvmStatic
        public fun fromScan(scanned: String): PaymentCode = fromScan(scanned.toByteArray())
    }
}

/** One line of a scanner: a [code], or the [error] that says why it is none. */
public class ScannedLine private constructor(
    /** The code. */
    public val code: PaymentCode?,
    /** What is wrong with the line; the next one is read as ever. */
    public val error: AlipayException?,
) {
    internal companion object {
        fun of(from: Answer): ScannedLine =
            if (from.flag()) ScannedLine(PaymentCode(from), null) else ScannedLine(null, failure(from))
    }
}

/**
 * Reads the payment codes of a stream that never ends, as that of a serial scanner: one a line, each as
 * [PaymentCode.fromScan] reads it. Empty lines are skipped, and a line that is not a payment code costs that line alone.
 */
public class ScannedLines : AutoCloseable {
    private val ffi: FfiScannedLines = native { FfiScannedLines() }
    private val number = native { ffi.number() }

    /** Takes what arrived, any number of bytes, and gives the lines that ended with it. */
    public fun push(arrived: ByteArray): List<ScannedLine> = 
        FlatCall.SCANNED_LINES.of(this, number, Arguments().bytes(arrived)).list { ScannedLine.of(this) }

    /** Ends the line that is begun: at the end of the stream, or for a scanner that pauses and sends no line end. */
    public fun finish(): ScannedLine? = 
        FlatCall.SCANNED_LINES_END.of(this, number, Arguments()).optional { ScannedLine.of(this) }

    override fun close(): Unit = ffi.close()
}

/** The wallets of Alipay+, by the `pspId` of their answers. */
public object Wallets {
    /** The name of the wallet with this `pspId`, such as `KAKAOPAY`; none for an id that is not in the published list. */
    @JvmStatic
    public fun ofPspId(pspId: String): String? = native { walletOfPspId(pspId) }
}
