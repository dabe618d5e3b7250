package alipay.instore

import alipay.instore.ffi.NotifyHttp
import alipay.instore.ffi.PayCheck
import alipay.instore.ffi.checkPay
import alipay.instore.ffi.checkPolicy
import alipay.instore.model.PayRequest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import alipay.instore.ffi.Order as FfiOrder
import alipay.instore.ffi.Payment as FfiPayment
import alipay.instore.ffi.Standing as FfiStanding

/** Every number the machine acts by: a protocol's preset, some of whose numbers may be replaced. */
public class Policy private constructor(internal val json: String) {
    private val checked = native { checkPolicy(json) }

    /** The protocol it is for. */
    public val protocol: Protocol = Protocol.of(checked.protocol)

    /** How long the machine waits for a reply before it goes on, in milliseconds. */
    internal val replyTime: Long = checked.replyTime

    public companion object {
        /** The documented numbers of a protocol. */
        @JvmStatic
        public fun preset(protocol: Protocol): Policy = of(protocol, emptyMap())

        /**
         * The same with some numbers replaced, such as `"inquiry_limit" to 10`; times are milliseconds. What the documents
         * forbid is refused (`policy.…`).
         */
        @JvmStatic
        public fun of(protocol: Protocol, changes: Map<String, Any>): Policy {
            val members = changes.mapValues { (name, value) ->
                when (value) {
                    is Int, is Long -> JsonPrimitive(value as Number)
                    is Boolean -> JsonPrimitive(value)
                    is String -> JsonPrimitive(value)
                    else -> throw AlipayException.of("config.invalid", "the value is not a whole number or word", name, null)
                }
            }
            return Policy(JsonObject(members + ("preset" to JsonPrimitive(protocol.word))).toString())
        }

        /** Reads `{"preset": "ams", "inquiry_limit": 10}`. */
        @JvmStatic
        public fun fromJson(text: String): Policy = Policy(text)
    }
}

/** What is to be paid. Fixed when the payment is made. */
public class PaymentOrder @JvmOverloads constructor(
    /** The id of this attempt to pay; never used for another one. */
    public val paymentRequestId: String,
    /** What the customer pays. */
    public val amount: Amount,
    /** How the customer and the shop meet. */
    public val scenario: Scenario,
    /** The path that the gateway's APIs lie below, such as `/ams/api/v1`. */
    public val apiPrefix: String,
    /** The body of pay without `paymentExpiryTime`, as JSON text: checked before, and a secret. */
    public val request: String,
    /** The expiry that the caller asked for, in milliseconds since the epoch. */
    public val paymentExpiryTime: Long? = null,
) {
    internal fun ffi() = FfiOrder(paymentRequestId, amount.ffi(), scenario.ffi(), paymentExpiryTime, apiPrefix, request)

    override fun toString(): String = "PaymentOrder($paymentRequestId, $amount, ${scenario.word})"

    public companion object {
        /**
         * Checks a request as [Client.pay] does, for a host that drives a [Payment] itself. Where the [wallet] is known, its
         * minimum amount is checked too; [notifyUrlConfigured] says that AMS knows the notification URL already. [now] is in
         * milliseconds since the epoch.
         */
        @JvmStatic
        @JvmOverloads
        public fun of(
            request: PayRequest,
            merchant: Merchant,
            wallet: String? = null,
            notifyUrlConfigured: Boolean = false,
            now: Long = System.currentTimeMillis(),
        ): PaymentOrder {
            val http = if (merchant.allowsHttpNotify) NotifyHttp.ALLOWED else NotifyHttp.REFUSED
            val check = PayCheck(merchant.protocol.ffi(), http, notifyUrlConfigured, wallet, now)
            val checked = native { checkPay(request.toJson().toString(), check) }
            return PaymentOrder(
                checked.paymentRequestId, Amount(checked.amount), Scenario.of(checked.scenario), merchant.apiPrefix,
                checked.body, checked.paymentExpiryTime,
            )
        }
    }
}

/** Something that happened. Replies and notifications are **verified** ones; anything else that arrived is [NoReply]. */
public sealed class PaymentEvent(internal val json: String) {
    /** Send the payment. */
    public object Begin : PaymentEvent(event("begin"))

