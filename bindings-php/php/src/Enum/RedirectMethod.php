<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How the customer gets to the redirect URL. A word that the documents do not list stays readable as a string. */
enum RedirectMethod: string
{
    /** By a form that is posted, with the form's parameters. */
    case Post = 'POST';
    /** By opening the URL. */
    case Get = 'GET';
    /** By scanning the URL as a code. */
    case Scan = 'SCAN';
}
