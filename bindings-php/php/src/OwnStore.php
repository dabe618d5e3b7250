<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * A store in PHP. `Testing\StoreKit` tests whether it keeps the contract, which is told here.
 *
 * The client asks it while one of its calls runs, and only then: a payment is driven as long as a call waits, and given back
 * when the client is closed, which it is with the page. So one process that calls `Client::work` all the time should run
 * beside PHP-FPM, or `alipay-instore worker` where the tables are those of `PdoStore`.
 *
 * A **row** is an array: the columns `id`, `merchant`, `state`, `outcome`, `amount` (`currency` and `value`, a text of digits),
 * `due_at`, `finished`, `open_alerts`, `created`, `updated`, `keep_until`, `gateway_time`, `refund_ids` (a list), and `text`,
 * the record itself, which may hold a payment code and is kept as a secret. A **stored row** has its `revision` and its `owner`
 * too. Times are milliseconds since the epoch. A store gives the columns back as they were written and reads no clock.
 *
 * A write is durable when its method returns. A record is **free** if it has no owner, or one that the store does not know:
 * that never beat, or was forgotten.
 *
 * @phpstan-type Row array<string, mixed>
 */
abstract class OwnStore extends Store
{
    /**
     * Writes a new record with revision 1. `$owner` drives it from now on; a finished record has none.
     *
     * @param Row $row
     *
     * @throws StoreConflict with the record that is stored under this id
     */
    abstract public function insert(#[\SensitiveParameter] array $row, ?string $owner): void;

    /** @return Row|null the stored row */
    abstract public function load(string $id): ?array;

    /**
     * Replaces a record whose revision is still the expected one; the new revision is one more. A finished record loses its
     * owner. With `$by` the record must belong to that owner; without, whoever owns it is told by `touched`.
     *
     * @param Row $row
     *
     * @throws StoreConflict with the record that is stored
     */
    abstract public function save(#[\SensitiveParameter] array $row, int $expected, ?string $by): void;

    /**
     * Makes `$owner` the owner if the record is free, and gives it as it is then. The revision stays.
     *
     * @return Row|null the stored row
     */
    abstract public function take(string $id, string $owner): ?array;

    /**
     * Makes `$owner` the owner of records that are free and were due at `$now`, the earliest first. No two owners are given the
     * same record.
     *
     * @return list<Row> the stored rows
     */
    abstract public function claim(string $owner, int $now, int $limit): array;

    /**
     * The records of this owner that were saved without it since it last saved, took or was told of them.
     *
     * @return list<Row> the stored rows
     */
    abstract public function touched(string $owner, int $limit): array;

    /** Gives a record back that this owner has; nothing happens if it has not. */
    abstract public function release(string $id, string $owner): void;

    /**
     * Counts one beat of this owner. `known` says whether it was known before.
     *
     * @return array{known: bool, owners: array<array-key, int>} the beats of every owner
     */
    abstract public function beat(string $owner): array;

    /** Forgets an owner, so that its records are free; with `$beats` only if it has beaten exactly so often. */
    abstract public function forget(string $owner, ?int $beats): void;

    /**
     * The rows that a query asks for, without their text, in the order of creation and id. The query has `merchant`, `state`,
     * `open_alerts`, `finished`, `since` (changed then or later) and `after` (`created` and `id` of the last one before), each
     * perhaps null, and `limit`. `next` is the place of the last row if there are more.
     *
     * @param array<string, mixed> $query
     *
     * @return array{rows: list<Row>, next: array{created: int, id: string}|null}
     */
    abstract public function list(array $query): array;

    /**
     * Removes finished records without an open alert that were last changed before `$before` and whose `keep_until` is not
     * later than `$now`, and tells how many.
     */
    abstract public function remove(int $before, int $now, int $limit): int;

    /** The newest `gateway_time` of the records of this merchant. */
    abstract public function gatewayTime(string $merchant): ?int;

    /**
     * The record that has this id among its `refund_ids`.
     *
     * @return Row|null the stored row
     */
    abstract public function findRefund(string $refundRequestId): ?array;

    final public function purge(int $olderThan, int $limit = 1000): int
    {
        $now = (int) (\microtime(true) * 1000.0);

        return $this->remove($now - \max($olderThan, 0) * 1000, $now, $limit);
    }

    final public function native(): Native\Store
    {
        $answer = fn (int $number, string $operation, #[\SensitiveParameter] string $arguments): array =>
            $this->answer($operation, $arguments);

        return Native\Store::ofHost($answer);
    }

    /**
     * Does an operation by its name, and tells how it ended. Nothing is thrown.
     *
     * @internal
     *
     * @return array{string, string}
     */
    final public function answer(string $operation, #[\SensitiveParameter] string $arguments): array
    {
        try {
            $of = Json::object($arguments);
            $done = match ($operation) {
                'insert' => $this->insert(self::row($of), Json::optionalText($of, 'owner')),
                'load' => $this->load(Json::text($of, 'id')),
                'save' => $this->save(self::row($of), Json::integer($of, 'expected'), Json::optionalText($of, 'by')),
                'take' => $this->take(Json::text($of, 'id'), Json::text($of, 'owner')),
                'claim' => $this->claim(Json::text($of, 'owner'), Json::integer($of, 'now'), Json::integer($of, 'limit')),
                'touched' => $this->touched(Json::text($of, 'owner'), Json::integer($of, 'limit')),
                'release' => $this->release(Json::text($of, 'id'), Json::text($of, 'owner')),
                'beat' => self::beats($this->beat(Json::text($of, 'owner'))),
                'forget' => $this->forget(Json::text($of, 'owner'), Json::optionalInteger($of, 'beats')),
                'list' => $this->list(self::named($of)),
                'purge' => $this->remove(Json::integer($of, 'before'), Json::integer($of, 'now'), Json::integer($of, 'limit')),
                'gateway_time' => $this->gatewayTime(Json::text($of, 'merchant')),
                'find_refund' => $this->findRefund(Json::text($of, 'refund_request_id')),
                default => throw new StoreNotWritten("there is no operation $operation"),
            };

            return ['answer', self::written($done)];
        } catch (StoreConflict $conflict) {
            return ['conflict', $conflict->found === null ? '' : self::written($conflict->found)];
        } catch (StoreNotWritten $failure) {
            return ['not_written', $failure->getMessage()];
        } catch (\Throwable $failure) {
            // What it says may quote the record.
            return ['maybe_written', "the store's $operation failed with " . $failure::class];
        }
    }

    /**
     * @param array<array-key, mixed> $of
     *
     * @return Row
     */
    private static function row(#[\SensitiveParameter] array $of): array
    {
        $row = $of['row'] ?? null;

        return self::named(\is_array($row) ? $row : []);
    }

    /**
     * @param array<array-key, mixed> $of
     *
     * @return array<string, mixed>
     */
    private static function named(#[\SensitiveParameter] array $of): array
    {
        return \array_filter($of, \is_string(...), \ARRAY_FILTER_USE_KEY);
    }

    /**
     * @param array{known: bool, owners: array<array-key, int>} $beats
     *
     * @return array{known: bool, owners: list<array{owner: string, beats: int}>}
     */
    private static function beats(array $beats): array
    {
        $owners = [];
        foreach ($beats['owners'] as $owner => $count) {
            $owners[] = ['owner' => (string) $owner, 'beats' => $count];
        }

        return ['known' => $beats['known'], 'owners' => $owners];
    }

    private static function written(#[\SensitiveParameter] mixed $answer): string
    {
        return \json_encode($answer, \JSON_THROW_ON_ERROR | \JSON_UNESCAPED_UNICODE | \JSON_UNESCAPED_SLASHES);
    }
}
