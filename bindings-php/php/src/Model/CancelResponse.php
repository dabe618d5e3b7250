<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The answer. Source: Alipay, cancel; Alipay+, cancelPayment. */
final class CancelResponse extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** How the call ended. */
        public readonly ?ApiResult $result = null,
        /** The id of the request to pay. At most 64 characters. */
        public readonly ?string $paymentRequestId = null,
        /** The gateway's id of the payment. At most 64 characters. */
        public readonly ?string $paymentId = null,
        /** AMS: when it was cancelled; present only on success. */
        public readonly ?string $cancelTime = null,
        /** Alipay+: the acquirer. At most 64 characters. */
        public readonly ?string $acquirerId = null,
        /** Alipay+: the wallet's id. */
        public readonly ?string $pspId = null,
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
            paymentRequestId: $in->text('paymentRequestId'),
            paymentId: $in->text('paymentId'),
            cancelTime: $in->text('cancelTime'),
            acquirerId: $in->text('acquirerId'),
            pspId: $in->text('pspId'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->model('result', $this->result);
        $out->text('paymentRequestId', $this->paymentRequestId);
        $out->text('paymentId', $this->paymentId);
        $out->text('cancelTime', $this->cancelTime);
        $out->text('acquirerId', $this->acquirerId);
        $out->text('pspId', $this->pspId);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['paymentRequestId', 'paymentId', 'cancelTime', 'acquirerId', 'pspId'];
    }
}
