<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Operation;
use AlipayInstore\Enum\Protocol;

/** What the result codes of the gateways mean. */
final class ResultCode
{
    /** What a result means for the operation that it answers. The status letter is read before the code. */
    public static function advice(
        Protocol $protocol,
        Operation $operation,
        string $resultStatus,
        string $resultCode,
    ): Advice {
        $json = Native\advice($protocol->value, $operation->value, $resultStatus, $resultCode);

        return Advice::fromArray(Json::object($json));
    }
}
