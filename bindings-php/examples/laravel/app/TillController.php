<?php

declare(strict_types=1);

namespace App;

use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\PaymentResult;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

final class TillController
{
    /**
     * Charges the customer. The id is made once for a sale and sent again if the page is: then the payment goes on, and nobody
     * pays twice.
     */
    public function pay(Request $request, Client $till): JsonResponse
    {
        return $this->shown($till->payCode(
            (string) $request->input('code'),
            Amount::fromMajor((string) $request->input('amount'), 'USD'),
            'Two coffees',
            paymentRequestId: (string) $request->input('id'),
            // Less than max_execution_time and the timeouts of the web server; what is in progress then goes on.
            wait: min(20.0, (float) $request->input('wait', 20)),
        ));
    }

    public function status(Request $request, Client $till): JsonResponse
    {
        return $this->shown($till->status((string) $request->query('id')));
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
