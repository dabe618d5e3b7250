<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\NotificationKind;

/**
 * A notification of the gateway whose signature is good and whose time is fresh. Only verifying makes one, so that no
 * unverified text can reach a payment.
 */
final class Notification
{
    private function __construct(
        private readonly Native\Notification $native,
        /** @var array<array-key, mixed> The body as plain JSON values. */
        public readonly array $body,
        /** What it is about; one of kind `Other` is acknowledged and says nothing about a result. */
        public readonly NotificationKind $kind,
        /** The payment it is about, where it names one. */
        public readonly ?string $paymentRequestId,
        /** The refund it is about, where it names one. */
        public readonly ?string $refundRequestId,
        /** The path that it was signed over, and that the acknowledgement is signed over. */
        public readonly string $path,
        /** Whether that path holds the query of the notify URL. */
        public readonly bool $signedWithQuery,
        /** Whether some text of the body was not UTF-8 and was replaced. */
        public readonly bool $textReplaced,
        /** The version of the key that verified it; null where a single key is configured. */
        public readonly ?int $keyVersion,
        /** When the gateway sent it, in milliseconds since the epoch. */
        public readonly int $sentAt,
        /** The gateway's own identifier of the exchange, for its support. */
        public readonly ?string $tracerId,
    ) {
    }

    /** The body with its documented fields. */
    public function content(): Model\Notification|Model\RefundNotification
    {
        return $this->kind === NotificationKind::RefundResult
            ? Model\RefundNotification::fromArray($this->body)
            : Model\Notification::fromArray($this->body);
    }

    /** @internal */
    public static function ofNative(Native\Notification $native): self
    {
        $data = Json::object($native->standing());

        return new self(
            $native,
            Json::optionalArray($data, 'body') ?? [],
            NotificationKind::from(Json::text($data, 'kind')),
            Json::optionalText($data, 'payment_request_id'),
            Json::optionalText($data, 'refund_request_id'),
            Json::text($data, 'path'),
            Json::flag($data, 'signed_with_query'),
            Json::flag($data, 'text_replaced'),
            Json::optionalInteger($data, 'key_version'),
            Json::integer($data, 'sent_at'),
            Json::optionalText($data, 'tracer_id'),
        );
    }

    /** @internal */
    public function native(): Native\Notification
    {
        return $this->native;
    }

    private function __clone()
    {
    }
}
