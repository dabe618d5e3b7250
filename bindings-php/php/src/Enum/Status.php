<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The status letter of a result. */
enum Status: string
{
    /** `S`: the call succeeded. */
    case Succeeded = 'S';
    /** `F`: the call failed, for good. */
    case Failed = 'F';
    /** `U`: unknown. */
    case Unknown = 'U';
}
