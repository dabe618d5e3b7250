<?php

declare(strict_types=1);

namespace Symfony\Component\DependencyInjection\Loader\Configurator;

use AlipayInstore\Client;
use AlipayInstore\Merchant;
use AlipayInstore\Shop;
use AlipayInstore\SqlStore;
use App\Till;

return static function (ContainerConfigurator $container): void {
    $container->extension('framework', ['secret' => env('APP_SECRET'), 'http_method_override' => false]);
    $container->parameters()->set('env(ALIPAY_INSTORE_ALLOW_HTTP_NOTIFY)', 'false');

    $services = $container->services()->defaults()->autowire()->autoconfigure();
    $services->load('App\\', '../src/')->exclude('../src/Kernel.php');
    $services->set(Till::class);

    // The variables are passed on, since those of a .env file are in no environment that `fromEnv` would read.
    $names = ['PROTOCOL', 'CLIENT_ID', 'GATEWAY', 'SIGNING_KEY_FILE', 'GATEWAY_KEY_FILE', 'NOTIFY_URL', 'ALLOW_HTTP_NOTIFY'];
    $variables = [];
    foreach ($names as $name) {
        $variables["ALIPAY_INSTORE_$name"] = env("ALIPAY_INSTORE_$name");
    }
    $services->set(Merchant::class)->factory([Merchant::class, 'fromEnv'])->args([$variables]);
    // The tables are made by `alipay-instore store migrate --store URL`.
    $services->set(SqlStore::class)->args([env('SHOP_STORE')]);
    $services->set(Shop::class)->args([
        '$merchantId' => 'M1',
        '$merchantName' => 'Coffee House',
        '$mcc' => '5814',
        '$storeId' => 'S1',
        '$storeName' => 'Harbour',
        '$terminal' => 'TILL7',
        '$settlementCurrency' => 'USD',
        '$notifyUrl' => env('SHOP_NOTIFY_URL'),
    ]);
    // Its connections and what it drives belong to the process, and stay for the next request.
    $services->set(Client::class)->args([
        '$merchant' => service(Merchant::class),
        '$store' => service(SqlStore::class),
        '$notifyUrlConfigured' => true,
        '$shop' => service(Shop::class),
        '$logger' => service('logger'),
    ]);
};
