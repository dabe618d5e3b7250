package alipay.instore

import alipay.instore.ffi.readPaymentCode
import alipay.instore.ffi.scanPaymentCode
import alipay.instore.ffi.walletOfPspId
import alipay.instore.ffi.PaymentCode as FfiPaymentCode
import alipay.instore.ffi.ScannedLine as FfiScannedLine
import alipay.instore.ffi.ScannedLines as FfiScannedLines

/** A payment code that was checked. A secret: it shows itself masked. */
public class PaymentCode internal constructor(ffi: FfiPaymentCode) {
    private val digits: String = ffi.digits
    private val shown: String = ffi.masked

    /** Its form. */
    public val kind: CodeKind = CodeKind.of(ffi.kind)

    /** The routing number of a code of 24 digits, which stands for a wallet. */
    public val routingNumber: String? = ffi.routingNumber

    /** The digits, for the request alone. */
    public fun expose(): String = digits

    /** The form for logs and screens. */
    public fun masked(): String = shown

    override fun equals(other: Any?): Boolean = other is PaymentCode && other.digits == digits

    override fun hashCode(): Int = digits.hashCode()

    override fun toString(): String = "PaymentCode($shown)"

    public companion object {
        /** Checks a text that is a payment code and nothing else; spaces and line ends around it are dropped. */
        @JvmStatic
        public fun of(text: String): PaymentCode = PaymentCode(native { readPaymentCode(text) })

        /**
         * Reads what a scanner or a cashier's hand delivers: an AIM identifier (`]C1`) and control characters around the code
         * are taken off, groups of four are joined, and the code ends at the first CR or LF. The error says what was
         * probably scanned ([AlipayException.scannedAs]).
         */
        @JvmStatic
        public fun fromScan(scanned: ByteArray): PaymentCode = PaymentCode(native { scanPaymentCode(scanned) })

        /** The same from text. */
        @JvmStatic
        public fun fromScan(scanned: String): PaymentCode = fromScan(scanned.toByteArray())
    }
}

/** One line of a scanner: a [code], or the [error] that says why it is none. */
public class ScannedLine internal constructor(ffi: FfiScannedLine) {
    /** The code. */
    public val code: PaymentCode? = ffi.code?.let { PaymentCode(it) }

    /** What is wrong with the line; the next one is read as ever. */
    public val error: AlipayException? = ffi.failure?.let { AlipayException.of(it) }
}

/**
 * Reads the payment codes of a stream that never ends, as that of a serial scanner: one a line, each as
 * [PaymentCode.fromScan] reads it. Empty lines are skipped, and a line that is not a payment code costs that line alone.
 */
public class ScannedLines : AutoCloseable {
    private val ffi: FfiScannedLines = native { FfiScannedLines() }

    /** Takes what arrived, any number of bytes, and gives the lines that ended with it. */
    public fun push(arrived: ByteArray): List<ScannedLine> = native { ffi.push(arrived) }.map { ScannedLine(it) }

    /** Ends the line that is begun: at the end of the stream, or for a scanner that pauses and sends no line end. */
    public fun finish(): ScannedLine? = native { ffi.finish() }?.let { ScannedLine(it) }

    override fun close(): Unit = ffi.close()
}

/** The wallets of Alipay+, by the `pspId` of their answers. */
public object Wallets {
    /** The name of the wallet with this `pspId`, such as `KAKAOPAY`; none for an id that is not in the published list. */
    @JvmStatic
    public fun ofPspId(pspId: String): String? = native { walletOfPspId(pspId) }
}
