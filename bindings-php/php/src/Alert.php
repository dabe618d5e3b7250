<?php

// Generated from schema/dialect/results.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\AlertKind;
use AlipayInstore\Enum\AlertPart;

/**
 * Something about a payment, a refund or a reverse that needs manual review. It is kept with the payment until
 * somebody acknowledges it.
 */
final class Alert
{
    private function __construct(
        /** Counts up from 1 within the payment. It is named to acknowledge the alert. */
        public readonly int $number,
        /** What it is about. */
        public readonly AlertPart $part,
        /** The refund, where it is about one. */
        public readonly ?string $refundRequestId,
        /** Why it needs manual review. */
        public readonly AlertKind $kind,
        /** What was found, without secrets. */
        public readonly string $detail,
        /** When it was raised, in milliseconds since the epoch. */
        public readonly int $at,
        /** Who has taken care of it, while it is not open. */
        public readonly ?AlertAcknowledgement $acknowledged,
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
            Json::integer($data, 'number'),
            AlertPart::from(Json::text($data, 'part')),
            Json::optionalText($data, 'refund_request_id'),
            AlertKind::from(Json::text($data, 'kind')),
            Json::text($data, 'detail'),
            Json::integer($data, 'at'),
            Json::one($data, 'acknowledged', AlertAcknowledgement::fromArray(...)),
        );
    }
}
