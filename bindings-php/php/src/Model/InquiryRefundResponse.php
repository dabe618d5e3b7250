<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Enum\RefundStatus;

/** The answer to `inquiryRefund`. */
final class InquiryRefundResponse extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** Whether the inquiry worked. */
        public readonly ?ApiResult $result = null,
        /** What has become of the refund. At most 16 characters. */
        public readonly RefundStatus|string|null $refundStatus = null,
        /** The id of the request to refund. At most 64 characters. */
        public readonly ?string $refundRequestId = null,
        /** The gateway's id of the refund. At most 64 characters. */
        public readonly ?string $refundId = null,
        /** How much was given back. */
        public readonly ?Amount $refundAmount = null,
        /** When. */
        public readonly ?string $refundTime = null,
        /** What is settled, before fees. */
        public readonly ?Amount $grossSettlementAmount = null,
        /** The rate of the settlement. */
        public readonly ?SettlementQuote $settlementQuote = null,
        /** Members that are not declared here, and declared ones of another kind; written back as they are. */
        public readonly array $extra = [],
    ) {
    }

    /**
     * Reads a JSON object leniently: scalars as text, number or boolean, null as absent.
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $in = new Reader($data);

        return new self(
            result: $in->model('result', ApiResult::fromArray(...)),
            refundStatus: $in->word('refundStatus', RefundStatus::class),
            refundRequestId: $in->text('refundRequestId'),
            refundId: $in->text('refundId'),
            refundAmount: $in->amount('refundAmount'),
            refundTime: $in->text('refundTime'),
            grossSettlementAmount: $in->amount('grossSettlementAmount'),
            settlementQuote: $in->model('settlementQuote', SettlementQuote::fromArray(...)),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->model('result', $this->result);
        $out->word('refundStatus', $this->refundStatus);
        $out->text('refundRequestId', $this->refundRequestId);
        $out->text('refundId', $this->refundId);
        $out->amount('refundAmount', $this->refundAmount);
        $out->text('refundTime', $this->refundTime);
        $out->amount('grossSettlementAmount', $this->grossSettlementAmount);
        $out->model('settlementQuote', $this->settlementQuote);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['refundStatus', 'refundRequestId', 'refundId', 'refundTime'];
    }
}
