<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** A person's name. */
final class UserName extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** Given name. At most 32 characters. */
        public readonly ?string $firstName = null,
        /** Middle name. At most 32 characters. */
        public readonly ?string $middleName = null,
        /** Family name. At most 32 characters. */
        public readonly ?string $lastName = null,
        /** The whole name. At most 128 characters. */
        public readonly ?string $fullName = null,
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
            firstName: $in->text('firstName'),
            middleName: $in->text('middleName'),
            lastName: $in->text('lastName'),
            fullName: $in->text('fullName'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('firstName', $this->firstName);
        $out->text('middleName', $this->middleName);
        $out->text('lastName', $this->lastName);
        $out->text('fullName', $this->fullName);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return [];
    }
}
