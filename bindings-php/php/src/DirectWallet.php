<?php

declare(strict_types=1);

namespace AlipayInstore;

/** A wallet with which the merchant has a contract of its own. */
final class DirectWallet
{
    public function __construct(
        /** The wallet's name, such as `ALIPAY_CN`. */
        public readonly string $wallet,
        /** The fourth to sixth digit of its codes; only `ALIPAY_CN` and `ALIPAY_HK` can do without. */
        public readonly ?string $routingNumber = null,
        /** The fewest digits that its codes have, which only the rule set `ams` reads. */
        public readonly ?int $minLength = null,
    ) {
    }

    /** @return array<string, string|int> */
    public function toArray(): array
    {
        return \array_filter([
            'wallet' => $this->wallet,
            'routing_number' => $this->routingNumber,
            'min_length' => $this->minLength,
        ], static fn (string|int|null $value): bool => $value !== null);
    }
}
