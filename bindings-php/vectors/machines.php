<?php

/** The kinds of vectors that drive the machines: what a host would keep, and the events of a case. */

declare(strict_types=1);

use AlipayInstore\Amount;
use AlipayInstore\Enum;
use AlipayInstore\Payment;
use AlipayInstore\Policy;
use AlipayInstore\RefundLedger;
use AlipayInstore\RefundStanding;

/** A `ticks` event stops here, so that a wrong machine can't hang the runner. */
const MOST_TICKS = 100_000;

/** @return iterable<array{array<string, mixed>, int}> */
function events(array $events): iterable
{
    foreach ($events as $event) {
        if (!is_int($event['at'] ?? null)) {
            throw new Unrunnable('config.missing');
        }
        yield [$event['event'], $event['at']];
    }
}

/** Feeds ticks as they are due. */
function ticks(int $until, callable $next, callable $handle): void
{
    for ($tick = 0; $tick < MOST_TICKS; $tick++) {
        $at = $next();
        if ($at === null || $at > $until) {
            return;
        }
        $handle($at);
    }

    throw new Unrunnable('payment.not_final');
}

function policy(array $case): Policy
{
    $changes = $case['policy'] ?? ['preset' => 'ams'];
    $preset = Enum\Protocol::from($changes['preset']);
    unset($changes['preset']);

    return new Policy($preset, $changes);
}

final class Drive
{
    public readonly Sends $sends;

    public function __construct(public Payment $payment)
    {
        $this->sends = new Sends('pay', 'payment.unknown_send');
    }

    public static function of(array $case): self
    {
        $policy = policy($case);
        $payment = $case['payment'];

        return new self(Payment::create(
            $policy,
            text($payment, 'payment_request_id'),
            price($payment['amount']),
            Enum\Scenario::from(text($payment, 'scenario')),
            [
                'paymentRequestId' => $payment['payment_request_id'],
                'paymentMethodId' => $payment['payment_code'] ?? '',
            ],
            '/v1',
            isset($payment['payment_expiry_time'])
                ? (int) (new DateTimeImmutable($payment['payment_expiry_time']))->format('Uv')
                : null,
        ));
    }

    public function run(array $case): array
    {
        foreach (events($case['events'] ?? []) as [$event, $at]) {
            $this->feed($event, $at);
        }

        return [
            'state' => $this->payment->state()->value,
            'outcome' => $this->payment->outcome()?->value,
            'sends' => $this->sends->operations(),
            'alerts' => array_column($this->payment->alerts(), 'value'),
            'next_wakeup' => $this->payment->nextWakeup(),
        ];
    }

    public function feed(array $event, int $at): void
    {
        if (text($event, 'type') === 'ticks') {
            ticks(
                $at,
                fn () => $this->payment->nextWakeup(),
                fn (int $now) => $this->sends->carryOut($this->payment->handle(['type' => 'tick'], $now)),
            );

            return;
        }
        if ($event['type'] === 'resumed') {
            $this->payment = Payment::restore($this->payment->snapshot());
        }
        $this->sends->carryOut($this->payment->handle($this->sends->whole($event), $at));
    }
}

function flow(array $file, array $case): array
{
    return Drive::of($case)->run($case);
}

function snapshot(array $file, array $case): array
{
    return (new Drive(Payment::restore(text($case, 'snapshot'))))->run($case);
}

/** How a refund or a reverse stands, as the files expect it. */
function standing(?RefundStanding $standing, Sends $sends, RefundLedger $ledger): array
{
    return [
        'state' => $standing?->state ?? 'ready',
        'outcome' => $standing?->outcome,
        'code' => $standing?->failureCode,
        'sends' => $sends->operations(),
        'alerts' => array_column($standing?->alerts ?? [], 'value'),
        'left' => (string) $ledger->left(),
        'next_wakeup' => $standing?->nextWakeup,
    ];
}

/** A payment that was just paid. */
function paid(Policy $policy, Amount $amount): Payment
{
    $payment = Payment::create($policy, 'p', $amount, Enum\Scenario::PaymentCode, ['paymentRequestId' => 'p'], '/v1');
    $payment->handle(['type' => 'begin'], 0);
    $body = [
        'result' => ['resultStatus' => 'S', 'resultCode' => 'SUCCESS'],
        'paymentId' => '2026',
        'paymentAmount' => $amount->toArray(),
        'paymentTime' => '2026-11-22T00:00:00Z',
    ];
    $payment->handle(['type' => 'reply', 'send_id' => 1, 'operation' => 'pay', 'body' => $body], 1);

    return $payment;
}

