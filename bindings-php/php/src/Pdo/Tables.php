<?php

declare(strict_types=1);

namespace AlipayInstore\Pdo;

/**
 * The statements that make the tables: `store-sql/migrations` of the repository, which `php/migrations` links to.
 *
 * @internal
 */
final class Tables
{
    /** @return list<string> */
    public static function of(Dialect $dialect, string $prefix): array
    {
        $file = \dirname(__DIR__, 2) . '/migrations/0001-' . \strtolower($dialect->name) . '.sql';
        $text = \str_replace('{prefix}', $prefix, (string) \file_get_contents($file));

        return \array_values(\array_filter(\array_map(\trim(...), \explode(";\n", $text))));
    }

    private function __construct()
    {
    }
}
