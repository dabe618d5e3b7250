<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** On what the merchant's side runs. A word that the documents do not list stays readable as a string. */
enum TerminalType: string
{
    /** A web site. */
    case Web = 'WEB';
    /** A web page on a mobile phone. */
    case Wap = 'WAP';
    /** An app. */
    case App = 'APP';
    /** An app within a wallet. */
    case MiniApp = 'MINI_APP';
}
