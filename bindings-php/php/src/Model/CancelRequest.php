<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** A request to cancel: one of the ids, or both, in which case the gateway goes by `paymentId`. */
final class CancelRequest extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The id of the request to pay. At most 64 characters. */
        public readonly ?string $paymentRequestId = null,
        /** The gateway's id of the payment. At most 64 characters. */
        public readonly ?string $paymentId = null,
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
            paymentRequestId: $in->text('paymentRequestId'),
            paymentId: $in->text('paymentId'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('paymentRequestId', $this->paymentRequestId);
        $out->text('paymentId', $this->paymentId);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['paymentRequestId', 'paymentId'];
    }
}
