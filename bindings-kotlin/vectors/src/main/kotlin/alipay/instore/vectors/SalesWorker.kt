package alipay.instore.vectors

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.Header
import alipay.instore.JdbcStore
import alipay.instore.Merchant
import alipay.instore.PaymentCode
import alipay.instore.PaymentResult
import alipay.instore.Protocol
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import com.zaxxer.hikari.HikariConfig
import com.zaxxer.hikari.HikariDataSource
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.sqlite.SQLiteDataSource
import java.io.File
import java.net.InetSocketAddress
import java.net.URI
import java.util.concurrent.Executors
import javax.sql.DataSource

/**
 * The worker of a shop that `make sales` kills every second: it serves tills and the gateway's notifications. Its words and the
 * requests that it takes are those that `tests/src/bin/sales.rs` describes.
 */
internal class SalesWorker(private val client: Client) {
    fun serve(port: Int) {
        val server = HttpServer.create(InetSocketAddress("127.0.0.1", port), 128)
        server.executor = Executors.newCachedThreadPool()
        server.createContext("/") { exchange ->
            try {
                answer(exchange)
            } finally {
                exchange.close()
            }
        }
        server.start()
    }

    private fun answer(exchange: HttpExchange) {
        val body = exchange.requestBody.readBytes()
        if (exchange.requestURI.path == "/notify") {
            val headers = exchange.requestHeaders.flatMap { (name, values) -> values.map { Header(name, it) } }
            val handled = client.calls().handleNotification(headers, body, "/notify").get()
            handled.answer.headers.forEach { exchange.responseHeaders.add(it.name, it.value) }
            return exchange.send(handled.answer.status, handled.answer.body)
        }
        try {
            val result = result(exchange.requestURI.path, Json.parseToJsonElement(body.decodeToString()).jsonObject)
            exchange.send(200, obj("outcome" to result.outcome?.word, "in_progress" to result.isInProgress).toString().encodeToByteArray())
        } catch (e: AlipayException) {
            exchange.send(if (e.retryable) 503 else 500, e.toString().encodeToByteArray())
        }
    }

    private fun result(path: String, asked: JsonObject): PaymentResult {
        fun text(name: String) = asked[name]?.jsonPrimitive?.contentOrNull
        val (id, wait) = text("id")!! to text("wait")!!.toLong() * 1000
        if (path == "/cancel") return client.calls().cancel(id, wait).get()
        val request = sale(client.merchant.protocol, id, text("code")?.let(PaymentCode::of), Amount.fromMinor(text("value")!!, text("currency")!!))
        request.paymentNotifyUrl = text("notify_url")
        return client.calls().pay(request, wait = wait).get()
    }

    private fun HttpExchange.send(status: Int, body: ByteArray) {
        sendResponseHeaders(status, body.size.toLong())
        responseBody.write(body)
    }

    internal companion object {
        /** A worker lives four seconds on average here: by the usual 15 s hardly any would live to see another one dead. */
        private const val OWNER_TIMEOUT = 3_000L

        @JvmStatic
        fun main(words: Array<String>) {
            val (sandbox, place, protocol, port) = words
            val merchant = Merchant.fromFile(File(sandbox), Protocol.of(protocol))
            val store = if ("://" in place) JdbcStore(source(place).also { JdbcStore.migrate(it) }) else FileStore(place)
            SalesWorker(Client.Builder(merchant, store).ownerTimeout(OWNER_TIMEOUT).build()).serve(port.toInt())
        }

        private fun source(place: String): DataSource {
            if (place.startsWith("sqlite:")) {
                return SQLiteDataSource().apply { url = "jdbc:sqlite:${place.removePrefix("sqlite://")}" }
            }
            val url = URI(place)
            val (name, secret) = url.userInfo.split(":")
            val pool = HikariConfig().apply {
                jdbcUrl = "jdbc:postgresql://${url.host}:${url.port}${url.path}"
                username = name
                password = secret
            }
            return HikariDataSource(pool)
        }
    }
}
