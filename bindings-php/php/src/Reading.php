<?php

// Generated from schema/dialect/results.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Meaning;
use AlipayInstore\Enum\Named;
use AlipayInstore\Enum\Stated;
use AlipayInstore\Enum\Status;

/**
 * What the verified body of an answer or a notification says. It decides nothing: the machines do. What is compared
 * with ours is `null` where ours was not given.
 */
final class Reading
{
    /** @param list<string> $form */
    private function __construct(
        /** By the letter of the result; any other letter is unknown. */
        public readonly Status $status,
        /** The result code as it stands. */
        public readonly string $code,
        /** What status and code mean for the operation, as in the advice for them. */
        public readonly Meaning $meaning,
        /**
         * What the body says of the money, or of the answer to pay. `null` for cancel and refund, where the meaning
         * says it all.
         */
        public readonly ?string $says,
        /** For what failed, the code that says why. */
        public readonly ?string $failureCode,
        /** Whether the status is a word that is not documented. */
        public readonly bool $unknownWord,
        /** Our id of the payment. */
        public readonly ?string $paymentRequestId,
        /** The gateway's id of the payment. */
        public readonly ?string $paymentId,
        /** Our id of the refund. */
        public readonly ?string $refundRequestId,
        /** The gateway's id of the refund. */
        public readonly ?string $refundId,
        /** Whether it names our payment. */
        public readonly ?Named $namesPayment,
        /** Whether it states our amount. */
        public readonly ?Stated $paymentAmount,
        /** Whether it names our refund. */
        public readonly ?Named $namesRefund,
        /** Whether it states the amount of our refund. */
        public readonly ?Stated $refundAmount,
        /** The names of the members that are to be shown to the customer. */
        public readonly array $form,
        /** When the form expires, in milliseconds since the epoch. */
        public readonly ?int $formExpiry,
        /** When it was paid, in milliseconds since the epoch. */
        public readonly ?int $paymentTime,
        /** Whether some text was not UTF-8 and was replaced. */
        public readonly bool $textReplaced,
    ) {
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(#[\SensitiveParameter] array $data): self
    {
        return new self(
            Status::from(Json::text($data, 'status')),
            Json::text($data, 'code'),
            Meaning::from(Json::text($data, 'meaning')),
            Json::optionalText($data, 'says'),
            Json::optionalText($data, 'failure_code'),
            Json::flag($data, 'unknown_word'),
            Json::optionalText($data, 'payment_request_id'),
            Json::optionalText($data, 'payment_id'),
            Json::optionalText($data, 'refund_request_id'),
            Json::optionalText($data, 'refund_id'),
            Named::tryFrom(Json::optionalText($data, 'names_payment') ?? ''),
            Stated::tryFrom(Json::optionalText($data, 'payment_amount') ?? ''),
            Named::tryFrom(Json::optionalText($data, 'names_refund') ?? ''),
            Stated::tryFrom(Json::optionalText($data, 'refund_amount') ?? ''),
            \array_values(Json::texts($data, 'form')),
            Json::optionalInteger($data, 'form_expiry'),
            Json::optionalInteger($data, 'payment_time'),
            Json::flag($data, 'text_replaced'),
        );
    }
}
