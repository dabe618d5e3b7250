package alipay.instore.vectors

import alipay.instore.Amount
import alipay.instore.Operation
import alipay.instore.Payment
import alipay.instore.RefundAction
import alipay.instore.RefundEvent
import alipay.instore.RefundLedger
import alipay.instore.ReverseAction
import alipay.instore.ReverseEvent
import alipay.instore.ReverseOutcome
import kotlinx.serialization.json.JsonObject

/**
 * A reverse driven by a list of events, as the `reverse` cases describe it: a payment that has ended, the refunds that were made
 * of it, and then the reverse in the same ledger.
 */
internal class ReverseFlow private constructor(private val case: JsonObject, private val payment: Payment) {
    /** Absent while there is neither a refund nor a reverse. */
    private var ledger: RefundLedger? = null
    private val sends = mutableListOf<Sent>()

    /** Actions up to this number were carried out; after a restart they come again. */
    private var carriedOut = 0L

    private fun ledger(): RefundLedger = ledger ?: RefundLedger.of(payment).also { ledger = it }

    fun run(): JsonObject {
        for (refund in case.list("refunds")) earlierRefund(refund)
        feedAll(case.list("events"), ::feed)
        return result()
    }

    /** Brings a refund to the state that the case names. */
    private fun earlierRefund(refund: JsonObject) {
        val id = refund.text("refund_request_id")
        enterRefund(refund, 0)
        when (refund.text("state")) {
            "made" -> answerRefund(id, """{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}""")
            "refused" -> answerRefund(id, """{"result":{"resultStatus":"F","resultCode":"REFUND_WINDOW_EXCEED"}}""")
            "unresolved" -> repeat(MOST_TICKS) {
                val at = ledger().refunds.find { it.refundRequestId == id }?.nextWakeup ?: return
                ledger().handle(id, RefundEvent.Tick, at)
            }
        }
    }

    private fun answerRefund(id: String, body: String) {
        ledger().handle(id, RefundEvent.Reply(1, Operation.REFUND, body), 1)
    }

    private fun enterRefund(refund: JsonObject, at: Long) {
        val id = refund.text("refund_request_id")
        val amount = Amount.fromMinor(refund.text("amount"), payment.amount.currency)
        // The gateway's id of the payment is not what these cases are about.
        val request = RefundFlow.request(id, amount).apply { paymentId = "2026" }
        ledger().enter(request, "/ams/api/v1")
        ledger().handle(id, RefundEvent.Begin, at)
    }

    private fun feed(event: JsonObject, at: Long) {
        when (event.text("type")) {
            "begin" -> {
                val ledger = ledger ?: RefundLedger.forReverse(payment).also { ledger = it }
                ledger.enterReverse(payment)
                handle(ReverseEvent.Begin, at)
            }
            "refund" -> enterRefund(event, at)
            "refund_reply" -> refundReply(event, at)
            "ticks" -> ticks(at)
            "resumed" -> {
                ledger = RefundLedger.restore(ledger().snapshot())
                handle(ReverseEvent.Resumed, at)
            }
            "tick" -> handle(ReverseEvent.Tick, at)
            "notified" -> handle(ReverseEvent.Notified(bodyOf(event)), at)
            "reply" -> {
                val sent = sendOf(event)
                val (signedAt, stale) = event["signed_at"].number() to event.flag("stale")
                handle(ReverseEvent.Reply(sent.id, sent.operation, bodyOf(event), signedAt, stale), at)
            }
            "no_reply" -> {
                val sent = sendOf(event)
                handle(ReverseEvent.NoReply(sent.id, sent.operation, certaintyOf(event)), at)
            }
            else -> throw CaseError("config.invalid")
        }
    }

    private fun refundReply(event: JsonObject, at: Long) {
        val id = event.text("refund_request_id")
        val again = ledger().handle(id, RefundEvent.Resumed, at).actions.filterIsInstance<RefundAction.Send>().lastOrNull()
        val (sendId, operation) = (again?.sendId ?: 1) to (again?.operation ?: Operation.REFUND)
        ledger().handle(id, RefundEvent.Reply(sendId, operation, bodyOf(event)), at)
    }

    private fun handle(event: ReverseEvent, at: Long) {
        for (action in ledger().handleReverse(event, at).actions) {
            if (action.sequence <= carriedOut) continue
            carriedOut = action.sequence
            if (action is ReverseAction.Send) sends.add(Sent(action.sendId, action.operation))
        }
    }

    private fun ticks(until: Long) {
        repeat(MOST_TICKS) {
            val at = ledger().reverse?.nextWakeup?.takeIf { it <= until } ?: return
            handle(ReverseEvent.Tick, at)
        }
        throw CaseError("payment.not_final")
    }

    private fun sendOf(event: JsonObject): Sent =
        sends.answeredBy(event, Operation.CANCEL) ?: throw CaseError("reverse.unknown_send")

    private fun result(): JsonObject {
        val left = ledger().left.toString()
        val reverse = ledger().reverse
        return obj(
            "state" to (reverse?.state ?: "ready"),
            "outcome" to reverse?.outcome?.word,
            "code" to (reverse?.outcome as? ReverseOutcome.Refused)?.code,
            "sends" to if (reverse == null) emptyList<String>() else sends.map { it.operation.word },
            "alerts" to reverse?.alerts.orEmpty().map { it.word },
            "left" to left,
            "next_wakeup" to reverse?.nextWakeup,
        )
    }

    companion object {
        fun of(case: JsonObject): ReverseFlow = ReverseFlow(case, Flow.paymentBefore(case))
    }
}
