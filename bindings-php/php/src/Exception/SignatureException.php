<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A signature that can't be made or does not verify. */
final class SignatureException extends AlipayException
{
}
