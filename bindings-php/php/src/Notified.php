<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Outcome;

/**
 * What a notification changed. `taken`: it is stored with its payment. `unknown`: no payment or refund of this id is stored;
 * it can have overtaken the payment, and is refused so that it comes again. `other`: it is not about a result.
 */
final class Notified
{
    /** @param list<Alert> $alerts */
    private function __construct(
        /** `taken`, `unknown` or `other`. */
        public readonly string $kind,
        public readonly ?string $paymentRequestId,
        /** The refund that it named. */
        public readonly ?string $refundRequestId,
        /** How the payment ended; null while it has no outcome. */
        public readonly ?Outcome $outcome,
        /** The alerts that it raised. */
        public readonly array $alerts,
    ) {
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        return new self(
            Json::text($data, 'kind'),
            Json::optionalText($data, 'payment_request_id'),
            Json::optionalText($data, 'refund_request_id'),
            Outcome::tryFrom(Json::optionalText($data, 'outcome') ?? ''),
            Json::each($data, 'alerts', Alert::fromArray(...)),
        );
    }
}
