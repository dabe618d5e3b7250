<?php

declare(strict_types=1);

namespace AlipayInstore\Pdo;

use AlipayInstore\ErrorCode;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\StoreNotWritten;

/**
 * A database by its connection, and the tables in it.
 *
 * @internal
 */
final class Database
{
    /** The version of the tables that this package works with. */
    private const VERSION = 1;

    /** So often a transaction is tried that had to give way to others. */
    private const TRIES = 5;

    public readonly Dialect $dialect;
    private ?\PDO $open = null;
    private int $process = 0;

    /** @param \PDO|\Closure(): \PDO $connection */
    public function __construct(private readonly \PDO|\Closure $connection, public readonly string $prefix)
    {
        if (\preg_match('/^[a-z][a-z0-9_]{0,19}$/D', $prefix) !== 1) {
            $hint = 'use at most 20 letters a to z, digits and underscores, and begin with a letter';

            throw AlipayException::of(ErrorCode::StoreUrl, 'the prefix of the tables is not valid', null, $hint);
        }
        $driver = $this->opening(fn (): mixed => $this->connected()->getAttribute(\PDO::ATTR_DRIVER_NAME));
        $driver = \is_string($driver) ? $driver : '';
        $this->dialect = Dialect::of($driver)
            ?? throw AlipayException::of(ErrorCode::StoreUrl, "the driver $driver is not one that is known");
    }

    /**
     * Only reads.
     *
     * @template T
     *
     * @param \Closure(Session): T $work
     *
     * @return T
     */
    public function reading(\Closure $work): mixed
    {
        try {
            return $this->on(static fn (\PDO $connection): mixed => $work(new Session($connection)));
        } catch (\PDOException $error) {
            throw $this->failed($error);
        }
    }

    /**
     * One transaction. Until it is committed nothing is written; whether a commit that fails has written is not known.
     *
     * @template T
     *
     * @param \Closure(Session): T $work
     *
     * @return T
     */
    public function writing(\Closure $work): mixed
    {
        $left = self::TRIES;
        while (true) {
            $left--;
            try {
                return $this->on(fn (\PDO $connection): mixed => $this->written($connection, $work));
            } catch (\PDOException $error) {
                // Another transaction went on in its place.
                if ($left === 0 || !$this->dialect->gaveWay($error)) {
                    throw $this->failed($error);
                }
            }
        }
    }

    /** Refuses tables of another version, and settings by which a payment may be lost in a power cut. */
    public function check(): void
    {
        $found = $this->opening(fn (): ?int => $this->on($this->version(...)));
        if ($found === null || $found < self::VERSION) {
            $hint = 'call PdoStore::migrate once, or the command `alipay-instore store migrate`';

            throw AlipayException::of(ErrorCode::StoreSchema, 'the tables of the store are missing', null, $hint);
        }
        if ($found > self::VERSION) {
            $hint = 'update this package: a newer version made the tables';

            throw AlipayException::of(ErrorCode::StoreSchema, "the tables have version $found", null, $hint);
        }
        $fault = $this->opening(fn (): ?string => $this->on($this->fault(...)));
        if ($fault !== null) {
            throw AlipayException::of(ErrorCode::StoreDurability, $fault);
        }
    }

    /** Makes the tables. Several processes may do so at once. */
    public function migrate(): void
    {
        $this->opening(fn (): mixed => $this->on(function (\PDO $connection): void {
            $this->written($connection, function (Session $session): void {
                match ($this->dialect) {
                    // The transaction writes from its beginning.
                    Dialect::Sqlite => null,
                    Dialect::Postgres => $session->rows("SELECT pg_advisory_xact_lock(hashtext('{$this->prefix}schema'))"),
                    Dialect::MySql => $session->rows("SELECT GET_LOCK('{$this->prefix}schema', 60)"),
                };
                $session->run("CREATE TABLE IF NOT EXISTS {$this->prefix}schema (version BIGINT NOT NULL PRIMARY KEY)");
                $newest = $session->rows("SELECT max(version) FROM {$this->prefix}schema")[0][0] ?? 0;
                if ((int) $newest < self::VERSION) {
                    foreach (Tables::of($this->dialect, $this->prefix) as $statement) {
                        $session->run($statement);
                    }
                    $session->run("INSERT INTO {$this->prefix}schema (version) VALUES (" . self::VERSION . ')');
                }
                if ($this->dialect === Dialect::MySql) {
                    $session->rows("SELECT RELEASE_LOCK('{$this->prefix}schema')");
                }
            });
        }));
    }