    /** The gateway answered. */
    public class Reply @JvmOverloads constructor(
        /** The number of the send that is answered. */
        public val sendId: Int,
        /** Its operation. */
        public val operation: Operation,
        /** The verified body's JSON text. */
        public val body: String,
        /** The `Response-Time` of the answer, in milliseconds since the epoch: [VerifiedResponse.signedAt]. */
        public val signedAt: Long? = null,
        /** It was signed more than a minute before its request was sent, as [GatewayTime.timing] says. */
        public val stale: Boolean = false,
    ) : PaymentEvent(
        event(
            "reply", "send_id" to sendId, "operation" to operation.word, "body" to body, "signed_at" to signedAt, "stale" to stale,
        ),
    )

    /** No usable answer arrived. */
    public class NoReply @JvmOverloads constructor(
        /** The number of the send. */
        public val sendId: Int,
        /** Its operation. */
        public val operation: Operation,
        /** Whether it is certain that nothing was sent. */
        public val certainty: Certainty,
        /** The result code of an answer that was not signed, as [Unverified] gives it. */
        public val unsignedCode: String? = null,
        /** The answer was signed, but by none of the configured keys. */
        public val wrongKey: Boolean = false,
    ) : PaymentEvent(
        event(
            "no_reply", "send_id" to sendId, "operation" to operation.word, "certainty" to certainty.word,
            "unsigned_code" to unsignedCode, "wrong_key" to wrongKey,
        ),
    )

    /** The gateway's notification arrived. */
    public class Notified(
        /** Its verified body's JSON text. */
        public val body: String,
    ) : PaymentEvent(event("notified", "body" to body))

    /** The cashier or the merchant cancels. */
    public object CancelRequested : PaymentEvent(event("cancel_requested"))

    /** The machine was restored from a snapshot. */
    public object Resumed : PaymentEvent(event("resumed"))

    /** Time passed: due at `nextWakeup`, harmless at any other time. */
    public object Tick : PaymentEvent(event("tick"))
}

/** How a payment ended. */
public sealed class Outcome(
    /** The name of the final state, the same in every language. */
    public val word: String,
) {
    /** Paid. */
    public object Succeeded : Outcome("succeeded")

    /** Not paid. */
    public class Failed(
        /** The code it was refused with, or `payment.not_sent` where nothing ever left this machine. */
        public val code: String,
    ) : Outcome("failed")

    /** Not paid: cancelled or closed. */
    public object Cancelled : Outcome("cancelled")

    /** Not paid: it had succeeded and was refunded. */
    public object Refunded : Outcome("refunded")

    /** It is not known whether the money moved: needs manual review. */
    public class Unresolved(
        /** What could not be settled. */
        public val reason: UnresolvedReason,
    ) : Outcome("unresolved")

    override fun equals(other: Any?): Boolean = other is Outcome && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    override fun toString(): String = when (this) {
        is Failed -> "$word($code)"
        is Unresolved -> "$word(${reason.word})"
        else -> word
    }

    internal companion object {
        fun of(json: JsonObject): Outcome = when (val word = json.text("outcome")) {
            Succeeded.word -> Succeeded
            "failed" -> Failed(json.text("code"))
            Cancelled.word -> Cancelled
            Refunded.word -> Refunded
            "unresolved" -> Unresolved(UnresolvedReason.of(json.text("reason")))
            else -> error("no outcome $word")
        }
    }
}

