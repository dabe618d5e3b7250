<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Meaning;
use AlipayInstore\Enum\Operation;
use AlipayInstore\Enum\Protocol;
use AlipayInstore\Enum\Scenario;
use AlipayInstore\Enum\Status;

/** What a verified body says, as the machines read it. */
final class Reading
{
    /** @param array<array-key, mixed> $all */
    private function __construct(
        /** By the letter of the result; any other letter is unknown. */
        public readonly Status $status,
        /** The result code as it stands. */
        public readonly string $code,
        /** What status and code mean for the operation, as in `Advice::$meaning`. */
        public readonly Meaning $meaning,
        private readonly array $all,
    ) {
    }

    /**
     * Reads a body whose signature was verified. What is ours is compared where it is given.
     *
     * @throws Exception\MessageException
     */
    public static function verified(
        Protocol $protocol,
        Operation $operation,
        #[\SensitiveParameter] string $body,
        ?Scenario $scenario = null,
        ?string $paymentRequestId = null,
        ?Amount $paymentAmount = null,
        ?string $refundRequestId = null,
        ?Amount $refundAmount = null,
    ): self {
        $ours = \array_filter([
            'scenario' => $scenario?->value,
            'payment_request_id' => $paymentRequestId,
            'payment_amount' => $paymentAmount?->toArray(),
            'refund_request_id' => $refundRequestId,
            'refund_amount' => $refundAmount?->toArray(),
        ], static fn (string|array|null $value): bool => $value !== null);
        $json = Native\read_verified($protocol->value, $operation->value, $body, Json::write($ours));
        $data = Json::object($json);

        return new self(
            Status::from(Json::text($data, 'status')),
            Json::text($data, 'code'),
            Meaning::from(Json::text($data, 'meaning')),
            $data,
        );
    }

    /** @return array<array-key, mixed> everything that was read, under the names of docs/api.md */
    public function toArray(): array
    {
        return $this->all;
    }
}
