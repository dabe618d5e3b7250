<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\AlertKind;

/** Something about a payment that a person has to look at. */
final class Alert
{
    private function __construct(
        /** The number in its payment, for `Client::acknowledgeAlert`. */
        public readonly int $number,
        /** `payment`, `refund` or `reverse`. */
        public readonly string $part,
        /** The refund that it is about. */
        public readonly ?string $refundRequestId,
        public readonly AlertKind $kind,
        /** What was found. */
        public readonly string $detail,
        /** When, in milliseconds since the epoch. */
        public readonly int $at,
        /** Who has taken care of it; null while nobody has. */
        public readonly ?string $acknowledgedBy,
        /** When that was, in milliseconds since the epoch. */
        public readonly ?int $acknowledgedAt,
    ) {
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $acknowledged = Json::optionalArray($data, 'acknowledged') ?? [];

        return new self(
            Json::integer($data, 'number'),
            Json::text($data, 'part'),
            Json::optionalText($data, 'refund_request_id'),
            AlertKind::from(Json::text($data, 'kind')),
            Json::text($data, 'detail'),
            Json::integer($data, 'at'),
            Json::optionalText($acknowledged, 'who'),
            Json::optionalInteger($acknowledged, 'at'),
        );
    }
}
