<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\CheckName;
use AlipayInstore\Enum\CheckStatus;

/** One thing that was looked at before the first payment. */
final class Check
{
    public function __construct(
        public readonly CheckName $name,
        public readonly CheckStatus $status,
        /** What was found, in one sentence without secrets. */
        public readonly string $detail,
        /** What to do; empty where it passed. */
        public readonly string $hint,
        /** The code of the error that was met, if one was. */
        public readonly ?string $code,
    ) {
    }
}
