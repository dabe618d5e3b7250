<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The rule that decided a route. */
enum RoutingRule: string
{
    /** An Alipay+ 19-digit code. Source: Alipay+, Accept a payment, routing logic 1. */
    case AlipayPlus19 = 'alipay_plus_19';
    /** A code of AlipayCN or AlipayHK, integrated directly. Source: routing logic 2 of the same page. */
    case DirectAlipay = 'direct_alipay';
    /**
     * The routing number of a directly integrated wallet. Source: routing logic 3 of the same page; Alipay, pay
     * (consumer-presented mode), Payment code specifications.
     */
    case DirectWallet = 'direct_wallet';
    /** A 24-digit code of no directly integrated wallet. Source: Alipay+, Accept a payment, routing logic 4. */
    case Cgcp = 'cgcp';
    /**
     * No wallet of its own, so Alipay takes it. Source: Alipay, pay (consumer-presented mode), Payment code
     * specifications.
     */
    case AlipayDefault = 'alipay_default';
    /**
     * A valid code that none of the four steps names: 16 digits, or 17 to 23 without AlipayCN or AlipayHK direct.
     * Both are Alipay+ wallets, so Alipay+ takes it.
     */
    case Fallback = 'fallback';
}
