<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\PaymentCode;

/** With what the customer pays. */
final class PaymentMethod extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** Always `CONNECT_WALLET` in a store. At most 64 characters. */
        public readonly ?string $paymentMethodType = null,
        /**
         * The payment code that was scanned. Required with a payment code, refused otherwise. At most 128 characters.
         */
        public readonly PaymentCode|string|null $paymentMethodId = null,
        /** The customer's id at the wallet. AMS no longer asks for it. */
        public readonly ?string $customerId = null,
        /** Alipay+: more about the payment method. */
        public readonly ?PaymentMethodMetaData $paymentMethodMetaData = null,
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
            paymentMethodType: $in->text('paymentMethodType'),
            paymentMethodId: $in->code('paymentMethodId'),
            customerId: $in->text('customerId'),
            paymentMethodMetaData: $in->model('paymentMethodMetaData', PaymentMethodMetaData::fromArray(...)),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('paymentMethodType', $this->paymentMethodType);
        $out->code('paymentMethodId', $this->paymentMethodId);
        $out->text('customerId', $this->customerId);
        $out->model('paymentMethodMetaData', $this->paymentMethodMetaData);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['paymentMethodType'];
    }
}
