<?php

// Generated from schema/dialect by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\TimelineEventType;

/** A step of a payment, its refunds or its reverse, with its time. */
final class TimelineEntry
{
    /** @param array<array-key, mixed> $details */
    private function __construct(
        /** When it happened, in milliseconds since the epoch. */
        public readonly int $at,
        /** How long after the payment began, in milliseconds. */
        public readonly int $elapsed,
        /** What happened. */
        public readonly TimelineEventType $event,
        /**
         * What it holds beside its type:
         *
         * - `sent`: `operation`, `send_id`, `attempt`
         * - `answered`: `operation`, `send_id`, `took`, `result_status`, `result_code`, `payment_status`,
         *   `tracer_id`, `text_replaced`
         * - `unanswered`: `operation`, `send_id`, `took`, `certainty`, `error`
         * - `presented`: `form`
         * - `alerted`: `kind`, `detail`
         * - `concluded`: `outcome`, `code`, `reason`
         * - `refund_concluded`: `refund_request_id`, `outcome`, `code`
         * - `reverse_concluded`: `outcome`, `code`
         */
        public readonly array $details,
    ) {
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $inside = Json::optionalArray($data, 'event') ?? [];
        $type = TimelineEventType::from(Json::text($inside, 'type'));
        unset($inside['type']);

        return new self(
            Json::integer($data, 'at'),
            Json::integer($data, 'elapsed'),
            $type,
            $inside,
        );
    }
}
