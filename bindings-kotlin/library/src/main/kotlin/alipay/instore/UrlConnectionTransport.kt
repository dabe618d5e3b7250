package alipay.instore

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import java.net.HttpURLConnection
import java.net.Proxy
import java.net.ProxySelector
import java.net.SocketTimeoutException
import java.net.URI
import java.net.URL
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLSocketFactory

/**
 * The transport of the JDK and of Android, without any library.
 *
 * TLS is always verified. [extraRoots] are certificates, as PEM, that are trusted besides the platform's ([TrustedRoots]), as
 * that of a sandbox is. Connections are kept for 15 seconds at the most, on the JVM for five; plain http, which is for this
 * machine, opens one for each request. This machine is always reached without a proxy.
 */
public class UrlConnectionTransport @JvmOverloads constructor(
    /** How long a connection may take to come about, in milliseconds. */
    private val connectTimeout: Int = 3_000,
    /** How long the gateway may be silent, in milliseconds; the client gives a request up after ten seconds itself. */
    private val readTimeout: Int = 10_000,
    /** The proxy, of HTTP or SOCKS; `Proxy.NO_PROXY` for none; without a value the platform's settings count. */
    private val proxy: Proxy? = null,
    extraRoots: ByteArray? = null,
) : Transport {
    private val sockets = Generations(extraRoots?.let { TrustedRoots(it).socketFactory })

    override suspend fun post(request: SignedRequest): HttpReply {
        val connection = try {
            val url = URL(request.url)
            val way = wayTo(url)
            (if (way == null) url.openConnection() else url.openConnection(way)) as HttpURLConnection
        } catch (e: IOException) {
            throw TransportException(Certainty.NOT_SENT, "the URL can't be opened", e)
        }
        return onIo({ exchange(connection, request) }, { connection.disconnect() })
    }

    override fun giveUpIdle(): Unit = sockets.next()

    override fun usesProxy(url: String): Boolean = isByProxy(URL(url))

    private fun wayTo(url: URL): Proxy? = if (Loopback.isHost(url.host)) Proxy.NO_PROXY else proxy

    private fun isByProxy(url: URL): Boolean {
        val way = wayTo(url) ?: systemProxy(url)
        return way != null && way.type() != Proxy.Type.DIRECT
    }

    private fun systemProxy(url: URL): Proxy? = try {
        ProxySelector.getDefault()?.select(URI(url.toString()))?.firstOrNull()
    } catch (_: Exception) {
        // A selector is a host's own code; what it can't say, nobody knows.
        null
    }

    private fun exchange(connection: HttpURLConnection, request: SignedRequest): HttpReply {
        prepare(connection, request)
        try {
            // Name, connection, proxy and TLS handshake: whatever fails here has carried nothing of the request.
            connection.connect()
        } catch (e: IOException) {
            throw ConnectFailure.of(e, isByProxy(connection.url))
        }
        try {
            connection.outputStream.use { it.write(request.body) }
            val status = connection.responseCode
            if (status < 0) throw TransportException(Certainty.UNKNOWN, "what came back is not HTTP", null, "transport.protocol")
            val stream = if (status >= 400) connection.errorStream else connection.inputStream
            val body = stream?.use { read(it) } ?: ByteArray(0)
            return HttpReply(status, Header.of(connection.headerFields), body)
        } catch (e: SocketTimeoutException) {
            throw AlipayException.of("transport.timeout", "the gateway did not answer in time", null, e)
        } catch (e: IOException) {
            if (e.message.orEmpty().contains("Invalid Http response", ignoreCase = true)) {
                throw TransportException(Certainty.UNKNOWN, "what came back is not HTTP", e, "transport.protocol")
            }
            throw e
        } finally {
            sockets.used()
        }
    }

    private fun prepare(connection: HttpURLConnection, request: SignedRequest) {
        if (connection is HttpsURLConnection) {
            connection.sslSocketFactory = sockets.current()
        } else {
            connection.setRequestProperty("Connection", "close")
        }
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

    /**
     * The platform keeps connections by their socket factory, and has no call that closes the idle ones: another factory is
     * what makes it open new ones. The session cache is that of the factory behind it, so that TLS still resumes.
     */
    private class Generations(private val own: SSLSocketFactory?) {
        private var factory: SSLSocketFactory? = null
        private var lastUse = 0L

        @Synchronized
        fun current(): SSLSocketFactory {
            val idle = System.nanoTime() - lastUse > IDLE_NANOS
            val known = factory.takeIf { !idle }
            lastUse = System.nanoTime()
            return known ?: DelegatingSockets(own ?: HttpsURLConnection.getDefaultSSLSocketFactory()).also { factory = it }
        }

        @Synchronized
        fun used() {
            lastUse = System.nanoTime()
        }

        @Synchronized
        fun next() {
            factory = null
        }
    }

    private companion object {
        const val IDLE_NANOS = 15_000_000_000L
    }
}
