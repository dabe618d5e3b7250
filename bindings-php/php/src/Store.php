<?php

declare(strict_types=1);

namespace AlipayInstore;

/** Where payments are kept: `FileStore`, `SqlStore`, or `MemoryStore` for tests. */
abstract class Store
{
    /** @internal */
    protected function __construct(private readonly Native\Store $native)
    {
    }

    /**
     * Removes finished payments that were last changed more than a number of seconds ago, and tells how many. One that can
     * still be refunded stays for 365 days, and one with an alert that nobody has acknowledged stays for ever.
     *
     * @throws Exception\StoreException
     */
    final public function purge(int $olderThan, int $limit = 1000): int
    {
        return $this->native->purge($olderThan * 1000, $limit);
    }

    /** @internal */
    final public function native(): Native\Store
    {
        return $this->native;
    }

    private function __clone()
    {
    }
}
