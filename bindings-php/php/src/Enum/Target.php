<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The system that takes the payment. */
enum Target: string
{
    /** The Alipay+ gateway. */
    case AlipayPlus = 'alipay_plus';
    /** Alipay's own gateway (AMS). */
    case Alipay = 'alipay';
    /** The directly integrated wallet that the route names, by its own interface. */
    case Wallet = 'wallet';
}
