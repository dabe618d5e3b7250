package alipay.instore

import alipay.instore.model.PayRequest
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger

/** When the engine is woken. */
class WakerTest {
    private val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))

    private fun request(id: String): PayRequest {
        val code = PaymentCode.of("281006020000000000125733")
        return PayRequest.forPaymentCode(id, Amount.fromMinor(1999, "USD"), code, Fixture.order())
    }

    /** A waker sleeps for five seconds at the most, and a request that is under way for longer. */
    private class Counting : Clock {
        val woken = AtomicInteger()

        override fun now(): Long = Clock.System.now()

        override fun monotonic(): Long = Clock.System.monotonic()

        override suspend fun sleep(milliseconds: Long) {
            if (milliseconds <= LONGEST_SLEEP) woken.incrementAndGet()
            delay(milliseconds)
        }
    }

    @Test
    fun `payments that need no time wake nobody`() = runBlocking<Unit> {
        val clock = Counting()
        val refused = """{"result":{"resultStatus":"F","resultCode":"USER_BALANCE_NOT_ENOUGH"}}"""
        val gateway = FakeGateway(merchant)
        gateway.fault = { _, _ -> gateway.signed(merchant.path(Operation.PAY), refused) }
        val policy = Policy.of(Protocol.AMS, mapOf("reply_time" to LONGEST_SLEEP * 8 / 5))
        Client.Builder(merchant, MemoryStore()).transport(gateway).policy(policy).clock(clock)
            .notifyUrlConfigured(true).build().use { client ->
                withTimeout(30_000) { repeat(PAYMENTS) { assertTrue(client.pay(request("p$it")).outcome is Outcome.Failed) } }
            }
        assertTrue(clock.woken.get() < PAYMENTS / 2) { "woken ${clock.woken} times for $PAYMENTS payments" }
    }

    private companion object {
        const val LONGEST_SLEEP = 5_000L
        const val PAYMENTS = 100
    }
}
