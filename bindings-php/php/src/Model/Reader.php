<?php

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Amount;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\PaymentCode;

/**
 * Reads the members of a JSON object, each once. What is not of its documented kind stays for `rest`.
 *
 * @internal
 */
final class Reader
{
    /** @param array<array-key, mixed> $data */
    public function __construct(#[\SensitiveParameter] private array $data)
    {
    }

    /** A scalar as text. An older name is read where the current one is absent. */
    public function text(string $name, ?string $alias = null): ?string
    {
        if ($alias !== null && !isset($this->data[$name]) && isset($this->data[$alias])) {
            $name = $alias;
        }

        return $this->taken($name, self::scalar($this->data[$name] ?? null));
    }

    public function flag(string $name): ?bool
    {
        return $this->taken($name, match (self::scalar($this->data[$name] ?? null)) {
            'true' => true,
            'false' => false,
            default => null,
        });
    }

    public function integer(string $name): ?int
    {
        $text = self::scalar($this->data[$name] ?? null) ?? '';
        $value = \ctype_digit($text) ? \filter_var(\ltrim($text, '0') ?: '0', \FILTER_VALIDATE_INT) : false;

        return $this->taken($name, \is_int($value) ? $value : null);
    }

    public function amount(string $name): ?Amount
    {
        $data = $this->data[$name] ?? null;
        if (!\is_array($data)) {
            return null;
        }
        $value = self::scalar($data['value'] ?? null);
        $currency = self::scalar($data['currency'] ?? null);
        if ($value === null || $currency === null) {
            return null;
        }
        try {
            return $this->taken($name, Amount::fromMinor($value, $currency));
        } catch (AlipayException) {
            return null;
        }
    }

    public function code(string $name): PaymentCode|string|null
    {
        $text = self::scalar($this->data[$name] ?? null);
        if ($text === null) {
            return null;
        }
        try {
            return $this->taken($name, new PaymentCode($text));
        } catch (AlipayException) {
            // What is not a payment code is refused when the request is used, and the error says why.
            return $this->taken($name, $text);
        }
    }

    /**
     * A word that must be one of the list.
     *
     * @template T of \BackedEnum
     *
     * @param class-string<T> $enum
     *
     * @return T|null
     */
    public function choice(string $name, string $enum): ?\BackedEnum
    {
        return $this->taken($name, $enum::tryFrom(self::scalar($this->data[$name] ?? null) ?? ''));
    }

    /**
     * A word; one that the documents do not list stays a text.
     *
     * @template T of \BackedEnum
     *
     * @param class-string<T> $enum
     *
     * @return T|string|null
     */
    public function word(string $name, string $enum): \BackedEnum|string|null
    {
        $text = self::scalar($this->data[$name] ?? null);

        return $this->taken($name, $text === null ? null : $enum::tryFrom($text) ?? $text);
    }

    /**
     * @template T of Model
     *
     * @param callable(array<array-key, mixed>): T $make
     *
     * @return T|null
     */
    public function model(string $name, callable $make): ?Model
    {
        $data = $this->data[$name] ?? null;

        return \is_array($data) ? $this->taken($name, $make($data)) : null;
    }

    /** Alipay+ may write the status letter alone. */
    public function result(string $name): ?ApiResult
    {
        $letter = self::scalar($this->data[$name] ?? null);
        if ($letter !== null) {
            return $this->taken($name, new ApiResult(resultStatus: $letter));
        }

        return $this->model($name, ApiResult::fromArray(...));
    }

    /** An object that travels as its JSON text in a string; another text stays as it is. */
    public function extendInfo(string $name): ExtendMembers|string|null
    {
        $data = $this->data[$name] ?? null;
        if (\is_string($data)) {
            try {
                $read = \json_decode($data, true, 512, \JSON_THROW_ON_ERROR | \JSON_BIGINT_AS_STRING);
            } catch (\JsonException) {
                $read = null;
            }

            return $this->taken($name, \is_array($read) ? ExtendMembers::fromArray($read) : $data);
        }

        return \is_array($data) ? $this->taken($name, ExtendMembers::fromArray($data)) : null;
    }

    /**
     * @template T of Model
     *
     * @param callable(array<array-key, mixed>): T $make
     *
     * @return list<T>
     */
    public function models(string $name, callable $make): array
    {
        $list = $this->data[$name] ?? null;
        if (!\is_array($list)) {
            return [];
        }
        $models = [];
        foreach ($list as $data) {
            if (!\is_array($data)) {
                return [];
            }
            $models[] = $make($data);
        }

        return $this->taken($name, $models) ?? [];
    }

    /** @return list<string> */
    public function texts(string $name): array
    {
        $list = $this->data[$name] ?? null;
        if (!\is_array($list)) {
            return [];
        }
        $texts = [];
        foreach ($list as $one) {
            $text = self::scalar($one);
            if ($text === null) {
                return [];
            }
            $texts[] = $text;
        }

        return $this->taken($name, $texts) ?? [];
    }

    /**
     * What was not read.
     *
     * @return array<string, mixed>
     */
    public function rest(): array
    {
        $rest = [];
        foreach ($this->data as $name => $value) {
            if ($value !== null) {
                $rest[(string) $name] = $value;
            }
        }

        return $rest;
    }

    private static function scalar(mixed $value): ?string
    {
        return match (true) {
            \is_bool($value) => $value ? 'true' : 'false',
            \is_int($value), \is_string($value) => (string) $value,
            default => null,
        };
    }

    /**
     * @template T
     *
     * @param T $value
     *
     * @return T
     */
    private function taken(string $name, mixed $value): mixed
    {
        if ($value !== null) {
            unset($this->data[$name]);
        }

        return $value;
    }
}
