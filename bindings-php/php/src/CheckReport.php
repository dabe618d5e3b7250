<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

/** What a check of a client found. */
final class CheckReport
{
    /** @param list<Check> $checks */
    private function __construct(
        /** Whether nothing is wrong. Warnings do not count. */
        public readonly bool $healthy,
        /** One entry for each `CheckName`, in the order of a request's way. */
        public readonly array $checks,
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
            Json::flag($data, 'healthy'),
            Json::each($data, 'checks', Check::fromArray(...)),
        );
    }
}
