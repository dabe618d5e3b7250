<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The product of AMS. A word that the documents do not list stays readable as a string. */
enum ProductCode: string
{
    /** In-store payment, the only product of this library. */
    case InStorePayment = 'IN_STORE_PAYMENT';
}
