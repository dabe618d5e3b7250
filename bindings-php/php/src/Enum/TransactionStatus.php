<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What has become of it. A word that the documents do not list stays readable as a string. */
enum TransactionStatus: string
{
    /** It succeeded. */
    case Success = 'SUCCESS';
    /** It failed. */
    case Fail = 'FAIL';
    /** It is not yet decided. */
    case Processing = 'PROCESSING';
    /** It was cancelled. */
    case Cancelled = 'CANCELLED';
}
