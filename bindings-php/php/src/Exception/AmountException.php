<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A price that can't be turned into minor units, or back. */
final class AmountException extends AlipayException
{
}
