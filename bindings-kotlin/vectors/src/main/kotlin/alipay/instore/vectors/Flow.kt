package alipay.instore.vectors

import alipay.instore.Amount
import alipay.instore.Certainty
import alipay.instore.Operation
import alipay.instore.Payment
import alipay.instore.PaymentAction
import alipay.instore.PaymentEvent
import alipay.instore.PaymentOrder
import alipay.instore.Policy
import alipay.instore.Scenario
import alipay.instore.model.PayRequest
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.longOrNull

private fun JsonElement?.number(): Long? = (this as? JsonPrimitive)?.takeIf { !it.isString }?.longOrNull

/** A payment driven by a list of events, as the `flow` and `snapshot` cases describe it. */
internal class Flow private constructor(private val case: JsonObject, private var payment: Payment) {
    private class Sent(val id: Int, val operation: Operation)

    private val sends = mutableListOf<Sent>()

    /** Actions up to this number were carried out; after a restart they come again. */
    private var carriedOut = 0L

    fun run(): JsonObject {
        for (element in case["events"] as? JsonArray ?: JsonArray(emptyList())) {
            val event = element as JsonObject
            val at = event["at"].number() ?: throw CaseError("config.missing")
            feed(event["event"] as? JsonObject ?: throw CaseError("config.missing"), at)
        }
        return obj(
            "alerts" to payment.alerts,
            "next_wakeup" to payment.nextWakeup,
            "outcome" to payment.outcome?.word,
            "sends" to sends.map { it.operation.word },
            "state" to payment.state,
        )
    }

    private fun feed(event: JsonObject, at: Long) {
        val fed = when (event.text("type")) {
            "begin" -> PaymentEvent.Begin
            "reply" -> sendOf(event).let { PaymentEvent.Reply(it.id, it.operation, body(event)) }
            "no_reply" -> {
                val certainty = if (event.optionalText("certainty") == "not_sent") Certainty.NOT_SENT else Certainty.UNKNOWN
                sendOf(event).let { PaymentEvent.NoReply(it.id, it.operation, certainty) }
            }
            "notified" -> PaymentEvent.Notified(body(event))
            "cancel_requested" -> PaymentEvent.CancelRequested
            "resumed" -> {
                payment = Payment.restore(payment.snapshot())
                PaymentEvent.Resumed
            }
            "tick" -> PaymentEvent.Tick
            "ticks" -> return ticks(at)
            else -> throw CaseError("config.invalid")
        }
        carryOut(payment.handle(fed, at))
    }

    private fun ticks(until: Long) {
        repeat(MOST_TICKS) {
            val at = payment.nextWakeup?.takeIf { it <= until } ?: return
            carryOut(payment.handle(PaymentEvent.Tick, at))
        }
        throw CaseError("payment.not_final")
    }

    private fun carryOut(actions: List<PaymentAction>) {
        for (action in actions) {
            if (action.sequence <= carriedOut) continue
            carriedOut = action.sequence
            if (action is PaymentAction.Send) sends.add(Sent(action.sendId, action.operation))
        }
    }

    /** The send that an answer belongs to: the one that is named, else the latest of the operation, else the latest. */
    private fun sendOf(event: JsonObject): Sent {
        val operation = event.optionalText("operation")?.let { Operation.of(it) }
        val named = event["send_id"].number()
        if (named != null && named >= 0) {
            val id = if (named <= Int.MAX_VALUE) named.toInt() else -1
            return Sent(id, operation ?: sends.find { it.id == id }?.operation ?: Operation.PAY)
        }
        return sends.lastOrNull { operation == null || it.operation == operation } ?: throw CaseError("payment.unknown_send")
    }

    private fun body(event: JsonObject): String = (event["body"] ?: JsonNull).toString()

    companion object {
        /** A `ticks` event stops here, so that a wrong machine can't hang the runner. */
        private const val MOST_TICKS = 100_000

        fun of(case: JsonObject): Flow = Flow(case, Payment(policy(case), order(case)))

        fun ofSnapshot(case: JsonObject): Flow = Flow(case, Payment.restore(case.text("snapshot")))

        private fun policy(case: JsonObject): Policy = Policy.fromJson((case["policy"] ?: obj("preset" to "ams")).toString())

        private fun order(case: JsonObject): PaymentOrder {
            val payment = case["payment"] as? JsonObject ?: JsonObject(emptyMap())
            val amount = payment["amount"] as? JsonObject ?: JsonObject(emptyMap())
            val checked = Amount.fromMinor(amount.text("value"), amount.text("currency"))
            val scenario = Scenario.of(payment.text("scenario"))
            val id = payment.text("payment_request_id")
            val expiry = payment["payment_expiry_time"]
            val time = expiry.number() ?: PayRequest().also { it["paymentExpiryTime"] = expiry }.paymentExpiryTime
            val request = obj("paymentRequestId" to id, "paymentMethodId" to payment.optionalText("payment_code").orEmpty())
            return PaymentOrder(id, checked, scenario, "/ams/api/v1", request.toString(), time)
        }
    }
}
