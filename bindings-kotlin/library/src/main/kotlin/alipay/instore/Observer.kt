package alipay.instore

/**
 * Sees every step of every payment as it happens, on a thread of the client's own. An observer that takes long holds up the news
 * of its own payment and no other.
 */
public fun interface Observer {
    /** A step of the payment of this id. At [TimelineEvent.Presented] a host shows the order code or redirects the wallet. */
    public fun step(paymentRequestId: String, step: TimelineEntry)
}
