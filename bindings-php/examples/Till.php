<?php

declare(strict_types=1);

namespace App;

use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\PaymentResult;

/** The pages of a till without the framework that serves them: from what was posted to what is shown as JSON. */
final class Till
{
    public function __construct(private readonly Client $client)
    {
    }

    /**
     * Charges the customer. The id is made once for a sale and sent again if the page is: then the payment goes on, and nobody
     * pays twice.
     *
     * @param array<string, mixed> $form `code`, `amount`, `id`, and `wait` in seconds
     *
     * @return array<string, mixed>
     */
    public function pay(#[\SensitiveParameter] array $form): array
    {
        return self::shown($this->client->payCode(
            (string) ($form['code'] ?? ''),
            Amount::fromMajor((string) ($form['amount'] ?? ''), 'USD'),
            'Two coffees',
            paymentRequestId: (string) ($form['id'] ?? ''),
            // Less than max_execution_time and the timeouts of the web server. What is in progress then goes on in this
            // process, or in the worker if this process ends.
            wait: min(20.0, (float) ($form['wait'] ?? 20)),
        ));
    }

    /** @return array<string, mixed> */
    public function status(string $id): array
    {
        return self::shown($this->client->status($id));
    }

    /**
     * Status and content of the page for an error. The cashier must not charge again before the payment's state is known.
     *
     * @return array{int, array<string, mixed>}
     */
    public static function error(AlipayException $error): array
    {
        return [
            $error->mayHaveCharged ? 503 : 422,
            ['error' => $error->code, 'hint' => $error->hint, 'may_have_charged' => $error->mayHaveCharged],
        ];
    }

    /** @return array<string, mixed> */
    private static function shown(PaymentResult $result): array
    {
        return [
            'id' => $result->paymentRequestId,
            'amount' => (string) $result->amount,
            'in_progress' => $result->inProgress(),
            'outcome' => $result->outcome?->value,
            'code' => $result->failureCode,
            'alerts' => count($result->alerts),
        ];
    }
}
