<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Operation;
use AlipayInstore\Enum\Protocol;
use AlipayInstore\Enum\Scenario;

/** What verified messages say, for hosts with an HTTP client of their own. */
final class Reply
{
    /**
     * Reads a body whose signature was verified, as the machines read it. What is ours is compared where it is given.
     *
     * @throws Exception\MessageException
     */
    public static function readVerified(
        Protocol $protocol,
        Operation $operation,
        #[\SensitiveParameter] string $body,
        ?Scenario $scenario = null,
        ?string $paymentRequestId = null,
        ?Amount $paymentAmount = null,
        ?string $refundRequestId = null,
        ?Amount $refundAmount = null,
    ): Reading {
        $ours = \array_filter([
            'scenario' => $scenario?->value,
            'payment_request_id' => $paymentRequestId,
            'payment_amount' => $paymentAmount?->toArray(),
            'refund_request_id' => $refundRequestId,
            'refund_amount' => $refundAmount?->toArray(),
        ], static fn (string|array|null $value): bool => $value !== null);
        $json = Native\read_verified($protocol->value, $operation->value, $body, Json::write($ours));

        return Reading::fromArray(Json::object($json));
    }
}
