<?php

declare(strict_types=1);

namespace AlipayInstore\Testing;

use AlipayInstore\Native;
use AlipayInstore\OwnStore;
use AlipayInstore\StoreNotWritten;

/**
 * Tests whether a store keeps the contract of `OwnStore`. With PHPUnit:
 *
 *     #[DataProvider('properties')]
 *     public function testTheContract(string $property): void
 *     {
 *         $empty = …;      // a database of its own for each property
 *         self::assertNull(StoreKit::check($property, fn () => new MyStore($empty)));
 *     }
 *
 *     public static function properties(): array
 *     {
 *         return StoreKit::cases();
 *     }
 */
final class StoreKit
{
    /** @return list<string> the names of the properties of the contract */
    public static function properties(): array
    {
        return \array_values(Native\StoreKit::properties());
    }

    /** @return array<string, array{string}> the same for a data provider of PHPUnit */
    public static function cases(): array
    {
        $names = self::properties();

        return \array_combine($names, \array_map(static fn (string $name): array => [$name], $names));
    }

    /**
     * Checks one property, and says what the store did that the contract does not allow; null if nothing. `$open` opens a store
     * that was empty before, several times: each time as one more process would, so everything that was written is there.
     *
     * @param callable(): OwnStore $open
     */
    public static function check(string $property, callable $open): ?string
    {
        $stores = [];
        $why = null;
        $serve = static function (int $number, string $operation, string $arguments) use ($open, &$stores, &$why): array {
            if ($operation !== 'open') {
                return $stores[$number]->answer($operation, $arguments);
            }
            try {
                $stores[$number] = $open();

                return ['answer', 'null'];
            } catch (\Throwable $failure) {
                $why = $failure;

                return ['not_written', $failure->getMessage()];
            }
        };
        $found = Native\StoreKit::check($property, $serve);
        if ($why !== null) {
            throw new StoreNotWritten('the store can\'t be opened', 0, $why);
        }

        return $found;
    }

    private function __construct()
    {
    }
}
