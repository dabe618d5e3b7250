<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How a reverse ended. */
enum ReverseOutcome: string
{
    /** The merchant keeps nothing of the payment: it was cancelled, or what was left of it was refunded. */
    case Reversed = 'reversed';
    /**
     * This reverse gave nothing back, and will not. What was left of the payment stands; a refund may still be made.
     */
    case Refused = 'refused';
    /** It is not known whether the money was given back: needs manual review. */
    case Unresolved = 'unresolved';
}
