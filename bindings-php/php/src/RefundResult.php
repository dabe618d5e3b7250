<?php

// Generated from schema/dialect/results.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\RefundOutcome;

/** How a refund stands, and the steps that led there. */
final class RefundResult
{
    /**
     * @param list<Alert> $alerts
     * @param list<TimelineEntry> $timeline
     */
    private function __construct(
        /** The id of the payment. */
        public readonly string $paymentRequestId,
        /** The id of the refund. */
        public readonly string $refundRequestId,
        /**
         * Given back, refused, or it needs manual review. `null` while it is in progress: the refund goes on, and the
         * same call with the same id waits for it.
         */
        public readonly ?RefundOutcome $outcome,
        /** For `failed`: the code it was refused with, or `refund.not_sent` where nothing ever left this machine. */
        public readonly ?string $failureCode,
        /** The gateway's id of the refund, where it told one. */
        public readonly ?string $refundId,
        /** Every alert of the payment, its refunds and its reverse. */
        public readonly array $alerts,
        /** What may still be given back of the payment, in minor units. */
        public readonly int $left,
        /** Whether the store has it as it is told here. */
        public readonly bool $stored,
        /** Whether money was given back by this refund, or may have been. */
        public readonly bool $mayHaveRefunded,
        /** What happened since the call, as far as this process saw it. */
        public readonly array $timeline,
    ) {
    }

    /** Whether it ended well: the money was given back. */
    public function refunded(): bool
    {
        return $this->outcome === RefundOutcome::Refunded;
    }

    /** Whether it has no outcome yet. */
    public function inProgress(): bool
    {
        return $this->outcome === null;
    }

    /** @internal */
    public static function fromJson(#[\SensitiveParameter] string $json): self
    {
        return self::fromArray(Json::object($json));
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(#[\SensitiveParameter] array $data): self
    {
        return new self(
            Json::text($data, 'payment_request_id'),
            Json::text($data, 'refund_request_id'),
            RefundOutcome::tryFrom(Json::optionalText($data, 'outcome') ?? ''),
            Json::optionalText($data, 'code'),
            Json::optionalText($data, 'refund_id'),
            Json::each($data, 'alerts', Alert::fromArray(...)),
            Json::integer($data, 'left'),
            Json::flag($data, 'stored'),
            Json::flag($data, 'may_have_refunded'),
            Json::each($data, 'timeline', TimelineEntry::fromArray(...)),
        );
    }
}
