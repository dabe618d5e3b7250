<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Meaning;
use AlipayInstore\Enum\Retry;

/** What a result means, and what to do about it: a sentence for the cashier and one for the developer. */
final class Advice
{
    private function __construct(
        /** What it means for the operation that it answers. */
        public readonly Meaning $meaning,
        /** The canonical spelling of the code; `null` for a code that no document names. */
        public readonly ?string $code,
        /** What the cashier does, in English. */
        public readonly string $cashierEn,
        /** What the cashier does, in Chinese. */
        public readonly string $cashierZh,
        /** What the developer or the operator does, in English. */
        public readonly string $developerEn,
        /** What the developer or the operator does, in Chinese. */
        public readonly string $developerZh,
        /** Whether a new attempt needs a new payment request id, or for a refund a new refund request id. */
        public readonly bool $newIdNeeded,
        /** What may be sent next. */
        public readonly Retry $retry,
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
            Meaning::from(Json::text($data, 'meaning')),
            Json::optionalText($data, 'code'),
            Json::text($data, 'cashier_en'),
            Json::text($data, 'cashier_zh'),
            Json::text($data, 'developer_en'),
            Json::text($data, 'developer_zh'),
            Json::flag($data, 'new_id_needed'),
            Retry::from(Json::text($data, 'retry')),
        );
    }
}
