<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * JSON between the package and its extension, with typed access.
 *
 * @internal
 */
final class Json
{
    /**
     * A number of more digits than an int holds stays text, and the extension writes every decimal of a message, such as a
     * rate, as text: no binary float is involved.
     *
     * @return array<array-key, mixed>
     */
    public static function object(string $json): array
    {
        $data = \json_decode($json, true, 512, \JSON_THROW_ON_ERROR | \JSON_BIGINT_AS_STRING);

        return \is_array($data) ? $data : [];
    }

    /**
     * An object, also where it is empty. What is not UTF-8 is replaced: the core refuses it then with an error of its own.
     *
     * @param array<array-key, mixed> $data
     */
    public static function write(#[\SensitiveParameter] array $data): string
    {
        $flags = \JSON_THROW_ON_ERROR | \JSON_UNESCAPED_UNICODE | \JSON_UNESCAPED_SLASHES | \JSON_INVALID_UTF8_SUBSTITUTE;

        return \json_encode((object) $data, $flags);
    }

    /** @param array<array-key, mixed> $data */
    public static function text(array $data, string $name): string
    {
        return self::optionalText($data, $name) ?? throw self::missing($name);
    }

    /** @param array<array-key, mixed> $data */
    public static function optionalText(array $data, string $name): ?string
    {
        $value = $data[$name] ?? null;

        return \is_int($value) || \is_string($value) ? (string) $value : null;
    }

    /** @param array<array-key, mixed> $data */
    public static function integer(array $data, string $name): int
    {
        return self::optionalInteger($data, $name) ?? throw self::missing($name);
    }

    /** @param array<array-key, mixed> $data */
    public static function optionalInteger(array $data, string $name): ?int
    {
        $value = $data[$name] ?? null;

        return \is_int($value) ? $value : null;
    }

    /** @param array<array-key, mixed> $data */
    public static function flag(array $data, string $name): bool
    {
        return ($data[$name] ?? false) === true;
    }

    /**
     * @param array<array-key, mixed> $data
     *
     * @return array<array-key, mixed>|null
     */
    public static function optionalArray(array $data, string $name): ?array
    {
        $value = $data[$name] ?? null;

        return \is_array($value) ? $value : null;
    }

    /**
     * @param array<array-key, mixed> $data
     *
     * @return array<string, string>
     */
    public static function texts(array $data, string $name): array
    {
        $texts = [];
        foreach (self::optionalArray($data, $name) ?? [] as $key => $value) {
            if (\is_string($value)) {
                $texts[(string) $key] = $value;
            }
        }

        return $texts;
    }

    /**
     * Each object of a list, made by `$make`.
     *
     * @template T
     *
     * @param array<array-key, mixed> $data
     * @param callable(array<array-key, mixed>): T $make
     *
     * @return list<T>
     */
    public static function each(array $data, string $name, callable $make): array
    {
        $all = [];
        foreach (self::optionalArray($data, $name) ?? [] as $one) {
            if (\is_array($one)) {
                $all[] = $make($one);
            }
        }

        return $all;
    }

    /**
     * An object made by `$make`, if it is there.
     *
     * @template T
     *
     * @param array<array-key, mixed> $data
     * @param callable(array<array-key, mixed>): T $make
     *
     * @return T|null
     */
    public static function one(array $data, string $name, callable $make): mixed
    {
        $value = self::optionalArray($data, $name);

        return $value === null ? null : $make($value);
    }

    private static function missing(string $name): \UnexpectedValueException
    {
        return new \UnexpectedValueException(
            "the extension and the package differ: $name is missing; install the same version of both",
        );
    }
}
