package alipay.instore.examples

import alipay.instore.Acknowledgement
import alipay.instore.Client
import alipay.instore.Header
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import kotlinx.coroutines.runBlocking
import java.net.InetAddress
import java.net.InetSocketAddress
import java.util.concurrent.Executors

/** A notify URL on the JDK's own HTTP server: the client verifies, stores, and says what to answer. */
class NotificationServer(private val client: Client, port: Int = 0) : AutoCloseable {
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0)

    /** What to name as `paymentNotifyUrl`. */
    val url: String get() = "http://127.0.0.1:${server.address.port}$PATH"

    init {
        server.executor = Executors.newFixedThreadPool(4)
        server.createContext(PATH) { exchange -> exchange.use { it.send(answer(it)) } }
        server.start()
    }

    // ANCHOR: handler
    private fun answer(exchange: HttpExchange): Acknowledgement {
        // A byte more than a message may have is enough to see that it is too large.
        val body = exchange.requestBody.readNBytes(1024 * 1024 + 1)
        // Over the URL that the gateway was given, and never over what the request says about itself.
        return runBlocking { client.handleNotification(Header.of(exchange.requestHeaders), body, url) }.answer
    }

    private fun HttpExchange.send(answer: Acknowledgement) {
        for (header in answer.headers) responseHeaders.add(header.name, header.value)
        sendResponseHeaders(answer.status, answer.body.size.toLong())
        responseBody.write(answer.body)
    }
    // ANCHOR_END: handler

    override fun close() {
        server.stop(0)
        (server.executor as java.util.concurrent.ExecutorService).shutdown()
    }

    private companion object {
        const val PATH = "/notify"
    }
}

private inline fun HttpExchange.use(work: (HttpExchange) -> Unit) = try {
    work(this)
} finally {
    close()
}
