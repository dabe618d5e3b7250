<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The customer at the wallet. Source: Alipay, pay (consumer-presented mode), pspCustomerInfo. */
final class PspCustomerInfo extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The wallet's name. At most 64 characters. */
        public readonly ?string $pspName = null,
        /** The customer's id at the wallet. At most 64 characters. */
        public readonly ?string $pspCustomerId = null,
        /** The customer's id as it may be shown. At most 64 characters. */
        public readonly ?string $displayCustomerId = null,
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
            pspName: $in->text('pspName'),
            pspCustomerId: $in->text('pspCustomerId'),
            displayCustomerId: $in->text('displayCustomerId'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('pspName', $this->pspName);
        $out->text('pspCustomerId', $this->pspCustomerId);
        $out->text('displayCustomerId', $this->displayCustomerId);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['pspName'];
    }
}
