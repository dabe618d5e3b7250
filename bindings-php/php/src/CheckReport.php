<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\CheckName;
use AlipayInstore\Enum\CheckStatus;

/** What a check of a client found. */
final class CheckReport
{
    /** @param list<Check> $checks */
    private function __construct(
        /** Whether nothing is wrong. Warnings do not count. */
        public readonly bool $healthy,
        /** One entry for each CheckName, in the order of a request's way. */
        public readonly array $checks,
    ) {
    }

    /** @internal */
    public static function fromJson(string $json): self
    {
        $data = Json::object($json);

        return new self(
            Json::flag($data, 'healthy'),
            Json::each($data, 'checks', static fn (array $one): Check => new Check(
                CheckName::from(Json::text($one, 'name')),
                CheckStatus::from(Json::text($one, 'status')),
                Json::text($one, 'detail'),
                Json::text($one, 'hint'),
                Json::optionalText($one, 'code'),
            )),
        );
    }
}
