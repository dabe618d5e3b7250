<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** The store failed. */
final class StoreException extends AlipayException
{
}
