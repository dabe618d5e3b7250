<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What was allowed and is worth knowing about a payment, beside its result. */
enum WarningKind: string
{
    /** The customer is shown another amount than the one that is paid. */
    case OrderAmountDiffers = 'order_amount_differs';
    /** The wallet may not take an amount this small. */
    case BelowMinimum = 'below_minimum';
    /** The wallet takes only multiples of a step. */
    case OffStep = 'off_step';
    /** AMS: a field is missing that some pages require and others do not. */
    case FieldMissing = 'field_missing';
    /** AMS: no expiry was stated, so the policy's was sent. The contract with Alipay may set another one. */
    case DefaultExpiry = 'default_expiry';
    /** Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent. */
    case ExpiryCapped = 'expiry_capped';
}
