<?php

declare(strict_types=1);

/** The sends that were carried out, and to which of them an answer belongs. */
final class Sends
{
    /** @var list<array{int, string}> The number and the operation of each send, in their order. */
    private array $sent = [];
    /** Actions up to this number were carried out; after a restart they come again. */
    private int $carriedOut = 0;

    public function __construct(private readonly string $otherwise, private readonly string $unknown)
    {
    }

    /** @param list<array<string, mixed>> $actions */
    public function carryOut(array $actions): void
    {
        foreach ($actions as $action) {
            if ($action['sequence'] > $this->carriedOut) {
                $this->carriedOut = $action['sequence'];
                if ($action['type'] === 'send') {
                    $this->sent[] = [$action['send_id'], $action['operation']];
                }
            }
        }
    }

    /**
     * The send an answer belongs to: the one that is named, else the latest of the operation, else the latest.
     *
     * @return array{int, string}
     */
    public function of(array $event): array
    {
        $operation = $event['operation'] ?? null;
        if (is_int($event['send_id'] ?? null)) {
            foreach ($this->sent as [$number, $found]) {
                if ($number === $event['send_id']) {
                    return [$number, $operation ?? $found];
                }
            }

            return [$event['send_id'], $operation ?? $this->otherwise];
        }
        foreach (array_reverse($this->sent) as [$number, $found]) {
            if ($operation === null || $operation === $found) {
                return [$number, $found];
            }
        }

        throw new Unrunnable($this->unknown);
    }

    /** The event as the machines read it: an answer names its send, which a case may leave out. */
    public function whole(array $event, ?array $sent = null): array
    {
        if (!in_array($event['type'] ?? null, ['reply', 'no_reply'], true)) {
            return $event;
        }
        [$number, $operation] = $sent ?? $this->of($event);

        return ['send_id' => $number, 'operation' => $operation] + $event;
    }

    /** @return list<string> */
    public function operations(): array
    {
        return array_column($this->sent, 1);
    }
}
