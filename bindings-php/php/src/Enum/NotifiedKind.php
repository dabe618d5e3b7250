<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What a notification changed. */
enum NotifiedKind: string
{
    /** It is stored with its payment: acknowledge it. Whoever drives the payment goes on with it. */
    case Taken = 'taken';
    /**
     * No payment or refund of this id is stored. It can have overtaken the payment, so refuse it: then it comes
     * again.
     */
    case Unknown = 'unknown';
    /** It is not about the result of a payment or a refund. */
    case Other = 'other';
}
