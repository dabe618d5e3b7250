<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/**
 * The operations whose replies carry a result. A notification counts as one: its result is the payment's, as is the
 * `paymentStatus` or `paymentResult` of an inquiry with its own code.
 */
enum Operation: string
{
    /** `pay`. */
    case Pay = 'pay';
    /** `inquiryPayment`: whether the inquiry worked, not the outcome of the payment. */
    case Inquiry = 'inquiry';
    /** `cancel` (AMS) or `cancelPayment` (Alipay+). */
    case Cancel = 'cancel';
    /** `refund`. */
    case Refund = 'refund';
    /** `inquiryRefund` (only in AMS). */
    case RefundInquiry = 'refund_inquiry';
    /** `notifyPayment`: the result of the payment itself. */
    case Notify = 'notify';
}
