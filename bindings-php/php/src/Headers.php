<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * Headers as PHP has them.
 *
 * @internal
 */
final class Headers
{
    /**
     * Name, value, name, value, as the extension takes them. A header that is not UTF-8 is none of ours and is left out.
     *
     * @param array<string, string|array<string>> $headers
     *
     * @return list<string>
     */
    public static function flat(array $headers): array
    {
        $flat = [];
        foreach ($headers as $name => $values) {
            foreach ((array) $values as $value) {
                if (\preg_match('//u', $name . $value) === 1) {
                    \array_push($flat, (string) $name, $value);
                }
            }
        }

        return $flat;
    }

    /**
     * The headers of the request that this script answers.
     *
     * @param array<array-key, mixed> $server
     *
     * @return array<string, string>
     */
    public static function ofServer(array $server): array
    {
        $headers = [];
        foreach ($server as $name => $value) {
            $name = (string) $name;
            if (\is_string($value) && \str_starts_with($name, 'HTTP_')) {
                $headers[\strtr(\substr($name, 5), '_', '-')] = $value;
            }
        }
        if (\is_string($server['CONTENT_TYPE'] ?? null)) {
            $headers['CONTENT-TYPE'] = $server['CONTENT_TYPE'];
        }

        return $headers;
    }
}
