package alipay.instore

import alipay.instore.ffi.checkRefundNotifyUrl
import alipay.instore.model.RefundRequest
import alipay.instore.ffi.RefundLedger as FfiRefundLedger
import alipay.instore.ffi.RefundStanding as FfiRefundStanding
import alipay.instore.ffi.Resolution as FfiResolution

/** Where one refund stands. */
public class RefundStanding internal constructor(ffi: FfiRefundStanding) {
    /** The id of the refund. */
    public val refundRequestId: String = ffi.refundRequestId

    /** How much is given back. */
    public val amount: Amount = Amount(ffi.amount)

    /** `ready`, `refunding` or the outcome's word. */
    public val state: String = ffi.state

    /** How it ended, if it has. */
    public val outcome: RefundOutcome? = ended(ffi.outcome) { RefundOutcome.of(it) }

    /** When the next [RefundEvent.Tick] is due, in milliseconds since the epoch. */
    public val nextWakeup: Long? = ffi.nextWakeup

    /** The gateway's id of the refund, once a verified answer told it. */
    public val refundId: String? = ffi.refundId

    /** The alerts that were raised. */
    public val alerts: List<AlertKind> = ffi.alerts.map { AlertKind.of(it) }

    /** Whether the money was given back, by the outcome or by what a person found out. */
    public val givenBack: Boolean = ffi.givenBack

    /** Whether it counts as spent: a refund that is open, or unresolved, does. */
    public val spent: Boolean = ffi.spent

    /** What a person found out about it. */
    public val resolution: Resolution? = ffi.resolution?.let { Resolution(it) }
}

/** What a person found out about a refund that ended as unresolved. */
public class Resolution internal constructor(ffi: FfiResolution) {
    /** What was found out. */
    public val resolved: Resolved = Resolved.of(ffi.resolved)

    /** Who found it out. */
    public val who: String = ffi.who

    /** How, in that person's words. */
    public val note: String = ffi.note

    /** When it was entered, in milliseconds since the epoch. */
    public val at: Long = ffi.at
}

/** What came of an event of a refund. */
public class RefundStep internal constructor(
    /** What to do, once [snapshot] is stored. */
    public val actions: List<RefundAction>,
    /** Where the refund stands now. */
    public val standing: RefundStanding,
    /** What may still be given back of the payment, in minor units. */
    public val left: Long,
    /** The ledger as text. */
    public val snapshot: String,
)

/**
 * The refunds and the reverse of one payment, stored as one record, so that their sum can't exceed it, whoever refunds at the
 * same time. A refund that is open, or unresolved, counts as spent.
 */
public class RefundLedger private constructor(private val ffi: FfiRefundLedger) : AutoCloseable {
    /** The payment. */
    public val paymentRequestId: String = native { ffi.standing() }.paymentRequestId

    /** What the payment paid. */
    public val paid: Amount = Amount(native { ffi.standing() }.paid)

    /** What was given back, in minor units. */
    public val refunded: Long get() = native { ffi.standing() }.refunded.toLong()

    /** What may still be given back, in minor units. */
    public val left: Long get() = native { ffi.standing() }.left.toLong()

    /** The refunds in the order in which they were made. */
    public val refunds: List<RefundStanding> get() = native { ffi.standing() }.refunds.map { RefundStanding(it) }

    /** The ledger as text. */
    public fun snapshot(): String = native { ffi.standing() }.snapshot

    /**
     * Enters the refund of a request, given as JSON text; one that is entered already, with the same amount, stays as it is. A
     * `refundNotifyUrl` of plain http is refused unless the merchant allows it.
     */
    public fun enter(request: String, merchant: Merchant): RefundStanding {
        native { checkRefundNotifyUrl(request, merchant.allowsHttpNotify) }
        return RefundStanding(native { ffi.enter(request, merchant.apiPrefix) })
    }

    /** The same with the request as a model. */
    public fun enter(request: RefundRequest, merchant: Merchant): RefundStanding = enter(request.toJson().toString(), merchant)

    /** The same for a host without a [Merchant]: [apiPrefix] is as in [PaymentOrder], and no notify URL of plain http is refused. */
    public fun enter(request: RefundRequest, apiPrefix: String): RefundStanding =
        RefundStanding(native { ffi.enter(request.toJson().toString(), apiPrefix) })

    /** Feeds an event to one of the refunds. */
    public fun handle(refundRequestId: String, event: RefundEvent, now: Long): RefundStep {
        val step = native { ffi.handle(refundRequestId, event.json, now) }
        return RefundStep(
            actions(step.actions) { RefundAction.of(it) },
            RefundStanding(step.standing),
            step.left.toLong(),
            step.snapshot,
        )
    }

    /**
     * A person found out the outcome of a refund that ended as unresolved. [who] and [note] are kept with it, so neither holds
     * a secret. The same again changes nothing; `refund.not_unresolved` for a refund that ended otherwise.
     */
    public fun resolve(refundRequestId: String, resolved: Resolved, who: String, note: String, now: Long): RefundStanding =
        RefundStanding(native { ffi.resolve(refundRequestId, resolved.ffi(), who, note, now) })

    /** The reverse of the payment, if one was entered. */
    public val reverse: ReverseStanding? get() = native { ffi.reverse() }?.let { ReverseStanding(it) }

    /**
     * Enters the reverse of the whole payment, not begun; one that is entered already stays as it is. From here on no refund is
     * taken unless the reverse is refused.
     */
    public fun enterReverse(payment: Payment): ReverseStanding = ReverseStanding(native { ffi.enterReverse(payment.ffi) })

    /** Feeds an event to the reverse. Store the snapshot before carrying out what comes back. */
    public fun handleReverse(event: ReverseEvent, now: Long): ReverseStep {
        val step = native { ffi.handleReverse(event.json, now) }
        return ReverseStep(
            actions(step.actions) { ReverseAction.of(it) },
            ReverseStanding(checkNotNull(step.standing) { "a reverse that took an event in stands somewhere" }),
            step.left.toLong(),
            step.snapshot,
        )
    }

    override fun close(): Unit = ffi.close()

    public companion object {
        /** The ledger of a payment that is to be reversed, whether it succeeded or took money all the same. */
        @JvmStatic
        public fun forReverse(payment: Payment): RefundLedger = RefundLedger(native { FfiRefundLedger.forReverse(payment.ffi) })

        /** The ledger of a payment that succeeded. */
        @JvmStatic
        public fun of(payment: Payment): RefundLedger = RefundLedger(native { FfiRefundLedger.of(payment.ffi) })

        /** The ledger that a snapshot was taken of. */
        @JvmStatic
        public fun restore(snapshot: String): RefundLedger = RefundLedger(native { FfiRefundLedger.restore(snapshot) })
    }
}
