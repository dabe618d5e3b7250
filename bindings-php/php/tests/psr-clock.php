<?php

/** The interface of PSR-20, which the distribution does not package. */

declare(strict_types=1);

namespace Psr\Clock;

interface ClockInterface
{
    public function now(): \DateTimeImmutable;
}
