package alipay.instore.model

/** A request to `inquiryPayment`: one of the ids, or both, in which case the gateway goes by `paymentId`. */
public class InquiryRequest : Model() {
    /** The id of the request to pay; the only one that is known after an answer got lost. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. */
    public var paymentId: String? by text()
}

/** A request to cancel: one of the ids, or both, in which case the gateway goes by `paymentId`. */
public class CancelRequest : Model() {
    /** The id of the request to pay. */
    public var paymentRequestId: String? by text()

    /** The gateway's id of the payment. */
    public var paymentId: String? by text()
}

/** A request to `inquiryRefund`, AMS alone: one of the ids, or both, in which case the gateway goes by `refundId`. */
public class InquiryRefundRequest : Model() {
    /** The id of the request to refund. */
    public var refundRequestId: String? by text()

    /** The gateway's id of the refund. */
    public var refundId: String? by text()
}
