<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A scanned code that can't be routed; `scannedAs` says what it probably is. */
final class CodeException extends AlipayException
{
}
