<?php

declare(strict_types=1);

namespace App;

use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\PaymentResult;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpKernel\Attribute\AsController;

#[AsController]
final class TillController
{
    public function __construct(private readonly Client $till)
    {
    }

    /**
     * Charges the customer. The id is made once for a sale and sent again if the page is: then the payment goes on, and nobody
     * pays twice.
     */
    public function pay(Request $request): JsonResponse
    {
        $form = $request->request;

        return $this->shown($this->till->payCode(
            (string) $form->get('code'),
            Amount::fromMajor((string) $form->get('amount'), 'USD'),
            'Two coffees',
            paymentRequestId: (string) $form->get('id'),
            // Less than max_execution_time and the timeouts of the web server; what is in progress then goes on.
            wait: min(20.0, (float) $form->get('wait', '20')),
        ));
    }

    public function status(Request $request): JsonResponse
    {
        return $this->shown($this->till->status((string) $request->query->get('id')));
    }

    private function shown(PaymentResult $result): JsonResponse
    {
        return new JsonResponse([
            'id' => $result->paymentRequestId,
            'in_progress' => $result->inProgress(),
            'outcome' => $result->outcome?->value,
            'code' => $result->failureCode,
            'alerts' => count($result->alerts),
        ]);
    }
}