    /**
     * @template T
     *
     * @param \Closure(Session): T $work
     *
     * @return T
     */
    private function written(\PDO $connection, \Closure $work): mixed
    {
        if ($connection->inTransaction()) {
            // What is written here has to stay, and the shop could still undo it.
            throw new StoreNotWritten('the connection is in a transaction: give the store a connection of its own');
        }
        $session = new Session($connection);
        foreach ($this->dialect->begin() as $statement) {
            $session->run($statement);
        }
        try {
            $done = $work($session);
        } catch (\Throwable $error) {
            try {
                $session->run('ROLLBACK');
            } catch (\PDOException) {
                // The database has undone it, or is gone.
            }

            throw $error;
        }
        try {
            $session->run('COMMIT');
        } catch (\PDOException $error) {
            $this->forgetConnection();

            throw new \RuntimeException('the commit failed', 0, $error);
        }

        return $done;
    }

    /**
     * The connection as the shop has it, but that errors are exceptions and rows have the types of the database.
     *
     * @template T
     *
     * @param \Closure(\PDO): T $work
     *
     * @return T
     */
    private function on(\Closure $work): mixed
    {
        $connection = $this->connected();
        $before = $connection->getAttribute(\PDO::ATTR_ERRMODE);
        $connection->setAttribute(\PDO::ATTR_ERRMODE, \PDO::ERRMODE_EXCEPTION);
        try {
            return $work($connection);
        } finally {
            $connection->setAttribute(\PDO::ATTR_ERRMODE, $before);
        }
    }

    /** A process that was forked has no right to its parent's connection. */
    private function connected(): \PDO
    {
        $here = (int) \getmypid();
        if ($this->open === null || $this->process !== $here) {
            $this->open = $this->connection instanceof \PDO ? $this->connection : ($this->connection)();
            $this->process = $here;
        }

        return $this->open;
    }

    private function forgetConnection(): void
    {
        $this->open = null;
    }

    /** Neither the statement nor its values are told: a value may be a record, and a record may hold a payment code. */
    private function failed(\PDOException $error): StoreNotWritten
    {
        $this->forgetConnection();
        $state = \is_scalar($error->errorInfo[0] ?? null) ? (string) $error->errorInfo[0] : 'no state';
        $number = \is_scalar($error->errorInfo[1] ?? null) ? (string) $error->errorInfo[1] : 'no number';

        return new StoreNotWritten("{$this->dialect->value} failed with $state, $number");
    }

    /**
     * @template T
     *
     * @param \Closure(): T $work
     *
     * @return T
     */
    private function opening(\Closure $work): mixed
    {
        try {
            return $work();
        } catch (\PDOException $error) {
            $state = \is_scalar($error->errorInfo[0] ?? null) ? (string) $error->errorInfo[0] : 'no state';

            throw AlipayException::of(ErrorCode::StoreFailed, "the database can't be reached: $state");
        } catch (StoreNotWritten $error) {
            throw AlipayException::of(ErrorCode::StoreFailed, $error->getMessage());
        }
    }

    private function version(\PDO $connection): ?int
    {
        $session = new Session($connection);
        $there = match ($this->dialect) {
            Dialect::Sqlite => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?",
            Dialect::Postgres => 'SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(?)',
            Dialect::MySql => 'SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
        };
        if ((int) ($session->rows($there, ["{$this->prefix}schema"])[0][0] ?? 0) === 0) {
            return null;
        }
        $newest = $session->rows("SELECT max(version) FROM {$this->prefix}schema")[0][0] ?? null;

        return $newest === null ? null : (int) $newest;
    }

    private function fault(\PDO $connection): ?string
    {
        $session = new Session($connection);
        switch ($this->dialect) {
            case Dialect::Sqlite:
                $mode = $session->rows('PRAGMA journal_mode = WAL')[0][0] ?? '';

                return $mode === 'wal' ? null : "SQLite has journal_mode $mode, not wal";
            case Dialect::Postgres:
                foreach (['synchronous_commit', 'fsync', 'full_page_writes'] as $name) {
                    $value = $session->rows('SELECT current_setting(?)', [$name])[0][0] ?? '';
                    if (!\in_array($value, ['on', 'remote_apply'], true)) {
                        return "PostgreSQL has $name = $value, not on";
                    }
                }

                return null;
            case Dialect::MySql:
                $text = 'SELECT @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog';
                [$flush, $log, $sync] = \array_map(\intval(...), $session->rows($text)[0] ?? [0, 0, 0]);
                if ($flush !== 1) {
                    return 'the server has not innodb_flush_log_at_trx_commit = 1';
                }

                return $log !== 0 && $sync !== 1 ? 'the server writes a binary log and has not sync_binlog = 1' : null;
        }
    }
}
