<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** The network failed. */
final class TransportException extends AlipayException
{
}
