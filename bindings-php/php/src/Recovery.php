<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Exception\AlipayException;

/** What `Client::resumeAll` took up. */
final class Recovery
{
    /**
     * @param array<string, PaymentResult> $payments
     * @param array<string, AlipayException> $failed
     */
    private function __construct(
        /** The payments that this process drives from now on, by their ids. */
        public readonly array $payments,
        /** Why others could not be taken up, by their ids. */
        public readonly array $failed,
        /** How many open payments other processes drive. */
        public readonly int $drivenElsewhere,
    ) {
    }

    /** @internal */
    public static function fromJson(string $json): self
    {
        $data = Json::object($json);
        [$payments, $failed] = [[], []];
        foreach (Json::optionalArray($data, 'payments') ?? [] as $one) {
            if (!\is_array($one)) {
                continue;
            }
            $id = Json::text($one, 'payment_request_id');
            $result = Json::optionalArray($one, 'result');
            if ($result !== null) {
                $payments[$id] = PaymentResult::fromArray($result);
            } else {
                $failed[$id] = AlipayException::fromArray(Json::optionalArray($one, 'error') ?? []);
            }
        }

        return new self($payments, $failed, Json::integer($data, 'driven_elsewhere'));
    }
}
