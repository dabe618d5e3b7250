package alipay.instore

import alipay.instore.model.PayRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger

/** Which threads wait for which. */
class ThreadsTest {
    private val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))
    private val policy = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 20, "not_sent_delay" to 10, "cancel_interval" to 500))

    private fun client(transport: Transport) =
        Client.Builder(merchant, MemoryStore()).transport(transport).policy(policy).notifyUrlConfigured(true).build()

    private fun request(id: String): PayRequest {
        val code = PaymentCode.of("281006020000000000125733")
        return PayRequest.forPaymentCode(id, Amount.fromMinor(1999, "USD"), code, Fixture.order())
    }

    @Test
    fun `payments that block every thread of the host for IO end`() = runBlocking<Unit> {
        client(FakeGateway(merchant)).use { client ->
            val paying = List(BEYOND_IO) { async(Dispatchers.IO) { client.calls().pay(request("p$it")).get() } }
            val results = withTimeout(60_000) { paying.awaitAll() }
            assertTrue(results.all { it.isSucceeded })
        }
    }

    @Test
    fun `a transport that blocks keeps no other payment from being stored`() = runBlocking<Unit> {
        val gate = CountDownLatch(1)
        val gateway = FakeGateway(merchant)
        val blocking = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply {
                @Suppress("BlockingMethodInNonBlockingContext")
                gate.await()
                return gateway.post(request)
            }
        }
        client(blocking).use { client ->
            withTimeout(30_000) { repeat(20) { client.start(request("p$it")) } }
            gate.countDown()
            assertTrue(client.resume("p19").isSucceeded)
        }
    }

    @Test
    fun `what was cancelled before it had a thread is not done`() = runBlocking<Unit> {
        val work = BlockingWork(1)
        val (begun, gate) = CountDownLatch(1) to CountDownLatch(1)
        val (sent, aborted) = AtomicBoolean() to CountDownLatch(1)
        val first = async(Dispatchers.IO) { work.run({ begun.countDown().also { gate.await() } }, {}) }
        begun.await()
        val second = launch(Dispatchers.Default) { work.run({ sent.set(true) }, { aborted.countDown() }) }
        while (!second.isActive) Thread.yield()
        Thread.sleep(50)
        second.cancelAndJoin()
        // Aborting does not wait for the thread that the first one has.
        aborted.await()
        gate.countDown()
        first.await()
        work.run({}, {})
        assertFalse(sent.get())
    }

    @Test
    fun `a request waits for no thread, however many clients a process has`() = runBlocking<Unit> {
        val gate = CountDownLatch(1)
        val all = CountDownLatch(OF_MANY_CLIENTS)
        val posting = List(OF_MANY_CLIENTS) { async { onIo({ all.countDown().also { gate.await() } }, {}) } }
        async(Dispatchers.IO) { assertTrue(all.await(60, TimeUnit.SECONDS)) }.await()
        gate.countDown()
        posting.awaitAll()
    }

    @Test
    fun `a request has one thread for signing, waiting and handing in`() = runBlocking<Unit> {
        val threads = async(RequestThread()) {
            val signing = Thread.currentThread()
            val waiting = onIo({ Thread.currentThread() }, {})
            listOf(signing, waiting, Thread.currentThread())
        }.await()
        assertEquals(1, threads.distinct().size) { "$threads" }
    }

    @Test
    fun `a transport of the host may block more than once for a request`() = runBlocking<Unit> {
        val blocked = async(RequestThread()) { List(3) { number -> onIo({ number }, {}) } }
        assertEquals(listOf(0, 1, 2), withTimeout(30_000) { blocked.await() })
    }

    @Test
    fun `a request that is given up goes on at once, while its thread is still blocked`() = runBlocking<Unit> {
        val (begun, gate) = CountDownLatch(1) to CountDownLatch(1)
        val aborted = CountDownLatch(1)
        val request = async(RequestThread()) {
            val waiting = launch { onIo({ begun.countDown().also { gate.await() } }, { aborted.countDown() }) }
            launch(Dispatchers.Default) {
                begun.await()
                waiting.cancel()
            }
            waiting.join()
        }
        withTimeout(30_000) { request.await() }
        async(Dispatchers.IO) { aborted.await() }.await()
        gate.countDown()
    }

    @Test
    fun `a payment that waits for its turn does not take that for the gateway's silence`() = runBlocking<Unit> {
        val gateway = FakeGateway(merchant)
        val blocking = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply {
                Thread.sleep(ANSWERED_AFTER)
                return gateway.post(request)
            }
        }
        Client.Builder(merchant, MemoryStore()).transport(blocking).policy(policy).requestTimeout(ANSWERED_AFTER * 4)
            .notifyUrlConfigured(true).build().use { client ->
                val paying = List(AT_ONCE) { async(Dispatchers.Default) { client.pay(request("p$it")) } }
                val results = withTimeout(120_000) { paying.awaitAll() }
                assertTrue(results.all { it.isSucceeded })
                val silent = results.flatMap { it.timeline }.filter { it.event is TimelineEvent.Unanswered }
                assertTrue(silent.isEmpty()) { "${silent.size} requests count as unanswered" }
            }
    }

    @Test
    fun `requests under way are limited, and a limit that lets nothing through is refused`() = runBlocking<Unit> {
        val gateway = FakeGateway(merchant)
        val (underWay, most) = AtomicInteger() to AtomicInteger()
        val counting = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply {
                most.accumulateAndGet(underWay.incrementAndGet(), ::maxOf)
                delay(ANSWERED_AFTER / 20)
                underWay.decrementAndGet()
                return gateway.post(request)
            }
        }
        val builder = Client.Builder(merchant, MemoryStore()).transport(counting).policy(policy).notifyUrlConfigured(true)
        builder.limits(Limits(inFlight = 2)).build().use { client ->
            val paying = List(20) { async(Dispatchers.Default) { client.pay(request("limited$it")) } }
            assertTrue(withTimeout(60_000) { paying.awaitAll() }.all { it.isSucceeded })
        }
        assertEquals(2, most.get())
        val refused = assertThrows<AlipayException> { builder.limits(Limits(perSecond = 0)).build() }
        assertEquals("config.invalid" to "limits.perSecond", refused.code to refused.path)
    }

    @Test
    fun `a start waits for its turn, also where another request takes the only slot for longer than a store may take`() = runBlocking<Unit> {
        val gateway = FakeGateway(merchant)
        val holding = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply {
                if (String(request.body).contains("\"first\"")) delay(SLOT_TAKEN / FAST)
                return gateway.post(request)
            }
        }
        Client.Builder(merchant, MemoryStore()).transport(holding).limits(Limits(inFlight = 1)).requestTimeout(SLOT_TAKEN * 2)
            .clock(Clock.Fast(System.currentTimeMillis(), FAST.toInt())).notifyUrlConfigured(true).build().use { client ->
                assertFalse(client.start(request("first")).isSucceeded)
                client.start(request("second"))
                assertTrue(withTimeout(60_000) { client.resume("second") }.isSucceeded)
            }
    }

    private companion object {
        /** How long a slot is taken, in milliseconds of the client's clock, and how much faster that runs than real time. */
        const val SLOT_TAKEN = 10_000L
        const val FAST = 10L

        /** So long the gateway takes for an answer, in milliseconds. */
        const val ANSWERED_AFTER = 500L

        /** More than may be under way at once; one after the other they take longer than one request may. */
        const val AT_ONCE = 250

        /** More than Dispatchers.IO has threads. */
        const val BEYOND_IO = 70

        /** As many requests as nine clients have under way at the most. */
        const val OF_MANY_CLIENTS = 9 * 128
    }
}
