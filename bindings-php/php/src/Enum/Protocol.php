<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The two protocols of the gateways. */
enum Protocol: string
{
    /** Alipay's own merchant services, paths below `/ams`. */
    case Ams = 'ams';
    /** Alipay+, for acquirers, paths below `/aps`. */
    case AlipayPlus = 'alipay_plus';
}
