<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What a result means for the operation it answers. */
enum Meaning: string
{
    /** The operation succeeded. */
    case Succeeded = 'succeeded';
    /** The payment was refused. */
    case PaymentRefused = 'payment_refused';
    /**
     * The request was refused; an inquiry or a cancel that was refused says nothing about the payment, and a refund
     * that was refused so says nothing about other copies of it.
     */
    case RequestRefused = 'request_refused';
    /** The gateway is at work: ask again. */
    case InProcess = 'in_process';
    /** The outcome is open. */
    case Unknown = 'unknown';
    /** The order is closed or cancelled. */
    case Closed = 'closed';
    /** Another request owns the `paymentRequestId`. */
    case IdTaken = 'id_taken';
    /** The gateway does not know the order, or not yet. */
    case NotFound = 'not_found';
    /** The cancel window is over. */
    case WindowExceeded = 'window_exceeded';
    /** The order's state does not allow a cancel. */
    case StatusConflict = 'status_conflict';
    /** The merchant's account can't cover the cancel or the refund. */
    case MerchantBalanceNotEnough = 'merchant_balance_not_enough';
    /** The refund was refused. */
    case RefundRefused = 'refund_refused';
}
