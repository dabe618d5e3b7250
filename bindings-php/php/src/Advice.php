<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Meaning;
use AlipayInstore\Enum\Operation;
use AlipayInstore\Enum\Protocol;
use AlipayInstore\Enum\Retry;

/** What a result of the gateway means, and what to tell whom. */
final class Advice
{
    private function __construct(
        public readonly Meaning $meaning,
        /** The code that the advice is for; null where the code is not documented. */
        public readonly ?string $code,
        /** For the cashier, in English. */
        public readonly string $cashierEn,
        /** For the cashier, in Chinese. */
        public readonly string $cashierZh,
        /** For the developer, in English. */
        public readonly string $developerEn,
        /** For the developer, in Chinese. */
        public readonly string $developerZh,
        /** Whether another attempt needs a new payment request id. */
        public readonly bool $newIdNeeded,
        /** Whether another attempt makes sense. */
        public readonly Retry $retry,
    ) {
    }

    /** The advice for a result, as the gateway stated it; codes that are not documented have a meaning too. */
    public static function for(
        Protocol $protocol,
        Operation $operation,
        string $resultStatus,
        string $resultCode,
    ): self {
        $data = Json::object(Native\advice($protocol->value, $operation->value, $resultStatus, $resultCode));

        return new self(
            Meaning::from(Json::text($data, 'meaning')),
            Json::optionalText($data, 'code'),
            Json::text($data, 'cashier_en'),
            Json::text($data, 'cashier_zh'),
            Json::text($data, 'developer_en'),
            Json::text($data, 'developer_zh'),
            Json::flag($data, 'new_id_needed'),
            Retry::from(Json::text($data, 'retry')),
        );
    }
}
