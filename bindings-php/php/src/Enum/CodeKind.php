<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/**
 * The forms of payment codes. The form does not tell the wallet: `routing` does, by its configuration.
 *
 * Source: Alipay+, Payment codes, Code types and rules.
 */
enum CodeKind: string
{
    /** An Alipay+ code of 19 digits: it starts with 289, and the sixth digit from the end is 6. */
    case AlipayPlus19 = 'alipay_plus_19';
    /**
     * 24 digits, the form of the Code Generation and Circulation Protocol (CGCP), which holds a routing number.
     * AlipayCN issues codes of this length too, and they can't be told apart.
     */
    case Cgcp = 'cgcp';
    /** 17 to 19 digits, as AlipayCN and AlipayHK issue them. */
    case Alipay = 'alipay';
    /** 16 digits, or 20 to 23. */
    case Other = 'other';
}
