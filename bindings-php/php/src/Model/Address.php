<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** An address. */
final class Address extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /**
         * Country or region of ISO 3166: two capital letters. Required where there is an address. At most 2
         * characters.
         */
        public readonly ?string $region = null,
        /** State or province. At most 8 characters. */
        public readonly ?string $state = null,
        /** City. At most 32 characters. */
        public readonly ?string $city = null,
        /** First line. At most 256 characters. */
        public readonly ?string $address1 = null,
        /** Second line. At most 256 characters. */
        public readonly ?string $address2 = null,
        /** Postal code. At most 32 characters. */
        public readonly ?string $zipCode = null,
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
            region: $in->text('region'),
            state: $in->text('state'),
            city: $in->text('city'),
            address1: $in->text('address1'),
            address2: $in->text('address2'),
            zipCode: $in->text('zipCode'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('region', $this->region);
        $out->text('state', $this->state);
        $out->text('city', $this->city);
        $out->text('address1', $this->address1);
        $out->text('address2', $this->address2);
        $out->text('zipCode', $this->zipCode);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['region'];
    }
}
