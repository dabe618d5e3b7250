<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Whose rules decide the smallest step of a currency. */
enum AmountRules: string
{
    /**
     * The gateways': one minor unit, but 100 for IDR. Source: Alipay+, the model Amount, where the value in IDR ends
     * in 00.
     */
    case Alipay = 'alipay';
    /** Only ISO 4217: one minor unit. */
    case Iso = 'iso';
}
