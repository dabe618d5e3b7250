<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The part of a payment that an alert is about. */
enum AlertPart: string
{
    /** The payment itself. */
    case Payment = 'payment';
    /** One of its refunds. */
    case Refund = 'refund';
    /** Its reverse. */
    case Reverse = 'reverse';
}