function refund(array $file, array $case): array
{
    $described = $case['refund'] ?? [];
    $id = text($described, 'refund_request_id');
    $ledger = RefundLedger::of(paid(policy($case), price($described['paid'] ?? null)));
    $ledger->enter($id, price($described['amount'] ?? null), ['refundRequestId' => $id], '/v1');
    $sends = new Sends('refund', 'refund.unknown_send');
    foreach (events($case['events'] ?? []) as [$event, $at]) {
        $type = text($event, 'type');
        if ($type === 'ticks') {
            ticks(
                $at,
                fn () => $ledger->refund($id)?->nextWakeup,
                fn (int $now) => $sends->carryOut($ledger->handle($id, ['type' => 'tick'], $now)),
            );
            continue;
        }
        if ($type === 'resolve') {
            $resolved = Enum\Resolved::from(text($event, 'resolved'));
            $ledger->resolve($id, $resolved, text($event, 'who'), text($event, 'note'), $at);
            continue;
        }
        if ($type === 'resumed') {
            $ledger = RefundLedger::restore($ledger->snapshot());
        }
        // Nothing was sent yet: the machine says what is wrong.
        $sent = $ledger->refund($id)?->state === 'ready' ? [1, 'refund'] : null;
        $sends->carryOut($ledger->handle($id, $sends->whole($event, $sent), $at));
    }

    return standing($ledger->refund($id), $sends, $ledger);
}

final class ReverseDrive
{
    /** Null while there is neither a refund nor a reverse. */
    private ?RefundLedger $found = null;
    public readonly Sends $sends;

    public function __construct(public readonly Payment $payment)
    {
        $this->sends = new Sends('cancel', 'reverse.unknown_send');
    }

    public function ledger(): RefundLedger
    {
        return $this->found ??= RefundLedger::of($this->payment);
    }

    /** Brings a refund to the state that the case names. */
    public function earlierRefund(array $refund): void
    {
        $id = text($refund, 'refund_request_id');
        $this->enterRefund($refund, 0);
        $result = match (text($refund, 'state')) {
            'made' => ['resultStatus' => 'S', 'resultCode' => 'SUCCESS'],
            'refused' => ['resultStatus' => 'F', 'resultCode' => 'REFUND_WINDOW_EXCEED'],
            default => null,
        };
        if ($result !== null) {
            $reply = ['type' => 'reply', 'send_id' => 1, 'operation' => 'refund', 'body' => ['result' => $result]];
            $this->ledger()->handle($id, $reply, 1);
        } elseif ($refund['state'] === 'unresolved') {
            ticks(
                PHP_INT_MAX,
                fn () => $this->ledger()->refund($id)?->nextWakeup,
                fn (int $now) => $this->ledger()->handle($id, ['type' => 'tick'], $now),
            );
        }
    }

    public function feed(array $event, int $at): void
    {
        switch (text($event, 'type')) {
            case 'begin':
                $this->found ??= RefundLedger::forReverse($this->payment);
                $this->found->enterReverse($this->payment);
                $this->handle(['type' => 'begin'], $at);
                break;
            case 'refund':
                $this->enterRefund($event, $at);
                break;
            case 'refund_reply':
                $this->refundReply($event, $at);
                break;
            case 'ticks':
                ticks(
                    $at,
                    fn () => $this->ledger()->reverse()?->nextWakeup,
                    fn (int $now) => $this->handle(['type' => 'tick'], $now),
                );
                break;
            case 'resumed':
                $this->found = RefundLedger::restore($this->ledger()->snapshot());
                $this->handle($event, $at);
                break;
            default:
                $this->handle($this->sends->whole($event), $at);
        }
    }

    private function enterRefund(array $refund, int $at): void
    {
        $id = text($refund, 'refund_request_id');
        $amount = Amount::fromMinor(text($refund, 'amount'), $this->payment->amount()->currency);
        $this->ledger()->enter($id, $amount, [], '/v1');
        $this->ledger()->handle($id, ['type' => 'begin'], $at);
    }

    private function refundReply(array $event, int $at): void
    {
        $id = text($event, 'refund_request_id');
        $body = is_array($event['body'] ?? null) ? $event['body'] : throw new Unrunnable('message.not_object');
        $sent = [1, 'refund'];
        foreach ($this->ledger()->handle($id, ['type' => 'resumed'], $at) as $action) {
            if ($action['type'] === 'send') {
                $sent = [$action['send_id'], $action['operation']];
            }
        }
        $reply = ['type' => 'reply', 'send_id' => $sent[0], 'operation' => $sent[1], 'body' => $body];
        $this->ledger()->handle($id, $reply, $at);
    }

    private function handle(array $event, int $at): void
    {
        $this->sends->carryOut($this->ledger()->handleReverse($event, $at));
    }
}

function reverse(array $file, array $case): array
{
    $before = Drive::of($case);
    foreach (events($case['before'] ?? []) as [$event, $at]) {
        $before->feed($event, $at);
    }
    $drive = new ReverseDrive($before->payment);
    foreach ($case['refunds'] ?? [] as $earlier) {
        $drive->earlierRefund($earlier);
    }
    foreach (events($case['events'] ?? []) as [$event, $at]) {
        $drive->feed($event, $at);
    }

    return standing($drive->ledger()->reverse(), $drive->sends, $drive->ledger());
}