/** One thing for the host to do, with the number by which a repetition after a restart can be told. */
public sealed class PaymentAction(
    /** Counts up from 1 over the life of the payment. */
    public val sequence: Long,
) {
    /** Sign this body, freshly, and post it; feed back what came of it. The body of pay holds the payment code. */
    public class Send internal constructor(
        sequence: Long,
        /** The number of the send, to be fed back with what came of it. */
        public val sendId: Int,
        /** The operation, to be fed back too. */
        public val operation: Operation,
        /** The path of the API. */
        public val path: String,
        /** The body as JSON text. */
        public val body: String,
    ) : PaymentAction(sequence) {
        override fun toString(): String = "Send(#$sendId ${operation.word})"
    }

    /** Show the order code, or redirect the customer's wallet. */
    public class Present internal constructor(
        sequence: Long,
        /** The members of the reply that say what to show, as JSON text: `PayResponse.fromJson` reads them. */
        public val form: String,
    ) : PaymentAction(sequence)

    /** The payment has its result. Comes once. */
    public class Conclude internal constructor(
        sequence: Long,
        /** The result. */
        public val outcome: Outcome,
    ) : PaymentAction(sequence)

    /** Needs manual review. Each kind comes at most once a payment. */
    public class Alert internal constructor(
        sequence: Long,
        /** What is wrong. */
        public val kind: AlertKind,
        /** What was found, in words. */
        public val detail: String,
    ) : PaymentAction(sequence)

    internal companion object {
        fun of(json: JsonObject): PaymentAction {
            val sequence = json.number("sequence")
            return when (val type = json.text("type")) {
                "send" -> Send(
                    sequence, json.number("send_id").toInt(), Operation.of(json.text("operation")), json.text("path"),
                    json.text("body"),
                )
                "present" -> Present(sequence, json.getValue("form").toString())
                "conclude" -> Conclude(sequence, Outcome.of(json))
                "alert" -> Alert(sequence, AlertKind.of(json.text("kind")), json.text("detail"))
                else -> error("no action $type")
            }
        }
    }
}

/**
 * One payment from the first send to a definite outcome.
 *
 * The machine does no I/O and reads no clock. The host feeds it events with the time at which they happened, stores
 * [snapshot], and only then carries out the actions: **persist before act**. After a restart it restores the snapshot and
 * feeds [PaymentEvent.Resumed]; the actions of the last event come again under their old numbers. [Client] does all that.
 */
public class Payment private constructor(internal val ffi: FfiPayment) : AutoCloseable {
    /** A payment that is not begun. */
    public constructor(policy: Policy, order: PaymentOrder) : this(native { FfiPayment(policy.json, order.ffi()) })

    @Volatile
    private var standing: FfiStanding = native { ffi.standing() }

    /** The id of the payment. */
    public val paymentRequestId: String = native { ffi.paymentRequestId() }

    /** What is to be paid. */
    public val amount: Amount = Amount(native { ffi.amount() })

    /** Where the payment stands; at its end, the outcome. */
    public val state: PaymentState get() = PaymentState.of(standing.state)

    /** How the payment ended, if it has. */
    public val outcome: Outcome? get() = ended(standing.outcome) { Outcome.of(it) }

    /** When to feed the next [PaymentEvent.Tick], in milliseconds since the epoch; never after the end. */
    public val nextWakeup: Long? get() = standing.nextWakeup

    /** The gateway's id of the payment, once a verified message told it. */
    public val paymentId: String? get() = standing.paymentId

    /** The alerts that were raised, in the order of their first appearance. */
    public val alerts: List<AlertKind> get() = standing.alerts.map { AlertKind.of(it) }

    /** When the payment began, in milliseconds since the epoch. */
    public val begunAt: Long? get() = standing.begunAt

    /** The expiry that the request carries, once the payment has begun. */
    public val expiry: Long? get() = standing.expiry

    /** What is worth knowing about that expiry. */
    public val expiryWarning: PaymentWarning? get() = standing.expiryWarning?.let { PaymentWarning.of(it) }

    /** The id of the refund by which the machine itself would give money back. */
    public val refundRequestId: String = native { ffi.refundRequestId() }

    /** The payment as text. Store it as a secret: while pay may have to be sent again it holds the payment code. */
    public fun snapshot(): String = standing.snapshot

    /** Takes one event in and says what to do. Store the [snapshot] before doing it. */
    @Synchronized
    public fun handle(event: PaymentEvent, now: Long): List<PaymentAction> {
        val step = native { ffi.handle(event.json, now) }
        standing = step.standing
        return actions(step.actions) { PaymentAction.of(it) }
    }

    override fun close(): Unit = ffi.close()

    override fun toString(): String = "Payment($paymentRequestId, ${state.word})"

    public companion object {
        /** The payment that a snapshot was taken of. Feed it [PaymentEvent.Resumed] unless it was never begun. */
        @JvmStatic
        public fun restore(snapshot: String): Payment = Payment(native { FfiPayment.restore(snapshot) })
    }
}
