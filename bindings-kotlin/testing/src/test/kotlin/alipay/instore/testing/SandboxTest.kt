package alipay.instore.testing

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.MemoryStore
import alipay.instore.OkHttpTransport
import alipay.instore.Outcome
import alipay.instore.Protocol
import alipay.instore.RefundOutcome
import alipay.instore.Transport
import alipay.instore.UrlConnectionTransport
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** The client over real HTTP against the sandbox, whose ledger decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxTest {
    private val sandbox = Sandbox.start(speed = 10)

    @AfterAll
    fun end() = sandbox.close()

    private fun client(protocol: Protocol, transport: Transport = UrlConnectionTransport()) =
        Client.Builder(sandbox.merchant(protocol), MemoryStore())
            .transport(transport).clock(sandbox.clock).notifyUrlConfigured(true).build()

    @Test
    fun `every behaviour of the wallet ends as it must, in both protocols`() = runBlocking<Unit>(Dispatchers.Default) {
        val codes = Sandbox.codes()
        assertTrue(codes.size >= 10)
        // The sandbox's clock is fast, so a payment that waits for this machine would time out.
        val atOnce = Semaphore(16)
        val results = Protocol.values().flatMap { protocol ->
            val client = client(protocol)
            codes.map { behaviour ->
                async {
                    val request = payRequest(Amount.fromMajor("19.99", "USD"), behaviour.code)
                    val outcome = atOnce.withPermit { client.pay(request, wait = Client.UNLIMITED) }.outcome?.word
                    val word = if (outcome == "succeeded") "paid" else outcome
                    "${protocol.word} ${behaviour.name}: $word" to "${protocol.word} ${behaviour.name}: ${behaviour.expected(protocol)}"
                }
            }
        }.awaitAll()
        assertEquals(results.joinToString("\n") { it.second }, results.joinToString("\n") { it.first })
    }

    @Test
    fun `money goes there and back over both transports`() = runBlocking<Unit>(Dispatchers.Default) {
        for (protocol in Protocol.values()) {
            for (transport in listOf(UrlConnectionTransport(), OkHttpTransport())) {
                val client = client(protocol, transport)
                val request = payRequest(Amount.fromMajor("19.99", "USD"), "281006020000000000125733")
                val id = request.paymentRequestId!!
                assertEquals(Outcome.Succeeded, client.pay(request).outcome)
                assertEquals(Amount.fromMinor(1999, "USD"), client.inquire(id).paymentAmount)
                val refund = RefundRequest().apply {
                    refundRequestId = "r-$id".take(64)
                    refundAmount = Amount.fromMinor(500, "USD")
                }
                assertEquals(RefundOutcome.Refunded, client.refund(id, refund).outcome)
                if (protocol == Protocol.AMS) {
                    assertEquals("SUCCESS", client.inquireRefund(refund.refundRequestId!!).refundStatus?.word)
                } else {
                    val error = runCatching { client.inquireRefund("r") }.exceptionOrNull() as AlipayException
                    assertEquals("gateway.path", error.code)
                }
                assertEquals(1, entries("payments", id).size)
                assertEquals(1, entries("refunds", refund.refundRequestId!!).size)
            }
        }
    }

    private fun entries(list: String, id: String): List<JsonObject> =
        sandbox.ledger().getValue(list).jsonArray.map { it.jsonObject }.filter { "\"$id\"" in it.toString() }

    @Test
    fun `a handler refuses what is wrong on purpose`() = runBlocking<Unit> {
        for (protocol in Protocol.values()) {
            val builder = Client.Builder(sandbox.merchant(protocol), MemoryStore()).clock(sandbox.clock)
            builder.acknowledgeUnknown(true).notifyUrlConfigured(true).build().use { client ->
                suspend fun handled(wrong: String?): Int {
                    val sent = sandbox.notificationOf("P", Amount.fromMajor("4.50", "USD"), "/notify", protocol, wrong = wrong)
                    return client.handleNotification(sent.headers, sent.body, "/notify").answer.status
                }
                assertEquals(200, handled(null))
                val kinds = sandbox.wrongNotifications()
                assertTrue(kinds.size >= 10)
                assertEquals(emptyList<String>(), kinds.filter { handled(it) == 200 })
            }
        }
    }
}
