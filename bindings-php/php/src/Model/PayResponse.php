<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;

/**
 * The answer to `pay`, of both protocols.
 *
 * `actualPaymentAmount` and `paymentQuote` have been withdrawn and are unknown members. Source: Alipay, pay
 * (consumer-presented mode), response parameters; Alipay+, Accept a payment, step 2.
 */
final class PayResponse extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** How the call ended. For order code and entry code, `S` says that the code or the redirect was made. */
        public readonly ?ApiResult $result = null,
        /** The id of the request. At most 64 characters. */
        public readonly ?string $paymentRequestId = null,
        /** The gateway's id of the payment. At most 64 characters. */
        public readonly ?string $paymentId = null,
        /** What the customer pays. */
        public readonly ?Amount $paymentAmount = null,
        /** When the payment was made. */
        public readonly ?string $paymentTime = null,
        /** When the payment was created. */
        public readonly ?string $paymentCreateTime = null,
        /**
         * AMS: when the authorization expires. The other spelling of the documents, `authExpiredTime`, is read as
         * well.
         */
        public readonly ?string $authExpiryTime = null,
        /** AMS: the customer at the wallet. */
        public readonly ?PspCustomerInfo $pspCustomerInfo = null,
        /** A challenge for the customer. */
        public readonly ?ChallengeActionForm $challengeActionForm = null,
        /** Where the customer's wallet is redirected to. */
        public readonly ?RedirectActionForm $redirectActionForm = null,
        /** The code that the customer scans. */
        public readonly ?OrderCodeForm $orderCodeForm = null,
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
        /** Alipay+: where the customer pays. */
        public readonly ?string $paymentUrl = null,
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
            paymentRequestId: $in->text('paymentRequestId'),
            paymentId: $in->text('paymentId'),
            paymentAmount: $in->amount('paymentAmount'),
            paymentTime: $in->text('paymentTime'),
            paymentCreateTime: $in->text('paymentCreateTime'),
            authExpiryTime: $in->text('authExpiryTime', 'authExpiredTime'),
            pspCustomerInfo: $in->model('pspCustomerInfo', PspCustomerInfo::fromArray(...)),
            challengeActionForm: $in->model('challengeActionForm', ChallengeActionForm::fromArray(...)),
            redirectActionForm: $in->model('redirectActionForm', RedirectActionForm::fromArray(...)),
            orderCodeForm: $in->model('orderCodeForm', OrderCodeForm::fromArray(...)),
            grossSettlementAmount: $in->amount('grossSettlementAmount'),
            settlementQuote: $in->model('settlementQuote', SettlementQuote::fromArray(...)),
            acquirerId: $in->text('acquirerId'),
            pspId: $in->text('pspId'),
            customerId: $in->text('customerId'),
            walletBrandName: $in->text('walletBrandName'),
            paymentUrl: $in->text('paymentUrl'),
            settlementAmount: $in->amount('settlementAmount'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->model('result', $this->result);
        $out->text('paymentRequestId', $this->paymentRequestId);
        $out->text('paymentId', $this->paymentId);
        $out->amount('paymentAmount', $this->paymentAmount);
        $out->text('paymentTime', $this->paymentTime);
        $out->text('paymentCreateTime', $this->paymentCreateTime);
        $out->text('authExpiryTime', $this->authExpiryTime);
        $out->model('pspCustomerInfo', $this->pspCustomerInfo);
        $out->model('challengeActionForm', $this->challengeActionForm);
        $out->model('redirectActionForm', $this->redirectActionForm);
        $out->model('orderCodeForm', $this->orderCodeForm);
        $out->amount('grossSettlementAmount', $this->grossSettlementAmount);
        $out->model('settlementQuote', $this->settlementQuote);
        $out->text('acquirerId', $this->acquirerId);
        $out->text('pspId', $this->pspId);
        $out->text('customerId', $this->customerId);
        $out->text('walletBrandName', $this->walletBrandName);
        $out->text('paymentUrl', $this->paymentUrl);
        $out->amount('settlementAmount', $this->settlementAmount);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return [
            'paymentRequestId',
            'paymentId',
            'paymentTime',
            'paymentCreateTime',
            'authExpiryTime',
            'acquirerId',
            'pspId',
            'walletBrandName',
        ];
    }
}
