<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\RoutingRule;
use AlipayInstore\Enum\RoutingRules;
use AlipayInstore\Enum\Target;

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
        $data = Json::object($this->native->route($code instanceof PaymentCode ? $code->expose() : $code));

        return new Route(
            Target::from(Json::text($data, 'target')),
            Json::optionalText($data, 'wallet'),
            RoutingRule::from(Json::text($data, 'rule')),
            \array_values(Json::texts($data, 'alternatives')),
        );
    }
}
