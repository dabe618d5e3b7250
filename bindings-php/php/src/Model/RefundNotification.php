<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Enum\NotifyType;
use AlipayInstore\Enum\RefundStatus;

/**
 * A notification about a refund, only in AMS. Whether refunds of payments in a store are notified is not certain:
 * take one, and never wait for one. Source: Alipay, notifyRefund.
 */
final class RefundNotification extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** What is notified: the result of a refund. */
        public readonly NotifyType|string|null $notifyType = null,
        /**
         * Whether the refund worked, where the message states it; `refundStatus` says whether the money was given
         * back.
         */
        public readonly ?ApiResult $result = null,
        /** What has become of the refund: given back, or not. At most 16 characters. */
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
            notifyType: $in->word('notifyType', NotifyType::class),
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
        $out->word('notifyType', $this->notifyType);
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
        return ['notifyType', 'refundStatus', 'refundRequestId', 'refundId', 'refundTime'];
    }
}
