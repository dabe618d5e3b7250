package alipay.instore

import alipay.instore.model.PayRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asContextElement
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.io.IOException
import java.lang.ref.WeakReference
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

/** Cases met in use, named as in docs/cases.md: what a shell in Kotlin, with stores, threads and clocks of its own, could break. */
class CasesTest {
    private val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))
    private val gateway = FakeGateway(merchant)

    /** Short waits, but time enough for a reply on a machine that is busy. */
    private val quick = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 20, "not_sent_delay" to 10, "cancel_interval" to 500))

    /** Waits so long that a test acts before the machine does. */
    private val calm = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 2_000))

    private fun client(
        store: Store = MemoryStore(),
        policy: Policy = quick,
        transport: Transport = gateway,
        clock: Clock = Clock.System,
        observer: Observer = Observer { _, _ -> },
    ) = Client.Builder(merchant, store).transport(transport).clock(clock).policy(policy).notifyUrlConfigured(true).observer(observer).build()

    private fun request(id: String, value: Long = 1999): PayRequest {
        val code = PaymentCode.of("281006020000000000125733")
        return PayRequest.forPaymentCode(id, Amount.fromMinor(value, "USD"), code, Fixture.order())
    }

    private suspend fun sent(id: String) {
        while (id !in gateway.paid) delay(1)
    }

    /** A store whose first insert and first save write, and whose answers are lost. */
    private class Lossy(private val inner: Store = MemoryStore()) : Store by inner {
        val lost = AtomicInteger()
        private val inserts = AtomicInteger()
        private val saves = AtomicInteger()

        override suspend fun insert(row: Row, owner: String?) {
            inner.insert(row, owner)
            lose(inserts)
        }

        override suspend fun save(row: Row, expected: Long, by: String?) {
            inner.save(row, expected, by)
            lose(saves)
        }

        private fun lose(times: AtomicInteger) {
            if (times.getAndIncrement() > 0) return
            lost.incrementAndGet()
            throw IOException("the answer of COMMIT was lost")
        }
    }

    @Test
    fun `m2 a store that writes and then fails charges once`() = runBlocking<Unit> {
        val store = Lossy()
        client(store).use { client ->
            assertTrue(withTimeout(60_000) { client.pay(request("p1")) }.isSucceeded)
            assertTrue(client.pay(request("p1")).isSucceeded)
        }
        assertEquals(listOf(2, 1), listOf(store.lost.get(), gateway.paid.size))
    }

    @Test
    fun `m4 a second worker takes nothing away`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        val (till, worker) = client(store, calm) to client(store, calm)
        val ids = listOf("p1", "p2", "p3")
        for (id in ids) assertTrue(till.start(request(id)).isInProgress)
        val recovery = worker.resumeAll()
        assertEquals(listOf(0, 3), listOf(recovery.payments.size, recovery.drivenElsewhere))
        for (id in ids) assertEquals(Outcome.Cancelled, withTimeout(20_000) { worker.cancel(id) }.outcome)
        till.close()
        worker.close()
    }

    @Test
    fun `m5 a broken record stops nothing else`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val own = OwnMemory()
        val store = own.asStore()
        client(store, calm).use { first -> for (id in listOf("broken", "whole")) first.start(request(id)) }
        val found = own.load("broken")!!
        own.save(Row(found.row.columns, "{"), found.revision, null)
        client(store, calm).use { client ->
            val taken = client.resumeAll().payments.associateBy { it.paymentRequestId }
            assertEquals("snapshot.malformed", taken.getValue("broken").error?.code)
            assertTrue(taken.getValue("whole").result!!.isInProgress)
            assertEquals(Outcome.Cancelled, withTimeout(20_000) { client.cancel("whole") }.outcome)
        }
    }

    private fun paid(id: String, more: String = "") =
        """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentRequestId":"$id","paymentId":"N-$id",
            "paymentAmount":{"currency":"USD","value":"1999"}$more}"""

    private suspend fun handled(client: Client, path: String, body: String): HandledNotification {
        val (headers, bytes) = Fixture.notification(merchant, path, body, Clock.System.now())
        return client.handleNotification(headers, bytes, "https://shop.example/notify")
    }

    @Test
    fun `m6 evidence against an outcome is an alert until somebody acknowledges it`() = runBlocking<Unit> {
        val refused = """{"result":{"resultStatus":"F","resultCode":"USER_BALANCE_NOT_ENOUGH"},"paymentRequestId":"p1"}"""
        gateway.fault = { api, reply -> if (api == "pay") gateway.signed(merchant.path(Operation.PAY), refused) else reply }
        client().use { client ->
            assertTrue(client.pay(request("p1")).outcome is Outcome.Failed)
            val told = handled(client, "/notify", paid("p1", ",\"notifyType\":\"PAYMENT_RESULT\""))
            val raised = (told.result as Notified.Taken).alerts.single()
            assertEquals(listOf("conflicting_evidence", true), listOf(raised.kind.word, told.answer.isSuccess))
            assertEquals(listOf("p1"), client.alerts().alerts.map { it.paymentRequestId })
            assertTrue(client.status("p1").mayHaveCharged)
            client.acknowledgeAlert("p1", raised.number, "office")
            assertTrue(client.alerts().alerts.isEmpty())
            // What was taken can be given back although the outcome stands.
            assertTrue(client.reverse("p1").outcome != null)
        }
    }

    @Test
    fun `m9 of two sales with one id and different amounts one is made`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        val clients = listOf(client(store, calm), client(store, calm))
        val ended = clients.zip(listOf(1999L, 500L)).map { (client, value) ->
            async(Dispatchers.Default) { runCatching { client.pay(request("p1", value), wait = 1_000) } }
        }.awaitAll()
        assertTrue(ended.mapNotNull { it.getOrNull() }.single().isInProgress)
        val error = ended.mapNotNull { it.exceptionOrNull() }.single() as AlipayException
        assertEquals(listOf("payment.id_reused", "p1"), listOf(error.code, error.paymentRequestId))
        for (client in clients) client.close()
    }

    @Test
    fun `m11 an answer is no notification`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        client(policy = calm).use { client ->
            client.start(request("p1"))
            val answer = paid("p1", ",\"paymentStatus\":\"SUCCESS\"")
            val refused = handled(client, merchant.path(Operation.INQUIRY), answer)
            assertEquals(listOf(400, "signature.mismatch"), listOf(refused.answer.status, refused.error?.code))
            // Nor where it was signed over the path of the notify URL.
            assertFalse(handled(client, "/notify", answer).result is Notified.Taken)
            assertTrue(client.status("p1").isInProgress)
        }
    }

    @Test
    fun `m15 a stored payment that never left is cancelled and not paid first`() = runBlocking<Unit> {
        val store = MemoryStore()
        val nowhere = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply {
                delay(Long.MAX_VALUE)
                error("nobody waits so long")
            }
        }
        client(store, calm, nowhere).use { assertTrue(it.start(request("p1")).isInProgress) }
        client(store, calm).use { assertEquals(Outcome.Cancelled, withTimeout(20_000) { it.cancel("p1") }.outcome) }
        assertEquals(listOf(emptySet<String>(), setOf("p1")), listOf(gateway.paid.keys.toSet(), gateway.cancelled.toSet()))
    }

    @Test
    fun `m18 two cancels at once both end`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        val clients = listOf(client(store, calm), client(store, calm))
        clients[0].start(request("p1"))
        sent("p1")
        val outcomes = clients.map { async(Dispatchers.Default) { withTimeout(30_000) { it.cancel("p1") }.outcome } }.awaitAll()
        assertEquals(listOf(Outcome.Cancelled, Outcome.Cancelled), outcomes)
        for (client in clients) client.close()
    }

    @Test
    fun `u5 where the clock is ten minutes off the sale is made and the clock is named`() = runBlocking<Unit> {
        for (off in listOf(600_000L, -600_000L)) {
            val wrong = object : Clock by Clock.System {
                override fun now() = Clock.System.now() + off
            }
            val result = client(clock = wrong).use { withTimeout(60_000) { it.pay(request("p$off")) } }
            assertTrue(result.isSucceeded, "$off: $result")
            assertTrue(result.alerts.any { it.kind.word == "clock_skew" }, "$off: ${result.alerts}")
        }
    }

    @Test
    fun `u8 a thousand clients are collected, closed or not`() = runBlocking<Unit> {
        val before = Thread.activeCount()
        val made = List(1_000) { number ->
            val client = client(if (number % 4 < 2) MemoryStore() else OwnMemory().asStore())
            assertEquals("request.unknown_payment", runCatching { client.status("nobody") }.exceptionOrNull().let { (it as AlipayException).code })
            if (number % 2 == 0) client.close()
            WeakReference(client)
        }
        withTimeout(60_000) {
            while (made.any { it.get() != null }) {
                System.gc()
                delay(50)
            }
        }
        assertTrue(Thread.activeCount() < before + 200, "${Thread.activeCount()} threads, and $before before")
    }

    /** A thread-local, as a host's logging, tracing and transactions are, which the caller's context sets wherever its code runs. */
    @Test
    fun `u9 a store and an observer run in the coroutine context of the call that they serve`() = runBlocking<Unit> {
        val tenant = ThreadLocal<String?>()
        val seen = ConcurrentHashMap.newKeySet<String>()
        val inner = OwnMemory().asStore()
        val store = object : Store by inner {
            override suspend fun insert(row: Row, owner: String?) {
                seen += "insert ${row.columns.id}: ${tenant.get()}"
                inner.insert(row, owner)
            }
        }
        val observer = Observer { id, _ -> seen += "step $id: ${tenant.get()}" }
        client(store, observer = observer).use { client ->
            val sales = listOf("p1", "p2").map { id -> async(Dispatchers.Default + tenant.asContextElement("of $id")) { client.pay(request(id)) } }
            assertTrue(sales.awaitAll().all { it.isSucceeded })
        }
        assertEquals(setOf("insert p1: of p1", "insert p2: of p2", "step p1: of p1", "step p2: of p2"), seen)
    }

    @Test
    fun `u25 a clock that is set back while the store writes delays nothing`() = runBlocking<Unit> {
        var off = 0L
        val clock = object : Clock by Clock.System {
            override fun now() = Clock.System.now() + off
        }
        val inner = MemoryStore()
        val store = object : Store by inner {
            override suspend fun save(row: Row, expected: Long, by: String?) {
                off = -3_600_000
                inner.save(row, expected, by)
            }
        }
        client(store, clock = clock).use { assertTrue(withTimeout(30_000) { it.pay(request("p1")) }.isSucceeded) }
        assertEquals(-3_600_000, off)
    }

    @Test
    fun `u26 blocking calls on every thread of the host end`() = runBlocking<Unit> {
        client().use { client ->
            val calls = (0 until 70).map { async(Dispatchers.IO) { client.calls().pay(request("p$it")).get() } }
            assertTrue(withTimeout(120_000) { calls.awaitAll() }.all { it.isSucceeded })
        }
    }

    @Test
    fun `u28 a folder with a letter beyond ASCII is one folder without a locale`(@TempDir folder: File) {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val words = listOf(java, "-cp", System.getProperty("java.class.path"), "alipay.instore.FolderProbe", folder.path)
        val builder = ProcessBuilder(words).redirectErrorStream(true)
        builder.environment().keys.removeIf { it == "LANG" || it.startsWith("LC_") }
        val process = builder.start()
        val lines = process.inputStream.bufferedReader().readLines()
        assertTrue(process.waitFor(60, TimeUnit.SECONDS))
        assertTrue(lines.last() in listOf("stored in 1", "refused, 0"), "$lines")
    }

    @Test
    fun `u29 recovery returns at once and the first sale waits for nothing`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        client(store, calm).use { first ->
            first.start(request("open"))
            sent("open")
        }
        client(store).use { client ->
            val recovery = withTimeout(5_000) { client.resumeAll() }
            assertEquals(listOf("open"), recovery.payments.map { it.paymentRequestId })
            assertTrue(recovery.payments.single().result!!.isInProgress)
            gateway.slow = 0
            assertTrue(withTimeout(20_000) { client.pay(request("p2")) }.isSucceeded)
        }
    }
}

/** The process itself. */
internal object FolderProbe {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val folder = File(arguments.single())
        val said = try {
            runBlocking { FileStore(File(folder, "caf\u00e9")).beat("o1") }
            "stored in "
        } catch (_: AlipayException) {
            "refused, "
        }
        println(said + folder.list()!!.size)
    }
}
