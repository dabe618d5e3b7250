package alipay.instore

import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.PaymentStatus
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.IOException
import java.net.ServerSocket
import java.util.concurrent.TimeUnit

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
        store: Store = MemoryStore(),
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
            assertTrue(result.isSucceeded)
            assertEquals("P-p1", result.paymentId)
            assertEquals(listOf(Amount.parse("19.99 USD"), 1_740_041_509_000), listOf(result.amount, result.paymentTime))
            assertEquals("PaymentResult(paymentRequestId=p1, outcome=succeeded, phase=succeeded, amount=19.99 USD)", "$result")
            val names = result.timeline.map { it.event.name }
            assertEquals(listOf("sent", "answered", "sent", "answered", "sent", "answered", "concluded"), names)
            assertEquals(names, seen)
            assertTrue(result.stored && result.mayHaveCharged && !result.mayHaveRefunded && !result.isInProgress)
            assertEquals(Outcome.Succeeded, client.resume("p1").outcome)
            assertEquals(PaymentState.SUCCEEDED, client.status("p1").phase)
            assertEquals(PaymentStatus.SUCCESS, client.inquire("p1").paymentStatus)
            assertEquals(null, client.gatewayTime?.takeIf { it < 1_700_000_000_000 })
            assertTrue(client.pay(request("p1")).isSucceeded)
            assertEquals(1, gateway.paid.size)
            val other = request("p1").also { it.paymentAmount = Amount.fromMinor(2000, "USD") }
            val reused = runCatching { client.pay(other) }.exceptionOrNull() as AlipayException
            assertEquals(listOf("payment.id_reused", "p1", true), listOf(reused.code, reused.paymentRequestId, reused.mayHaveCharged))
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
            assertTrue(result.isSucceeded)
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
        assertTrue(store.list(StoreQuery()).rows.isEmpty())
    }

    @Test
    fun `where the notify URL is missing the setting is named that makes it needless`() = runBlocking<Unit> {
        Client.Builder(merchant, MemoryStore()).transport(gateway).build().use { client ->
            val error = runCatching { client.pay(request("p1")) }.exceptionOrNull() as AlipayException
            assertEquals(listOf("request.missing", "paymentNotifyUrl"), listOf(error.code, error.path))
            assertTrue("notifyUrlConfigured" in error.hint && error.hint in error.message!!, error.message)
        }
    }

    @Test
    fun `a store that fails sends nothing, and the error says so where nobody else can have used the id`() = runBlocking<Unit> {
        val broken = object : Store by MemoryStore() {
            override suspend fun insert(row: Row, owner: String?) = throw StoreNotWritten("disk full")
        }
        val error = runCatching { client(broken).use { it.pay(request("p1")) } }.exceptionOrNull() as AlipayException
        assertEquals(listOf("store.failed", "p1"), listOf(error.code, error.paymentRequestId))
        assertTrue("disk full" in error.reason && error.retryable, error.message)
        val shop = Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7")
        val builder = Client.Builder(merchant, broken).transport(gateway).policy(quick).notifyUrlConfigured(true).shop(shop)
        val fresh = builder.build().use { till ->
            runCatching { till.payCode("281006020000000000125733", Amount.parse("1.00 USD"), "Tea") }.exceptionOrNull() as AlipayException
        }
        assertEquals(listOf("store.failed", false), listOf(fresh.code, fresh.mayHaveCharged))
        assertEquals(0, gateway.requests.get())
    }

    @Test
    fun `a store that comes back loses nothing`() = runBlocking<Unit> {
        val failures = java.util.concurrent.atomic.AtomicInteger(2)
        val flaky = object : Store by MemoryStore() {
            private val inner = MemoryStore()

            override suspend fun insert(row: Row, owner: String?) = inner.insert(row, owner)

            override suspend fun load(id: String) = inner.load(id)

            override suspend fun beat(owner: String) = inner.beat(owner)

            override suspend fun save(row: Row, expected: Long, by: String?) {
                if (failures.getAndDecrement() > 0) throw IOException("gone for a while")
                inner.save(row, expected, by)
            }
        }
        client(flaky).use { assertTrue(it.pay(request("p1")).isSucceeded) }
        assertTrue(failures.get() < 0)
    }

    @Test
    fun `whoever waits no longer stops nothing`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        client(policy = calm).use { client ->
            val waiting = launch(Dispatchers.Default) { client.pay(request("p1")) }
            while (gateway.paid.isEmpty()) delay(1)
            waiting.cancelAndJoin()
            val now = client.status("p1")
            assertTrue(now.isInProgress && now.mayHaveCharged)
            assertTrue(client.pay(request("p1"), wait = 50).isInProgress)
            gateway.slow = 0
            assertTrue(withTimeout(10_000) { client.resume("p1") }.isSucceeded)
        }
    }

    @Test
    fun `start returns once its request has left, and another client follows, cancels and takes over`() = runBlocking<Unit> {
        for ((index, store) in listOf(MemoryStore(), OwnMemory().asStore()).withIndex()) {
            gateway.slow = 1_000_000
            val (a, b) = "a$index" to "b$index"
            val (first, second) = client(store, policy = calm) to client(store, policy = calm)
            val started = first.start(request(a))
            assertTrue(started.isInProgress && started.stored)
            assertTrue(second.status(a).isInProgress)
            val steps = async(Dispatchers.Default) { second.watch(a).toList() }
            while (a !in gateway.paid) delay(1)
            assertEquals(Outcome.Cancelled, withTimeout(20_000) { second.cancel(a) }.outcome)
            val last = withTimeout(10_000) { steps.await() }.last().event
            assertEquals(Outcome.Cancelled, (last as TimelineEvent.Concluded).outcome)
            first.start(request(b))
            while (b !in gateway.paid) delay(1)
            first.close()
            val taken = second.resumeAll()
            assertTrue(taken.payments.all { it.paymentRequestId == b && it.error == null })
            gateway.slow = 0
            assertTrue(withTimeout(20_000) { second.resume(b) }.isSucceeded)
            second.shutDown()
        }
    }

    @Test
    fun `what was begun reaches the gateway before the client is closed`() = runBlocking<Unit> {
        val slow = object : Transport {
            override suspend fun post(request: SignedRequest): HttpReply {
                delay(500)
                return gateway.post(request)
            }
        }
        Client.Builder(merchant, MemoryStore()).transport(slow).policy(calm).notifyUrlConfigured(true).build().use {
            it.start(request("p1"))
        }
        assertTrue("p1" in gateway.paid)
    }

    /** A payment that ends while it is looked at: what the first look found is old when it is there. */
    @Test
    fun `a watch misses nothing that happens while it begins`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val shared = MemoryStore()
        client(shared, policy = calm).use { till ->
            till.start(request("p1"))
            while ("p1" !in gateway.paid) delay(1)
            val ended = java.util.concurrent.atomic.AtomicBoolean()
            val store = object : Store by shared {
                override suspend fun load(id: String): StoredRow? {
                    val old = shared.load(id)
                    if (ended.compareAndSet(false, true)) assertEquals(Outcome.Cancelled, till.cancel(id).outcome)
                    return old
                }
            }
            client(store, policy = calm).use { other ->
                val last = withTimeout(30_000) { other.watch("p1").toList() }.last().event
                assertEquals(Outcome.Cancelled, (last as TimelineEvent.Concluded).outcome)
                assertTrue(ended.get())
            }
        }
    }

    @Test
    fun `a worker drives what nobody drives, until it is closed`() = runBlocking<Unit> {
        val store = MemoryStore()
        gateway.slow = 1_000_000
        val till = Client.Builder(merchant, store).transport(gateway).policy(calm).notifyUrlConfigured(true).claims(false).build()
        till.start(request("p1"))
        while (gateway.paid.isEmpty()) delay(1)
        assertEquals("config.invalid", codeOf { till.runWorker() })
        till.close()
        gateway.slow = 0
        val worker = client(store)
        val working = async(Dispatchers.Default) { worker.runWorker() }
        withTimeout(20_000) { while (store.load("p1")?.row?.columns?.finished != true) delay(20) }
        worker.close()
        withTimeout(5_000) { working.await() }
        client(store).use { assertTrue(it.status("p1").isSucceeded) }
    }

    @Test
    fun `a slow observer holds up only its own payment, and may call the client`() = runBlocking<Unit> {
        lateinit var asked: Client
        val seen = java.util.concurrent.ConcurrentHashMap<String, Int>()
        val client = client(observer = { id, step ->
            if (id == "slow" && step.event is TimelineEvent.Sent) Thread.sleep(3_000)
            if (id == "asks") asked.calls().status(id).get()
            seen.merge(id, 1, Int::plus)
            if (id == "throws") error("a defect of the host")
        })
        asked = client
        client.use {
            val slow = async(Dispatchers.Default) { client.pay(request("slow")) }
            for (id in listOf("quick", "asks", "throws")) assertTrue(withTimeout(8_000) { client.pay(request(id)) }.isSucceeded)
            assertTrue(seen.getValue("throws") > 3)
            assertTrue(withTimeout(10_000) { slow.await() }.isSucceeded)
        }
    }

    @Test
    fun `alerts stay until somebody acknowledges them, and what is unresolved is resolved by a person`() = runBlocking<Unit> {
        // A cancel is sent again for a day. The clock is not fast before pay was sent.
        val clock = Hurrying()
        gateway.fault = { _, _ ->
            clock.hurry()
            throw IOException("reset")
        }
        val rare = Policy.of(Protocol.AMS, mapOf("cancel_slow_interval" to 3_600_000))
        val store = MemoryStore()
        val result = client(store, clock = clock, policy = rare).use { withTimeout(60_000) { it.pay(request("p1"), wait = Client.UNLIMITED) } }
        assertTrue(result.outcome is Outcome.Unresolved, "$result")
        assertTrue(result.mayHaveCharged)
        // The office's clock is not fast: its calls would have no time to be carried out.
        client(store).use { client ->
            val open = client.alerts().alerts
            assertEquals(result.alerts.map { it.number }, open.map { it.alert.number })
            assertTrue(open.isNotEmpty() && open.all { it.paymentRequestId == "p1" })
            client.resolve("p1", Resolved.NOT_MADE, "office", "not in the gateway's report")
            assertFalse(client.status("p1").mayHaveCharged)
            for (alert in open) client.acknowledgeAlert("p1", alert.alert.number, "office")
            assertTrue(client.alerts().alerts.isEmpty())
            assertEquals("office", client.status("p1").alerts.first().acknowledged?.who)
            assertEquals("request.invalid", codeOf { client.acknowledgeAlert("p1", 99, "office") })
        }
    }

    @Test
    fun `a notification reaches a payment that is being driven, and one that is not`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        client(store, policy = calm).use { client ->
            val paying = async(Dispatchers.Default) { client.pay(request("p1")) }
            while (gateway.paid.isEmpty()) delay(1)
            val taken = client.notified(notification("p1")) as Notified.Taken
            assertEquals(listOf("p1", Outcome.Succeeded), listOf(taken.paymentRequestId, taken.outcome))
            assertTrue(withTimeout(5_000) { paying.await() }.isSucceeded)
            assertEquals(Outcome.Succeeded, (client.notified(notification("p1")) as Notified.Taken).outcome)
            assertEquals(Notified.Unknown, client.notified(notification("p9")))
            client.start(request("p2"))
            while ("p2" !in gateway.paid) delay(1)
            // Another process takes it, and whoever drives the payment learns of it.
            client(store, policy = calm).use { assertTrue(it.handleVerified(notification("p2")).answer.isSuccess) }
            assertTrue(withTimeout(10_000) { client.resume("p2") }.isSucceeded)
        }
    }

    @Test
    fun `a notification is answered in one call`() = runBlocking<Unit> {
        val store = MemoryStore()
        client(store, policy = steady).use { client ->
            client.pay(request("p1"))
            val body = { id: String -> paid(id) }
            val (headers, bytes) = Fixture.notification(merchant, "/notify", body("p1"), clock.now())
            val handled = client.handleNotification(headers, bytes, "https://shop.example/notify")
            assertTrue(handled.answer.isSuccess && handled.error == null && handled.result is Notified.Taken)
            val forged = client.handleNotification(headers, bytes + 32, "https://shop.example/notify")
            assertEquals(listOf(400, "signature.mismatch", null), listOf(forged.answer.status, forged.error?.code, forged.notification))
            val (stranger, unknown) = Fixture.notification(merchant, "/notify", body("p9"), clock.now())
            val refused = client.handleNotification(stranger, unknown, "/notify")
            assertEquals("request.unknown_payment", refused.error?.code)
            assertFalse(refused.answer.isSuccess)
            val lenient = Client.Builder(merchant, store).transport(gateway).acknowledgeUnknown(true).build()
            lenient.use { assertTrue(it.handleNotification(stranger, unknown, "/notify").answer.isSuccess) }
        }
    }

    private fun paid(id: String) =
        """{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentRequestId":"$id",
            "paymentId":"N-$id","paymentAmount":{"currency":"USD","value":"1999"}}"""

    private fun notification(id: String): VerifiedNotification {
        val path = "/notify"
        val now = clock.now()
        val (headers, bytes) = Fixture.notification(merchant, path, paid(id), now)
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
            client.start(request("p2"))
            while ("p2" !in gateway.paid) delay(1)
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
            val result = client().use { it.pay(request("f$index")) }
            assertTrue(result.isSucceeded)
            assertEquals(1, result.timeline.count { it.event is TimelineEvent.Unanswered })
        }
    }

    @Test
    fun `what never left this machine is not paid`() = runBlocking<Unit> {
        val free = ServerSocket(0).use { it.localPort }
        val nowhere = Fixture.merchant(gateway = Gateway.custom("http://127.0.0.1:$free"))
        for (transport in listOf(UrlConnectionTransport(), OkHttpTransport())) {
            val client = Client.Builder(nowhere, MemoryStore()).transport(transport).policy(quick).notifyUrlConfigured(true).build()
            val result = client.use { it.pay(request()) }
            assertEquals(Outcome.Failed("payment.not_sent"), result.outcome)
            assertFalse(result.mayHaveCharged)
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
            assertEquals("refund.id_reused", codeOf { client.refund("p1", refund("r1", 998)) })
            assertEquals("request.unknown_payment", codeOf { client.refund("p7", refund("r1", 1)) })
            assertEquals("request.missing", codeOf { client.refund("p1", RefundRequest()) })
            assertTrue(client.resumeAll().payments.isEmpty())
            assertTrue(client.finish("p1").mayHaveRefunded)
        }
    }

    @Test
    fun `a paid payment is reversed as a whole, once`() = runBlocking<Unit> {
        client().use { client ->
            client.pay(request("p1"))
            val reversed = client.reverse("p1")
            assertEquals(listOf(ReverseOutcome.Reversed, 0L, true), listOf(reversed.outcome, reversed.left, reversed.mayHaveRefunded))
            assertEquals(ReverseOutcome.Reversed, client.reverse("p1").outcome)
            assertEquals(setOf("p1"), gateway.cancelled)
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
            assertEquals(Notified.Unknown, client.notified(told))
            gateway.fault = { api, reply -> if (api == "refund" || api == "inquiryRefund") throw IOException("reset") else reply }
            val refund = RefundRequest().apply {
                refundRequestId = "r1"
                refundAmount = Amount.fromMinor(500, "USD")
            }
            val refunding = async(Dispatchers.Default) { client.refund("p1", refund) }
            while ("r1" !in gateway.refunded) delay(1)
            val taken = client.notified(told) as Notified.Taken
            assertEquals(listOf("r1", "p1"), listOf(taken.refundRequestId, taken.paymentRequestId))
            assertEquals(RefundOutcome.Refunded, withTimeout(5_000) { refunding.await() }.outcome)
            val resolved = codeOf { client.resolve("p1", Resolved.MADE, "office", "seen in the books", "r1") }
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
        val result = client().use { it.pay(request("p1")) }
        assertTrue(result.isSucceeded)
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
    fun `a client that was closed gives its payments back and takes no more`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        val client = client(store, policy = calm)
        val paying = async(Dispatchers.Default) { runCatching { client.pay(request("p1")) } }
        while (gateway.paid.isEmpty()) delay(1)
        client.close()
        val interrupted = paying.await().exceptionOrNull() as AlipayException
        assertEquals(listOf("payment.interrupted", true), listOf(interrupted.code, interrupted.mayHaveCharged))
        assertEquals("client.closed", codeOf { client.pay(request()) })
        client.close()
        assertEquals("client.closed", codeOf { client.inquire("p1") })
        gateway.slow = 0
        assertTrue(withTimeout(5_000) { client(store).use { it.resume("p1") } }.isSucceeded)
    }

    @Test
    fun `a thread that was interrupted closes all the same, and stays interrupted`() = runBlocking<Unit> {
        gateway.slow = 1_000_000
        val store = MemoryStore()
        val client = client(store, policy = calm)
        client.start(request("p1"))
        while (gateway.paid.isEmpty()) delay(1)
        Thread.currentThread().interrupt()
        client.close()
        assertTrue(Thread.interrupted())
        val owners = store.beat("another").owners.keys
        assertEquals(setOf("another"), owners)
        gateway.slow = 0
        assertTrue(withTimeout(5_000) { client(store).use { it.resume("p1") } }.isSucceeded)
    }

    @Test
    fun `a blocking call says what it throws`() {
        val declared = Call::class.java.getMethod("get").exceptionTypes.toSet()
        assertEquals(setOf(AlipayException::class.java, InterruptedException::class.java), declared)
        gateway.slow = 1_000_000
        client(policy = calm).use { client ->
            Thread.currentThread().interrupt()
            assertThrows(InterruptedException::class.java) { client.calls().pay(request("p1")).get() }
        }
    }

    @Test
    fun `Java has blocking calls and futures`() {
        client().use { client ->
            assertTrue(client.calls().pay(request("p1")).get().isSucceeded)
            assertTrue(client.calls().pay(request("p2")).future().get(10, TimeUnit.SECONDS).isSucceeded)
            assertEquals(0, client.calls().resumeAll().get().drivenElsewhere)
            val error = runCatching { client.calls().status("p3").get() }.exceptionOrNull() as AlipayException
            assertEquals(listOf("request.unknown_payment", "p3"), listOf(error.code, error.paymentRequestId))
        }
    }

    private suspend fun codeOf(work: suspend () -> Unit): String? =
        (runCatching { work() }.exceptionOrNull() as? AlipayException)?.code
}
