<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What the answer to pay says. */
enum PayAnswer: string
{
    /** Money moved. */
    case Paid = 'paid';
    /** The code, the redirect or the challenge was created; the customer acts next. */
    case Created = 'created';
    /** The gateway refused the payment. */
    case PaymentRefused = 'payment_refused';
    /** The gateway did not take the request. */
    case RequestRefused = 'request_refused';
    /** The order is closed or cancelled. */
    case Closed = 'closed';
    /** Another request owns the id. */
    case IdTaken = 'id_taken';
    /** The gateway is at work. */
    case InProcess = 'in_process';
    /** A refusal that leaves the outcome open. */
    case Open = 'open';
    /** Nothing that settles anything. */
    case Unknown = 'unknown';
}
