<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/**
 * The operating system of the customer's device. A word that the documents do not list stays readable as a string.
 */
enum OsType: string
{
    /** iOS. */
    case Ios = 'IOS';
    /** Android. */
    case Android = 'ANDROID';
}
