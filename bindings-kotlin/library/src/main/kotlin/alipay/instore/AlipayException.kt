package alipay.instore

import alipay.instore.ffi.Failure
import kotlinx.serialization.json.JsonObject

/**
 * Everything that this library raises: one subclass a family of codes.
 *
 * [code] is stable and the same in every language; [reason] says what was found this once, [hint] what to do about it,
 * [path] names the field at fault where there is one, [scannedAs] what was probably scanned, [httpStatus] and [contentType] are
 * those of an answer that could not be used. None of them ever holds a key or a full payment code. [mayHaveCharged] and
 * [mayHaveRefunded] say whether money may have moved.
 */
public sealed class AlipayException private constructor(e: Entry) :
    RuntimeException("${e.code}: ${e.path?.let { "$it: " } ?: ""}${e.reason} (${hintOf(e)})", e.cause) {

    /** The stable code, such as `key.encrypted`. */
    public val code: String = e.code

    /** What was found. */
    public val reason: String = e.reason

    /** What to do about it. */
    public val hint: String = hintOf(e)

    /** The JSON path, or the name of the setting, at fault. */
    public val path: String? = e.path

    /** What was probably scanned in place of a payment code, where that is known. */
    public val scannedAs: ScannedAs? = e.scannedAs

    /** The HTTP status of an answer that could not be used. It proves nothing: nobody signed it. */
    public val httpStatus: Int? = e.httpStatus

    /** The media type of that answer, such as `text/html`. */
    public val contentType: String? = e.contentType

    /** Whether the same call can succeed later, without a change by the caller. */
    public val retryable: Boolean = e.retryable

    /**
     * The payment whose call failed, also where the client made its id; null where the error is about no payment, or about a
     * request that was refused before anything was done.
     */
    public val paymentRequestId: String? = e.paymentRequestId

    /**
     * Whether the customer may have been charged, by this call or by the stored payment. False only if nothing was sent, or if
     * the gateway verifiably refused.
     */
    public val mayHaveCharged: Boolean = e.mayHaveCharged

    /** Whether money may have been given back, by this call or for the stored payment. */
    public val mayHaveRefunded: Boolean = e.mayHaveRefunded

    /** A key text that can't be used. */
    public class Key internal constructor(e: Entry) : AlipayException(e)

    /** A signature that can't be made or does not verify. */
    public class Signature internal constructor(e: Entry) : AlipayException(e)

    /** A scanned code that can't be routed. */
    public class Code internal constructor(e: Entry) : AlipayException(e)

    /** A price that can't be turned into minor units, or back. */
    public class Amount internal constructor(e: Entry) : AlipayException(e)

    /** A setting: gateway, router, policy, merchant; also a native library that is missing or of another version. */
    public class Configuration internal constructor(e: Entry) : AlipayException(e)

    /** A request that the documents forbid; nothing was sent. */
    public class Request internal constructor(e: Entry) : AlipayException(e)

    /** A message from outside that can't be read or trusted. */
    public class Message internal constructor(e: Entry) : AlipayException(e)

    /** The machine refused an event, or a snapshot could not be restored. */
    public class Payment internal constructor(e: Entry) : AlipayException(e)

    /** The host's store failed. */
    public class Store internal constructor(e: Entry) : AlipayException(e)

    /** The network failed, or the client was closed. */
    public class Transport internal constructor(e: Entry) : AlipayException(e)

    /** A defect of this library. */
    public class Internal internal constructor(e: Entry) : AlipayException(e)

    /** The fields of an error on their way to its class. */
    internal class Entry(
        val code: String,
        val category: String,
        val retryable: Boolean,
        val reason: String,
        val hint: String,
        val path: String?,
        val cause: Throwable?,
        val scannedAs: ScannedAs? = null,
        val httpStatus: Int? = null,
        val contentType: String? = null,
        val paymentRequestId: String? = null,
        val mayHaveCharged: Boolean = false,
        val mayHaveRefunded: Boolean = false,
    )

    public companion object {
        private val catalogue: Map<String, ErrorCode> = ERROR_CODES.associateBy { it.code }

        /** Every code, with what is the same wherever it is seen. */
        @JvmStatic
        public fun catalogue(): List<ErrorCode> = ERROR_CODES

        /** Every code of the catalogue, with the class that carries it. */
        @JvmStatic
        public fun codes(): Map<String, Class<out AlipayException>> =
            catalogue.mapValues { (code, _) -> of(code, "", null, null).javaClass }

        internal fun of(code: String, reason: String, path: String?, cause: Throwable?): AlipayException {
            val known = catalogue[code] ?: error("no error code $code")
            return of(Entry(code, known.category, known.retryable, reason, known.hint, path, cause))
        }

        /** The same with a hint of its own, where more is known than the catalogue says. */
        internal fun hinted(code: String, reason: String, hint: String?, cause: Throwable?): AlipayException {
            val known = catalogue[code] ?: error("no error code $code")
            return of(Entry(code, known.category, known.retryable, reason, hint ?: known.hint, null, cause))
        }

        /** An error of the core, whose path names an argument of this library, or as [named] says. */
        internal fun of(failure: Failure.Failed, named: (String) -> String = ::argumentName): AlipayException = with(failure) {
            val scanned = scannedAs?.let { ScannedAs.of(it) }
            of(
                Entry(
                    code, category, retryable, reason, hint, path?.let(named), null, scanned, httpStatus?.toInt(), contentType,
                    paymentRequestId, mayHaveCharged, mayHaveRefunded,
                ),
            )
        }

        /** An error as the native library writes it, about this payment if it names none. */
        internal fun of(json: JsonObject, paymentRequestId: String? = null, cause: Throwable? = null): AlipayException = of(
            Entry(
                code = json.text("code"),
                category = json["category"].text() ?: catalogue[json.text("code")]?.category ?: "internal",
                retryable = json.flag("retryable"),
                reason = json.text("reason"),
                hint = json.text("hint"),
                path = json["path"].text()?.let(::argumentName),
                cause = cause,
                scannedAs = json["scanned_as"].text()?.let { ScannedAs.of(it) },
                httpStatus = json["http_status"].text()?.toInt(),
                contentType = json["content_type"].text(),
                paymentRequestId = json["payment_request_id"].text() ?: paymentRequestId,
                mayHaveCharged = json.flag("may_have_charged"),
                mayHaveRefunded = json.flag("may_have_refunded"),
            ),
        )

        internal fun of(e: Entry): AlipayException = when (e.category) {
            "key" -> Key(e)
            "signature" -> Signature(e)
            "code" -> Code(e)
            "amount" -> Amount(e)
            "configuration" -> Configuration(e)
            "request" -> Request(e)
            "message" -> Message(e)
            "payment" -> Payment(e)
            "store" -> Store(e)
            "transport" -> Transport(e)
            else -> Internal(e)
        }
    }
}

/** The hint, in the words of this library where the catalogue can't know them. */
private fun hintOf(e: AlipayException.Entry): String {
    val notifyUrl = e.code == "request.missing" && "paymentNotifyUrl" in "${e.path} ${e.reason}"
    return if (notifyUrl) "${e.hint}; or Client.Builder.notifyUrlConfigured(true), if it is configured at the gateway" else e.hint
}

/** An error code, and what is the same wherever it is seen. */
public class ErrorCode internal constructor(
    /** The stable code, such as `key.encrypted`. */
    public val code: String,
    /** The family that decides the class. */
    public val category: String,
    /** Whether the same call can succeed later, without a change by the caller. */
    public val retryable: Boolean,
    /** Whether the customer may have been charged when it is seen, as far as the code alone decides it. */
    public val mayHaveCharged: MayHaveCharged,
    /** What to do about it. */
    public val hint: String,
) {
    override fun toString(): String = code
}
