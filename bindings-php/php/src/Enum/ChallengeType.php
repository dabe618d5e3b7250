<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What the customer is asked for. A word that the documents do not list stays readable as a string. */
enum ChallengeType: string
{
    /** A one-time password by text message. */
    case SmsOtp = 'SMS_OTP';
    /** The number of the card. */
    case PlaintextCardNo = 'PLAINTEXT_CARD_NO';
    /** The expiry date of the card. */
    case CardExpireDate = 'CARD_EXPIRE_DATE';
}
