<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/**
 * The account that the merchant is paid into. Source: Alipay, pay (consumer-presented mode), payToMethod; the fields
 * are those of paymentMethod in the SDKs of the gateway.
 */
final class PayToMethod extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The kind of account: `CONNECT_WALLET` in a store. At most 64 characters. */
        public readonly ?string $paymentMethodType = null,
        /** The account. At most 128 characters. */
        public readonly ?string $paymentMethodId = null,
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
            paymentMethodId: $in->text('paymentMethodId'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('paymentMethodType', $this->paymentMethodType);
        $out->text('paymentMethodId', $this->paymentMethodId);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['paymentMethodType'];
    }
}
