<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What a message says about an amount. */
enum Stated: string
{
    /** Nothing. */
    case Absent = 'absent';
    /** Our amount and currency. */
    case Ours = 'ours';
    /** Another one, or one that can't be read. */
    case Other = 'other';
}
