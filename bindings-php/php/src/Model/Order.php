<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;

/**
 * The order that is paid.
 *
 * `indirectAcquirer`, which newer editions of Alipay+, pay name, is an unknown member here: its fields are not
 * published.
 */
final class Order extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param list<Goods> $goods
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The order's id in the merchant's system. Alipay+ requires it. At most 64 characters. */
        public readonly ?string $referenceOrderId = null,
        /**
         * What is sold, in words for the customer. Some pages of AMS require it: without it the result has a warning.
         * At most 256 characters.
         */
        public readonly ?string $orderDescription = null,
        /** What the customer sees as the price. Left out, it is the payment amount. */
        public readonly ?Amount $orderAmount = null,
        /** Who sells. Required. */
        public readonly ?OrderMerchant $merchant = null,
        /** What is sold, one by one. */
        public readonly array $goods = [],
        /** Where it is sent. */
        public readonly ?Shipping $shipping = null,
        /** Who buys. */
        public readonly ?Buyer $buyer = null,
        /** Till, terminal and device. Required by AMS, and with an entry code. */
        public readonly ?Env $env = null,
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
            referenceOrderId: $in->text('referenceOrderId'),
            orderDescription: $in->text('orderDescription'),
            orderAmount: $in->amount('orderAmount'),
            merchant: $in->model('merchant', OrderMerchant::fromArray(...)),
            goods: $in->models('goods', Goods::fromArray(...)),
            shipping: $in->model('shipping', Shipping::fromArray(...)),
            buyer: $in->model('buyer', Buyer::fromArray(...)),
            env: $in->model('env', Env::fromArray(...)),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('referenceOrderId', $this->referenceOrderId);
        $out->text('orderDescription', $this->orderDescription);
        $out->amount('orderAmount', $this->orderAmount);
        $out->model('merchant', $this->merchant);
        $out->models('goods', $this->goods);
        $out->model('shipping', $this->shipping);
        $out->model('buyer', $this->buyer);
        $out->model('env', $this->env);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['referenceOrderId'];
    }
}
