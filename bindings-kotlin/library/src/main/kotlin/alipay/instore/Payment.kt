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
    private val checked = nativeReading { checkPolicy(json) }

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
            val check = PayCheck(merchant.protocol.ffi(), http, merchant.notifyUrl, notifyUrlConfigured, wallet, now)
            val checked = native { checkPay(request.toJson().toString(), check) }
            return PaymentOrder(
                checked.paymentRequestId, Amount(checked.amount), Scenario.of(checked.scenario), merchant.apiPrefix,
                checked.body, checked.paymentExpiryTime,
            )
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
    public val expiryWarning: PaymentWarning? get() = standing.expiryWarning?.let { PaymentWarning.of(jsonOf(it)) }

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
