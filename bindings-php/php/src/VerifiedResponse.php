<?php

declare(strict_types=1);

namespace AlipayInstore;

/** A response whose signature is good. */
final class VerifiedResponse
{
    /** @param array<array-key, mixed> $body */
    public function __construct(
        public readonly array $body,
        /** Some text of the body was not UTF-8 and was replaced. What decides about a payment is ASCII and was read. */
        public readonly bool $textReplaced,
        /** The version of the gateway's key that verified it; null where a single key is configured. */
        public readonly ?int $keyVersion,
        /** The Response-Time header as it stands. */
        public readonly string $time,
        /** The same in milliseconds since the epoch; null where it has no documented form. */
        public readonly ?int $signedAt,
        /** The gateway's own identifier of the exchange, for its support. */
        public readonly ?string $tracerId,
    ) {
    }

    /** @internal */
    public static function fromJson(string $json): self
    {
        $data = Json::object($json);

        return new self(
            Json::optionalArray($data, 'body') ?? [],
            Json::flag($data, 'text_replaced'),
            Json::optionalInteger($data, 'key_version'),
            Json::text($data, 'time'),
            Json::optionalInteger($data, 'signed_at'),
            Json::optionalText($data, 'tracer_id'),
        );
    }
}
