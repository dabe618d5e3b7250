<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Whether the customer may have been charged when an error code is seen. */
enum MayHaveCharged: string
{
    /** No: nothing of the payment was sent. */
    case Never = 'never';
    /** Yes: a request was sent, or an earlier one of the same payment may have been. */
    case Maybe = 'maybe';
    /** The code is seen in both cases. */
    case ByCase = 'by_case';
}
