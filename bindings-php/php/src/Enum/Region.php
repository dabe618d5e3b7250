<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/**
 * The gateways' regions; each has a common and an accelerated ("global") address of the same gateway.
 *
 * There is no default: a merchant's contract says which region it belongs to.
 */
enum Region: string
{
    /** North America. */
    case Na = 'na';
    /** North America, accelerated. */
    case NaGlobal = 'na_global';
    /** Asia; for Alipay+, everywhere but North America. */
    case Sea = 'sea';
    /** The same as `sea`, accelerated. */
    case SeaGlobal = 'sea_global';
    /** Europe; AMS only. */
    case Eu = 'eu';
    /** Europe, accelerated; AMS only. */
    case EuGlobal = 'eu_global';
    /** Merchants of the United States; AMS only. */
    case Us = 'us';
}
