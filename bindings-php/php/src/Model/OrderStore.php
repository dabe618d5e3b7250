<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** A store. */
final class OrderStore extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The store's id in the caller's own system. Required. */
        public readonly ?string $referenceStoreId = null,
        /** The store's name. Some pages of AMS require it: without it the result has a warning. */
        public readonly ?string $storeName = null,
        /**
         * The store's category code of ISO 18245: four digits. The other spelling of the documents, `storeMcc`, is
         * read as well. At most 32 characters. Required.
         */
        public readonly ?string $storeMcc = null,
        /** The name that the customer sees. */
        public readonly ?string $storeDisplayName = null,
        /** The till. */
        public readonly ?string $storeTerminalId = null,
        /** Who works at the till. */
        public readonly ?string $storeOperatorId = null,
        /** The store's telephone number. */
        public readonly ?string $storePhoneNo = null,
        /** Where the store is. */
        public readonly ?Address $storeAddress = null,
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
            referenceStoreId: $in->text('referenceStoreId'),
            storeName: $in->text('storeName'),
            storeMcc: $in->text('storeMCC', 'storeMcc'),
            storeDisplayName: $in->text('storeDisplayName'),
            storeTerminalId: $in->text('storeTerminalId'),
            storeOperatorId: $in->text('storeOperatorId'),
            storePhoneNo: $in->text('storePhoneNo'),
            storeAddress: $in->model('storeAddress', Address::fromArray(...)),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('referenceStoreId', $this->referenceStoreId);
        $out->text('storeName', $this->storeName);
        $out->text('storeMCC', $this->storeMcc);
        $out->text('storeDisplayName', $this->storeDisplayName);
        $out->text('storeTerminalId', $this->storeTerminalId);
        $out->text('storeOperatorId', $this->storeOperatorId);
        $out->text('storePhoneNo', $this->storePhoneNo);
        $out->model('storeAddress', $this->storeAddress);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['referenceStoreId', 'storeMcc', 'storeTerminalId'];
    }
}
