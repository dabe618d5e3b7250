package alipay.instore.testing

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.Outcome
import alipay.instore.PaymentStore
import alipay.instore.Protocol
import alipay.instore.RefundLedger
import alipay.instore.RefundOutcome
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
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
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.CoroutineContext

/**
 * Calls that are cancelled at each of their suspension points, over HTTP against the sandbox's process; then another client,
 * which has the store alone, goes on, and the ledger is asked.
 *
 * Whatever suspends goes on through the coroutine's dispatcher. So this one counts, and cancels before the point that is
 * asked for goes on: in the store, on the network, in a wait, between them, inside the library and outside.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancellationTest {
    private val sandbox = Sandbox.start(speed = 50)

    /** For refunds: what is refunded has to be paid before it expires, on a slow machine too. */
    private val calm = Sandbox.start(speed = 5)

    @AfterAll
    fun end() {
        sandbox.close()
        calm.close()
    }

    private class Cancelling(private val at: Int) : CoroutineDispatcher() {
        val points = AtomicInteger()
        lateinit var job: Job

        override fun dispatch(context: CoroutineContext, block: Runnable) {
            if (points.getAndIncrement() == at) job.cancel()
            Dispatchers.Default.dispatch(context, block)
        }
    }

    private fun client(protocol: Protocol, store: PaymentStore, at: Sandbox = sandbox) =
        Client.Builder(at.merchant(protocol), store).clock(at.clock).notifyUrlConfigured(true).build()

    /** Runs the call, cancels it at the point, and says whether it came that far. */
    private suspend fun interrupted(at: Int, call: suspend () -> Unit): Boolean {
        val dispatcher = Cancelling(at)
        val job = CoroutineScope(dispatcher).launch(start = CoroutineStart.LAZY) { call() }
        dispatcher.job = job
        job.start()
        job.join()
        return dispatcher.points.get() > at
    }

    /** Tries point after point, some at a time, until calls end before their point is reached. */
    private fun everyPoint(atLeast: Int, one: suspend (Int) -> Boolean) = runBlocking(Dispatchers.Default) {
        var points = 0
        do {
            val reached = (points until points + TOGETHER).map { at -> async { one(at) } }.awaitAll().count { it }
            points += reached
        } while (reached == TOGETHER)
        println("cancelled at $points points")
        assertTrue(points >= atLeast, "only $points points")
    }

    private fun entry(list: String, name: String, id: String, at: Sandbox = sandbox): JsonObject? =
        at.ledger().getValue(list).jsonArray.map { it.jsonObject }.filter { it[name]?.jsonPrimitive?.content == id }
            .also { assertTrue(it.size <= 1, "$id is in the ledger ${it.size} times") }.singleOrNull()

    private fun paymentAtEveryPoint(protocol: Protocol, behaviour: String, folder: File, usual: Outcome) {
        val code = Sandbox.codes().single { it.name == behaviour }.code
        val outcomes = ConcurrentHashMap<Outcome, Int>()
        everyPoint(atLeast = 20) { at ->
            val store = File(folder, "$at")
            val request = groceries(sandbox, protocol, code)
            val id = request.paymentRequestId!!
            val reached = interrupted(at) { client(protocol, FileStore(store)).pay(request) }
            val resumed = client(protocol, FileStore(store)).use { it.resumeAll() }
            val entry = entry("payments", "payment_request_id", id)
            if (resumed.isEmpty()) {
                assertNull(entry, "point $at: the ledger knows it, and the store does not")
            } else {
                assertEquals(listOf(id), resumed.map { it.paymentRequestId })
                val outcome = resumed.single().result?.outcome
                // A slow machine lets a payment expire in between; whatever it ends as, the ledger has to say the same.
                val kept = if (outcome == Outcome.Succeeded) 1999L else 0L
                val ended = outcome in setOf(Outcome.Succeeded, Outcome.Cancelled)
                assertTrue(ended && net(entry) == kept, "point $at: $outcome ${resumed.single().error}, ledger $entry")
                outcomes.merge(outcome!!, 1, Int::plus)
            }
            reached
        }
        println("$behaviour: $outcomes")
        assertTrue(outcomes.containsKey(usual), "$outcomes")
    }

    private fun net(entry: JsonObject?): Long = entry?.get("net")?.jsonPrimitive?.content?.toLong() ?: 0

    @Test
    fun `a payment that is paid after some inquiries`(@TempDir folder: File) =
        paymentAtEveryPoint(Protocol.AMS, "paid_after_inquiries", folder, Outcome.Succeeded)

    @Test
    fun `a payment that ends with a cancel`(@TempDir folder: File) =
        paymentAtEveryPoint(Protocol.ALIPAY_PLUS, "cancel_crosses_success", folder, Outcome.Cancelled)

    @Test
    fun `a refund`(@TempDir folder: File) = everyPoint(atLeast = 10) { at ->
        val store = File(folder, "refund-$at")
        val payment = groceries(calm, Protocol.AMS, "281006029000000000000031")
        val id = payment.paymentRequestId!!
        assertEquals(Outcome.Succeeded, client(Protocol.AMS, FileStore(store), calm).use { it.pay(payment) }.outcome)
        val refund = RefundRequest().apply {
            refundRequestId = "refund-$at"
            refundAmount = Amount.fromMajor("5", "USD")
        }
        val reached = interrupted(at) { client(Protocol.AMS, FileStore(store), calm).refund(id, refund) }
        client(Protocol.AMS, FileStore(store), calm).use { client -> assertNull(client.resumeAll().singleOrNull { it.error != null }) }
        val ledger = FileStore(store).get("refunds/$id")?.let { RefundLedger.restore(it.snapshot) }
        if (ledger == null) {
            assertNull(entry("refunds", "refund_request_id", "refund-$at", calm), "point $at: refunded, and the store does not know it")
        } else {
            assertEquals(RefundOutcome.Refunded, ledger.refunds.single().outcome, "point $at")
            assertEquals(1499L, net(entry("payments", "payment_request_id", id, calm)))
        }
        reached
    }

    private companion object {
        /** So many calls are made at once: they mostly wait. */
        const val TOGETHER = 32
    }
}
