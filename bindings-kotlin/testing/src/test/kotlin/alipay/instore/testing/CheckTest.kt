package alipay.instore.testing

import alipay.instore.AlipayException
import alipay.instore.CheckName
import alipay.instore.CheckReport
import alipay.instore.CheckStatus
import alipay.instore.Client
import alipay.instore.Clock
import alipay.instore.Header
import alipay.instore.HttpReply
import alipay.instore.MemoryStore
import alipay.instore.Merchant
import alipay.instore.OkHttpTransport
import alipay.instore.Protocol
import alipay.instore.SignedRequest
import alipay.instore.Store
import alipay.instore.StoreNotWritten
import alipay.instore.Transport
import alipay.instore.UrlConnectionTransport
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import okhttp3.OkHttpClient
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.io.File
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Proxy
import java.net.ServerSocket
import java.security.Key
import java.security.KeyPairGenerator
import java.util.Base64

/** The check of a client: green where everything is right, and red at the right line for each wrong setting. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckTest {
    private val plain = Sandbox.start(speed = 1)
    private val tls = Sandbox.start(speed = 1, tls = true)

    @AfterAll
    fun end() {
        plain.close()
        tls.close()
    }

    /** The merchant of a sandbox with some settings changed; null takes one away. */
    private fun changed(sandbox: Sandbox, vararg changes: Pair<String, String?>): Merchant {
        val settings = Json.parseToJsonElement(sandbox.settingsFile.readText()).jsonObject
        val with = settings + changes.associate { (name, value) -> name to (value?.let { JsonPrimitive(it) } ?: JsonNull) }
        val file = File.createTempFile("changed", ".json", sandbox.settingsFile.parentFile).apply { deleteOnExit() }
        file.writeText(JsonObject(with).toString())
        return Merchant.fromFile(file, Protocol.AMS)
    }

    /** A file of keys beside the settings of a sandbox. */
    private fun key(sandbox: Sandbox, pem: String): String {
        val file = File.createTempFile("key", ".pem", sandbox.settingsFile.parentFile).apply { deleteOnExit() }
        return file.apply { writeText(pem) }.name
    }

    private fun base64(key: Key): String = Base64.getEncoder().encodeToString(key.encoded)

    private fun check(
        merchant: Merchant,
        transport: Transport = UrlConnectionTransport(),
        store: Store = MemoryStore(),
        clock: Clock = Clock.System,
    ): CheckReport = runBlocking {
        Client.Builder(merchant, store).transport(transport).clock(clock).build().use { it.check() }
    }

    private fun closedPort() = ServerSocket(0).use { it.localPort }

    /** A page at `/notify` of this machine. */
    private fun <T> page(answer: (HttpExchange) -> Pair<Int, String>, use: (String) -> T): T {
        val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
        server.createContext("/notify") { exchange ->
            val (status, body) = answer(exchange)
            exchange.sendResponseHeaders(status, body.length.toLong())
            exchange.responseBody.use { it.write(body.toByteArray()) }
        }
        server.start()
        try {
            return use("http://127.0.0.1:${server.address.port}/notify")
        } finally {
            server.stop(0)
        }
    }

    @Test
    fun `everything is right, over both transports`() {
        for (transport in listOf(UrlConnectionTransport(extraRoots = ca()), OkHttpTransport(extraRoots = ca()))) {
            for (protocol in Protocol.values()) {
                // A handler as hosts write it: its refusal is what the check wants to see.
                lateinit var handler: Client
                val report = page({ exchange ->
                    val (headers, body) = Header.of(exchange.requestHeaders) to exchange.requestBody.readBytes()
                    val answer = handler.calls().handleNotification(headers, body).get().answer
                    answer.status to String(answer.body)
                }) { url ->
                    val settings = JsonObject(
                        Json.parseToJsonElement(tls.settingsFile.readText()).jsonObject + ("notify_url" to JsonPrimitive(url)),
                    )
                    val file = File(tls.settingsFile.parentFile, "right.json").apply { writeText(settings.toString()) }
                    val merchant = Merchant.fromFile(file, protocol)
                    handler = Client(merchant, MemoryStore())
                    check(merchant, transport)
                }
                assertEquals(CheckName.values().toList(), report.checks.map { it.name })
                assertTrue(report.healthy && report.checks.all { it.status == CheckStatus.PASSED }, "$report")
            }
        }
    }

    private fun ca(): ByteArray = tls.settings(Protocol.AMS).caPem!!

    @Test
    fun `what is not configured, or not known, is no failure`() {
        val own = object : Transport {
            private val inner = UrlConnectionTransport()

            override suspend fun post(request: SignedRequest): HttpReply = inner.post(request)
        }
        val report = check(plain.merchant(Protocol.AMS), own)
        assertTrue(report.healthy, "$report")
        assertEquals(CheckStatus.WARNED, report.checks.single { it.name == CheckName.NOTIFY_URL }.status)
        assertTrue("host's transport" in report.checks.single { it.name == CheckName.PROXY }.detail, "$report")
    }

    @Test
    fun `each wrong setting is red at its own line`() {
        val nowhere = "http://127.0.0.1:${closedPort()}"
        val proxy = Proxy(Proxy.Type.HTTP, InetSocketAddress("127.0.0.1", closedPort()))
        val far = changed(plain, "base_url" to "https://gateway.example")
        val others = KeyPairGenerator.getInstance("RSA").apply { initialize(2048) }.generateKeyPair()
        val full = object : Store by MemoryStore() {
            override suspend fun beat(owner: String) = throw StoreNotWritten("disk full")
        }
        val late = object : Clock by Clock.System {
            override fun now() = Clock.System.now() + 600_000
        }
        val rows = listOf(
            Row("a store that is full", CheckName.STORE, "store.failed") { check(plain.merchant(Protocol.AMS), store = full) },
            Row("a proxy that does not run", CheckName.PROXY, "transport.proxy") {
                check(far, UrlConnectionTransport(proxy = proxy))
            },
            Row("the same with OkHttp", CheckName.PROXY, "transport.proxy") {
                check(far, OkHttpTransport(OkHttpClient.Builder().proxy(proxy).build()))
            },
            Row("a name without an address", CheckName.NAME, "transport.name_not_found") {
                check(changed(plain, "base_url" to "https://gateway.invalid"))
            },
            Row("a port where nobody listens", CheckName.CONNECTION, "transport.refused") {
                check(changed(plain, "base_url" to nowhere))
            },
            Row("https where http is spoken", CheckName.TLS, "transport.protocol") {
                check(changed(plain, "base_url" to plain.baseUrl.replace("http:", "https:")))
            },
            Row("an authority that is not trusted", CheckName.TLS, "transport.certificate") { check(tls.merchant(Protocol.AMS)) },
            Row("an address that is not the gateway's", CheckName.ANSWER, "transport.http_status") {
                check(changed(plain, "base_url" to "${plain.baseUrl}/shop"))
            },
            Row("a client id of somebody else", CheckName.CLIENT_ID, "signature.missing") {
                check(changed(plain, "client_id" to "5Y0000000000000002"))
            },
            Row("a signing key that is not registered", CheckName.SIGNING_KEY, "signature.missing") {
                check(changed(plain, "merchant_private_key" to key(plain, base64(others.private))))
            },
            Row("a gateway key of somebody else", CheckName.GATEWAY_KEY, "signature.mismatch") {
                check(changed(plain, "gateway_public_key" to key(plain, base64(others.public))))
            },
            Row("a clock that is off", CheckName.CLOCK, null) { check(plain.merchant(Protocol.AMS), clock = late) },
            Row("a notify URL where nobody listens", CheckName.NOTIFY_URL, null) {
                check(changed(plain, "notify_url" to "$nowhere/notify"))
            },
            Row("a notify URL of another page", CheckName.NOTIFY_URL, null) {
                page({ 200 to "<html>" }) { check(changed(plain, "notify_url" to it)) }
            },
            Row("a handler that believes everybody", CheckName.NOTIFY_URL, null) {
                page({ 200 to """{"result":{"resultCode":"SUCCESS","resultStatus":"S"}}""" }) {
                    check(changed(plain, "notify_url" to it))
                }
            },
        )
        for (row in rows) {
            val report = row.run()
            val failed = report.checks.filter { it.status == CheckStatus.FAILED }
            assertEquals(listOf(row.line to row.code), failed.map { it.name to it.code }, "${row.setting}:\n$report")
            assertFalse(report.healthy)
            assertNotEquals("", failed.single().hint, row.setting)
            println("${row.setting.padEnd(38)} ${failed.single()}")
        }
    }

    /** Settings with which no merchant can be made are refused before there is a client. */
    @Test
    fun `what can't be read is refused when the merchant is made`() {
        for ((change, code) in listOf(
            ("client_id" to null) to "config.missing",
            ("merchant_private_key" to key(plain, "not a key")) to "key.not_a_key",
        )) {
            val error = assertThrows(AlipayException::class.java) { changed(plain, change) }
            assertEquals(code, error.code)
        }
    }

    private class Row(val setting: String, val line: CheckName, val code: String?, val run: () -> CheckReport)
}
