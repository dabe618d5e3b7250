<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How a refund ended. */
enum RefundOutcome: string
{
    /** The money was given back. */
    case Refunded = 'refunded';
    /** The order was cancelled, so that there was nothing to give back. */
    case OrderCancelled = 'order_cancelled';
    /** Refused; another attempt needs another id. */
    case Failed = 'failed';
    /**
     * It is not known whether the money was given back: needs manual review. It counts as spent until it is resolved.
     */
    case Unresolved = 'unresolved';
}
