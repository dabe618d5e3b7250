<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Exception\AlipayException;

/** The open alerts of a store. */
final class Alerts
{
    /**
     * @param list<PaymentAlert> $alerts
     * @param array<string, AlipayException> $unreadable
     */
    private function __construct(
        /** Every open alert, in the order in which the payments began. */
        public readonly array $alerts,
        /** Stored payments that can't be read, by their ids. They may have alerts too. */
        public readonly array $unreadable,
    ) {
    }

    /** @internal */
    public static function fromJson(string $json): self
    {
        $data = Json::object($json);
        $unreadable = [];
        foreach (Json::optionalArray($data, 'unreadable') ?? [] as $one) {
            if (\is_array($one)) {
                $error = AlipayException::fromArray(Json::optionalArray($one, 'error') ?? []);
                $unreadable[Json::text($one, 'payment_request_id')] = $error;
            }
        }

        return new self(
            Json::each($data, 'alerts', static fn (array $one): PaymentAlert => new PaymentAlert(
                Json::text($one, 'payment_request_id'),
                Alert::fromArray(Json::optionalArray($one, 'alert') ?? []),
            )),
            $unreadable,
        );
    }
}
