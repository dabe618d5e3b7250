package alipay.instore

import alipay.instore.ffi.qrPng
import alipay.instore.ffi.qrSvg
import alipay.instore.ffi.qrTerminal

/** A text as a QR code: the order code that a customer scans, or the address of the entry code at a table. */
public object Qr {
    /** As SVG. Throws `qr.too_long`. */
    @JvmStatic
    public fun svg(text: String): String = native { qrSvg(text) }

    /** As PNG. Throws `qr.too_long`. */
    @JvmStatic
    public fun png(text: String): ByteArray = native { qrPng(text) }

    /** For a terminal, in half blocks; with [colours] it is dark on light whatever the terminal's are. Throws `qr.too_long`. */
    @JvmStatic
    @JvmOverloads
    public fun terminal(text: String, colours: Boolean = false): String = native { qrTerminal(text, colours) }
}
