<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A defect of this library; standard error says where. */
final class InternalException extends AlipayException
{
}
