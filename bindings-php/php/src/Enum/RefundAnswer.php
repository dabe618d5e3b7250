<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What an inquiry for a refund, or the notification of one, says about the refund. */
enum RefundAnswer: string
{
    /** The money was given back. */
    case Refunded = 'refunded';
    /** It was refused. */
    case Failed = 'failed';
    /** The gateway is at work. */
    case InProcess = 'in_process';
    /** A word that is not documented. */
    case UnknownWord = 'unknown_word';
    /** The message says nothing about it. */
    case Nothing = 'nothing';
}
