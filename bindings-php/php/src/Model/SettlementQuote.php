<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The rate between the payment's currency and that of the settlement. */
final class SettlementQuote extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The rate's id. At most 64 characters. */
        public readonly ?string $quoteId = null,
        /** Both currencies, in letters or numbers, as the gateway writes them. At most 16 characters. */
        public readonly ?string $quoteCurrencyPair = null,
        /** The rate, as its decimal text. */
        public readonly ?string $quotePrice = null,
        /** From when it holds. */
        public readonly ?string $quoteStartTime = null,
        /** Until when it holds. */
        public readonly ?string $quoteExpiryTime = null,
        /** Whether it is guaranteed. */
        public readonly ?bool $guaranteed = null,
        /** Alipay+: the currency that the unit counts. */
        public readonly ?string $baseCurrency = null,
        /** Alipay+: for how many of the base currency the price is. */
        public readonly ?string $quoteUnit = null,
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
            quoteId: $in->text('quoteId'),
            quoteCurrencyPair: $in->text('quoteCurrencyPair'),
            quotePrice: $in->text('quotePrice'),
            quoteStartTime: $in->text('quoteStartTime'),
            quoteExpiryTime: $in->text('quoteExpiryTime'),
            guaranteed: $in->flag('guaranteed'),
            baseCurrency: $in->text('baseCurrency'),
            quoteUnit: $in->text('quoteUnit'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('quoteId', $this->quoteId);
        $out->text('quoteCurrencyPair', $this->quoteCurrencyPair);
        $out->text('quotePrice', $this->quotePrice);
        $out->text('quoteStartTime', $this->quoteStartTime);
        $out->text('quoteExpiryTime', $this->quoteExpiryTime);
        $out->flag('guaranteed', $this->guaranteed);
        $out->text('baseCurrency', $this->baseCurrency);
        $out->text('quoteUnit', $this->quoteUnit);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['quoteId', 'quoteCurrencyPair', 'quoteStartTime', 'quoteExpiryTime', 'baseCurrency', 'quoteUnit'];
    }
}
