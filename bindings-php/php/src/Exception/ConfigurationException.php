<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** A wrong setting: gateway, router, policy, merchant. */
final class ConfigurationException extends AlipayException
{
}
