<?php

declare(strict_types=1);

namespace AlipayInstore;

/** Where payments are kept: `FileStore`, `SqlStore`, `PdoStore`, an `OwnStore`, or `MemoryStore` for tests. */
abstract class Store
{
    /**
     * Removes finished payments that were last changed more than a number of seconds ago, and tells how many. One that can
     * still be refunded stays for 365 days, and one with an alert that nobody has acknowledged stays for ever.
     *
     * @throws Exception\StoreException
     */
    abstract public function purge(int $olderThan, int $limit = 1000): int;

    /** @internal */
    abstract public function native(): Native\Store;

    private function __clone()
    {
    }
}
