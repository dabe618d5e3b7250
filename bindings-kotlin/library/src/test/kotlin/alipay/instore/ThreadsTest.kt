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
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong

/** Which threads wait for which. */
class ThreadsTest {
    private val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))
    private val policy = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 20, "not_sent_delay" to 10, "cancel_interval" to 500))

    private fun client(transport: Transport, clock: Clock = Clock.System) =
        Client.Builder(merchant, MemoryStore()).transport(transport).policy(policy).clock(clock).notifyUrlConfigured(true).build()

    private fun request(id: String): PayRequest {
        val code = PaymentCode.of("281006020000000000125733")
        return PayRequest.forPaymentCode(id, Amount.fromMinor(1999, "USD"), code, Fixture.order())
    }

    @Test
    fun `payments that block every thread of the host for IO end`() = runBlocking<Unit> {
        client(FakeGateway(merchant)).use { client ->
            val paying = List(BEYOND_IO) { async(Dispatchers.IO) { client.calls().pay(request("p$it")).get() } }
            val results = withTimeout(60_000) { paying.awaitAll() }
            assertTrue(results.all { it.isPaid })
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
            assertTrue(client.resume("p19").isPaid)
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
    fun `a request's time starts when it starts, however many payments wait for their turn`() = runBlocking<Unit> {
        val clock = ByHand()
        val gateway = FakeGateway(merchant)
        val begun = AtomicInteger()
        val gate = Semaphore(0, true)
        val transport = Transport.blocking { request ->
            if (request.path.endsWith("/pay")) {
                begun.incrementAndGet()
                gate.acquire()
            }
            runBlocking { gateway.post(request) }
        }
        client(transport, clock).use { client ->
            val starting = List(PAYMENTS) { async { client.start(request("p$it")) } }
            // The gateway takes four of the ten seconds that a request has, for some after the other: more than ten for the last.
            var answered = 0
            while (answered < PAYMENTS) {
                withTimeout(60_000) { while (begun.get() == answered) delay(5) }
                delay(200)
                val more = begun.get() - answered
                clock.advance(4_000)
                gate.release(more)
                answered += more
            }
            assertTrue(clock.monotonic() > 10_000)
            val passing = launch { while (true) clock.advance(10).also { delay(5) } }
            try {
                withTimeout(60_000) { starting.awaitAll() }
                val results = withTimeout(60_000) { List(PAYMENTS) { client.resume("p$it") } }
                for (result in results) {
                    val inTime = result.isPaid && result.timeline.none { it.event is TimelineEvent.Unanswered }
                    assertTrue(inTime, "$result: ${result.timeline}")
                }
            } finally {
                passing.cancel()
            }
        }
        assertEquals(PAYMENTS, begun.get())
    }

    /** Stands still unless it is advanced, so that it does not matter how fast the machine is. */
    private class ByHand : Clock {
        private val begun = System.currentTimeMillis()
        private val passed = AtomicLong()

        fun advance(milliseconds: Long) {
            passed.addAndGet(milliseconds)
        }

        override fun now(): Long = begun + passed.get()

        override fun monotonic(): Long = passed.get()

        override suspend fun sleep(milliseconds: Long) {
            val end = passed.get() + milliseconds
            while (passed.get() < end) delay(5)
        }
    }

    private companion object {
        /** More than Dispatchers.IO has threads. */
        const val BEYOND_IO = 70

        /** As many requests as nine clients have under way at the most. */
        const val OF_MANY_CLIENTS = 9 * 128

        /** Three times as many as a client has requests under way at the most, and more. */
        const val PAYMENTS = 400
    }
}
