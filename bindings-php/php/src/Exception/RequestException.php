<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A request that the documents forbid; nothing was sent. */
final class RequestException extends AlipayException
{
}
