package alipay.instore.testing

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.Outcome
import alipay.instore.Protocol
import alipay.instore.RefundOutcome
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.concurrent.ConcurrentHashMap

/**
 * Clients that are closed at many moments of a payment or a refund, over HTTP against the sandbox's process; then another client,
 * which has the store alone, goes on, and the ledger is asked.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TakeoverTest {
    private val sandbox = Sandbox.start(speed = 10)

    @AfterAll
    fun end() = sandbox.close()

    private fun client(protocol: Protocol, folder: File) = Client.Builder(sandbox.merchant(protocol), FileStore(folder))
        .clock(sandbox.clock).notifyUrlConfigured(true).claims(false).build()

    /** Makes the call, and closes its client after that many milliseconds. */
    private suspend fun closedAfter(moment: Long, client: Client, call: suspend () -> Unit) {
        val calling = kotlinx.coroutines.CoroutineScope(Dispatchers.Default).launch {
            try {
                call()
            } catch (_: AlipayException) {
                // It was closed meanwhile.
            }
        }
        delay(moment)
        client.close()
        calling.join()
    }

    private fun atManyMoments(one: suspend (Long) -> Unit) = runBlocking(Dispatchers.Default) {
        for (some in (0 until MOMENTS).map { it * STEP }.chunked(TOGETHER)) some.map { async { one(it) } }.awaitAll()
    }

    private fun entry(list: String, name: String, id: String): JsonObject? =
        sandbox.ledger().getValue(list).jsonArray.map { it.jsonObject }.filter { it[name]?.jsonPrimitive?.content == id }
            .also { assertTrue(it.size <= 1, "$id is in the ledger ${it.size} times") }.singleOrNull()

    private fun net(entry: JsonObject?): Long = entry?.get("net")?.jsonPrimitive?.content?.toLong() ?: 0

    private fun paymentAtManyMoments(protocol: Protocol, behaviour: String, folder: File, usual: Outcome) {
        val code = Sandbox.codes().single { it.name == behaviour }.code
        val outcomes = ConcurrentHashMap<String, Int>()
        atManyMoments { moment ->
            val store = File(folder, "$moment")
            val request = payRequest(Amount.fromMajor("19.99", "USD"), code)
            val id = request.paymentRequestId!!
            val first = client(protocol, store)
            closedAfter(moment, first) { first.pay(request) }
            val result = client(protocol, store).use { second ->
                try {
                    second.resume(id, Client.UNLIMITED)
                } catch (e: AlipayException) {
                    assertEquals("request.unknown_payment", e.code)
                    null
                }
            }
            val entry = entry("payments", "payment_request_id", id)
            if (result == null) {
                assertNull(entry, "after $moment ms: the ledger knows it, and the store does not")
            } else {
                // A slow machine lets a payment expire in between; whatever it ends as, the ledger has to say the same.
                val kept = if (result.outcome == Outcome.Succeeded) 1999L else 0L
                assertEquals(kept, net(entry), "after $moment ms: ${result.outcome}, ledger $entry")
            }
            outcomes.merge(result?.outcome?.word ?: "not stored", 1, Int::plus)
        }
        println("$behaviour: $outcomes")
        assertTrue(outcomes.containsKey(usual.word), "$outcomes")
    }

    @Test
    fun `a payment that is paid after some inquiries`(@TempDir folder: File) =
        paymentAtManyMoments(Protocol.AMS, "paid_after_inquiries", folder, Outcome.Succeeded)

    @Test
    fun `a payment that ends with a cancel`(@TempDir folder: File) =
        paymentAtManyMoments(Protocol.ALIPAY_PLUS, "cancel_crosses_success", folder, Outcome.Cancelled)

    @Test
    fun `a refund`(@TempDir folder: File) = atManyMoments { moment ->
        val store = File(folder, "$moment")
        val payment = payRequest(Amount.fromMajor("19.99", "USD"), "281006020000000000125733")
        val id = payment.paymentRequestId!!
        val first = client(Protocol.AMS, store)
        assertEquals(Outcome.Succeeded, first.pay(payment).outcome)
        val refund = RefundRequest().apply {
            refundRequestId = "r-$id".take(64)
            refundAmount = Amount.fromMajor("5", "USD")
        }
        closedAfter(moment / 8, first) { first.refund(id, refund) }
        client(Protocol.AMS, store).use { second ->
            // The same call again goes on with it, or begins it.
            assertEquals(RefundOutcome.Refunded, second.refund(id, refund, Client.UNLIMITED).outcome)
        }
        assertEquals(1499L, net(entry("payments", "payment_request_id", id)))
    }

    private companion object {
        const val MOMENTS = 48
        const val STEP = 40L

        /** So many calls are made at once: they mostly wait. */
        const val TOGETHER = 16
    }
}
