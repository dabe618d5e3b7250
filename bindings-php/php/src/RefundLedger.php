<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Resolved;

/**
 * The refunds and the reverse of one payment, for hosts that bring their own HTTP and database: one record, whose sum can't
 * exceed the payment.
 */
final class RefundLedger
{
    private function __construct(private readonly Native\RefundLedger $native)
    {
    }

    /** @throws Exception\PaymentException unless the payment was paid */
    public static function of(Payment $payment): self
    {
        return new self(Native\RefundLedger::of($payment->native()));
    }

    /** The ledger of a payment that is to be reversed, in whatever state that is. */
    public static function forReverse(Payment $payment): self
    {
        return new self(Native\RefundLedger::forReverse($payment->native()));
    }

    public static function restore(#[\SensitiveParameter] string $snapshot): self
    {
        return new self(Native\RefundLedger::restore($snapshot));
    }

    /** Everything about it, to be stored before any action is carried out. */
    public function snapshot(): string
    {
        return $this->native->snapshot();
    }

    /**
     * Enters a refund.
     *
     * @param array<string, mixed> $request the body of refund
     * @param string $apiPrefix that of the merchant
     */
    public function enter(
        string $refundRequestId,
        Amount $amount,
        #[\SensitiveParameter] array $request,
        string $apiPrefix,
    ): void {
        $body = Json::write($request);
        $this->native->enter($refundRequestId, (string) $amount->value, $amount->currency, $apiPrefix, $body);
    }

    /**
     * Takes an event of one refund in, and gives the actions to carry out.
     *
     * @param array<string, mixed> $event
     *
     * @return list<array<array-key, mixed>>
     */
    public function handle(string $refundRequestId, array $event, int $now): array
    {
        return self::actions($this->native->handle($refundRequestId, Json::write($event), $now));
    }

    /** What a person found out about a refund that is unresolved. */
    public function resolve(string $refundRequestId, Resolved $resolved, string $who, string $note, int $now): void
    {
        $this->native->resolve($refundRequestId, $resolved->value, $who, $note, $now);
    }

    /** Enters the reverse of the payment. */
    public function enterReverse(Payment $payment): void
    {
        $this->native->enterReverse($payment->native());
    }

    /**
     * Takes an event of the reverse in, and gives the actions to carry out.
     *
     * @param array<string, mixed> $event
     *
     * @return list<array<array-key, mixed>>
     */
    public function handleReverse(array $event, int $now): array
    {
        return self::actions($this->native->handleReverse(Json::write($event), $now));
    }

    /** What may still be given back, in minor units. */
    public function left(): int
    {
        return (int) Json::text($this->standing(), 'left');
    }

    /** What was given back, in minor units. */
    public function refunded(): int
    {
        return (int) Json::text($this->standing(), 'refunded');
    }

    /** What was paid. */
    public function paid(): Amount
    {
        $standing = $this->standing();

        return Amount::fromMinor(Json::text($standing, 'paid'), Json::text($standing, 'currency'));
    }

    /** @return list<RefundStanding> every refund in the order in which they were entered */
    public function refunds(): array
    {
        return Json::each($this->standing(), 'refunds', RefundStanding::fromArray(...));
    }

    public function refund(string $refundRequestId): ?RefundStanding
    {
        foreach ($this->refunds() as $refund) {
            if ($refund->refundRequestId === $refundRequestId) {
                return $refund;
            }
        }

        return null;
    }

    public function reverse(): ?RefundStanding
    {
        $data = Json::optionalArray($this->standing(), 'reverse');

        return $data === null ? null : RefundStanding::fromArray($data);
    }

    private function __clone()
    {
    }

    /** @return list<array<array-key, mixed>> */
    private static function actions(string $json): array
    {
        return Json::each(['actions' => Json::object($json)], 'actions', static fn (array $action): array => $action);
    }

    /** @return array<array-key, mixed> */
    private function standing(): array
    {
        return Json::object($this->native->standing());
    }
}
