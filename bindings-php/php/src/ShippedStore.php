<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * A store of the extension. Its payments go on in the threads of the process when the page has ended.
 *
 * @internal
 */
abstract class ShippedStore extends Store
{
    protected function __construct(private readonly Native\Store $native)
    {
    }

    final public function purge(int $olderThan, int $limit = 1000): int
    {
        return $this->native->purge($olderThan * 1000, $limit);
    }

    final public function native(): Native\Store
    {
        return $this->native;
    }
}
