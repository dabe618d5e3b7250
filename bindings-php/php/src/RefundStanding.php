<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\AlertKind;

/** How a refund, or the reverse of a payment, stands in a `RefundLedger`. */
final class RefundStanding
{
    /** @param list<AlertKind> $alerts */
    private function __construct(
        /** Our id of the refund; of a reverse only where one was sent. */
        public readonly ?string $refundRequestId,
        /** The gateway's id, where it told one. */
        public readonly ?string $refundId,
        public readonly Amount $amount,
        public readonly string $state,
        /** The word of `Enum\RefundOutcome`, or of `Enum\ReverseOutcome` for a reverse; null while it has no outcome. */
        public readonly ?string $outcome,
        /** The gateway's code of a refusal. */
        public readonly ?string $failureCode,
        public readonly array $alerts,
        /** When to feed the event `tick`, in milliseconds since the epoch; null after the end. */
        public readonly ?int $nextWakeup,
    ) {
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $ended = Json::optionalArray($data, 'outcome') ?? [];

        return new self(
            Json::optionalText($data, 'refund_request_id'),
            Json::optionalText($data, 'refund_id'),
            Amount::fromMinor(Json::text($data, 'value'), Json::text($data, 'currency')),
            Json::text($data, 'state'),
            Json::optionalText($ended, 'outcome'),
            Json::optionalText($ended, 'code'),
            \array_map(AlertKind::from(...), \array_values(Json::texts($data, 'alerts'))),
            Json::optionalInteger($data, 'next_wakeup'),
        );
    }
}
