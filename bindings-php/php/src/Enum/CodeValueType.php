<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The kind of a code. A word that the documents do not list stays readable as a string. */
enum CodeValueType: string
{
    /** A bar code. */
    case Barcode = 'BARCODE';
    /** A QR code. */
    case Qrcode = 'QRCODE';
}
