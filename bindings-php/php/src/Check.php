<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\CheckName;
use AlipayInstore\Enum\CheckStatus;

/** One thing that was looked at before the first payment. */
final class Check
{
    private function __construct(
        /** What was checked. */
        public readonly CheckName $name,
        /** How it ended. */
        public readonly CheckStatus $status,
        /** What was found, in one sentence without secrets. */
        public readonly string $detail,
        /** What to do; empty where it passed. */
        public readonly string $hint,
        /** The code of the error that was met, if one was. */
        public readonly ?string $code,
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
            CheckName::from(Json::text($data, 'name')),
            CheckStatus::from(Json::text($data, 'status')),
            Json::text($data, 'detail'),
            Json::text($data, 'hint'),
            Json::optionalText($data, 'code'),
        );
    }
}
