<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/**
 * The authentication of the customer. Source: Alipay, pay (consumer-presented mode), paymentVerificationData; the
 * fields are named by the SDKs of the gateway.
 */
final class PaymentVerificationData extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The id of the request that began the authentication. */
        public readonly ?string $verifyRequestId = null,
        /** The code that the customer got for it, which is a secret. */
        public readonly ?string $authenticationCode = null,
        /** Members that are not declared here, and declared ones of another kind; written back as they are. */
        public readonly array $extra = [],
    ) {
    }

    /**
     * Reads a JSON object leniently: scalars as text, number or boolean, null as absent.
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $in = new Reader($data);

        return new self(
            verifyRequestId: $in->text('verifyRequestId'),
            authenticationCode: $in->text('authenticationCode'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('verifyRequestId', $this->verifyRequestId);
        $out->text('authenticationCode', $this->authenticationCode);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['verifyRequestId'];
    }
}
