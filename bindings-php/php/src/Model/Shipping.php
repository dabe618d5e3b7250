<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** A delivery. */
final class Shipping extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** Who receives it. */
        public readonly ?UserName $shippingName = null,
        /** Where. */
        public readonly ?Address $shippingAddress = null,
        /** Who delivers it. At most 128 characters. */
        public readonly ?string $shippingCarrier = null,
        /** The telephone number of who receives it. At most 16 characters. */
        public readonly ?string $shippingPhoneNo = null,
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
            shippingName: $in->model('shippingName', UserName::fromArray(...)),
            shippingAddress: $in->model('shippingAddress', Address::fromArray(...)),
            shippingCarrier: $in->text('shippingCarrier'),
            shippingPhoneNo: $in->text('shippingPhoneNo'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->model('shippingName', $this->shippingName);
        $out->model('shippingAddress', $this->shippingAddress);
        $out->text('shippingCarrier', $this->shippingCarrier);
        $out->text('shippingPhoneNo', $this->shippingPhoneNo);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return [];
    }
}
