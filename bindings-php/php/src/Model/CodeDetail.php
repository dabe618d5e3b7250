<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Enum\CodeValueType;
use AlipayInstore\Enum\DisplayType;

/** One form of a code. */
final class CodeDetail extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** The kind of the code. */
        public readonly CodeValueType|string|null $codeValueType = null,
        /** What the code holds. At most 2048 characters. */
        public readonly ?string $codeValue = null,
        /** How it is shown. */
        public readonly DisplayType|string|null $displayType = null,
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
            codeValueType: $in->word('codeValueType', CodeValueType::class),
            codeValue: $in->text('codeValue'),
            displayType: $in->word('displayType', DisplayType::class),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->word('codeValueType', $this->codeValueType);
        $out->text('codeValue', $this->codeValue);
        $out->word('displayType', $this->displayType);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['codeValueType', 'displayType'];
    }
}
