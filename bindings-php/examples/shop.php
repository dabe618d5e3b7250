<?php

/** What the pages of the shop share. */

declare(strict_types=1);

use AlipayInstore\Client;
use AlipayInstore\Merchant;
use AlipayInstore\Shop;
use AlipayInstore\SqlStore;

// With Composer: require __DIR__ . '/vendor/autoload.php';
require_once __DIR__ . '/../php/autoload.php';
require_once __DIR__ . '/Till.php';

/** The client of this page. Its connections, and what it drives, belong to the process and stay for the next page. */
function client(): Client
{
    return new Client(
        // ALIPAY_INSTORE_PROTOCOL, _CLIENT_ID, _GATEWAY, _SIGNING_KEY_FILE, _GATEWAY_KEY_FILE, _NOTIFY_URL
        Merchant::fromEnv(),
        new SqlStore((string) getenv('SHOP_STORE')),
        notifyUrlConfigured: true,
        shop: shop(),
    );
}

/** Who sells, and where. */
function shop(): Shop
{
    return new Shop(
        merchantId: 'M1',
        merchantName: 'Coffee House',
        mcc: '5814',
        storeId: 'S1',
        storeName: 'Harbour',
        terminal: 'TILL7',
        settlementCurrency: 'USD',
        notifyUrl: getenv('SHOP_NOTIFY_URL') ?: null,
        redirectUrl: getenv('SHOP_ENTRY_URL') ?: null,
    );
}
