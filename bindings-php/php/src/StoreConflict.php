<?php

declare(strict_types=1);

namespace AlipayInstore;

/** Thrown by an `OwnStore`: another record is stored than was expected. Nothing was written. */
final class StoreConflict extends \RuntimeException
{
    /** @param array<string, mixed>|null $found the stored row that is there; null if there is none */
    public function __construct(public readonly ?array $found)
    {
        parent::__construct($found === null ? 'there is no such record' : 'another record is stored than was expected');
    }
}
