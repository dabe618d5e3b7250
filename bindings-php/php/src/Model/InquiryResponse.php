<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Enum\PaymentStatus;

/** The answer to `inquiryPayment`, of both protocols. Source: Alipay, inquiryPayment; Alipay+, inquiryPayment. */
final class InquiryResponse extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param list<Transaction> $transactions
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** Whether the inquiry worked. */
        public readonly ?ApiResult $result = null,
        /** AMS: what has become of the payment. */
        public readonly PaymentStatus|string|null $paymentStatus = null,
        /** AMS: the payment's own result code. At most 64 characters. */
        public readonly ?string $paymentResultCode = null,
        /** AMS: the same in words. At most 256 characters. */
        public readonly ?string $paymentResultMessage = null,
        /** Alipay+: the payment's own result. */
        public readonly ?ApiResult $paymentResult = null,
        /** The id of the request to pay. At most 64 characters. */
        public readonly ?string $paymentRequestId = null,
        /** The gateway's id of the payment. At most 64 characters. */
        public readonly ?string $paymentId = null,
        /** What the customer pays. */
        public readonly ?Amount $paymentAmount = null,
        /** When the payment was created. */
        public readonly ?string $paymentCreateTime = null,
        /** When the payment was made. */
        public readonly ?string $paymentTime = null,
        /** AMS: when the authorization expires. `authExpiredTime` is read as well. */
        public readonly ?string $authExpiryTime = null,
        /** AMS: the customer at the wallet. */
        public readonly ?PspCustomerInfo $pspCustomerInfo = null,
        /** Where the customer's wallet is redirected to. */
        public readonly ?RedirectActionForm $redirectActionForm = null,
        /** What was done with the payment. */
        public readonly array $transactions = [],
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
            result: $in->model('result', ApiResult::fromArray(...)),
            paymentStatus: $in->word('paymentStatus', PaymentStatus::class),
            paymentResultCode: $in->text('paymentResultCode'),
            paymentResultMessage: $in->text('paymentResultMessage'),
            paymentResult: $in->result('paymentResult'),
            paymentRequestId: $in->text('paymentRequestId'),
            paymentId: $in->text('paymentId'),
            paymentAmount: $in->amount('paymentAmount'),
            paymentCreateTime: $in->text('paymentCreateTime'),
            paymentTime: $in->text('paymentTime'),
            authExpiryTime: $in->text('authExpiryTime', 'authExpiredTime'),
            pspCustomerInfo: $in->model('pspCustomerInfo', PspCustomerInfo::fromArray(...)),
            redirectActionForm: $in->model('redirectActionForm', RedirectActionForm::fromArray(...)),
            transactions: $in->models('transactions', Transaction::fromArray(...)),
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
        $out->model('result', $this->result);
        $out->word('paymentStatus', $this->paymentStatus);
        $out->text('paymentResultCode', $this->paymentResultCode);
        $out->text('paymentResultMessage', $this->paymentResultMessage);
        $out->model('paymentResult', $this->paymentResult);
        $out->text('paymentRequestId', $this->paymentRequestId);
        $out->text('paymentId', $this->paymentId);
        $out->amount('paymentAmount', $this->paymentAmount);
        $out->text('paymentCreateTime', $this->paymentCreateTime);
        $out->text('paymentTime', $this->paymentTime);
        $out->text('authExpiryTime', $this->authExpiryTime);
        $out->model('pspCustomerInfo', $this->pspCustomerInfo);
        $out->model('redirectActionForm', $this->redirectActionForm);
        $out->models('transactions', $this->transactions);
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
            'paymentStatus',
            'paymentResultCode',
            'paymentRequestId',
            'paymentId',
            'paymentCreateTime',
            'paymentTime',
            'authExpiryTime',
            'acquirerId',
            'pspId',
            'walletBrandName',
        ];
    }
}
