<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\OwnStore;

/** A store that replaces whatever is there, which the kit has to find. */
final class ForgetfulStore extends OwnStore
{
    /** @var array<string, array<string, mixed>> */
    private static array $rows = [];

    public function insert(array $row, ?string $owner): void
    {
        self::$rows[(string) $row['id']] = $row + ['revision' => 1, 'owner' => $owner];
    }

    public function load(string $id): ?array
    {
        return self::$rows[$id] ?? null;
    }

    public function save(array $row, int $expected, ?string $by): void
    {
        self::$rows[(string) $row['id']] = $row + ['revision' => $expected + 1, 'owner' => $by];
    }

    public function take(string $id, string $owner): ?array
    {
        return $this->load($id);
    }

    public function claim(string $owner, int $now, int $limit): array
    {
        return [];
    }

    public function touched(string $owner, int $limit): array
    {
        return [];
    }

    public function release(string $id, string $owner): void
    {
    }

    public function beat(string $owner): array
    {
        return ['known' => true, 'owners' => [$owner => 1]];
    }

    public function forget(string $owner, ?int $beats): void
    {
    }

    public function list(array $query): array
    {
        return ['rows' => [], 'next' => null];
    }

    public function remove(int $before, int $now, int $limit): int
    {
        return 0;
    }

    public function gatewayTime(string $merchant): ?int
    {
        return null;
    }

    public function findRefund(string $refundRequestId): ?array
    {
        return null;
    }
}
