<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How a price with more decimals than the currency is brought to the currency's smallest step. */
enum Rounding: string
{
    /** To the nearest step; half a step goes to the even one. */
    case HalfEven = 'half_even';
    /** To the nearest step; half a step goes up. */
    case HalfUp = 'half_up';
    /** To the step below. */
    case Down = 'down';
}
