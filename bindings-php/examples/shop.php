<?php

/** What the pages of the shop share: the client, and how a sale becomes a request. */

declare(strict_types=1);

use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\Enum\Scenario;
use AlipayInstore\Merchant;
use AlipayInstore\Model;
use AlipayInstore\PaymentCode;
use AlipayInstore\PaymentResult;
use AlipayInstore\SqlStore;

// With Composer: require __DIR__ . '/vendor/autoload.php';
require_once __DIR__ . '/../php/autoload.php';

/** The client of this page. Its connections, and what it drives, belong to the process and stay for the next page. */
function client(): Client
{
    // ALIPAY_INSTORE_PROTOCOL, _CLIENT_ID, _GATEWAY, _SIGNING_KEY_FILE, _GATEWAY_KEY_FILE, _NOTIFY_URL
    return new Client(
        Merchant::fromEnv(),
        new SqlStore((string) getenv('SHOP_STORE')),
        notifyUrlConfigured: true,
    );
}

function sale(string $id, PaymentCode $code, Amount $amount): Model\PayRequest
{
    return new Model\PayRequest(
        paymentRequestId: $id,
        paymentFactor: new Model\PaymentFactor(inStorePaymentScenario: Scenario::PaymentCode),
        paymentAmount: $amount,
        paymentMethod: new Model\PaymentMethod(paymentMethodType: 'CONNECT_WALLET', paymentMethodId: $code),
        paymentNotifyUrl: getenv('SHOP_NOTIFY_URL') ?: null,
        settlementStrategy: new Model\SettlementStrategy(settlementCurrency: 'USD'),
        order: new Model\Order(
            referenceOrderId: $id,
            orderDescription: 'Two coffees',
            merchant: new Model\OrderMerchant(
                referenceMerchantId: 'M1',
                merchantMcc: '5814',
                merchantName: 'Coffee House',
                merchantDisplayName: 'Coffee House',
                merchantAddress: new Model\Address(region: 'SG', city: 'Singapore'),
                store: new Model\OrderStore('S1', 'Harbour', '5814', storeTerminalId: 'TILL7'),
            ),
            env: new Model\Env(storeTerminalId: 'TILL7'),
        ),
    );
}

/** What the page of the till shows. */
function shown(PaymentResult $result): string
{
    return json_encode([
        'id' => $result->paymentRequestId,
        'in_progress' => $result->inProgress(),
        'outcome' => $result->outcome?->value,
        'code' => $result->failureCode,
        'alerts' => count($result->alerts),
    ], JSON_THROW_ON_ERROR);
}
