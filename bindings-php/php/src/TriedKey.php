<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

/** A key that was tried. */
final class TriedKey
{
    private function __construct(
        /** `gateway` for a configured key, `own` for the merchant's own one, else the name that it was given. */
        public readonly string $name,
        /** The version that it is configured under. */
        public readonly ?int $version,
        /** The length of the modulus, in bits. */
        public readonly int $bits,
        /** The SHA-256 of the key, as that of a verifying key. */
        public readonly string $fingerprint,
        /** Whether the signature was made with it. */
        public readonly bool $signer,
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
            Json::text($data, 'name'),
            Json::optionalInteger($data, 'version'),
            Json::integer($data, 'bits'),
            Json::text($data, 'fingerprint'),
            Json::flag($data, 'signer'),
        );
    }
}
