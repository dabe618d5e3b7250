<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * Thrown by an `OwnStore` that failed and has certainly written nothing. Whatever else it throws leaves open whether something
 * was written. The message is told to whoever called the client, so it holds nothing of the record.
 */
final class StoreNotWritten extends \RuntimeException
{
}
