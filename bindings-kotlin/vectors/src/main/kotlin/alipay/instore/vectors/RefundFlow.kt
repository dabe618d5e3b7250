package alipay.instore.vectors

import alipay.instore.Amount
import alipay.instore.Operation
import alipay.instore.Payment
import alipay.instore.PaymentEvent
import alipay.instore.PaymentOrder
import alipay.instore.Policy
import alipay.instore.RefundAction
import alipay.instore.RefundEvent
import alipay.instore.RefundLedger
import alipay.instore.RefundOutcome
import alipay.instore.RefundStanding
import alipay.instore.Resolved
import alipay.instore.Scenario
import alipay.instore.model.RefundRequest
import kotlinx.serialization.json.JsonObject

/** A refund driven by a list of events, as the `refund` cases describe it. */
internal class RefundFlow private constructor(
    private val case: JsonObject,
    private var ledger: RefundLedger,
    private val id: String,
) {
    private val sends = mutableListOf<Sent>()

    /** Actions up to this number were carried out; after a restart they come again. */
    private var carriedOut = 0L

    private val refund: RefundStanding
        get() = ledger.refunds.find { it.refundRequestId == id } ?: throw CaseError("refund.not_begun")

    fun run(): JsonObject {
        feedAll(case.list("events"), ::feed)
        val refund = refund
        return obj(
            "state" to refund.state,
            "outcome" to refund.outcome?.word,
            "code" to (refund.outcome as? RefundOutcome.Failed)?.code,
            "sends" to sends.map { it.operation.word },
            "alerts" to refund.alerts.map { it.word },
            "left" to ledger.left.toString(),
            "next_wakeup" to refund.nextWakeup,
        )
    }

    private fun feed(event: JsonObject, at: Long) {
        val fed = when (event.text("type")) {
            "ticks" -> return ticks(at)
            "resolve" -> {
                val resolved = Resolved.of(event.text("resolved"))
                ledger.resolve(id, resolved, event.text("who"), event.text("note"), at)
                return
            }
            "begin" -> RefundEvent.Begin
            "reply" -> sendOf(event).let {
                RefundEvent.Reply(it.id, it.operation, bodyOf(event), event["signed_at"].number(), event.flag("stale"))
            }
            "no_reply" -> sendOf(event).let { RefundEvent.NoReply(it.id, it.operation, certaintyOf(event)) }
            "notified" -> RefundEvent.Notified(bodyOf(event))
            "resumed" -> {
                ledger = RefundLedger.restore(ledger.snapshot())
                RefundEvent.Resumed
            }
            "tick" -> RefundEvent.Tick
            else -> throw CaseError("config.invalid")
        }
        carryOut(ledger.handle(id, fed, at).actions)
    }

    /** Where nothing was sent yet, the machine says what is wrong. */
    private fun sendOf(event: JsonObject): Sent =
        if (refund.state == "ready") {
            Sent(1, Operation.REFUND)
        } else {
            sends.answeredBy(event, Operation.REFUND) ?: throw CaseError("refund.unknown_send")
        }

    private fun ticks(until: Long) {
        repeat(MOST_TICKS) {
            val at = refund.nextWakeup?.takeIf { it <= until } ?: return
            carryOut(ledger.handle(id, RefundEvent.Tick, at).actions)
        }
        throw CaseError("payment.not_final")
    }

    private fun carryOut(actions: List<RefundAction>) {
        for (action in actions) {
            if (action.sequence <= carriedOut) continue
            carriedOut = action.sequence
            if (action is RefundAction.Send) sends.add(Sent(action.sendId, action.operation))
        }
    }

    companion object {
        fun of(case: JsonObject): RefundFlow {
            val described = case["refund"] as? JsonObject ?: JsonObject(emptyMap())
            val id = described.text("refund_request_id")
            val ledger = RefundLedger.of(paid(Flow.policy(case), amount(described, "paid")))
            ledger.enter(request(id, amount(described, "amount")), "/v1")
            return RefundFlow(case, ledger, id)
        }

        fun request(id: String, amount: Amount): RefundRequest = RefundRequest().apply {
            refundRequestId = id
            refundAmount = amount
        }

        private fun amount(described: JsonObject, name: String): Amount {
            val amount = described[name] as? JsonObject ?: JsonObject(emptyMap())
            return Amount.fromMinor(amount.text("value"), amount.text("currency"))
        }

        /** A payment that was just paid. */
        private fun paid(policy: Policy, amount: Amount): Payment {
            val order = PaymentOrder("p", amount, Scenario.PAYMENT_CODE, "/v1", """{"paymentRequestId":"p"}""")
            val payment = Payment(policy, order)
            payment.handle(PaymentEvent.Begin, 0)
            val stated = """{"currency":"${amount.currency}","value":"${amount.value}"}"""
            val body = """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026","paymentAmount":$stated,
                "paymentTime":"2026-11-22T00:00:00Z"}"""
            payment.handle(PaymentEvent.Reply(1, Operation.PAY, body), 1)
            return payment
        }
    }
}
