<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/**
 * What has become of a refund. Source: Alipay, inquiryRefund. A word that the documents do not list stays readable as
 * a string.
 */
enum RefundStatus: string
{
    /** The money was given back. */
    case Success = 'SUCCESS';
    /** Not yet decided. */
    case Processing = 'PROCESSING';
    /** It was not, for good. */
    case Fail = 'FAIL';
}
