package alipay.instore

import alipay.instore.ffi.ReverseStanding as FfiReverseStanding

/** Where a reverse stands. */
public class ReverseStanding internal constructor(ffi: FfiReverseStanding) {
    /** `ready`, the name of its step, or the outcome's word. */
    public val state: String = ffi.state

    /** How it ended, if it has. */
    public val outcome: ReverseOutcome? = ended(ffi.outcome) { ReverseOutcome.of(it) }

    /** When the next [ReverseEvent.Tick] is due, in milliseconds since the epoch. */
    public val nextWakeup: Long? = ffi.nextWakeup

    /** The id of the refund, where one was sent; without one the money came back by a cancel. */
    public val refundRequestId: String? = ffi.refundRequestId

    /** The gateway's id of the refund, where it told one. */
    public val refundId: String? = ffi.refundId

    /** The alerts that were raised. */
    public val alerts: List<AlertKind> = ffi.alerts.map { AlertKind.of(it) }
}

/** What came of an event of a reverse. */
public class ReverseStep internal constructor(
    /** What to do, once [snapshot] is stored. */
    public val actions: List<ReverseAction>,
    /** Where the reverse stands now. */
    public val standing: ReverseStanding,
    /** What may still be given back of the payment, in minor units. */
    public val left: Long,
    /** The ledger as text. */
    public val snapshot: String,
)
