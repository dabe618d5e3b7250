<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What is known of a request that got no usable answer. */
enum Certainty: string
{
    /**
     * Not one byte of the request left this machine: the name was not found, or the connection, the proxy or the TLS
     * handshake was refused.
     */
    case NotSent = 'not_sent';
    /** Anything else: a timeout, a reset, no usable body, a missing or wrong signature. */
    case Unknown = 'unknown';
}
