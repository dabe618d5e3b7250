<?php

declare(strict_types=1);

namespace AlipayInstore\Pdo;

/**
 * Every statement. They are those of `store-sql/src/statements.rs` of the repository, which works on the same tables.
 *
 * @internal
 */
final class Statements
{
    /** The columns of a record without its text, in the order in which they are written and read. */
    public const COLUMNS = [
        'id', 'merchant', 'state', 'outcome', 'amount', 'currency', 'due_at', 'finished', 'open_alerts', 'created', 'updated',
        'keep_until', 'gateway_time', 'refund_ids',
    ];

    public readonly string $insert;
    public readonly string $load;
    public readonly string $take;
    public readonly string $due;
    public readonly string $lockDue;
    public readonly string $anyTouched;
    public readonly string $lockTouched;
    public readonly string $release;
    public readonly string $beat;
    public readonly string $owners;
    public readonly string $forget;
    public readonly string $forgetAt;
    public readonly string $forgetTouched;
    public readonly string $lockOld;
    public readonly string $gatewayTime;
    public readonly string $findRefund;
    public readonly string $nameRefund;
    /** Tells other processes of a save that its owner did not make, where the database can. */
    public readonly ?string $notify;
    private readonly string $records;
    private readonly string $columns;

    public function __construct(private readonly Dialect $dialect, private readonly string $prefix)
    {
        $mysql = $dialect === Dialect::MySql;
        $this->records = $records = "{$prefix}records";
        $owners = "{$prefix}owners";
        $this->columns = self::listed(self::COLUMNS);
        $whole = $this->columns . ', ' . self::listed(['revision', 'owner', 'record']);
        $free = "(r.owner IS NULL OR NOT EXISTS (SELECT 1 FROM $owners AS o WHERE o.owner = r.owner))";
        // MySQL would sort all that is due, and lock it, where it does not read it in the order of the index.
        $forced = $mysql ? " FORCE INDEX ({$records}_due)" : '';
        $lock = match ($dialect) {
            Dialect::Sqlite => '',
            Dialect::Postgres => ' FOR UPDATE OF r',
            Dialect::MySql => ' FOR UPDATE',
        };
        $skipping = $lock === '' ? '' : "$lock SKIP LOCKED";
        $due = "$records AS r$forced WHERE r.due_at <= ? AND $free ORDER BY r.due_at, r.id LIMIT ?";
        $written = [...self::COLUMNS, 'record', 'owner'];

        $this->insert = "INSERT INTO $records (" . \implode(', ', $written) . ', revision) VALUES ('
            . self::marks(\count($written)) . ', 1)' . ($mysql ? '' : ' ON CONFLICT (id) DO NOTHING');
        $this->load = "SELECT $whole FROM $records AS r WHERE r.id = ?";
        $this->take = "UPDATE $records AS r SET " . ($mysql ? 'r.owner' : 'owner') . " = ? WHERE r.id = ? AND $free";
        $this->due = "SELECT r.id FROM $due";
        $this->lockDue = "SELECT $whole FROM $due$skipping";
        $this->anyTouched = "SELECT r.id FROM $records AS r WHERE r.touched_for = ? LIMIT 1";
        $this->lockTouched = "SELECT $whole FROM $records AS r WHERE r.touched_for = ? ORDER BY r.id LIMIT ?$lock";
        $this->release = "UPDATE $records SET owner = NULL WHERE id = ? AND owner = ?";
        $this->beat = "INSERT INTO $owners (owner, beats) VALUES (?, 1)"
            . $dialect->upsert('owner', $mysql ? 'beats = beats + 1' : "beats = $owners.beats + 1");
        $this->owners = "SELECT owner, beats FROM $owners";
        $this->forget = "DELETE FROM $owners WHERE owner = ?";
        $this->forgetAt = "DELETE FROM $owners WHERE owner = ? AND beats = ?";
        $this->forgetTouched = "UPDATE $records SET touched_for = NULL WHERE touched_for = ?";
        $this->lockOld = "SELECT r.id FROM $records AS r WHERE r.keep_until <= ? AND r.finished = 1 AND r.open_alerts = 0 "
            . "AND r.updated < ? ORDER BY r.keep_until, r.id LIMIT ?$skipping";
        $this->gatewayTime = "SELECT max(gateway_time) FROM $records WHERE merchant = ? AND gateway_time IS NOT NULL";
        $this->findRefund = "SELECT $whole FROM {$prefix}refunds AS f JOIN $records AS r ON r.id = f.record_id WHERE f.refund_id = ?";
        // The newer form of MySQL is unknown to MariaDB.
        $this->nameRefund = "INSERT INTO {$prefix}refunds (refund_id, record_id) VALUES (?, ?)"
            . $dialect->upsert('refund_id', 'record_id = ' . ($mysql ? 'VALUES(record_id)' : 'excluded.record_id'));
        $this->notify = $dialect === Dialect::Postgres ? "SELECT pg_notify('{$prefix}saved', ?)" : null;
    }

