package alipay.instore

import alipay.instore.model.PayRequest
import alipay.instore.model.RefundRequest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class PaymentTest {
    private val reply = """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026","paymentRequestId":"p1",
        "paymentAmount":{"currency":"USD","value":"1999"}}"""

    private fun payment(): Payment {
        val request = """{"paymentRequestId":"p1","paymentMethod":{"paymentMethodId":"281006020000000000125733"}}"""
        val amount = Amount.fromMinor(1999, "USD")
        val order = PaymentOrder("p1", amount, Scenario.PAYMENT_CODE, "/ams/api/v1", request)
        return Payment(Policy.preset(Protocol.AMS), order)
    }

    @Test
    fun `a payment is sent, answered and concluded`() {
        val payment = payment()
        assertEquals(PaymentState.READY, payment.state)
        val send = payment.handle(PaymentEvent.Begin, 0).single() as PaymentAction.Send
        assertEquals(Operation.PAY, send.operation)
        assertEquals("/ams/api/v1/payments/pay", send.path)
        assertEquals(5_000L, payment.nextWakeup)
        val concluded = payment.handle(PaymentEvent.Reply(send.sendId, send.operation, reply), 700).single()
        assertEquals(Outcome.Succeeded, (concluded as PaymentAction.Conclude).outcome)
        assertEquals(listOf(Outcome.Succeeded, "2026", null), listOf(payment.outcome, payment.paymentId, payment.nextWakeup))
        assertEquals(Amount.fromMinor(1999, "USD"), RefundLedger.of(payment).paid)
    }

    @Test
    fun `a host drives payment and refund by itself, from a request to the last cent`() {
        val merchant = Fixture.merchant()
        val code = PaymentCode.of("281006020000000000125733")
        val request = PayRequest.forPaymentCode("p1", Amount.fromMinor(1999, "USD"), code, Fixture.order())
        assertEquals("request.missing", Fixture.code { PaymentOrder.of(request, merchant) })
        val payment = Payment(Policy.preset(Protocol.AMS), PaymentOrder.of(request, merchant, notifyUrlConfigured = true))
        val send = payment.handle(PaymentEvent.Begin, 0).single() as PaymentAction.Send
        payment.handle(PaymentEvent.Reply(send.sendId, send.operation, reply), 700)
        val ledger = RefundLedger.of(payment)
        val refund = RefundRequest().apply {
            refundRequestId = "r1"
            refundAmount = Amount.fromMinor(500, "USD")
        }
        assertEquals("ready", ledger.enter(refund, merchant).state)
        val asked = ledger.handle("r1", RefundEvent.Begin, 800).actions.single() as RefundAction.Send
        assertEquals(listOf(Operation.REFUND, "2026"), listOf(asked.operation, jsonOf(asked.body)["paymentId"].text()))
        val restored = RefundLedger.restore(ledger.snapshot())
        val again = restored.handle("r1", RefundEvent.Resumed, 900).actions.single() as RefundAction.Send
        assertEquals(asked.sequence, again.sequence)
        val given = """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"refundRequestId":"r1","refundId":"R1",
            "refundAmount":{"currency":"USD","value":"500"}}"""
        val step = restored.handle("r1", RefundEvent.Reply(again.sendId, again.operation, given), 950)
        assertEquals(RefundOutcome.Refunded, (step.actions.single() as RefundAction.Conclude).outcome)
        assertEquals(listOf(500L, 1499L, 1499L, "R1"), listOf(restored.refunded, restored.left, step.left, step.standing.refundId))
        refund.refundRequestId = "r2"
        refund.refundAmount = Amount.fromMinor(1500, "USD")
        assertEquals("request.refund_exceeds", Fixture.code { restored.enter(refund, merchant) })
        assertEquals("request.missing", Fixture.code { restored.enter(RefundRequest(), merchant) })
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
