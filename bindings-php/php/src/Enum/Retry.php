<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What may be sent next. */
enum Retry: string
{
    /** Nothing: the operation is over. */
    case No = 'no';
    /** The same request under the same id. */
    case SameRequest = 'same_request';
    /** A new attempt, if one is wanted, under a new id. */
    case NewId = 'new_id';
    /** An inquiry, before anything else. */
    case Inquire = 'inquire';
}
