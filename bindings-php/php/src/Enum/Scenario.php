<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How customer and merchant find each other. */
enum Scenario: string
{
    /** The customer shows a payment code and the till scans it. */
    case PaymentCode = 'PaymentCode';
    /** The till shows a code of this order and the customer scans it. */
    case OrderCode = 'OrderCode';
    /** The customer scans the shop's code and pays on the merchant's page. */
    case EntryCode = 'EntryCode';
}
