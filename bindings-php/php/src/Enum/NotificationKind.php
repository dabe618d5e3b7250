<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What a notification is about. */
enum NotificationKind: string
{
    /** The result of a payment. */
    case PaymentResult = 'payment_result';
    /** The result of a refund (AMS, `notifyType` `REFUND_RESULT`). */
    case RefundResult = 'refund_result';
    /** Something else, such as an authorisation. To be acknowledged; it says nothing about a payment or a refund. */
    case Other = 'other';
}
