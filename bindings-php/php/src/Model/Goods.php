<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;

/** One kind of goods. */
final class Goods extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** Its id in the merchant's system. At most 64 characters. Required. */
        public readonly ?string $referenceGoodsId = null,
        /** Its name. At most 256 characters. Required. */
        public readonly ?string $goodsName = null,
        /** Its category. At most 64 characters. */
        public readonly ?string $goodsCategory = null,
        /** Its brand. */
        public readonly ?string $goodsBrand = null,
        /** The price of one. */
        public readonly ?Amount $goodsUnitAmount = null,
        /** How many. */
        public readonly ?int $goodsQuantity = null,
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
            referenceGoodsId: $in->text('referenceGoodsId'),
            goodsName: $in->text('goodsName'),
            goodsCategory: $in->text('goodsCategory'),
            goodsBrand: $in->text('goodsBrand'),
            goodsUnitAmount: $in->amount('goodsUnitAmount'),
            goodsQuantity: $in->integer('goodsQuantity'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('referenceGoodsId', $this->referenceGoodsId);
        $out->text('goodsName', $this->goodsName);
        $out->text('goodsCategory', $this->goodsCategory);
        $out->text('goodsBrand', $this->goodsBrand);
        $out->amount('goodsUnitAmount', $this->goodsUnitAmount);
        $out->integer('goodsQuantity', $this->goodsQuantity);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['referenceGoodsId'];
    }
}
