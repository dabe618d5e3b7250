<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Outcome;
use AlipayInstore\Exception\AlipayException;
use Psr\Log\LoggerInterface;

/**
 * Tells a PSR-3 logger how calls ended. Neither a key nor a payment code is ever told.
 *
 * @internal
 */
final class Log
{
    public function __construct(private readonly LoggerInterface $logger)
    {
    }

    public function ended(string $call, PaymentResult|RefundResult|ReverseResult $result): void
    {
        $context = ['call' => $call, 'payment_request_id' => $result->paymentRequestId];
        if ($result instanceof RefundResult) {
            $context['refund_request_id'] = $result->refundRequestId;
        }
        $outcome = $result->outcome?->value ?? 'in_progress';
        $context['outcome'] = $outcome;
        if ($result->failureCode !== null) {
            $context['failure_code'] = $result->failureCode;
        }
        $message = 'alipay: {call} of {payment_request_id}: {outcome}';
        if ($outcome === Outcome::Unresolved->value) {
            $this->logger->error($message, $context);
        } else {
            $this->logger->info($message, $context);
        }
        foreach ($result->alerts as $alert) {
            if ($alert->acknowledged === null) {
                $this->logger->warning('alipay: alert of {payment_request_id}: {alert}', [
                    'payment_request_id' => $result->paymentRequestId,
                    'alert' => $alert->kind->value,
                    'number' => $alert->number,
                ]);
            }
        }
    }

    public function failed(string $call, AlipayException $error): void
    {
        $this->logger->error('alipay: {call} failed: {code}', [
            'call' => $call,
            'code' => $error->errorCode()->value,
            'payment_request_id' => $error->paymentRequestId,
            'may_have_charged' => $error->mayHaveCharged,
            'exception' => $error,
        ]);
    }

    public function notification(HandledNotification $handled): void
    {
        if ($handled->error !== null) {
            $this->failed('handleNotification', $handled->error);
        } else {
            $this->logger->info('alipay: a notification was handled');
        }
    }
}
