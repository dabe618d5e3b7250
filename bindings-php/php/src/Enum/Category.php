<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** The family an error belongs to, which decides its class where a language has one class a family. */
enum Category: string
{
    /** A key text that can't be used. */
    case Key = 'key';
    /** A signature that can't be made or does not verify. */
    case Signature = 'signature';
    /** A scanned code that can't be routed. */
    case Code = 'code';
    /** A price that can't be turned into minor units, or back. */
    case Amount = 'amount';
    /** A setting: gateway, router, policy, merchant. */
    case Configuration = 'configuration';
    /** A request that the documents forbid; nothing was sent. */
    case Request = 'request';
    /** A message from outside that can't be read or trusted. */
    case Message = 'message';
    /** The payment or refund machine refused an event, or a snapshot could not be restored. */
    case Payment = 'payment';
    /** The host's store failed. */
    case Store = 'store';
    /** The network failed. */
    case Transport = 'transport';
    /** A defect of this library. */
    case Internal = 'internal';
}
