<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;

/** A request to refund, in whole or in part. Source: Alipay, refund; Alipay+, refund. */
final class RefundRequest extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** One id for each refund, kept when the request is repeated. At most 64 characters. Required. */
        public readonly ?string $refundRequestId = null,
        /** The gateway's id of the payment. AMS requires it. At most 64 characters. */
        public readonly ?string $paymentId = null,
        /**
         * Alipay+: the id of the request to pay, where `paymentId` is not known. AMS is not sent it. At most 64
         * characters.
         */
        public readonly ?string $paymentRequestId = null,
        /** How much is given back. Required. */
        public readonly ?Amount $refundAmount = null,
        /** The refund's id in the merchant's system. At most 64 characters. */
        public readonly ?string $referenceRefundId = null,
        /** Why. At most 256 characters. */
        public readonly ?string $refundReason = null,
        /**
         * AMS: where the result of the refund is notified. An optional service: never wait for it. At most 2048
         * characters.
         */
        public readonly ?string $refundNotifyUrl = null,
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
            refundRequestId: $in->text('refundRequestId'),
            paymentId: $in->text('paymentId'),
            paymentRequestId: $in->text('paymentRequestId'),
            refundAmount: $in->amount('refundAmount'),
            referenceRefundId: $in->text('referenceRefundId'),
            refundReason: $in->text('refundReason'),
            refundNotifyUrl: $in->text('refundNotifyUrl'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('refundRequestId', $this->refundRequestId);
        $out->text('paymentId', $this->paymentId);
        $out->text('paymentRequestId', $this->paymentRequestId);
        $out->amount('refundAmount', $this->refundAmount);
        $out->text('referenceRefundId', $this->referenceRefundId);
        $out->text('refundReason', $this->refundReason);
        $out->text('refundNotifyUrl', $this->refundNotifyUrl);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['refundRequestId', 'paymentId', 'paymentRequestId', 'referenceRefundId'];
    }
}
