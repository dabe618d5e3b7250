<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Who asks. A word that the documents do not list stays readable as a string. */
enum ChallengeTrigger: string
{
    /** Alipay. */
    case Ams = 'AMS';
    /** Somebody else. */
    case Channel = 'CHANNEL';
}
