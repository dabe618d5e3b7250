<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The result of a call, or of a payment. */
final class ApiResult extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** `S`, `F` or `U`, as it came; another letter counts as unknown. */
        public readonly ?string $resultStatus = null,
        /** What happened, as a code; codes that are not documented must be expected. At most 64 characters. */
        public readonly ?string $resultCode = null,
        /** The same in words. At most 256 characters. */
        public readonly ?string $resultMessage = null,
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
            resultStatus: $in->text('resultStatus'),
            resultCode: $in->text('resultCode'),
            resultMessage: $in->text('resultMessage'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('resultStatus', $this->resultStatus);
        $out->text('resultCode', $this->resultCode);
        $out->text('resultMessage', $this->resultMessage);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['resultStatus', 'resultCode'];
    }
}
