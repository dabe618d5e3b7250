<?php

declare(strict_types=1);

namespace AlipayInstore\Pdo;

/**
 * What the databases say differently. MariaDB counts as MySQL.
 *
 * @internal
 */
enum Dialect: string
{
    case Sqlite = 'SQLite';
    case Postgres = 'PostgreSQL';
    case MySql = 'MySQL';

    public static function of(string $driver): ?self
    {
        return match ($driver) {
            'sqlite' => self::Sqlite,
            'pgsql' => self::Postgres,
            'mysql' => self::MySql,
            default => null,
        };
    }

    public function upsert(string $key, string $set): string
    {
        return $this === self::MySql ? " ON DUPLICATE KEY UPDATE $set" : " ON CONFLICT ($key) DO UPDATE SET $set";
    }

    /** Whether the key is there; elsewhere an insert then does nothing. */
    public function isDuplicate(\PDOException $error): bool
    {
        return $this === self::MySql && ($error->errorInfo[1] ?? null) === 1062;
    }

    /** Whether the database undid the transaction so that another one could go on. */
    public function gaveWay(\PDOException $error): bool
    {
        return match ($this) {
            self::Sqlite => false,
            self::Postgres => \in_array($error->errorInfo[0] ?? null, ['40001', '40P01'], true),
            // The last one is MariaDB's: a row changed since the snapshot.
            self::MySql => \in_array($error->errorInfo[1] ?? null, [1213, 1020], true),
        };
    }

    /** @return list<string> what says that one more writes, before and after the transaction has begun */
    public function begin(): array
    {
        return match ($this) {
            // A transaction that becomes a writer later is refused at once where another one writes.
            self::Sqlite => ['PRAGMA synchronous = FULL', 'PRAGMA busy_timeout = 5000', 'BEGIN IMMEDIATE'],
            self::Postgres => ['BEGIN ISOLATION LEVEL READ COMMITTED'],
            self::MySql => ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'],
        };
    }
}
