<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What happened in a step. */
enum TimelineEventType: string
{
    /** A request was sent. */
    case Sent = 'sent';
    /** The gateway answered, and the answer was verified. */
    case Answered = 'answered';
    /** No usable answer came. */
    case Unanswered = 'unanswered';
    /** A verified notification arrived and was stored. */
    case Notified = 'notified';
    /** The host asked to cancel the payment. */
    case CancelRequested = 'cancel_requested';
    /** The payment was resumed after a restart. */
    case Resumed = 'resumed';
    /** The customer is to see something: the order code, or a redirect. */
    case Presented = 'presented';
    /** It needs manual review. */
    case Alerted = 'alerted';
    /** The payment has its result. */
    case Concluded = 'concluded';
    /** A refund has its result. */
    case RefundConcluded = 'refund_concluded';
    /** A reverse has its result. */
    case ReverseConcluded = 'reverse_concluded';
}
