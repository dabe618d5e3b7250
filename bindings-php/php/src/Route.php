<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\RoutingRule;
use AlipayInstore\Enum\Target;

/** Where a code goes, and the rule that decided. */
final class Route
{
    /** @param list<string> $alternatives */
    private function __construct(
        /** The system that takes the payment. */
        public readonly Target $target,
        /** The wallet, where a directly integrated one takes it. */
        public readonly ?string $wallet,
        /** The rule that decided. */
        public readonly RoutingRule $rule,
        /** Directly integrated wallets that issue codes of the same shape. */
        public readonly array $alternatives,
    ) {
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(#[\SensitiveParameter] array $data): self
    {
        return new self(
            Target::from(Json::text($data, 'target')),
            Json::optionalText($data, 'wallet'),
            RoutingRule::from(Json::text($data, 'rule')),
            \array_values(Json::texts($data, 'alternatives')),
        );
    }
}
