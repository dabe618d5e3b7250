<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What a person found out about a refund that ended as unresolved. */
enum Resolved: string
{
    /** The money was given back. */
    case Made = 'made';
    /** It was not, and will not be. */
    case NotMade = 'not_made';
}
