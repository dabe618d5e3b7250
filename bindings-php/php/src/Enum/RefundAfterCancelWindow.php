<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What to do when a payment succeeded, was to be cancelled, and can't be cancelled any more. */
enum RefundAfterCancelWindow: string
{
    /** Refund it, as "Payment (Consumer-presented Mode Payment), Result process logic" says. */
    case Automatic = 'automatic';
    /** Raise `refund_consent` and end as unresolved: a person decides. */
    case Ask = 'ask';
}
