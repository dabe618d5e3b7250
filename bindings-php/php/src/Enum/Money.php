<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What an inquiry or a notification says about the money. */
enum Money: string
{
    /** It moved. */
    case Paid = 'paid';
    /** It will not move: the payment was refused. */
    case Failed = 'failed';
    /** It will not move, or was given back: the order was closed or cancelled. */
    case Cancelled = 'cancelled';
    /** The gateway is at work, or used a word that is not documented. */
    case InProcess = 'in_process';
    /** The message says nothing about it. */
    case Nothing = 'nothing';
}
