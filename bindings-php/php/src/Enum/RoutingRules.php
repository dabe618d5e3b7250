<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Whose rules a router follows. */
enum RoutingRules: string
{
    /** The routing logic of the page "Accept a payment" of Alipay+. */
    case AlipayPlus = 'alipay_plus';
    /**
     * The same with the expression of step 1 as Alipay+ corrected it on 2023-08-31 (release notes 1.3.2): an Alipay+
     * 19-digit code starts with 289.
     */
    case AlipayPlus202308 = 'alipay_plus_2023_08';
    /** The rule for local wallets beside Alipay of the page "pay (consumer-presented mode)". */
    case Ams = 'ams';
}
