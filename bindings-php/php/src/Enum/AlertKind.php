<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** Why a payment, a refund or a reverse needs manual review. */
enum AlertKind: string
{
    /** Verified evidence states another amount or currency than ours. */
    case AmountMismatch = 'amount_mismatch';
    /** A message names another payment or refund than ours. */
    case IdMismatch = 'id_mismatch';
    /** Another request owns this payment request id. */
    case IdTaken = 'id_taken';
    /** A status word that is not documented; it counts as in process. */
    case UnknownWord = 'unknown_word';
    /** A cancel or a refund was refused for a reason that is not documented for it. */
    case UnexpectedRefusal = 'unexpected_refusal';
    /** The cancel has no answer for a minute; it goes on. */
    case CancelUnresolved = 'cancel_unresolved';
    /** The merchant's balance is too low to give the money back. */
    case MerchantBalanceNotEnough = 'merchant_balance_not_enough';
    /** The payment succeeded, can't be cancelled any more, and the policy asks before refunding. */
    case RefundConsent = 'refund_consent';
    /** The refund was refused. */
    case RefundFailed = 'refund_failed';
    /** Verified messages contradict each other. */
    case ConflictingEvidence = 'conflicting_evidence';
    /** A final fact arrived after the payment ended as unresolved. */
    case LateEvidence = 'late_evidence';
    /** The customer has to act before the payment can go on: show the form. */
    case CustomerActionRequired = 'customer_action_required';
    /** The gateway does not accept our signature or client id, or its answers verify under no configured key. */
    case ConfigurationSuspected = 'configuration_suspected';
    /** The gateway's clock and ours differ by more than the margin. */
    case ClockSkew = 'clock_skew';
    /** An answer that names no payment was signed long before its request was sent; it settled nothing. */
    case StaleAnswer = 'stale_answer';
    /** The payment has a verified end that the store did not take in time. */
    case NotStored = 'not_stored';
}
