package alipay.instore

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import java.net.HttpURLConnection
import java.net.Proxy
import java.net.SocketTimeoutException
import java.net.URL
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLSocketFactory

/**
 * The transport of the JDK and of Android, without any library. Connections are kept and reused by the platform.
 *
 * TLS is always verified. [extraRoots] are certificates, as PEM, that are trusted besides the platform's ([TrustedRoots]), as
 * that of a sandbox is.
 */
public class UrlConnectionTransport @JvmOverloads constructor(
    /** How long a connection may take to come about, in milliseconds. */
    private val connectTimeout: Int = 3_000,
    /** How long the gateway may be silent, in milliseconds; the client gives a request up after ten seconds itself. */
    private val readTimeout: Int = 10_000,
    /** The proxy; without one the platform's settings count. */
    private val proxy: Proxy? = null,
    extraRoots: ByteArray? = null,
) : Transport {
    private val sockets: SSLSocketFactory? = extraRoots?.let { TrustedRoots(it).socketFactory }

    override suspend fun post(request: SignedRequest): HttpReply {
        val connection = try {
            val url = URL(request.url)
            (if (proxy == null) url.openConnection() else url.openConnection(proxy)) as HttpURLConnection
        } catch (e: IOException) {
            throw TransportException(Certainty.NOT_SENT, "the URL can't be opened", e)
        }
        return onIo({ exchange(connection, request) }, { connection.disconnect() })
    }

    private fun exchange(connection: HttpURLConnection, request: SignedRequest): HttpReply {
        prepare(connection, request)
        try {
            // Name, connection, proxy and TLS handshake: whatever fails here has carried nothing of the request.
            connection.connect()
        } catch (e: IOException) {
            throw TransportException(Certainty.NOT_SENT, "no connection to the gateway came about", e)
        }
        try {
            connection.outputStream.use { it.write(request.body) }
            val status = connection.responseCode
            val stream = if (status >= 400) connection.errorStream else connection.inputStream
            val body = stream?.use { read(it) } ?: ByteArray(0)
            return HttpReply(status, Header.of(connection.headerFields), body)
        } catch (e: SocketTimeoutException) {
            throw AlipayException.of("transport.timeout", "the gateway did not answer in time", null, e)
        }
    }

    private fun prepare(connection: HttpURLConnection, request: SignedRequest) {
        if (sockets != null && connection is HttpsURLConnection) connection.sslSocketFactory = sockets
        connection.requestMethod = "POST"
        connection.doOutput = true
        connection.useCaches = false
        connection.instanceFollowRedirects = false
        connection.connectTimeout = connectTimeout
        connection.readTimeout = readTimeout
        // A body of known length is streamed, and what was streamed the platform can't send a second time by itself.
        connection.setFixedLengthStreamingMode(request.body.size)
        for (header in request.headers) connection.setRequestProperty(header.name, header.value)
    }

    private fun read(stream: InputStream): ByteArray {
        val body = ByteArrayOutputStream()
        val buffer = ByteArray(8192)
        while (true) {
            val count = stream.read(buffer)
            if (count < 0) return body.toByteArray()
            if (body.size() + count > Transport.MAX_BYTES) {
                throw AlipayException.of("message.too_large", "the answer is larger than a message may be", null, null)
            }
            body.write(buffer, 0, count)
        }
    }
}
