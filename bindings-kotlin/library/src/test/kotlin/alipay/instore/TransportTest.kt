package alipay.instore

import kotlinx.coroutines.runBlocking
import okhttp3.OkHttpClient
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Proxy
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** Both transports at the level of connections: what is told apart, and what is never done twice. */
class TransportTest {
    /** A server of few words: answers each request with the same bytes, and counts connections and requests. */
    private class Listener(private val answer: String) : AutoCloseable {
        private val server = ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))
        val connections = AtomicInteger()
        val requests = AtomicInteger()
        val port: Int get() = server.localPort

        init {
            thread(isDaemon = true) {
                while (!server.isClosed) {
                    val socket = runCatching { server.accept() }.getOrNull() ?: break
                    connections.incrementAndGet()
                    thread(isDaemon = true) { runCatching { socket.use { serve(it) } } }
                }
            }
        }

        private fun serve(socket: Socket) {
            val input = socket.getInputStream().buffered()
            while (true) {
                var length = 0
                var first = true
                while (true) {
                    val line = StringBuilder()
                    while (true) {
                        val byte = input.read()
                        if (byte < 0) return
                        if (byte == '\n'.code) break
                        if (byte != '\r'.code) line.append(byte.toChar())
                    }
                    if (line.isEmpty()) break
                    if (first) requests.incrementAndGet()
                    first = false
                    if (line.startsWith("content-length:", ignoreCase = true)) length = line.substring(15).trim().toInt()
                }
                input.readNBytes(length)
                socket.getOutputStream().write(answer.toByteArray())
                socket.getOutputStream().flush()
            }
        }

        override fun close() = server.close()
    }

    private fun closedPort(): Int = ServerSocket(0).use { it.localPort }

    private fun request(url: String): SignedRequest {
        val merchant = Fixture.merchant(gateway = Gateway.custom(url, allowHttp = true))
        return merchant.signRequest(merchant.path(Operation.PAY), "{}".toByteArray(), Fixture.NOW)
    }

    private fun status(transport: Transport, url: String): Int = runBlocking { transport.post(request(url)).status }

    private fun failure(transport: Transport, url: String): TransportException =
        assertThrows(TransportException::class.java) { status(transport, url) }

    private fun told(transport: Transport, url: String) = failure(transport, url).let { it.certainty to it.code }

    private fun both(): List<Transport> = listOf(UrlConnectionTransport(), OkHttpTransport())

    private fun http(status: String, headers: String = "") = "HTTP/1.1 $status\r\n${headers}Content-Length: 2\r\n\r\n{}"

    @Test
    fun `u2 this machine is reached directly, whatever proxy is set`() = Listener(http("200 OK")).use { server ->
        val nowhere = Proxy(Proxy.Type.HTTP, InetSocketAddress("127.0.0.1", closedPort()))
        val names = mapOf("http.proxyHost" to "127.0.0.1", "http.proxyPort" to "${closedPort()}", "http.nonProxyHosts" to "")
        names.forEach { (name, value) -> System.setProperty(name, value) }
        try {
            val set = listOf(UrlConnectionTransport(proxy = nowhere), OkHttpTransport(OkHttpClient.Builder().proxy(nowhere).build()))
            for (transport in set + both()) {
                for (host in listOf("127.0.0.1", "localhost")) assertEquals(200, status(transport, "http://$host:${server.port}"))
            }
        } finally {
            names.keys.forEach { System.clearProperty(it) }
        }
    }

    @Test
    fun `a connection that does not come about says why, and that nothing was sent`() {
        for (transport in both()) {
            val refused = told(transport, "http://127.0.0.1:${closedPort()}")
            assertEquals(Certainty.NOT_SENT to "transport.refused", refused)
            assertEquals(Certainty.NOT_SENT to "transport.name_not_found", told(transport, "https://gateway.invalid"))
        }
        val nowhere = Proxy(Proxy.Type.HTTP, InetSocketAddress("127.0.0.1", closedPort()))
        for (transport in listOf(UrlConnectionTransport(proxy = nowhere), OkHttpTransport(OkHttpClient.Builder().proxy(nowhere).build()))) {
            assertEquals(Certainty.NOT_SENT to "transport.proxy", told(transport, "https://gateway.invalid"))
        }
    }

    @Test
    fun `a proxy that wants a password is told from one that does not connect`() {
        for ((status, code) in listOf("407 Authenticate" to "transport.proxy_authentication", "502 Bad Gateway" to "transport.proxy")) {
            Listener(http(status)).use { server ->
                val proxy = Proxy(Proxy.Type.HTTP, InetSocketAddress("127.0.0.1", server.port))
                val through = listOf(UrlConnectionTransport(proxy = proxy), OkHttpTransport(OkHttpClient.Builder().proxy(proxy).build()))
                for (transport in through) assertEquals(Certainty.NOT_SENT to code, told(transport, "https://gateway.invalid"))
            }
        }
    }

    @Test
    fun `a port that does not speak TLS is told, and nothing was sent`() = serverThatSpeaksFirst().use { server ->
        for (transport in both()) {
            assertEquals(Certainty.NOT_SENT to "transport.protocol", told(transport, "https://127.0.0.1:${server.localPort}"))
        }
    }

    /** Writes plain text as soon as somebody connects. */
    private fun serverThatSpeaksFirst(): ServerSocket {
        val server = ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))
        thread(isDaemon = true) {
            while (true) {
                val socket = runCatching { server.accept() }.getOrNull() ?: break
                runCatching { socket.getOutputStream().apply { write("220 mail.example ready\r\n".toByteArray()) }.flush() }
            }
        }
        return server
    }

    @Test
    fun `a request is posted once, whatever the status is`() {
        for (status in listOf("503 Service Unavailable", "408 Request Timeout", "421 Misdirected Request")) {
            for (transport in both()) {
                Listener(http(status, "Retry-After: 0\r\n")).use { server ->
                    assertEquals(status.substringBefore(' ').toInt(), status(transport, "http://127.0.0.1:${server.port}"))
                    assertEquals(1, server.requests.get(), "$status by $transport")
                }
            }
        }
    }

    @Test
    fun `an interceptor of the host that fails in its own way proves nothing`() {
        val url = "http://127.0.0.1:${closedPort()}"
        val own = OkHttpClient.Builder().addInterceptor { throw IOException("no licence") }.build()
        val wrapping = OkHttpClient.Builder().addInterceptor { chain ->
            try {
                chain.proceed(chain.request())
            } catch (e: IOException) {
                // It may have sent the request by other means.
                throw IOException("the other way failed too", e)
            }
        }.build()
        for (client in listOf(own, wrapping)) {
            val met = assertThrows(IOException::class.java) { status(OkHttpTransport(client), url) }
            assertEquals(IOException::class.java, met.javaClass)
        }
        val passing = OkHttpClient.Builder().addInterceptor { it.proceed(it.request()) }.build()
        assertEquals(Certainty.NOT_SENT to "transport.refused", told(OkHttpTransport(passing), url))
    }

    @Test
    fun `connections are kept, and given up when they are in doubt`() = Listener(http("200 OK")).use { server ->
        val transport = OkHttpTransport()
        repeat(2) { status(transport, "http://127.0.0.1:${server.port}") }
        assertEquals(1, server.connections.get())
        transport.giveUpIdle()
        status(transport, "http://127.0.0.1:${server.port}")
        assertEquals(2, server.connections.get())
    }
}
