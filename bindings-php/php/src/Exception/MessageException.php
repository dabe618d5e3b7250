<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A message from outside that can't be read or trusted. */
final class MessageException extends AlipayException
{
}
