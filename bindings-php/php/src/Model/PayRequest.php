<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Enum\ProductCode;

/**
 * A request to `pay`, of both protocols and all scenarios.
 *
 * What a protocol demands and what follows from other fields is filled in when the request is used: the product code,
 * the flag of in-store payments, the order's amount, the time of the till.
 *
 * `paymentFactor.isAuthorization`, which the documents have withdrawn, can be read and written only as an unknown
 * member. Source: Alipay, pay (consumer-presented mode); Alipay+, Accept a payment, step 2.
 */
final class PayRequest extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param list<string> $allowedPspRegions
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The product; filled in for AMS, refused for Alipay+. */
        public readonly ?ProductCode $productCode = null,
        /** One id for each attempt to pay. At most 64 characters. Required. */
        public readonly ?string $paymentRequestId = null,
        /** Where the gateway sends notifications. At most 2048 characters. */
        public readonly ?string $paymentNotifyUrl = null,
        /** Where the customer goes after paying. At most 2048 characters. */
        public readonly ?string $paymentRedirectUrl = null,
        /** After this time the payment does not succeed any more. */
        public readonly \DateTimeInterface|string|null $paymentExpiryTime = null,
        /** The scenario. Required. */
        public readonly ?PaymentFactor $paymentFactor = null,
        /** What the customer pays. Required. */
        public readonly ?Amount $paymentAmount = null,
        /** With what the customer pays. Required. */
        public readonly ?PaymentMethod $paymentMethod = null,
        /** AMS: the account that the merchant is paid into, where it is not that of the contract. */
        public readonly ?PayToMethod $payToMethod = null,
        /** AMS: the authentication of the customer that belongs to this payment. */
        public readonly ?PaymentVerificationData $paymentVerificationData = null,
        /** In which currency the merchant is paid. Required by Alipay+. */
        public readonly ?SettlementStrategy $settlementStrategy = null,
        /** Where the merchant is, for some regions of AMS: two letters. At most 2 characters. */
        public readonly ?string $merchantRegion = null,
        /** What is paid for. Required. */
        public readonly ?Order $order = null,
        /** Alipay+: the regions whose wallets may pay, two letters each. */
        public readonly array $allowedPspRegions = [],
        /** Alipay+: where the customer is, two letters. At most 2 characters. */
        public readonly ?string $userRegion = null,
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
            productCode: $in->choice('productCode', ProductCode::class),
            paymentRequestId: $in->text('paymentRequestId'),
            paymentNotifyUrl: $in->text('paymentNotifyUrl'),
            paymentRedirectUrl: $in->text('paymentRedirectUrl'),
            paymentExpiryTime: $in->text('paymentExpiryTime'),
            paymentFactor: $in->model('paymentFactor', PaymentFactor::fromArray(...)),
            paymentAmount: $in->amount('paymentAmount'),
            paymentMethod: $in->model('paymentMethod', PaymentMethod::fromArray(...)),
            payToMethod: $in->model('payToMethod', PayToMethod::fromArray(...)),
            paymentVerificationData: $in->model('paymentVerificationData', PaymentVerificationData::fromArray(...)),
            settlementStrategy: $in->model('settlementStrategy', SettlementStrategy::fromArray(...)),
            merchantRegion: $in->text('merchantRegion'),
            order: $in->model('order', Order::fromArray(...)),
            allowedPspRegions: $in->texts('allowedPspRegions'),
            userRegion: $in->text('userRegion'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->word('productCode', $this->productCode);
        $out->text('paymentRequestId', $this->paymentRequestId);
        $out->text('paymentNotifyUrl', $this->paymentNotifyUrl);
        $out->text('paymentRedirectUrl', $this->paymentRedirectUrl);
        $out->time('paymentExpiryTime', $this->paymentExpiryTime);
        $out->model('paymentFactor', $this->paymentFactor);
        $out->amount('paymentAmount', $this->paymentAmount);
        $out->model('paymentMethod', $this->paymentMethod);
        $out->model('payToMethod', $this->payToMethod);
        $out->model('paymentVerificationData', $this->paymentVerificationData);
        $out->model('settlementStrategy', $this->settlementStrategy);
        $out->text('merchantRegion', $this->merchantRegion);
        $out->model('order', $this->order);
        $out->texts('allowedPspRegions', $this->allowedPspRegions);
        $out->text('userRegion', $this->userRegion);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return [
            'productCode',
            'paymentRequestId',
            'paymentExpiryTime',
            'merchantRegion',
            'allowedPspRegions',
            'userRegion',
        ];
    }
}
