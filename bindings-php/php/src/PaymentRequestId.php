<?php

declare(strict_types=1);

namespace AlipayInstore;

/** Ids for attempts to pay. */
final class PaymentRequestId
{
    /** A new id: the time, the terminal, and 128 random bits. */
    public static function new(string $terminal = ''): string
    {
        $now = (int) (new \DateTimeImmutable())->format('Uv');

        return Native\new_payment_request_id($now, $terminal);
    }
}
