<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A key text that can't be used. */
final class KeyException extends AlipayException
{
}
