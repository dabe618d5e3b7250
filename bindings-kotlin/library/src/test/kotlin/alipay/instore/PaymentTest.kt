package alipay.instore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class PaymentTest {
    private fun payment(): Payment {
        val request = """{"paymentRequestId":"p1","paymentMethod":{"paymentMethodId":"281006020000000000125733"}}"""
        val amount = Amount.fromMinor(1999, "USD")
        val order = PaymentOrder("p1", amount, Scenario.PAYMENT_CODE, "/ams/api/v1", request)
        return Payment(Policy.preset(Protocol.AMS), order)
    }

    @Test
    fun `a payment is sent, answered and concluded`() {
        val payment = payment()
        assertEquals("ready", payment.state)
        val send = payment.handle(PaymentEvent.Begin, 0).single() as PaymentAction.Send
        assertEquals(Operation.PAY, send.operation)
        assertEquals("/ams/api/v1/payments/pay", send.path)
        assertEquals(5_000L, payment.nextWakeup)
        val reply = """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026","paymentRequestId":"p1",
            "paymentAmount":{"currency":"USD","value":"1999"}}"""
        val concluded = payment.handle(PaymentEvent.Reply(send.sendId, send.operation, reply), 700).single()
        assertEquals(Outcome.Succeeded, (concluded as PaymentAction.Conclude).outcome)
        assertEquals(listOf(Outcome.Succeeded, "2026", null), listOf(payment.outcome, payment.paymentId, payment.nextWakeup))
        assertEquals(Amount.fromMinor(1999, "USD"), RefundLedger.of(payment).paid)
    }

    @Test
    fun `a snapshot survives the process and gives the actions out again`() {
        val payment = payment()
        val send = payment.handle(PaymentEvent.Begin, 0).single() as PaymentAction.Send
        val restored = Payment.restore(payment.snapshot())
        val again = restored.handle(PaymentEvent.Resumed, 10).single() as PaymentAction.Send
        assertEquals(listOf(send.sequence, send.sendId, send.body), listOf(again.sequence, again.sendId, again.body))
    }

    @Test
    fun `what does not fit is refused and changes nothing`() {
        val payment = payment()
        assertEquals("payment.not_begun", Fixture.code { payment.handle(PaymentEvent.Tick, 0) })
        payment.handle(PaymentEvent.Begin, 0)
        val snapshot = payment.snapshot()
        assertEquals("payment.already_begun", Fixture.code { payment.handle(PaymentEvent.Begin, 1) })
        assertEquals("payment.time", Fixture.code { payment.handle(PaymentEvent.Tick, -1) })
        assertEquals("payment.unknown_send", Fixture.code { payment.handle(PaymentEvent.Reply(7, Operation.PAY, "{}"), 1) })
        assertEquals(snapshot, payment.snapshot())
        assertNull(payment.outcome)
        assertEquals("snapshot.malformed", Fixture.code { Payment.restore(snapshot.dropLast(3)) })
        assertEquals("payment.not_final", Fixture.code { RefundLedger.of(payment) })
    }

    @Test
    fun `a policy keeps to the documents`() {
        assertEquals("policy.inquiry_limit", Fixture.code { Policy.of(Protocol.AMS, mapOf("inquiry_limit" to 9)) })
        assertEquals("config.invalid", Fixture.code { Policy.of(Protocol.AMS, mapOf("inquiry_limit" to 9.5)) })
        assertEquals("config.invalid", Fixture.code { Policy.of(Protocol.AMS, mapOf("speed" to 1)) })
        assertEquals(Protocol.ALIPAY_PLUS, Policy.fromJson("""{"preset":"alipay_plus","expiry":50000}""").protocol)
    }
}
