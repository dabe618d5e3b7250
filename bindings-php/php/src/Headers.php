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
     * One text for each name. A header that is not UTF-8 is none of ours and is left out; of several of one name, joined as
     * HTTP joins them, no signature verifies.
     *
     * @param array<string, string|array<string>> $headers
     *
     * @return array<string, string>
     */
    public static function plain(array $headers): array
    {
        $plain = [];
        foreach ($headers as $name => $value) {
            $text = \is_array($value) ? \implode(', ', $value) : $value;
            if (\preg_match('//u', $name . $text) === 1) {
                $plain[$name] = $text;
            }
        }

        return $plain;
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
