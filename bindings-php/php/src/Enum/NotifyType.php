<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What is notified, in AMS. A word that the documents do not list stays readable as a string. */
enum NotifyType: string
{
    /** The result of a payment. */
    case PaymentResult = 'PAYMENT_RESULT';
    /** The result of a payment by a code in a store. */
    case OfflinePaymentCode = 'OFFLINE_PAYMENT_CODE';
    /** The customer is done and the result is open. */
    case PaymentPending = 'PAYMENT_PENDING';
    /** The result of a refund: see `RefundNotification`. */
    case RefundResult = 'REFUND_RESULT';
}
