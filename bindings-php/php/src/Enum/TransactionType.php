<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What was done. A word that the documents do not list stays readable as a string. */
enum TransactionType: string
{
    /** A payment. */
    case Payment = 'PAYMENT';
    /** A refund. */
    case Refund = 'REFUND';
    /** A cancellation. */
    case Cancel = 'CANCEL';
    /** An authorisation. */
    case Authorization = 'AUTHORIZATION';
    /** A capture. */
    case Capture = 'CAPTURE';
    /** A capture or authorisation taken back. */
    case Void = 'VOID';
}
