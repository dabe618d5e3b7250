<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What is checked before the first payment, in the order of a request's way. */
enum CheckName: string
{
    /** The settings can be read. */
    case Configuration = 'configuration';
    /** The keys can be read, and the gateway's is not our own. */
    case Keys = 'keys';
    /** The store takes a write, and can be read. */
    case Store = 'store';
    /** The way to the gateway: directly, or by a proxy that lets it through. */
    case Proxy = 'proxy';
    /** The gateway's name has an address. */
    case Name = 'name';
    /** A connection comes about. */
    case Connection = 'connection';
    /** The gateway's certificate is trusted. */
    case Tls = 'tls';
    /** What answers is a gateway. */
    case Answer = 'answer';
    /** The gateway knows the client id. */
    case ClientId = 'client_id';
    /** The gateway can verify what we sign. */
    case SigningKey = 'signing_key';
    /** We can verify what the gateway signs. */
    case GatewayKey = 'gateway_key';
    /** This machine's clock agrees with the gateway's. */
    case Clock = 'clock';
    /** An inquiry for an id that nobody used is answered as the documents say. */
    case Inquiry = 'inquiry';
    /** The notify URL can be reached, and its handler refuses what is not signed. */
    case NotifyUrl = 'notify_url';
}
