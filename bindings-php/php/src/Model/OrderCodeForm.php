<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The code of an order, for the customer to scan. */
final class OrderCodeForm extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param list<CodeDetail> $codeDetails
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The wallet that can pay it. */
        public readonly ?string $paymentMethodType = null,
        /** Until when it can be paid. */
        public readonly ?string $expireTime = null,
        /** The same code in several forms. At most 4 elements. */
        public readonly array $codeDetails = [],
        /** More, as text. At most 2048 characters. */
        public readonly ?string $extendInfo = null,
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
            paymentMethodType: $in->text('paymentMethodType'),
            expireTime: $in->text('expireTime'),
            codeDetails: $in->models('codeDetails', CodeDetail::fromArray(...)),
            extendInfo: $in->text('extendInfo'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('paymentMethodType', $this->paymentMethodType);
        $out->text('expireTime', $this->expireTime);
        $out->models('codeDetails', $this->codeDetails);
        $out->text('extendInfo', $this->extendInfo);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['paymentMethodType', 'expireTime'];
    }
}
