<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The customer, as far as the merchant knows. */
final class Buyer extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The customer's id in the merchant's system. At most 64 characters. */
        public readonly ?string $referenceBuyerId = null,
        /** The customer's name. */
        public readonly ?UserName $buyerName = null,
        /** The customer's telephone number. At most 24 characters. */
        public readonly ?string $buyerPhoneNo = null,
        /** The customer's mail address. At most 64 characters. */
        public readonly ?string $buyerEmail = null,
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
            referenceBuyerId: $in->text('referenceBuyerId'),
            buyerName: $in->model('buyerName', UserName::fromArray(...)),
            buyerPhoneNo: $in->text('buyerPhoneNo'),
            buyerEmail: $in->text('buyerEmail'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('referenceBuyerId', $this->referenceBuyerId);
        $out->model('buyerName', $this->buyerName);
        $out->text('buyerPhoneNo', $this->buyerPhoneNo);
        $out->text('buyerEmail', $this->buyerEmail);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return [];
    }
}
