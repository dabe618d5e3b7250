<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Scenario;

/**
 * Who sells, where, and at which terminal: stated once, so that a sale is one call. Pass it to a client, whose `payCode`,
 * `payOrderCode` and `payEntryCode` then need only what is sold.
 */
final class Shop
{
    /** @throws Exception\ConfigurationException */
    public function __construct(
        /** The merchant's id at the acquirer. */
        public readonly string $merchantId,
        public readonly string $merchantName,
        /** The merchant category code (ISO 18245, four digits). */
        public readonly string $mcc,
        /** The id of the store in which the customer pays. */
        public readonly ?string $storeId = null,
        /** The name of the store; an id needs one. */
        public readonly ?string $storeName = null,
        /** The category code of the store, where it differs from that of the merchant. */
        public readonly ?string $storeMcc = null,
        /** The terminal of the till. It also begins the ids that the client makes. */
        public readonly ?string $terminal = null,
        /** The currency in which the merchant is paid. Alipay+ requires it. */
        public readonly ?string $settlementCurrency = null,
        /** Where the gateway sends notifications: a public URL. */
        public readonly ?string $notifyUrl = null,
        /** Where the customer goes after paying on the merchant's page (entry code). */
        public readonly ?string $redirectUrl = null,
    ) {
        Native\check_shop($this->json());
    }

    /**
     * The request of a sale, for `Client::pay`, which may change it first.
     *
     * @throws Exception\CodeException for what is not a payment code
     * @throws Exception\RequestException
     */
    public function sale(
        Scenario $scenario,
        Amount $amount,
        string $description,
        string $paymentRequestId,
        #[\SensitiveParameter] PaymentCode|string|null $code = null,
        ?string $userAgent = null,
    ): Model\PayRequest {
        $sale = [
            'scenario' => $scenario->value,
            'payment_request_id' => $paymentRequestId,
            'currency' => $amount->currency,
            'value' => (string) $amount->value,
            'description' => $description,
            'code' => $code instanceof PaymentCode ? $code->expose() : $code,
            'user_agent' => $userAgent,
        ];

        return Model\PayRequest::fromArray(Json::object(Native\sale_request($this->json(), Json::write($sale))));
    }

    private function json(): string
    {
        return Json::write([
            'merchant_id' => $this->merchantId,
            'merchant_name' => $this->merchantName,
            'mcc' => $this->mcc,
            'store_id' => $this->storeId,
            'store_name' => $this->storeName,
            'store_mcc' => $this->storeMcc,
            'terminal' => $this->terminal,
            'settlement_currency' => $this->settlementCurrency,
            'notify_url' => $this->notifyUrl,
            'redirect_url' => $this->redirectUrl,
        ]);
    }
}
