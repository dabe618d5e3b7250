<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\RoutingRule;
use AlipayInstore\Enum\Target;

/** Where a code goes, and the rule that decided. */
final class Route
{
    /** @param list<string> $alternatives Other wallets whose codes look the same. */
    public function __construct(
        public readonly Target $target,
        /** The wallet, where it is a direct one. */
        public readonly ?string $wallet,
        public readonly RoutingRule $rule,
        public readonly array $alternatives,
    ) {
    }
}
