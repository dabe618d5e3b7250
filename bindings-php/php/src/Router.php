<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\RoutingRules;

/** Routes payment codes by one configuration. */
final class Router
{
    private readonly Native\Router $native;

    /**
     * @param iterable<DirectWallet> $direct
     *
     * @throws Exception\ConfigurationException
     */
    public function __construct(
        bool $alipayPlus = true,
        RoutingRules $ruleset = RoutingRules::AlipayPlus,
        iterable $direct = [],
    ) {
        $wallets = [];
        foreach ($direct as $wallet) {
            $wallets[] = $wallet->toArray();
        }
        $this->native = Native\Router::of(Json::write([
            'alipay_plus' => $alipayPlus,
            'ruleset' => $ruleset->value,
            'direct' => $wallets,
        ]));
    }

    /** @throws Exception\CodeException for a text that is not a payment code, or one that nothing here takes */
    public function route(#[\SensitiveParameter] PaymentCode|string $code): Route
    {
        $json = $this->native->route($code instanceof PaymentCode ? $code->expose() : $code);

        return Route::fromArray(Json::object($json));
    }
}
