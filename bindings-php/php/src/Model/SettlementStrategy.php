<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** How the merchant is paid. */
final class SettlementStrategy extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The currency; Alipay+ requires it. At most 3 characters. */
        public readonly ?string $settlementCurrency = null,
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
            settlementCurrency: $in->text('settlementCurrency'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('settlementCurrency', $this->settlementCurrency);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['settlementCurrency'];
    }
}
