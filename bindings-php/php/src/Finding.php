<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\FindingCode;

/** One thing that was found about a signature that does not verify. */
final class Finding
{
    /** @param list<FindingCode> $also */
    private function __construct(
        /** Which one, for programs. */
        public readonly FindingCode $code,
        /** The findings that hold only together with this one: all of them have to be changed. */
        public readonly array $also,
        /** What was found. */
        public readonly string $found,
        /** What shows it. It holds no body, no key and no query of a path. */
        public readonly string $evidence,
        /** What to change. */
        public readonly string $change,
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
            FindingCode::from(Json::text($data, 'code')),
            \array_map(FindingCode::from(...), \array_values(Json::texts($data, 'also'))),
            Json::text($data, 'found'),
            Json::text($data, 'evidence'),
            Json::text($data, 'change'),
        );
    }
}
