<?php

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Json;
use AlipayInstore\PaymentCode;

/**
 * Writes the members of a JSON object: every scalar as text, what is empty not at all.
 *
 * @internal
 */
final class Writer
{
    /** @var array<string, mixed> */
    private array $data = [];

    public function text(string $name, #[\SensitiveParameter] ?string $value): void
    {
        $this->put($name, $value);
    }

    public function flag(string $name, ?bool $value): void
    {
        $this->put($name, match ($value) {
            null => null,
            true => 'true',
            false => 'false',
        });
    }

    public function integer(string $name, ?int $value): void
    {
        $this->put($name, $value === null ? null : (string) $value);
    }

    public function time(string $name, \DateTimeInterface|string|null $value): void
    {
        $this->put($name, $value instanceof \DateTimeInterface ? $value->format('Y-m-d\TH:i:s.vP') : $value);
    }

    public function amount(string $name, ?Amount $value): void
    {
        $this->put($name, $value?->toArray());
    }

    public function code(string $name, #[\SensitiveParameter] PaymentCode|string|null $value): void
    {
        $this->put($name, $value instanceof PaymentCode ? $value->expose() : $value);
    }

    public function word(string $name, \BackedEnum|string|null $value): void
    {
        $this->put($name, $value instanceof \BackedEnum ? (string) $value->value : $value);
    }

    public function model(string $name, ?Model $value): void
    {
        // An object without members is an object all the same.
        $this->put($name, $value === null ? null : $this->orObject($value->toArray()));
    }

    public function extendInfo(string $name, ExtendMembers|string|null $value): void
    {
        $this->put($name, $value instanceof ExtendMembers ? Json::write($value->toArray()) : $value);
    }

    /** @param array<Model> $values */
    public function models(string $name, array $values): void
    {
        $all = [];
        foreach ($values as $value) {
            $all[] = $this->orObject($value->toArray());
        }
        $this->put($name, $all === [] ? null : $all);
    }

    /** @param array<string> $values */
    public function texts(string $name, array $values): void
    {
        $this->put($name, $values === [] ? null : \array_values($values));
    }

    /**
     * Everything that was written, with these members where none of the name was.
     *
     * @param array<string, mixed> $extra
     *
     * @return array<string, mixed>
     */
    public function with(array $extra): array
    {
        return $this->data + $extra;
    }

    private function put(string $name, mixed $value): void
    {
        if ($value !== null) {
            $this->data[$name] = $value;
        }
    }

    /**
     * @param array<string, mixed> $data
     *
     * @return array<string, mixed>|object
     */
    private function orObject(array $data): array|object
    {
        return $data === [] ? new \stdClass() : $data;
    }
}
