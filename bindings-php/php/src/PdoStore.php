<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Pdo\Database;
use AlipayInstore\Pdo\Session;
use AlipayInstore\Pdo\Statements;

/**
 * Keeps payments in SQLite, PostgreSQL, MySQL or MariaDB over the shop's own connection, in the tables of `SqlStore`: any
 * number of processes in any language share the store, `alipay-instore worker` among them.
 *
 * As every `OwnStore` it is asked while a call of the client runs. A call inside a transaction of the shop is refused, since
 * what it writes has to stay. Give a function that opens the connection where the process forks or lives for long: a child
 * opens its own then, and a connection that failed is opened again.
 */
final class PdoStore extends OwnStore
{
    /** How many rows a statement gives or meets at most. */
    private const MOST = 1_000;

    /** A record that is in the way of an insert can be removed before it is read. */
    private const TRIES = 3;

    private readonly Database $database;
    private readonly Statements $sql;

    /** @var array<string, array<string, true>> records of which an owner was told, and perhaps did not hear */
    private array $owed = [];

    /**
     * `$prefix` is what the names of the tables begin with. The tables are made by `migrate`, or by `alipay-instore store
     * migrate`. Those that are missing, or of another version, are refused (`store.schema`), and so is a database whose
     * settings would lose payments in a power cut (`store.durability`).
     *
     * @param \PDO|\Closure(): \PDO $connection
     *
     * @throws Exception\StoreException
     */
    public function __construct(#[\SensitiveParameter] \PDO|\Closure $connection, string $prefix = 'alipay_')
    {
        $this->database = new Database($connection, $prefix);
        $this->database->check();
        $this->sql = new Statements($this->database->dialect, $prefix);
    }

    /**
     * Makes the tables; those that are there are left as they are.
     *
     * @param \PDO|\Closure(): \PDO $connection
     *
     * @throws Exception\StoreException
     */
    public static function migrate(#[\SensitiveParameter] \PDO|\Closure $connection, string $prefix = 'alipay_'): void
    {
        (new Database($connection, $prefix))->migrate();
    }

    public function insert(#[\SensitiveParameter] array $row, ?string $owner): void
    {
        $values = [...self::values($row), $row['finished'] === true ? null : $owner];
        $id = Json::text($row, 'id');
        for ($tries = 0; $tries < self::TRIES; $tries++) {
            $inserted = $this->database->writing(function (Session $session) use ($row, $values): bool {
                try {
                    $inserted = $session->update($this->sql->insert, $values) === 1;
                } catch (\PDOException $error) {
                    if (!$this->database->dialect->isDuplicate($error)) {
                        throw $error;
                    }
                    $inserted = false;
                }
                if ($inserted) {
                    $this->nameRefunds($session, $row);
                }

                return $inserted;
            });
            if ($inserted) {
                return;
            }
            $found = $this->load($id);
            if ($found !== null) {
                throw new StoreConflict($found);
            }
        }

        throw new StoreNotWritten('the record is in the way, and it is not there');
    }

    public function load(string $id): ?array
    {
        return $this->read($this->sql->load, [$id])[0] ?? null;
    }

    public function save(#[\SensitiveParameter] array $row, int $expected, ?string $by): void
    {
        $owner = $by === null ? [] : [$by];
        $id = Json::text($row, 'id');
        $values = [...\array_slice(self::values($row), 1), ...$owner, $id, $expected, ...$owner];
        $statement = $this->sql->save($by !== null, $row['finished'] === true);
        $saved = $this->database->writing(function (Session $session) use ($row, $values, $statement, $id, $by): bool {
            $saved = $session->update($statement, $values) === 1;
            if ($saved) {
                $this->nameRefunds($session, $row);
                if ($by === null && $this->sql->notify !== null) {
                    $session->rows($this->sql->notify, [$id]);
                }
            }

            return $saved;
        });
        if (!$saved) {
            throw new StoreConflict($this->load($id));
        }
    }

    public function take(string $id, string $owner): ?array
    {
        $found = $this->load($id);
        if ($found === null || $found['owner'] === $owner) {
            return $found;
        }
        $this->database->writing(fn (Session $session): int => $session->update($this->sql->take, [$owner, $id]));

        return $this->load($id);
    }

    public function claim(string $owner, int $now, int $limit): array
    {
        $most = \min($limit, self::MOST);
        $due = fn (Session $session): array => $session->rows($this->sql->due, [$now, 1]);
        // Mostly nothing is due, which is found out without a lock.
        if ($most < 1 || $this->database->reading($due) === []) {
            return [];
        }

        return $this->database->writing(function (Session $session) use ($owner, $now, $most): array {
            $claimed = \array_map(self::stored(...), $session->rows($this->sql->lockDue, [$now, $most]));
            if ($claimed !== []) {
                $session->update($this->sql->own(\count($claimed)), [$owner, ...self::ids($claimed)]);
            }

            return \array_map(static fn (array $row): array => ['owner' => $owner] + $row, $claimed);
        });
    }

    public function touched(string $owner, int $limit): array
    {
        $most = \min($limit, self::MOST);
        if ($most < 1) {
            return [];
        }
        $ids = \array_map(\strval(...), \array_keys($this->owed[$owner] ?? []));
        $before = \array_values(\array_filter(\array_map($this->load(...), $ids)));
        $any = fn (Session $session): array => $session->rows($this->sql->anyTouched, [$owner]);
        $told = $this->database->reading($any) === [] ? [] : $this->told($owner, $most);
        unset($this->owed[$owner]);
        $known = self::ids($told);
        $before = \array_filter($before, static fn (array $row): bool => !\in_array($row['id'], $known, true));

        return [...\array_values($before), ...$told];
    }

    public function release(string $id, string $owner): void
    {
        $this->database->writing(fn (Session $session): int => $session->update($this->sql->release, [$id, $owner]));
    }

    public function beat(string $owner): array
    {
        $this->database->writing(fn (Session $session): int => $session->update($this->sql->beat, [$owner]));
        $owners = [];
        foreach ($this->database->reading(fn (Session $session): array => $session->rows($this->sql->owners)) as [$name, $beats]) {
            $owners[(string) $name] = (int) $beats;
        }

        // An owner that was not known has beaten once, and one that was forgotten since is not there.
        return ['known' => ($owners[$owner] ?? 0) > 1, 'owners' => $owners];
    }

    public function forget(string $owner, ?int $beats): void
    {
        $this->database->writing(function (Session $session) use ($owner, $beats): void {
            $forgotten = $beats === null
                ? $session->update($this->sql->forget, [$owner])
                : $session->update($this->sql->forgetAt, [$owner, $beats]);
            if ($forgotten > 0) {
                // It would tell somebody who is gone.
                $session->update($this->sql->forgetTouched, [$owner]);
            }
        });
    }

    public function list(array $query): array
    {
        $limit = Json::optionalInteger($query, 'limit') ?? 100;
        $size = \max(1, \min($limit, self::MOST));
        [$text, $values] = $this->sql->list($query);
        // One more tells whether there is another page.
        $rows = $this->database->reading(static fn (Session $session): array => $session->rows($text, [...$values, $size + 1]));
        $page = \array_map(self::columns(...), \array_slice($rows, 0, $size));
        $last = $page[\count($page) - 1] ?? null;
        $more = $last !== null && \count($rows) > $size;

        return [
            'rows' => $page,
            'next' => $more ? ['created' => Json::integer($last, 'created'), 'id' => Json::text($last, 'id')] : null,
        ];
    }

    public function remove(int $before, int $now, int $limit): int
    {
        $removed = 0;
        while ($removed < $limit) {
            $most = \min($limit - $removed, self::MOST);
            $some = $this->database->writing(function (Session $session) use ($before, $now, $most): int {
                $old = \array_map(
                    static fn (array $row): string => self::text($row[0]),
                    $session->rows($this->sql->lockOld, [$now, $before, $most]),
                );
                if ($old !== []) {
                    $session->update($this->sql->remove('refunds', 'record_id', \count($old)), $old);
                    $session->update($this->sql->remove('records', 'id', \count($old)), $old);
                }

                return \count($old);
            });
            if ($some === 0) {
                break;
            }
            $removed += $some;
        }

        return $removed;
    }

    public function gatewayTime(string $merchant): ?int
    {
        $rows = $this->database->reading(fn (Session $session): array => $session->rows($this->sql->gatewayTime, [$merchant]));

        return self::number($rows[0][0] ?? null);
    }

    public function findRefund(string $refundRequestId): ?array
    {
        foreach ($this->read($this->sql->findRefund, [$refundRequestId]) as $row) {
            if (\is_array($row['refund_ids']) && \in_array($refundRequestId, $row['refund_ids'], true)) {
                return $row;
            }
        }

        return null;
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['database' => $this->database->dialect->value, 'prefix' => $this->database->prefix];
    }

    /** @return list<array<string, mixed>> */
    private function told(string $owner, int $most): array
    {
        return $this->database->writing(function (Session $session) use ($owner, $most): array {
            $told = \array_map(self::stored(...), $session->rows($this->sql->lockTouched, [$owner, $most]));
            if ($told !== []) {
                $ids = self::ids($told);
                $session->update($this->sql->told(\count($ids)), [$owner, ...$ids]);
                $this->owed[$owner] = ($this->owed[$owner] ?? []) + \array_fill_keys($ids, true);
            }

            return $told;
        });
    }

    /** @param array<string, mixed> $row */
    private function nameRefunds(Session $session, array $row): void
    {
        $refunds = self::refunds($row);
        // Who locks in an order does not lock another out.
        \sort($refunds, \SORT_STRING);
        foreach (\array_unique($refunds) as $refund) {
            $session->update($this->sql->nameRefund, [$refund, Json::text($row, 'id')]);
        }
    }

    /**
     * @param list<int|string|null> $values
     *
     * @return list<array<string, mixed>>
     */
    private function read(string $text, array $values): array
    {
        $rows = $this->database->reading(static fn (Session $session): array => $session->rows($text, $values));

        return \array_map(self::stored(...), $rows);
    }

    /**
     * @param array<string, mixed> $row
     *
     * @return list<int|string|null>
     */
    private static function values(#[\SensitiveParameter] array $row): array
    {
        $amount = \is_array($row['amount'] ?? null) ? $row['amount'] : [];

        return [
            Json::text($row, 'id'), Json::text($row, 'merchant'), Json::text($row, 'state'), Json::optionalText($row, 'outcome'),
            (int) Json::text($amount, 'value'), Json::text($amount, 'currency'), Json::optionalInteger($row, 'due_at'),
            $row['finished'] === true ? 1 : 0, $row['open_alerts'] === true ? 1 : 0, Json::integer($row, 'created'),
            Json::integer($row, 'updated'), Json::optionalInteger($row, 'keep_until'), Json::optionalInteger($row, 'gateway_time'),
            \json_encode(self::refunds($row), \JSON_THROW_ON_ERROR | \JSON_UNESCAPED_SLASHES | \JSON_UNESCAPED_UNICODE),
            Json::text($row, 'text'),
        ];
    }

    /**
     * @param array<string, mixed> $row
     *
     * @return list<string>
     */
    private static function refunds(array $row): array
    {
        $refunds = $row['refund_ids'] ?? null;

        return \is_array($refunds) ? \array_values(\array_filter($refunds, \is_string(...))) : [];
    }

    /**
     * @param list<mixed> $row
     *
     * @return array<string, mixed>
     */
    private static function columns(#[\SensitiveParameter] array $row): array
    {
        return [
            'id' => $row[0], 'merchant' => $row[1], 'state' => $row[2], 'outcome' => $row[3],
            'amount' => ['currency' => $row[5], 'value' => self::text($row[4])], 'due_at' => self::number($row[6]),
            'finished' => self::number($row[7]) === 1, 'open_alerts' => self::number($row[8]) === 1,
            'created' => self::number($row[9]), 'updated' => self::number($row[10]), 'keep_until' => self::number($row[11]),
            'gateway_time' => self::number($row[12]), 'refund_ids' => \array_values(Json::object(self::text($row[13]))),
        ];
    }

    /**
     * @param list<mixed> $row
     *
     * @return array<string, mixed>
     */
    private static function stored(#[\SensitiveParameter] array $row): array
    {
        return self::columns($row) + ['revision' => self::number($row[14]), 'owner' => $row[15], 'text' => $row[16]];
    }

    /**
     * @param list<array<string, mixed>> $rows
     *
     * @return list<string>
     */
    private static function ids(array $rows): array
    {
        return \array_map(static fn (array $row): string => Json::text($row, 'id'), $rows);
    }

    private static function number(mixed $value): ?int
    {
        return \is_int($value) || \is_string($value) ? (int) $value : null;
    }

    private static function text(mixed $value): string
    {
        return \is_int($value) || \is_string($value) ? (string) $value : '';
    }
}
