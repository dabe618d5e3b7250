<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * Keeps payments in memory, for tests. Everything ends with the object: a payment that was under way can't be resumed then,
 * and under PHP-FPM that is after every request.
 */
final class MemoryStore extends ShippedStore
{
    public function __construct()
    {
        parent::__construct(Native\Store::memory());
    }
}
