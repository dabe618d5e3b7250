<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How a check ended. */
enum CheckStatus: string
{
    /** It is right. */
    case Passed = 'passed';
    /** It works, or can't be told from here; somebody should look at it. */
    case Warned = 'warned';
    /** It is wrong. */
    case Failed = 'failed';
    /** It was not checked, because something before it is wrong. */
    case Skipped = 'skipped';
}
