<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Enum\Scenario;

/** What kind of payment it is. */
final class PaymentFactor extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** How customer and merchant find each other. Required. */
        public readonly ?Scenario $inStorePaymentScenario = null,
        /** That it is paid in a store; filled in for Alipay+. */
        public readonly ?bool $isInStorePayment = null,
        /** Whether it is paid on a cashier page. */
        public readonly ?bool $isCashierPayment = null,
        /** Who shows the code to whom. */
        public readonly ?string $presentmentMode = null,
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
            inStorePaymentScenario: $in->choice('inStorePaymentScenario', Scenario::class),
            isInStorePayment: $in->flag('isInStorePayment'),
            isCashierPayment: $in->flag('isCashierPayment'),
            presentmentMode: $in->text('presentmentMode'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->word('inStorePaymentScenario', $this->inStorePaymentScenario);
        $out->flag('isInStorePayment', $this->isInStorePayment);
        $out->flag('isCashierPayment', $this->isCashierPayment);
        $out->text('presentmentMode', $this->presentmentMode);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['inStorePaymentScenario', 'presentmentMode'];
    }
}
