<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * Keeps each payment in a file of its own in one folder, readable for its owner only. Any number of processes of one machine
 * share the folder, which must not be on a network file system. The worker runs as the same user as PHP.
 */
final class FileStore extends ShippedStore
{
    /** @throws Exception\StoreException if the folder can't be used */
    public function __construct(public readonly string $folder)
    {
        parent::__construct(Native\Store::file($folder));
    }
}
