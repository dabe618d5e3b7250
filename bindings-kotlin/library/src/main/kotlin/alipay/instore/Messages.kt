package alipay.instore

import alipay.instore.ffi.PlainPost
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import alipay.instore.ffi.Header as FfiHeader

/** A header of a message. */
public class Header(
    /** The name, in any case. */
    public val name: String,
    /** The value. */
    public val value: String,
) {
    /** Shows only the name: a header can hold a token. */
    override fun toString(): String = "Header($name)"

    internal fun ffi() = FfiHeader(name, value)

    public companion object {
        /** The headers that an HTTP server or client gives as a map. */
        @JvmStatic
        public fun of(map: Map<String?, List<String>>): List<Header> =
            map.flatMap { (name, values) -> if (name == null) emptyList() else values.map { Header(name, it) } }
    }
}

internal fun Answer.headers(): List<Header> = list { Header(text(), text()) }

internal fun Arguments.headers(headers: List<Header>): Arguments = list(headers) { text(it.name).text(it.value) }

internal fun jsonOf(text: String): JsonObject = Json.parseToJsonElement(text).jsonObject

internal fun JsonElement?.text(): String? = (this as? JsonPrimitive)?.contentOrNull

/** A signed request, to be posted as it is: the bytes of the body are the bytes that were signed. */
public class SignedRequest private constructor(
    /** The whole URL. */
    public val url: String,
    /** The path that was signed, with which the response is verified. */
    public val path: String,
    /** The headers in the order they are sent. Others can be added; these must stay as they are. */
    public val headers: List<Header>,
    /** The body, byte for byte as signed. */
    public val body: ByteArray,
) {
    internal constructor(from: Answer) : this(from.text(), from.text(), from.headers(), from.bytes())

    /** What a check posts to the notify URL: the one request that is not signed. */
    internal constructor(post: PlainPost) : this(post.url, post.path, post.headers.map { Header(it.name, it.value) }, post.body)

    /** The value of a header, whose name is compared without regard to case. */
    public fun header(name: String): String? = headers.find { it.name.equals(name, ignoreCase = true) }?.value

    override fun toString(): String = "SignedRequest($url, ${body.size} bytes)"
}

/** An answer as it arrived; it proves nothing before it is verified. */
public class HttpReply(
    /** The HTTP status, which plays no part. */
    public val status: Int,
    /** The headers. */
    public val headers: List<Header>,
    /** The body, byte for byte as it arrived. */
    public val body: ByteArray,
) {
    /** What a status can be. */
    internal fun httpStatus(): Int = status.coerceIn(0, 999)

    override fun toString(): String = "HttpReply($status, ${body.size} bytes)"
}

/** A response of the gateway whose signature is good. */
public class VerifiedResponse internal constructor(from: Answer) {
    internal val bodyText: String = from.text()

    /** The body. */
    public val body: JsonObject by lazy { jsonOf(bodyText) }

    /** The body as JSON text. */
    public fun bodyText(): String = bodyText

    /** The version of the gateway's key that verified it; absent where a single key is configured. */
    public val keyVersion: Long? = from.optional { unsigned() }

    /** The Response-Time header as received. */
    public val time: String = from.text()

    /** The same in milliseconds since the epoch; absent where it has no documented form. */
    public val signedAt: Long? = from.optional { long() }

    /** Some text of the body was not UTF-8 and was replaced; what decides about a payment is ASCII and was read. */
    public val textReplaced: Boolean = from.flag()

    /** The gateway's own identifier of the exchange, for its support. */
    public val tracerId: String? = from.optional { text() }

    override fun toString(): String = "VerifiedResponse(keyVersion=$keyVersion, time=$time, tracerId=$tracerId)"
}

/** A notification of the gateway whose signature is good and whose time is fresh. */
public class VerifiedNotification internal constructor(from: Answer) {
    internal val bodyText: String = from.text()

    /** The body. */
    public val body: JsonObject by lazy { jsonOf(bodyText) }

    /** The body as JSON text. */
    public fun bodyText(): String = bodyText

    /** What it is about. */
    public val kind: NotificationKind = NotificationKind.of(from.text())

    /** The payment it is about, where it names one. */
    public val paymentRequestId: String? = from.optional { text() }

    /** The refund it is about, where it names one. */
    public val refundRequestId: String? = from.optional { text() }

    /** The path that it was signed over, and that the acknowledgement is signed over. */
    public val path: String = from.text()

    /** Whether that path holds the query of the notify URL. AMS was seen to sign without it. */
    public val signedWithQuery: Boolean = from.flag()

    /** Some text of the body was not UTF-8 and was replaced; what decides about a payment is ASCII and was read. */
    public val textReplaced: Boolean = from.flag()

    /** The version of the gateway's key that verified it; absent where a single key is configured. */
    public val keyVersion: Long? = from.optional { unsigned() }

    /** When the gateway sent it, in milliseconds since the epoch. */
    public val sentAt: Long = from.long()

    /** The gateway's own identifier of the exchange, for its support. */
    public val tracerId: String? = from.optional { text() }

    override fun toString(): String = "VerifiedNotification($kind, ${refundRequestId ?: paymentRequestId}, sentAt=$sentAt)"
}

/** What the handler of the notify URL answers. */
public class Acknowledgement internal constructor(from: Answer) {
    /** The HTTP status. */
    public val status: Int = from.short()

    /** The headers. */
    public val headers: List<Header> = from.headers()

    /** The body, byte for byte as signed. */
    public val body: ByteArray = from.bytes()

    /** Whether it ends the resending. */
    public val isSuccess: Boolean get() = status == 200

    override fun toString(): String = "Acknowledgement($status)"
}
