<?php

declare(strict_types=1);

namespace App;

use AlipayInstore\Client;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Merchant;
use AlipayInstore\Shop;
use AlipayInstore\SqlStore;
use Illuminate\Contracts\Debug\ExceptionHandler;
use Illuminate\Contracts\Foundation\Application;
use Illuminate\Foundation\Exceptions\Handler;
use Illuminate\Http\JsonResponse;
use Illuminate\Support\ServiceProvider;
use Psr\Log\LoggerInterface;

/** Registers the client, its routes, and what a page shows for an error of a payment. */
final class AlipayServiceProvider extends ServiceProvider
{
    public function register(): void
    {
        // Made when a controller asks for it. Its connections and what it drives belong to the process, and stay for the
        // next request; so it costs little to make it anew there.
        $this->app->singleton(Client::class, static fn (Application $app): Client => new Client(
            Merchant::fromEnv($app['config']->get('alipay.merchant')),
            new SqlStore((string) $app['config']->get('alipay.store')),
            notifyUrlConfigured: true,
            shop: new Shop(...$app['config']->get('alipay.shop')),
            logger: $app->make(LoggerInterface::class),
        ));
    }

    public function boot(ExceptionHandler $errors): void
    {
        $this->loadRoutesFrom($this->app->basePath('routes/alipay.php'));
        if ($errors instanceof Handler) {
            $errors->renderable(static function (AlipayException $error): JsonResponse {
                [$status, $page] = Till::error($error);

                return new JsonResponse($page, $status);
            });
        }
    }
}
