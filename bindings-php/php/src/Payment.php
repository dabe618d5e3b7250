<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\AlertKind;
use AlipayInstore\Enum\Outcome;
use AlipayInstore\Enum\PaymentState;
use AlipayInstore\Enum\Scenario;

/**
 * The payment machine alone, for hosts that bring their own HTTP and database. Events and actions are arrays in the form
 * that docs/dialect.md describes, the same in every language. `Client` does all of it; use this only if that can't be.
 */
final class Payment
{
    private function __construct(private readonly Native\Payment $native)
    {
    }

    /**
     * A payment that has not begun.
     *
     * @param array<string, mixed> $request the body of pay
     * @param string $apiPrefix that of the merchant
     * @param int|null $paymentExpiryTime milliseconds since the epoch
     */
    public static function create(
        Policy $policy,
        string $paymentRequestId,
        Amount $amount,
        Scenario $scenario,
        #[\SensitiveParameter] array $request,
        string $apiPrefix,
        ?int $paymentExpiryTime = null,
    ): self {
        return new self(Native\Payment::of(
            $policy->json(),
            $paymentRequestId,
            (string) $amount->value,
            $amount->currency,
            $scenario->value,
            $paymentExpiryTime,
            $apiPrefix,
            Json::write($request),
        ));
    }

    /** @throws Exception\PaymentException if the text is not a snapshot */
    public static function restore(#[\SensitiveParameter] string $snapshot): self
    {
        return new self(Native\Payment::restore($snapshot));
    }

    /** Everything about the payment, to be stored before any of its actions is carried out. It holds the payment code. */
    public function snapshot(): string
    {
        return $this->native->snapshot();
    }

    /**
     * Takes an event in, and gives the actions to carry out.
     *
     * @param array<string, mixed> $event
     * @param int $now milliseconds since the epoch
     *
     * @return list<array<array-key, mixed>>
     *
     * @throws Exception\PaymentException
     */
    public function handle(#[\SensitiveParameter] array $event, int $now): array
    {
        return Json::each(
            ['actions' => Json::object($this->native->handle(Json::write($event), $now))],
            'actions',
            static fn (array $action): array => $action,
        );
    }

    public function state(): PaymentState
    {
        return PaymentState::from(Json::text($this->standing(), 'state'));
    }

    /** How it ended; null while it has no outcome. */
    public function outcome(): ?Outcome
    {
        $ended = Json::optionalArray($this->standing(), 'outcome') ?? [];

        return Outcome::tryFrom(Json::optionalText($ended, 'outcome') ?? '');
    }

    /** When to feed the event `tick`, in milliseconds since the epoch; null after the end. */
    public function nextWakeup(): ?int
    {
        return Json::optionalInteger($this->standing(), 'next_wakeup');
    }

    /** @return list<AlertKind> */
    public function alerts(): array
    {
        return \array_map(AlertKind::from(...), \array_values(Json::texts($this->standing(), 'alerts')));
    }

    public function amount(): Amount
    {
        $standing = $this->standing();

        return Amount::fromMinor(Json::text($standing, 'value'), Json::text($standing, 'currency'));
    }

    /** The gateway's id of the payment, where it told one. */
    public function paymentId(): ?string
    {
        return Json::optionalText($this->standing(), 'payment_id');
    }

    public function paymentRequestId(): string
    {
        return Json::text($this->standing(), 'payment_request_id');
    }

    /** @internal */
    public function native(): Native\Payment
    {
        return $this->native;
    }

    /** @return array<array-key, mixed> */
    public function __debugInfo(): array
    {
        return $this->standing();
    }

    private function __clone()
    {
    }

    /** @return array<array-key, mixed> */
    private function standing(): array
    {
        return Json::object($this->native->standing());
    }
}
