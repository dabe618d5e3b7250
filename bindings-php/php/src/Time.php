<?php

declare(strict_types=1);

namespace AlipayInstore;

use Psr\Clock\ClockInterface;

/** @internal */
final class Time
{
    /** Milliseconds since the epoch, by a clock or by the system. */
    public static function now(?ClockInterface $clock = null): int
    {
        return (int) ($clock?->now() ?? new \DateTimeImmutable())->format('Uv');
    }

    private function __construct()
    {
    }
}
