package alipay.instore

import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.PaymentStatus
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.io.IOException
import java.net.ServerSocket
import java.util.concurrent.TimeUnit
import kotlin.coroutines.coroutineContext

class ClientTest {
    private val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))
    private val gateway = FakeGateway(merchant)
    private val clock = Clock.System

    /** Short waits, but time enough for a reply on a machine that is busy. */
    private val quick = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 20, "not_sent_delay" to 10, "cancel_interval" to 500))

    /** Waits longer than an answer takes, so that the order of steps is certain. */
    private val steady = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 1_500))

    /** Waits so long that a test acts before the machine does. */
    private val calm = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 2_000))

    private fun client(
        store: PaymentStore = MemoryStore(),
        transport: Transport = gateway,
        clock: Clock = this.clock,
        policy: Policy = quick,
        observer: Observer = Observer { _, _ -> },
    ) = Client.Builder(merchant, store)
        .transport(transport).clock(clock).policy(policy).notifyUrlConfigured(true).observer(observer).build()

    private fun request(id: String = PaymentRequestIds.create("TILL7")): PayRequest {
        val code = PaymentCode.of("281006020000000000125733")
        return PayRequest.forPaymentCode(id, Amount.fromMinor(1999, "USD"), code, Fixture.order())
    }

    @Test
    fun `pays, tells the steps that led there, and knows them afterwards`() = runBlocking<Unit> {
        val seen = mutableListOf<String>()
        client(policy = steady, observer = { _, step -> synchronized(seen) { seen.add(step.event.name) } }).use { client ->
            val result = client.pay(request("p1"))
            assertTrue(result.isPaid)
            assertEquals("P-p1", result.paymentId)
            val names = result.timeline.map { it.event.name }
            assertEquals(listOf("sent", "answered", "sent", "answered", "sent", "answered", "concluded"), names)
            assertEquals(names, seen)
            assertEquals(Outcome.Succeeded, client.resume("p1").outcome)
            assertEquals(PaymentStatus.SUCCESS, client.inquire("p1").paymentStatus)
            assertEquals("store.exists", codeOf { client.pay(request("p1")) })
            assertEquals("request.unknown_payment", codeOf { client.resume("p2") })
        }
    }

    @Test
    fun `a sale in one call`() = runBlocking<Unit> {
        val shop = Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7")
        val builder = Client.Builder(merchant, MemoryStore())
            .transport(gateway).clock(clock).policy(quick).notifyUrlConfigured(true)
        builder.shop(shop).build().use { client ->
            val result = client.payCode("]C1281006020000000000125733\r", Amount.parse("19.99 USD"), "Two coffees")
            assertTrue(result.isPaid)
            assertTrue("_TILL7_" in result.paymentRequestId)
            assertEquals("p9", client.payCode("281006020000000000125733", Amount.parse("1.00 USD"), "Tea", "p9").paymentRequestId)
            assertEquals("code.not_digits", codeOf { client.payCode("https://shop.example", Amount.parse("1.00 USD"), "Tea") })
        }
        client().use { without ->
            assertEquals("config.missing", codeOf { without.payOrderCode(Amount.parse("1.00 USD"), "Tea") })
        }
        assertEquals("amount.format", Fixture.code { Amount.parse("19.99") })
        assertEquals("currency.unknown", Fixture.code { shop.settlementCurrency("XXY") })
    }

    @Test
    fun `a wrong request is named before anything is stored or sent`() = runBlocking<Unit> {
        val store = MemoryStore()
        client(store).use { client ->
            val request = request("p1").also { it.order!!.merchant!!.referenceMerchantId = null }
            val error = runCatching { client.pay(request) }.exceptionOrNull() as AlipayException
            assertEquals(listOf("request.missing", "order.merchant.referenceMerchantId"), listOf(error.code, error.path))
        }
        assertEquals(0, gateway.requests.get())
        assertTrue(store.ids().isEmpty())
    }

    @Test
    fun `a store that fails sends nothing`() = runBlocking<Unit> {
        val broken = object : PaymentStore by MemoryStore() {
            override suspend fun put(id: String, expectedRevision: Long, snapshot: String) = throw IOException("disk full")
        }
        assertEquals("store.failed", codeOf { client(broken).pay(request()) })
        assertEquals(0, gateway.requests.get())
    }

    /** Cancels the coroutine at one of the points where it could be suspended. */
    private class Interruption(private val at: Int) {
        var points = 0
        lateinit var job: Job

        suspend fun point() {
            if (points++ == at) job.cancel()
            coroutineContext.ensureActive()
        }
    }

    @Test
    fun `cancelled at every suspension point, a payment is resumed from the store alone and agrees with the ledger`() {
        var at = 0
        while (true) {
            val interruption = Interruption(at)
            val books = FakeGateway(merchant)
            val folder = kotlin.io.path.createTempDirectory("store").toFile()
            val id = "p$at"
            runBlocking(Dispatchers.Default) {
                val store = FileStore(folder)
                val interrupted = client(
                    object : PaymentStore {
                        override suspend fun put(id: String, expectedRevision: Long, snapshot: String) {
                            interruption.point()
                            store.put(id, expectedRevision, snapshot)
                            interruption.point()
                        }

                        override suspend fun get(id: String): Stored? {
                            interruption.point()
                            return store.get(id).also { interruption.point() }
                        }

                        override suspend fun ids() = store.ids()
                    },
                    object : Transport {
                        override suspend fun post(request: SignedRequest): HttpReply {
                            interruption.point()
                            return books.post(request).also { interruption.point() }
                        }
                    },
                    object : Clock by clock {
                        override suspend fun sleep(milliseconds: Long) {
                            interruption.point()
                            clock.sleep(milliseconds)
                            interruption.point()
                        }
                    },
                )
                val job = launch(start = kotlinx.coroutines.CoroutineStart.LAZY) { interrupted.pay(request(id)) }
                interruption.job = job
                job.start()
                job.join()
            }
            val resumed = runBlocking { client(FileStore(folder), books).use { it.resumeAll() } }
            if (resumed.isEmpty()) {
                assertTrue(books.paid.isEmpty(), "point $at: paid, and the store does not know it")
            } else {
                assertEquals(listOf(id), resumed.map { it.paymentRequestId })
                assertEquals(Outcome.Succeeded, resumed.single().result?.outcome, "point $at: ${resumed.single().error}")
                assertEquals(setOf(id), books.paid.keys)
            }
            folder.deleteRecursively()
            if (interruption.points <= at) break
            at++
        }
        assertTrue(at > 20, "only $at points")
    }

    @Test
    fun `a notification reaches a payment that is being driven, and one that is not`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        client(store, policy = calm).use { client ->
            val paying = async(Dispatchers.Default) { client.pay(request("p1")) }
            while (gateway.paid.isEmpty()) delay(1)
            val taken = client.notified(notification("p1"))
            assertEquals(Outcome.Succeeded, (taken as Notified.Taken).outcome)
            assertTrue(withTimeout(5_000) { paying.await() }.isPaid)
            assertEquals(Outcome.Succeeded, (client.notified(notification("p1")) as Notified.Taken).outcome)
            assertEquals("p9", (client.notified(notification("p9")) as Notified.Unknown).paymentRequestId)
            val stopped = launch(Dispatchers.Default) { client.pay(request("p2")) }
            while ("p2" !in gateway.paid) delay(1)
            stopped.cancelAndJoin()
            assertEquals(Outcome.Succeeded, (client.notified(notification("p2")) as Notified.Taken).outcome)
            assertTrue(client.resume("p2").isPaid)
        }
    }

    private fun notification(id: String): VerifiedNotification {
        val path = "/notify"
        val now = clock.now()
        val body = """{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentRequestId":"$id",
            "paymentId":"N-$id","paymentAmount":{"currency":"USD","value":"1999"}}"""
        val (headers, bytes) = Fixture.notification(merchant, path, body, now)
        assertEquals("signature.mismatch", Fixture.code { merchant.verifyNotification(headers, bytes + 32, now, path) })
        val elsewhere = runCatching { merchant.verifyNotification(headers, bytes, now, "/x") }.exceptionOrNull()!!
        assertEquals(400, merchant.refuse(elsewhere).status)
        assertEquals("config.missing", Fixture.code { merchant.verifyNotification(headers, bytes, now) })
        val notification = merchant.verifyNotification(headers, bytes, now, path)
        assertTrue(merchant.acknowledge(notification, now).isSuccess)
        return notification
    }

    @Test
    fun `a payment is got out of while it is driven, and from the store`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        client(policy = calm).use { client ->
            val paying = async(Dispatchers.Default) { client.pay(request("p1")) }
            while (gateway.paid.isEmpty()) delay(1)
            assertEquals(Outcome.Cancelled, client.cancel("p1").outcome)
            assertEquals(Outcome.Cancelled, paying.await().outcome)
            val stopped = launch(Dispatchers.Default) { client.pay(request("p2")) }
            while ("p2" !in gateway.paid) delay(1)
            stopped.cancelAndJoin()
            assertEquals(Outcome.Cancelled, client.cancel("p2").outcome)
            assertEquals(setOf("p1", "p2"), gateway.cancelled)
        }
    }

    @Test
    fun `an answer that proves nothing is no answer`() = runBlocking<Unit> {
        val faults = listOf<(HttpReply) -> HttpReply>(
            { throw IOException("reset") },
            { HttpReply(200, emptyList(), it.body) },
            { HttpReply(it.status, it.headers, it.body + 32) },
            { HttpReply(500, emptyList(), "no JSON".toByteArray()) },
        )
        for ((index, fault) in faults.withIndex()) {
            gateway.fault = { api, reply -> if (api == "pay") fault(reply) else reply }
            val result = client().pay(request("f$index"))
            assertTrue(result.isPaid)
            assertEquals(1, result.timeline.count { it.event is TimelineEvent.Unanswered })
        }
    }

    @Test
    fun `what never left this machine is not paid`() = runBlocking<Unit> {
        val free = ServerSocket(0).use { it.localPort }
        val nowhere = Fixture.merchant(gateway = Gateway.custom("http://127.0.0.1:$free"))
        for (transport in listOf(UrlConnectionTransport(), OkHttpTransport())) {
            val client = Client.Builder(nowhere, MemoryStore()).transport(transport).policy(quick).notifyUrlConfigured(true).build()
            val result = client.pay(request())
            assertEquals(Outcome.Failed("payment.not_sent"), result.outcome)
            val unanswered = result.timeline.map { it.event }.filterIsInstance<TimelineEvent.Unanswered>()
            assertTrue(unanswered.isNotEmpty() && unanswered.all { it.error.code == "transport.refused" })
        }
    }

    @Test
    fun `refunds never exceed the payment`() = runBlocking<Unit> {
        val store = MemoryStore()
        client(store).use { client ->
            client.pay(request("p1"))
            fun refund(id: String, value: Long) = RefundRequest().apply {
                refundRequestId = id
                refundAmount = Amount.fromMinor(value, "USD")
            }
            val first = client.refund("p1", refund("r1", 999))
            assertEquals(listOf(RefundOutcome.Refunded, 1000L, "R1"), listOf(first.outcome, first.left, first.refundId))
            assertEquals(first.outcome, client.refund("p1", refund("r1", 999)).outcome)
            assertEquals("request.refund_exceeds", codeOf { client.refund("p1", refund("r2", 1001)) })
            val results = coroutineScope {
                (0 until 4).map { async(Dispatchers.Default) { runCatching { client.refund("p1", refund("c$it", 400)) } } }.awaitAll()
            }
            assertEquals(2, results.count { it.isSuccess })
            assertEquals(1799, gateway.refunded.values.sum())
            assertEquals(RefundOutcome.Refunded, client.resumeRefund("p1", "r1").outcome)
            assertEquals("request.unknown_payment", codeOf { client.refund("p7", refund("r1", 1)) })
            assertTrue(client.resumeAll().single().result!!.isPaid)
        }
    }

    private fun refundNotification(id: String): VerifiedNotification {
        val now = clock.now()
        val body = """{"notifyType":"REFUND_RESULT","refundStatus":"SUCCESS","refundRequestId":"$id","refundId":"N-$id",
            "refundAmount":{"currency":"USD","value":"500"}}"""
        val (headers, bytes) = Fixture.notification(merchant, "/notify", body, now)
        return merchant.verifyNotification(headers, bytes, now, "/notify")
    }

    @Test
    fun `a notification of a refund reaches the refund, also while it is driven`() = runBlocking<Unit> {
        val store = MemoryStore()
        client(store, policy = calm).use { client ->
            client.pay(request("p1"))
            val told = refundNotification("r1")
            assertEquals(listOf(NotificationKind.REFUND_RESULT, "r1"), listOf(told.kind, told.refundRequestId))
            assertEquals(null, (client.notified(told) as Notified.Unknown).paymentRequestId)
            gateway.fault = { api, reply -> if (api == "refund" || api == "inquiryRefund") throw IOException("reset") else reply }
            val refund = RefundRequest().apply {
                refundRequestId = "r1"
                refundAmount = Amount.fromMinor(500, "USD")
            }
            val refunding = async(Dispatchers.Default) { client.refund("p1", refund) }
            while ("r1" !in gateway.refunded) delay(1)
            val taken = client.notified(told) as Notified.RefundTaken
            assertEquals(listOf("r1", RefundOutcome.Refunded), listOf(taken.refundRequestId, taken.outcome))
            assertEquals(RefundOutcome.Refunded, withTimeout(5_000) { refunding.await() }.outcome)
            val resolved = codeOf { client.resolveRefund("p1", "r1", Resolved.MADE, "office", "seen in the books") }
            assertEquals("refund.not_unresolved", resolved)
        }
    }

    @Test
    fun `a refund that notifies by plain http is refused before it is entered`() = runBlocking<Unit> {
        client().use { client ->
            client.pay(request("p1"))
            val refund = RefundRequest().apply {
                refundRequestId = "r1"
                refundAmount = Amount.fromMinor(500, "USD")
                refundNotifyUrl = "http://shop.example/n"
            }
            assertEquals("request.notify_url", codeOf { client.refund("p1", refund) })
            refund.refundNotifyUrl = "https://shop.example/n"
            assertEquals(RefundOutcome.Refunded, client.refund("p1", refund).outcome)
        }
    }

    @Test
    fun `an answer that is no gateway's keeps its HTTP status`() = runBlocking<Unit> {
        val page = HttpReply(502, listOf(Header("Content-Type", "text/html; charset=utf-8")), "<html>".toByteArray())
        gateway.fault = { api, reply -> if (api == "pay") page else reply }
        val result = client().pay(request("p1"))
        assertTrue(result.isPaid)
        val error = result.timeline.map { it.event }.filterIsInstance<TimelineEvent.Unanswered>().single().error
        assertEquals(listOf("transport.http_status", 502, "text/html"), listOf(error.code, error.httpStatus, error.contentType))
    }

    @Test
    fun `any other API can be called`() = runBlocking<Unit> {
        client().use { client ->
            assertEquals("consult", client.call("v1/payments/consult", "{}").body["api"].text())
            assertEquals("gateway.path", codeOf { client.call("../x", "{}") })
        }
    }

    @Test
    fun `a client that was closed stops its payments and takes no more`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        val client = client(store, policy = calm)
        val paying = async(Dispatchers.Default) { runCatching { client.pay(request("p1")) } }
        while (gateway.paid.isEmpty()) delay(1)
        client.close()
        assertEquals("client.closed", (paying.await().exceptionOrNull() as AlipayException).code)
        assertEquals("client.closed", codeOf { client.pay(request()) })
        assertEquals("client.closed", codeOf { client.inquire("p1") })
        gateway.slow = 0
        assertTrue(client(store).resume("p1").isPaid)
    }

    @Test
    fun `Java has blocking calls and futures`() {
        client().use { client ->
            assertTrue(client.payBlocking(request("p1")).isPaid)
            assertTrue(client.payAsync(request("p2")).get(10, TimeUnit.SECONDS).isPaid)
            assertEquals(2, client.resumeAllBlocking().size)
        }
    }

    @Test
    fun `files keep to compare and set, and to their folder`(@TempDir folder: File) = runBlocking<Unit> {
        val store = FileStore(File(folder, "a/b"))
        store.put("p", 0, "one")
        assertEquals("store.conflict", codeOf { store.put("p", 0, "again") })
        store.put("p", 1, "two")
        val stored = assertNotNull(store.get("p")).let { store.get("p")!! }
        assertEquals(listOf(2L, "two"), listOf(stored.revision, stored.snapshot))
        val ids = listOf("../evil", "a/b", "%41", "ü", ".", "refunds/p")
        for (id in ids) store.put(id, 0, id)
        assertEquals((ids + "p").sorted(), store.ids().sorted())
        assertFalse(File(folder, "evil.json").exists())
        assertEquals("store.id", codeOf { store.put("", 0, "x") })
        assertEquals("store.id", codeOf { store.put("x".repeat(81), 0, "x") })
        File(folder, "a/b/q.json").writeText("{\"id\":\"q\"")
        assertEquals("store.corrupt", codeOf { store.get("q") })
        assertEquals("store.corrupt", codeOf { store.put("q", 0, "x") })
        val mode = java.nio.file.Files.getPosixFilePermissions(File(folder, "a/b/p.json").toPath())
        assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(mode))
        val winners = coroutineScope {
            (0 until 64).map { async(Dispatchers.IO) { runCatching { FileStore(File(folder, "a/b")).put("race", 0, "$it") } } }.awaitAll()
        }
        assertEquals(1, winners.count { it.isSuccess })
    }

    private suspend fun codeOf(work: suspend () -> Unit): String? =
        (runCatching { work() }.exceptionOrNull() as? AlipayException)?.code
}
