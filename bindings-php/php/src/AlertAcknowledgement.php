<?php

// Generated from schema/dialect/results.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

/** Who has taken care of an alert, and when. */
final class AlertAcknowledgement
{
    private function __construct(
        /** Who has taken care of it. */
        public readonly string $who,
        /** When, in milliseconds since the epoch. */
        public readonly int $at,
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
            Json::text($data, 'who'),
            Json::integer($data, 'at'),
        );
    }
}
