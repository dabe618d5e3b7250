package alipay.instore

import alipay.instore.model.PayRequest
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class MicrometerMetricsTest {
    @Test
    fun `a payment is counted with its requests, and the next observer sees the same steps`() = runBlocking<Unit> {
        val registry = SimpleMeterRegistry()
        val seen = mutableListOf<String>()
        val metrics = MicrometerMetrics(registry) { _, step -> synchronized(seen) { seen.add(step.event.name) } }
        val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))
        val policy = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 1_500))
        Client.Builder(merchant, MemoryStore()).transport(FakeGateway(merchant)).policy(policy)
            .notifyUrlConfigured(true).observer(metrics).build().use { client ->
                val code = PaymentCode.of("281006020000000000125733")
                val request = PayRequest.forPaymentCode("p1", Amount.fromMinor(1999, "USD"), code, Fixture.order())
                val result = client.pay(request)
                assertTrue(result.isSucceeded)
                val names = result.timeline.map { it.event.name }
                assertEquals(names, seen)
                fun counted(name: String, vararg tags: String) =
                    registry.find("alipay_instore.$name").tags(*tags).counter()?.count() ?: 0.0
                assertEquals(1.0, counted("payments", "outcome", "succeeded"))
                assertEquals(0.0, counted("alerts"))
                val answers = names.count { it == "answered" }.toDouble()
                val requests = registry.find("alipay_instore.requests").counters()
                assertEquals(answers, requests.sumOf { it.count() })
                assertTrue(requests.all { it.id.getTag("answer") in setOf("S", "F", "U") })
                val timed = registry.find("alipay_instore.request.duration").timers()
                assertEquals(answers, timed.sumOf { it.count().toDouble() })
                assertEquals(setOf("pay", "inquiry"), timed.map { it.id.getTag("operation") }.toSet())
            }
    }
}
