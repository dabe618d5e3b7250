<?php

declare(strict_types=1);

namespace AlipayInstore;

/** How many requests of a client may be under way, and how many may begin in a second. They hold for one process. */
final class Limits
{
    public function __construct(
        /** Requests that are under way at the same time. */
        public readonly int $inFlight = 128,
        /** Requests a second, in the long run. */
        public readonly int $perSecond = 1_000,
        /** Requests that may begin at once after a pause. */
        public readonly int $burst = 1_000,
    ) {
    }
}
