<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Why a payment could not be resolved. */
enum UnresolvedReason: string
{
    /** Another request owns this payment request id. */
    case IdTaken = 'id_taken';
    /** The gateway states another amount than ours, and nothing was cancelled or given back by itself. */
    case AmountMismatch = 'amount_mismatch';
    /** The payment succeeded, can't be cancelled any more, and the policy asks before refunding. */
    case RefundConsent = 'refund_consent';
    /** The cancel window ended without a clear answer. */
    case CancelWindow = 'cancel_window';
    /** The refund got no answer. */
    case Refund = 'refund';
    /** The refund was refused. */
    case RefundFailed = 'refund_failed';
    /** The gateway accepted no request: the configured keys or the client id are wrong. */
    case Configuration = 'configuration';
}
