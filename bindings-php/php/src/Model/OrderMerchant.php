<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The merchant that sells to the customer. */
final class OrderMerchant extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The merchant's id in the caller's own system. At most 32 characters. Required. */
        public readonly ?string $referenceMerchantId = null,
        /** The merchant category code of ISO 18245: four digits. At most 32 characters. Required. */
        public readonly ?string $merchantMcc = null,
        /**
         * The merchant's name. Some pages of AMS require it: without it the result has a warning. At most 256
         * characters.
         */
        public readonly ?string $merchantName = null,
        /** The name that the customer sees. At most 64 characters. */
        public readonly ?string $merchantDisplayName = null,
        /** Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border. */
        public readonly ?Address $merchantAddress = null,
        /** When the merchant was registered, ISO 8601. */
        public readonly ?string $merchantRegisterDate = null,
        /**
         * The store in which the customer pays. Required by AMS, and with a payment code, and with an entry code.
         */
        public readonly ?OrderStore $store = null,
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
            referenceMerchantId: $in->text('referenceMerchantId'),
            merchantMcc: $in->text('merchantMCC'),
            merchantName: $in->text('merchantName'),
            merchantDisplayName: $in->text('merchantDisplayName'),
            merchantAddress: $in->model('merchantAddress', Address::fromArray(...)),
            merchantRegisterDate: $in->text('merchantRegisterDate'),
            store: $in->model('store', OrderStore::fromArray(...)),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('referenceMerchantId', $this->referenceMerchantId);
        $out->text('merchantMCC', $this->merchantMcc);
        $out->text('merchantName', $this->merchantName);
        $out->text('merchantDisplayName', $this->merchantDisplayName);
        $out->model('merchantAddress', $this->merchantAddress);
        $out->text('merchantRegisterDate', $this->merchantRegisterDate);
        $out->model('store', $this->store);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['referenceMerchantId', 'merchantMcc'];
    }
}
