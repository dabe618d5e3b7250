<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Enum\RedirectMethod;

/** A redirect of the customer's wallet. */
final class RedirectActionForm extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** How. */
        public readonly RedirectMethod|string|null $method = null,
        /** Where to. At most 2048 characters. */
        public readonly ?string $redirectUrl = null,
        /** The parameters of the form, for POST. At most 2048 characters. */
        public readonly ?string $parameters = null,
        /** The kind of the form. At most 32 characters. */
        public readonly ?string $actionFormType = null,
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
            method: $in->word('method', RedirectMethod::class),
            redirectUrl: $in->text('redirectUrl'),
            parameters: $in->text('parameters'),
            actionFormType: $in->text('actionFormType'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->word('method', $this->method);
        $out->text('redirectUrl', $this->redirectUrl);
        $out->text('parameters', $this->parameters);
        $out->text('actionFormType', $this->actionFormType);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['method'];
    }
}
