<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Where a payment stands. */
enum PaymentState: string
{
    /** Not begun. */
    case Ready = 'ready';
    /** Pay was sent. */
    case Paying = 'paying';
    /** A code or a form was created: the customer acts next. */
    case AwaitingCustomer = 'awaiting_customer';
    /** The result is being inquired. */
    case Confirming = 'confirming';
    /** The payment is being cancelled. */
    case Cancelling = 'cancelling';
    /** The payment succeeded, can't be cancelled any more and is being refunded. */
    case Refunding = 'refunding';
    /** Paid. */
    case Succeeded = 'succeeded';
    /** Not paid: refused by the gateway, or nothing ever left this machine. */
    case Failed = 'failed';
    /** Not paid: cancelled or closed. */
    case Cancelled = 'cancelled';
    /** Not paid: it had succeeded and was refunded. */
    case Refunded = 'refunded';
    /** It is not known whether the money moved: needs manual review. */
    case Unresolved = 'unresolved';
}
