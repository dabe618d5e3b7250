<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;

/** The answer to `refund`. */
final class RefundResponse extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** How the call ended. */
        public readonly ?ApiResult $result = null,
        /** The id of the request. At most 64 characters. */
        public readonly ?string $refundRequestId = null,
        /** The gateway's id of the refund. At most 64 characters. */
        public readonly ?string $refundId = null,
        /** The gateway's id of the payment. At most 64 characters. */
        public readonly ?string $paymentId = null,
        /** How much was given back. */
        public readonly ?Amount $refundAmount = null,
        /** When. */
        public readonly ?string $refundTime = null,
        /** AMS: what is settled, before fees. */
        public readonly ?Amount $grossSettlementAmount = null,
        /** The rate of the settlement. */
        public readonly ?SettlementQuote $settlementQuote = null,
        /** Alipay+: the acquirer. At most 64 characters. */
        public readonly ?string $acquirerId = null,
        /** Alipay+: the wallet's id. */
        public readonly ?string $pspId = null,
        /** Alipay+: what is settled. */
        public readonly ?Amount $settlementAmount = null,
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
            refundRequestId: $in->text('refundRequestId'),
            refundId: $in->text('refundId'),
            paymentId: $in->text('paymentId'),
            refundAmount: $in->amount('refundAmount'),
            refundTime: $in->text('refundTime'),
            grossSettlementAmount: $in->amount('grossSettlementAmount'),
            settlementQuote: $in->model('settlementQuote', SettlementQuote::fromArray(...)),
            acquirerId: $in->text('acquirerId'),
            pspId: $in->text('pspId'),
            settlementAmount: $in->amount('settlementAmount'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->model('result', $this->result);
        $out->text('refundRequestId', $this->refundRequestId);
        $out->text('refundId', $this->refundId);
        $out->text('paymentId', $this->paymentId);
        $out->amount('refundAmount', $this->refundAmount);
        $out->text('refundTime', $this->refundTime);
        $out->amount('grossSettlementAmount', $this->grossSettlementAmount);
        $out->model('settlementQuote', $this->settlementQuote);
        $out->text('acquirerId', $this->acquirerId);
        $out->text('pspId', $this->pspId);
        $out->amount('settlementAmount', $this->settlementAmount);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['refundRequestId', 'refundId', 'paymentId', 'refundTime', 'acquirerId', 'pspId'];
    }
}
