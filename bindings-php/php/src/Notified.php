<?php

// Generated from schema/dialect/results.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\NotifiedKind;
use AlipayInstore\Enum\Outcome;
use AlipayInstore\Enum\UnresolvedReason;

/** What a notification changed. */
final class Notified
{
    /** @param list<Alert> $alerts */
    private function __construct(
        /** What it is. */
        public readonly NotifiedKind $kind,
        /** The id of the payment. */
        public readonly ?string $paymentRequestId,
        /** The refund that it named. */
        public readonly ?string $refundRequestId,
        /** How the payment ended. `null` while it has no outcome. */
        public readonly ?Outcome $outcome,
        /**
         * For `failed`: the code it was refused with, or `payment.not_sent` where nothing ever left this machine.
         */
        public readonly ?string $failureCode,
        /** For `unresolved`: what could not be settled. */
        public readonly ?UnresolvedReason $unresolvedReason,
        /** The alerts that it raised. */
        public readonly array $alerts,
    ) {
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(#[\SensitiveParameter] array $data): self
    {
        return new self(
            NotifiedKind::from(Json::text($data, 'kind')),
            Json::optionalText($data, 'payment_request_id'),
            Json::optionalText($data, 'refund_request_id'),
            Outcome::tryFrom(Json::optionalText($data, 'outcome') ?? ''),
            Json::optionalText($data, 'code'),
            UnresolvedReason::tryFrom(Json::optionalText($data, 'reason') ?? ''),
            Json::each($data, 'alerts', Alert::fromArray(...)),
        );
    }
}
