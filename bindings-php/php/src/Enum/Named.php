<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Whether a message names the payment or the refund that it was taken for. */
enum Named: string
{
    /** It names none. */
    case Absent = 'absent';
    /** It names ours. */
    case Ours = 'ours';
    /** It names another one, or what it names can't be read. */
    case Other = 'other';
}
