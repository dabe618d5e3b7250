<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Enum\TransactionStatus;
use AlipayInstore\Enum\TransactionType;

/** A refund, cancellation or other thing done with a payment. */
final class Transaction extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** Its result. */
        public readonly ?ApiResult $transactionResult = null,
        /** The gateway's id of it. At most 64 characters. */
        public readonly ?string $transactionId = null,
        /** What was done. */
        public readonly TransactionType|string|null $transactionType = null,
        /** What has become of it. */
        public readonly TransactionStatus|string|null $transactionStatus = null,
        /** Over what amount. */
        public readonly ?Amount $transactionAmount = null,
        /** The caller's id of it. At most 64 characters. */
        public readonly ?string $transactionRequestId = null,
        /** When. */
        public readonly ?string $transactionTime = null,
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
            transactionResult: $in->model('transactionResult', ApiResult::fromArray(...)),
            transactionId: $in->text('transactionId'),
            transactionType: $in->word('transactionType', TransactionType::class),
            transactionStatus: $in->word('transactionStatus', TransactionStatus::class),
            transactionAmount: $in->amount('transactionAmount'),
            transactionRequestId: $in->text('transactionRequestId'),
            transactionTime: $in->text('transactionTime'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->model('transactionResult', $this->transactionResult);
        $out->text('transactionId', $this->transactionId);
        $out->word('transactionType', $this->transactionType);
        $out->word('transactionStatus', $this->transactionStatus);
        $out->amount('transactionAmount', $this->transactionAmount);
        $out->text('transactionRequestId', $this->transactionRequestId);
        $out->text('transactionTime', $this->transactionTime);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['transactionId', 'transactionType', 'transactionStatus', 'transactionRequestId', 'transactionTime'];
    }
}
