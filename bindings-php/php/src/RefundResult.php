<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\RefundOutcome;

/** How a refund stands. */
final class RefundResult
{
    /**
     * @param list<Alert> $alerts
     * @param list<TimelineEntry> $timeline
     */
    private function __construct(
        public readonly string $paymentRequestId,
        public readonly string $refundRequestId,
        /** Given back, refused, or it needs manual review. Null while it is in progress: the refund goes on. */
        public readonly ?RefundOutcome $outcome,
        /** The gateway's id of the refund, where it told one. */
        public readonly ?string $refundId,
        /** For a refund that failed, the gateway's code. */
        public readonly ?string $failureCode,
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

    /** Whether the money was given back. */
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
    public static function fromJson(string $json): self
    {
        $data = Json::object($json);

        return new self(
            Json::text($data, 'payment_request_id'),
            Json::text($data, 'refund_request_id'),
            RefundOutcome::tryFrom(Json::optionalText($data, 'outcome') ?? ''),
            Json::optionalText($data, 'refund_id'),
            Json::optionalText($data, 'code'),
            Json::each($data, 'alerts', Alert::fromArray(...)),
            Json::integer($data, 'left'),
            Json::flag($data, 'stored'),
            Json::flag($data, 'may_have_refunded'),
            Json::each($data, 'timeline', TimelineEntry::fromArray(...)),
        );
    }
}