    /** Replaces a record, by its owner or by another one. */
    public function save(bool $byOwner, bool $finishes): string
    {
        $set = \array_map(static fn (string $column): string => "$column = ?", [...\array_slice(self::COLUMNS, 1), 'record']);
        // MySQL sets one column after the other, so the owner that is told is read before it is removed.
        $set[] = $byOwner
            ? 'touched_for = CASE WHEN touched_for = ? THEN NULL ELSE touched_for END'
            : 'touched_for = COALESCE(owner, touched_for)';
        if ($finishes) {
            $set[] = 'owner = NULL';
        }
        $set[] = 'revision = revision + 1';

        return "UPDATE {$this->records} SET " . \implode(', ', $set) . ' WHERE id = ? AND revision = ?'
            . ($byOwner ? ' AND owner = ?' : '');
    }

    /** Gives so many records to an owner. */
    public function own(int $count): string
    {
        return "UPDATE {$this->records} SET owner = ? WHERE id IN (" . self::marks($count) . ')';
    }

    /** So many records were told. */
    public function told(int $count): string
    {
        return "UPDATE {$this->records} SET touched_for = NULL WHERE touched_for = ? AND id IN (" . self::marks($count) . ')';
    }

    public function remove(string $table, string $column, int $count): string
    {
        return "DELETE FROM {$this->prefix}$table WHERE $column IN (" . self::marks($count) . ')';
    }

    /**
     * What a query asks for, and its values but the limit.
     *
     * @param array<string, mixed> $query
     *
     * @return array{string, list<int|string>}
     */
    public function list(array $query): array
    {
        [$conditions, $values] = [[], []];
        foreach (['merchant' => 'r.merchant = ?', 'state' => 'r.state = ?', 'since' => 'r.updated >= ?'] as $name => $condition) {
            $value = $query[$name] ?? null;
            if (\is_int($value) || \is_string($value)) {
                $conditions[] = $condition;
                $values[] = $value;
            }
        }
        // Not as values: an index of only open alerts is used only where the statement names the value.
        foreach (['open_alerts', 'finished'] as $name) {
            if (\is_bool($query[$name] ?? null)) {
                $conditions[] = "r.$name = " . ($query[$name] ? 1 : 0);
            }
        }
        $after = $query['after'] ?? null;
        if (\is_array($after) && \is_int($after['created'] ?? null) && \is_string($after['id'] ?? null)) {
            $conditions[] = 'r.created >= ? AND (r.created > ? OR r.id > ?)';
            \array_push($values, $after['created'], $after['created'], $after['id']);
        }
        $chosen = $conditions === [] ? '' : ' WHERE ' . \implode(' AND ', $conditions);

        return ["SELECT {$this->columns} FROM {$this->records} AS r$chosen ORDER BY r.created, r.id LIMIT ?", $values];
    }

    private static function marks(int $count): string
    {
        return \implode(', ', \array_fill(0, $count, '?'));
    }

    /** @param list<string> $columns */
    private static function listed(array $columns): string
    {
        return \implode(', ', \array_map(static fn (string $column): string => "r.$column", $columns));
    }
}
