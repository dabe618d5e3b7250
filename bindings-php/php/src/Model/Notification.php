<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Enum\NotifyType;

/**
 * A notification, of both protocols. Source: Alipay, notifyPayment; Alipay+, notifyPayment; Alipay, Entry code
 * payment, Accept payments, step 3.
 */
final class Notification extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** AMS: what is notified. */
        public readonly NotifyType|string|null $notifyType = null,
        /** AMS: the result of the payment. */
        public readonly ?ApiResult $result = null,
        /** Alipay+: the result of the payment. */
        public readonly ?ApiResult $paymentResult = null,
        /** The id of the request to pay. At most 64 characters. */
        public readonly ?string $paymentRequestId = null,
        /** The gateway's id of the payment. At most 64 characters. */
        public readonly ?string $paymentId = null,
        /** What the customer paid. */
        public readonly ?Amount $paymentAmount = null,
        /** When the payment was created. */
        public readonly ?string $paymentCreateTime = null,
        /** When the payment reached its end. */
        public readonly ?string $paymentTime = null,
        /** AMS: the customer at the wallet. */
        public readonly ?PspCustomerInfo $pspCustomerInfo = null,
        /** AMS: what is settled, before fees. */
        public readonly ?Amount $grossSettlementAmount = null,
        /** The rate of the settlement. */
        public readonly ?SettlementQuote $settlementQuote = null,
        /** Alipay+: the acquirer. At most 64 characters. */
        public readonly ?string $acquirerId = null,
        /** Alipay+: the wallet's id. */
        public readonly ?string $pspId = null,
        /** Alipay+: the customer at the wallet. */
        public readonly ?string $customerId = null,
        /** Alipay+: the wallet's name. */
        public readonly ?string $walletBrandName = null,
        /** Alipay+: what is settled. */
        public readonly ?Amount $settlementAmount = null,
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
            notifyType: $in->word('notifyType', NotifyType::class),
            result: $in->model('result', ApiResult::fromArray(...)),
            paymentResult: $in->result('paymentResult'),
            paymentRequestId: $in->text('paymentRequestId'),
            paymentId: $in->text('paymentId'),
            paymentAmount: $in->amount('paymentAmount'),
            paymentCreateTime: $in->text('paymentCreateTime'),
            paymentTime: $in->text('paymentTime'),
            pspCustomerInfo: $in->model('pspCustomerInfo', PspCustomerInfo::fromArray(...)),
            grossSettlementAmount: $in->amount('grossSettlementAmount'),
            settlementQuote: $in->model('settlementQuote', SettlementQuote::fromArray(...)),
            acquirerId: $in->text('acquirerId'),
            pspId: $in->text('pspId'),
            customerId: $in->text('customerId'),
            walletBrandName: $in->text('walletBrandName'),
            settlementAmount: $in->amount('settlementAmount'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->word('notifyType', $this->notifyType);
        $out->model('result', $this->result);
        $out->model('paymentResult', $this->paymentResult);
        $out->text('paymentRequestId', $this->paymentRequestId);
        $out->text('paymentId', $this->paymentId);
        $out->amount('paymentAmount', $this->paymentAmount);
        $out->text('paymentCreateTime', $this->paymentCreateTime);
        $out->text('paymentTime', $this->paymentTime);
        $out->model('pspCustomerInfo', $this->pspCustomerInfo);
        $out->amount('grossSettlementAmount', $this->grossSettlementAmount);
        $out->model('settlementQuote', $this->settlementQuote);
        $out->text('acquirerId', $this->acquirerId);
        $out->text('pspId', $this->pspId);
        $out->text('customerId', $this->customerId);
        $out->text('walletBrandName', $this->walletBrandName);
        $out->amount('settlementAmount', $this->settlementAmount);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return [
            'notifyType',
            'paymentRequestId',
            'paymentId',
            'paymentCreateTime',
            'paymentTime',
            'acquirerId',
            'pspId',
            'walletBrandName',
        ];
    }
}
