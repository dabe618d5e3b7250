<?php

// Generated from schema/dialect/results.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Outcome;
use AlipayInstore\Enum\PaymentState;
use AlipayInstore\Enum\UnresolvedReason;

/** How a payment stands, and the steps that led there. */
final class PaymentResult
{
    /**
     * @param list<Alert> $alerts
     * @param array<array-key, mixed>|null $form
     * @param list<TimelineEntry> $timeline
     * @param list<array<array-key, mixed>> $warnings
     */
    private function __construct(
        /** The id of the payment. */
        public readonly string $paymentRequestId,
        /**
         * Paid, not paid, or it needs manual review. `null` while it is in progress: the payment goes on, so charge
         * nobody again.
         */
        public readonly ?Outcome $outcome,
        /**
         * For `failed`: the code it was refused with, or `payment.not_sent` where nothing ever left this machine.
         */
        public readonly ?string $failureCode,
        /** For `unresolved`: what could not be settled. */
        public readonly ?UnresolvedReason $unresolvedReason,
        /** The state of the payment, such as `confirming`. */
        public readonly PaymentState $phase,
        /** What is paid. */
        public readonly Amount $amount,
        /** The gateway's id of the payment, where it told one. */
        public readonly ?string $paymentId,
        /** When the customer paid, as the gateway told it, in milliseconds since the epoch. */
        public readonly ?int $paymentTime,
        /** Every alert of the payment, its refunds and its reverse, also when the payment succeeded. */
        public readonly array $alerts,
        /** The request stated another payment code than the one that the payment goes on with. */
        public readonly bool $codeIgnored,
        /** Whether the store has it as it is told here. */
        public readonly bool $stored,
        /** Whether the customer was charged, or may have been. */
        public readonly bool $mayHaveCharged,
        /** Whether money was given back, or may have been. */
        public readonly bool $mayHaveRefunded,
        /** What the customer is to see while the payment waits for them: an order code, or where to send them. */
        public readonly ?array $form,
        /** What happened since the call, as far as this process saw it. */
        public readonly array $timeline,
        /** What was allowed and is worth knowing, by `kind`: docs/dialect.md lists them. */
        public readonly array $warnings,
    ) {
    }

    /** Whether it ended well: paid. */
    public function succeeded(): bool
    {
        return $this->outcome === Outcome::Succeeded;
    }

    /** Whether it has no outcome yet. */
    public function inProgress(): bool
    {
        return $this->outcome === null;
    }

    /** @internal */
    public static function fromJson(#[\SensitiveParameter] string $json): self
    {
        return self::fromArray(Json::object($json));
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(#[\SensitiveParameter] array $data): self
    {
        return new self(
            Json::text($data, 'payment_request_id'),
            Outcome::tryFrom(Json::optionalText($data, 'outcome') ?? ''),
            Json::optionalText($data, 'code'),
            UnresolvedReason::tryFrom(Json::optionalText($data, 'reason') ?? ''),
            PaymentState::from(Json::text($data, 'phase')),
            Amount::parse(Json::text($data, 'amount')),
            Json::optionalText($data, 'payment_id'),
            Json::optionalInteger($data, 'payment_time'),
            Json::each($data, 'alerts', Alert::fromArray(...)),
            Json::flag($data, 'code_ignored'),
            Json::flag($data, 'stored'),
            Json::flag($data, 'may_have_charged'),
            Json::flag($data, 'may_have_refunded'),
            Json::optionalArray($data, 'form'),
            Json::each($data, 'timeline', TimelineEntry::fromArray(...)),
            Json::each($data, 'warnings', static fn (array $one): array => $one),
        );
    }
}
