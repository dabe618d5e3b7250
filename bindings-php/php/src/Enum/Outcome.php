<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How a payment ended. */
enum Outcome: string
{
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
