<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What a text that is not a payment code probably is. It is a guess that looks only at the form of the text. */
enum ScannedAs: string
{
    /** A code that customers scan: EMVCo merchant text, which begins with 000201, or a URL. */
    case ShopCode = 'shop_code';
    /** The same code more than once in one text, because the scanner read it again. */
    case RepeatedCode = 'repeated_code';
    /** A payment code of WeChat Pay: 16 to 24 digits that start with 10 to 15. */
    case WechatPay = 'wechat_pay';
    /** A payment code of UnionPay: 16 to 24 digits that start with 62. */
    case UnionPay = 'union_pay';
    /**
     * A code of 25 to 32 digits that starts as an Alipay+ code does. Alipay+ reserves these lengths. Source: Alipay+,
     * Accept a payment, step 1.
     */
    case ReservedLength = 'reserved_length';
}
