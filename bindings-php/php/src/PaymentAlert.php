<?php

declare(strict_types=1);

namespace AlipayInstore;

/** An alert that nobody has acknowledged. */
final class PaymentAlert
{
    public function __construct(
        public readonly string $paymentRequestId,
        public readonly Alert $alert,
    ) {
    }
}
