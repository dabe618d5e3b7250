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
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.longOrNull

internal fun JsonElement?.number(): Long? = (this as? JsonPrimitive)?.takeIf { !it.isString }?.longOrNull

internal fun JsonObject.list(name: String): List<JsonObject> =
    (this[name] as? JsonArray ?: JsonArray(emptyList())).map { it as JsonObject }

/** A send whose answer a case may describe. */
internal class Sent(val id: Int, val operation: Operation)

/**
 * The send that an answer belongs to: the one that is named, else the latest of the operation, else the latest. A number that
 * was never given out comes with the operation [otherwise].
 */
internal fun List<Sent>.answeredBy(event: JsonObject, otherwise: Operation): Sent? {
    val operation = event.optionalText("operation")?.let { Operation.of(it) }
    val named = event["send_id"].number()
    if (named != null && named >= 0) {
        val id = if (named <= Int.MAX_VALUE) named.toInt() else -1
        return Sent(id, operation ?: find { it.id == id }?.operation ?: otherwise)
    }
    return lastOrNull { operation == null || it.operation == operation }
}

internal fun JsonObject.flag(name: String): Boolean = (this[name] as? JsonPrimitive)?.booleanOrNull ?: false

internal fun certaintyOf(event: JsonObject): Certainty =
    if (event.optionalText("certainty") == "not_sent") Certainty.NOT_SENT else Certainty.UNKNOWN

internal fun bodyOf(event: JsonObject): String = (event["body"] ?: JsonNull).toString()

/** Feeds the events of a list, each with its time. */
internal inline fun feedAll(events: List<JsonObject>, feed: (JsonObject, Long) -> Unit) {
    for (event in events) {
        val at = event["at"].number() ?: throw CaseError("config.missing")
        feed(event["event"] as? JsonObject ?: throw CaseError("config.missing"), at)
    }
}

/** A `ticks` event stops here, so that a wrong machine can't hang the runner. */
internal const val MOST_TICKS = 100_000

/** A payment driven by a list of events, as the `flow` and `snapshot` cases describe it. */
internal class Flow private constructor(private val case: JsonObject, private var payment: Payment) {
    private val sends = mutableListOf<Sent>()

    /** Actions up to this number were carried out; after a restart they come again. */
    private var carriedOut = 0L

    fun run(): JsonObject {
        feedAll(case.list("events"), ::feed)
        return obj(
            "alerts" to payment.alerts.map { it.word },
            "next_wakeup" to payment.nextWakeup,
            "outcome" to payment.outcome?.word,
            "sends" to sends.map { it.operation.word },
            "state" to payment.state.word,
        )
    }

    private fun feed(event: JsonObject, at: Long) {
        val fed = when (event.text("type")) {
            "begin" -> PaymentEvent.Begin
            "reply" -> sendOf(event).let { reply(it, event) }
            "no_reply" -> sendOf(event).let { noReply(it, event) }
            "notified" -> PaymentEvent.Notified(bodyOf(event))
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

    private fun reply(sent: Sent, event: JsonObject) =
        PaymentEvent.Reply(sent.id, sent.operation, bodyOf(event), event["signed_at"].number(), event.flag("stale"))

    private fun noReply(sent: Sent, event: JsonObject) = PaymentEvent.NoReply(
        sent.id, sent.operation, certaintyOf(event), event.optionalText("unsigned_code"), event.flag("wrong_key"),
    )

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

    private fun sendOf(event: JsonObject): Sent =
        sends.answeredBy(event, Operation.PAY) ?: throw CaseError("payment.unknown_send")

    companion object {
        /** The payment of a case after the events of its member `before`. */
        fun paymentBefore(case: JsonObject): Payment = of(case).let { flow ->
            feedAll(case.list("before"), flow::feed)
            flow.payment
        }

        fun of(case: JsonObject): Flow = Flow(case, Payment(policy(case), order(case)))

        fun ofSnapshot(case: JsonObject): Flow = Flow(case, Payment.restore(case.text("snapshot")))

        fun policy(case: JsonObject): Policy = Policy.fromJson((case["policy"] ?: obj("preset" to "ams")).toString())

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
