<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/**
 * A request to `inquiryRefund`: one of the ids, or both, in which case the gateway goes by `refundId`. Alipay+ has no
 * such API.
 */
final class InquiryRefundRequest extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The id of the request to refund. At most 64 characters. */
        public readonly ?string $refundRequestId = null,
        /** The gateway's id of the refund. At most 64 characters. */
        public readonly ?string $refundId = null,
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
            refundId: $in->text('refundId'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('refundRequestId', $this->refundRequestId);
        $out->text('refundId', $this->refundId);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['refundRequestId', 'refundId'];
    }
}
