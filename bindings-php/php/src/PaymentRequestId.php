<?php

declare(strict_types=1);

namespace AlipayInstore;

use Psr\Clock\ClockInterface;

/** Ids for attempts to pay. */
final class PaymentRequestId
{
    /** A new id: the time by this clock or by the system's, the terminal, and 128 random bits. */
    public static function new(string $terminal = '', ?ClockInterface $clock = null): string
    {
        return Native\new_payment_request_id(Time::now($clock), $terminal);
    }
}
