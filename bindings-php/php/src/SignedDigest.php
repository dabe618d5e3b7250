<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

/** What a signature was found to hold. */
final class SignedDigest
{
    private function __construct(
        /** `pkcs1`, `pkcs1_without_hash` or `pss`. */
        public readonly string $padding,
        /** The hash, such as `sha256`; `null` where the signature names none. */
        public readonly ?string $hash,
        /** The digest that was signed, in lower-case hexadecimal; `null` where it can't be read from the padding. */
        public readonly ?string $digest,
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
            Json::text($data, 'padding'),
            Json::optionalText($data, 'hash'),
            Json::optionalText($data, 'digest'),
        );
    }
}
