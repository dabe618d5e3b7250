<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/**
 * What has become of the payment, in AMS. Source: Alipay, inquiryPayment. A word that the documents do not list stays
 * readable as a string.
 */
enum PaymentStatus: string
{
    /** Paid. */
    case Success = 'SUCCESS';
    /** Not paid, for good. */
    case Fail = 'FAIL';
    /** Not yet decided. */
    case Processing = 'PROCESSING';
    /** Cancelled. */
    case Cancelled = 'CANCELLED';
    /** The customer is done and the result is open. */
    case Pending = 'PENDING';
}
