<?php

/** What AlipayServiceProvider makes the client of. The variables may stand in .env. */

declare(strict_types=1);

$variables = [];
foreach (['PROTOCOL', 'CLIENT_ID', 'GATEWAY', 'SIGNING_KEY_FILE', 'GATEWAY_KEY_FILE', 'NOTIFY_URL', 'ALLOW_HTTP_NOTIFY'] as $name) {
    $value = env("ALIPAY_INSTORE_$name");
    if ($value !== null) {
        // `env` makes true and false of some texts.
        $variables["ALIPAY_INSTORE_$name"] = is_bool($value) ? ($value ? 'true' : 'false') : (string) $value;
    }
}

return [
    // For Merchant::fromEnv. They are read here, since `php artisan config:cache` leaves no environment to read later.
    'merchant' => $variables,

    // The tables are made by `alipay-instore store migrate --store URL`.
    'store' => env('SHOP_STORE'),

    'shop' => [
        'merchantId' => 'M1',
        'merchantName' => 'Coffee House',
        'mcc' => '5814',
        'storeId' => 'S1',
        'storeName' => 'Harbour',
        'terminal' => 'TILL7',
        'settlementCurrency' => 'USD',
        'notifyUrl' => env('SHOP_NOTIFY_URL'),
    ],
];
