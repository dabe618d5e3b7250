<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\TimelineEventType;

/** A step of a payment. */
final class TimelineEntry
{
    /** @param array<array-key, mixed> $details what the event has beside its type, under the names of docs/api.md */
    private function __construct(
        /** When, in milliseconds since the epoch. */
        public readonly int $at,
        /** How long after the beginning, in milliseconds. */
        public readonly int $elapsed,
        public readonly TimelineEventType $event,
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
        $event = Json::optionalArray($data, 'event') ?? [];
        $type = TimelineEventType::from(Json::text($event, 'type'));
        unset($event['type']);

        return new self(Json::integer($data, 'at'), Json::integer($data, 'elapsed'), $type, $event);
    }
}
