//! Every error code of the library, with what is the same wherever it is seen.
//!
//! Generated from schema/errors.toml by `make generate`; do not edit.

use super::{Category, MayHaveCharged};

/// Every error code of the library.
#[allow(rustdoc::bare_urls, reason = "hints show URLs as they are typed")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// `key.empty`: pass the text or the bytes of the key; the setting or the file is empty
    KeyEmpty,
    /// `key.not_a_key`: pass an RSA key as PEM, DER or base64; this is none of them
    KeyNotAKey,
    /// `key.encrypted`: decrypt the key first, for example with: openssl pkey -in key.pem -out plain.pem
    KeyEncrypted,
    /// `key.not_rsa`: the gateways sign with RSA only; make a key with: openssl genrsa 2048
    KeyNotRsa,
    /// `key.pss`: the key is restricted to RSASSA-PSS; the gateways need a plain RSA key: openssl genrsa 2048
    KeyPss,
    /// `key.public_given`: this is a public key; pass the private key that belongs to it
    KeyPublicGiven,
    /// `key.private_given`: this is a private key; pass the gateway's public key, and keep the private one secret
    KeyPrivateGiven,
    /// `key.truncated`: the key is cut off; copy it again from its first to its last character
    KeyTruncated,
    /// `key.multiple`: pass exactly one key; the text holds several
    KeyMultiple,
    /// `key.inconsistent`: the numbers of the key do not belong together; copy or make the key again
    KeyInconsistent,
    /// `key.own_public`: copy the gateway's public key from its developer centre; the configured one is the public half of your own signing key
    KeyOwnPublic,
    /// `key.size`: use an RSA key of 2048 to 8192 bits
    KeySize,
    /// `signature.missing`: the message is not signed and must not be trusted
    SignatureMissing,
    /// `signature.header`: the Signature header must read algorithm=RSA256,keyVersion=…,signature=…
    SignatureHeader,
    /// `signature.duplicate_field`: a field appears twice in the Signature header; the message must not be trusted
    SignatureDuplicateField,
    /// `signature.algorithm`: the only algorithm of these gateways is RSA256
    SignatureAlgorithm,
    /// `signature.encoding`: the signature must be padded standard base64, percent-encoded or not
    SignatureEncoding,
    /// `signature.key_version`: the key version must be a number from 0 to 4294967295
    SignatureKeyVersion,
    /// `signature.client_id`: the message names another client id than the configured one; check which merchant it is for
    SignatureClientId,
    /// `signature.mismatch`: check that the gateway's public key, the client id and the path are the configured ones, and that the body is passed as received, byte for byte
    SignatureMismatch,
    /// `signature.content`: method, path, client id and time must not hold a carriage return, a line feed or a NUL
    SignatureContent,
    /// `signature.failed`: the signing key could not produce a signature; check the key
    SignatureFailed,
    /// `code.not_digits`: a payment code has only the digits 0 to 9; scan it again
    CodeNotDigits,
    /// `code.length`: a payment code has 16 to 24 digits; scan it again
    CodeLength,
    /// `code.prefix`: not an Alipay or Alipay+ code; send it to the provider that issued it
    CodePrefix,
    /// `code.unroutable`: no configured wallet takes this code; configure the wallet, or refuse the code at the till
    CodeUnroutable,
    /// `router.configuration`: check the router's wallets, routing numbers and lengths
    RouterConfiguration,
    /// `currency.format`: a currency is three capital letters, such as USD
    CurrencyFormat,
    /// `currency.unknown`: use a currency of the ISO 4217 list
    CurrencyUnknown,
    /// `currency.no_minor_unit`: this ISO 4217 entry has no minor unit and can't be paid with
    CurrencyNoMinorUnit,
    /// `amount.format`: write the amount as digits with at most one decimal point, such as 19.99
    AmountFormat,
    /// `amount.excess_precision`: the amount has more decimals than the currency; pass a rounding if that is meant
    AmountExcessPrecision,
    /// `amount.too_long`: an amount has at most 16 digits in minor units
    AmountTooLong,
    /// `amount.rule`: the amount misses the currency's smallest step; pass a rounding if that is meant
    AmountRule,
    /// `amount.zero`: an amount to pay or to refund is greater than zero
    AmountZero,
    /// `amount.float`: pass money as text, decimal or integer; a binary float can't hold 19.99
    AmountFloat,
    /// `amount.rounding`: the roundings are half_even, half_up and down
    AmountRounding,
    /// `amount.rules`: the rule sets are alipay and iso
    AmountRules,
    /// `gateway.region`: the regions are na, na_global, sea, sea_global, eu, eu_global and us; Alipay+ has no eu and no us
    GatewayRegion,
    /// `gateway.url`: pass a base URL of scheme and host, such as that of the developer page, without user, query or fragment
    GatewayUrl,
    /// `gateway.insecure`: use https; plain http goes to the loopback interface only, unless it is explicitly allowed
    GatewayInsecure,
    /// `gateway.path`: pass the path of an API below the gateway, such as v1/payments/inquiryPayment
    GatewayPath,
    /// `config.missing`: set the value that is named
    ConfigMissing,
    /// `config.invalid`: correct the value that is named
    ConfigInvalid,
    /// `config.notify_url`: pass the public notify URL as the gateway knows it, or its path, such as https://shop.example/alipay/notify
    ConfigNotifyUrl,
    /// `config.unknown_client`: no merchant with this client id is configured
    ConfigUnknownClient,
    /// `message.encrypted`: encrypted messages are not supported; ask the gateway's support to switch encryption off
    MessageEncrypted,
    /// `message.too_large`: a message has at most 1 MiB
    MessageTooLarge,
    /// `message.not_json`: the body must be strict JSON, without comments, and whole
    MessageNotJson,
    /// `message.not_object`: the body must be a JSON object
    MessageNotObject,
    /// `message.duplicate_key`: a key appears twice in the JSON; the message must not be trusted
    MessageDuplicateKey,
    /// `message.field`: the field that is named does not have the documented form
    MessageField,
    /// `message.header`: the header that is named is missing or unreadable
    MessageHeader,
    /// `notification.stale`: the notification is older than allowed; wait for the gateway to send it again, or inquire
    NotificationStale,
    /// `notification.future`: the notification's time lies in the future; check the clock of this machine
    NotificationFuture,
    /// `notification.time`: the notification's Request-Time must be epoch milliseconds or RFC 3339
    NotificationTime,
    /// `request.missing`: set the field that is named
    RequestMissing,
    /// `request.invalid`: correct the field that is named
    RequestInvalid,
    /// `request.too_long`: shorten the field that is named
    RequestTooLong,
    /// `request.forbidden`: leave the field that is named out
    RequestForbidden,
    /// `request.expired`: the expiry lies in the past; choose a later one, or none
    RequestExpired,
    /// `request.below_minimum`: the wallet takes no amount this small
    RequestBelowMinimum,
    /// `request.notify_url`: the notification URL must be https, unless plain http is explicitly allowed
    RequestNotifyUrl,
    /// `qr.too_long`: make the code with another program, from the text
    QrTooLong,
    /// `request.refund_exceeds`: the refunds of a payment never exceed it; refund at most what is left
    RequestRefundExceeds,
    /// `request.unknown_payment`: the store holds no payment of this id
    RequestUnknownPayment,
    /// `payment.not_begun`: feed Begin first
    PaymentNotBegun,
    /// `payment.already_begun`: a payment begins once; resume it instead
    PaymentAlreadyBegun,
    /// `payment.expired`: this call sent nothing; look the payment up if another till may use this id, and make a new one with a later expiry only if it was not sent
    PaymentExpired,
    /// `payment.unknown_send`: feed back the send id that came with the action
    PaymentUnknownSend,
    /// `payment.wrong_operation`: feed back the operation that came with the action
    PaymentWrongOperation,
    /// `payment.time`: times are milliseconds since the epoch, from 0 to the year 9999
    PaymentTime,
    /// `payment.not_sent`: nothing left this machine; check the network and try again with a new id
    PaymentNotSent,
    /// `payment.id_reused`: this id is stored for another payment; look that one up before you use a new id
    PaymentIdReused,
    /// `payment.interrupted`: the payment may have been made: call pay with this id again, do not begin another
    PaymentInterrupted,
    /// `payment.not_unresolved`: only a payment that ended as unresolved is resolved by a person, and once
    PaymentNotUnresolved,
    /// `payment.not_final`: wait for the payment's result, or cancel it
    PaymentNotFinal,
    /// `payment.not_succeeded`: no verified message says what this payment took; if it may have taken money, reverse it
    PaymentNotSucceeded,
    /// `policy.inquiry_limit`: the documents allow 10 to 20 inquiries
    PolicyInquiryLimit,
    /// `policy.inquiry_window`: Alipay+ wants all inquiries within 60 seconds; shorten the interval or lower the limit
    PolicyInquiryWindow,
    /// `policy.value`: every time of a policy is positive and below a year
    PolicyValue,
    /// `snapshot.malformed`: the snapshot is cut off or edited; restore the text that was stored
    SnapshotMalformed,
    /// `snapshot.newer`: a newer version of this library wrote the snapshot; update this one
    SnapshotNewer,
    /// `snapshot.kind`: this is a snapshot of something else
    SnapshotKind,
    /// `snapshot.inconsistent`: the snapshot contradicts itself; restore the text that was stored
    SnapshotInconsistent,
    /// `store.conflict`: another process moved this payment on; resume it and look at its result before the customer is charged again
    StoreConflict,
    /// `store.failed`: check the disk or the database, then resume the open payments and look at their results before the customer is charged again
    StoreFailed,
    /// `store.corrupt`: the record was left as it is; look the payment up at the gateway before the customer is charged again
    StoreCorrupt,
    /// `store.id`: an id has 1 to 64 characters
    StoreId,
    /// `store.url`: a database is named as sqlite:///path/payments.db, postgresql://user:password@host/database or mysql://user:password@host/database
    StoreUrl,
    /// `store.schema`: migrate the store, or use the version of this library that made its tables
    StoreSchema,
    /// `store.durability`: change the setting that the reason names; with it a power cut can lose a payment
    StoreDurability,
    /// `transport.configuration`: check the proxy and the extra root certificates
    TransportConfiguration,
    /// `transport.name_not_found`: this request was not sent; check the gateway's URL and the name service (DNS) of this machine
    TransportNameNotFound,
    /// `transport.refused`: this request was not sent; check the gateway's address and port, and firewalls on the way
    TransportRefused,
    /// `transport.connect_timeout`: this request was not sent; check the network and whether a firewall drops connections to the gateway
    TransportConnectTimeout,
    /// `transport.certificate`: this request was not sent; check the gateway's URL and which certificate authorities are trusted
    TransportCertificate,
    /// `transport.proxy`: this request was not sent; check the proxy's URL and whether it may connect to the gateway
    TransportProxy,
    /// `transport.proxy_authentication`: this request was not sent; put the proxy's user and password into its URL: http://user:password@host:port
    TransportProxyAuthentication,
    /// `transport.protocol`: check the scheme and the port of the gateway's URL: the other side does not speak what the URL says
    TransportProtocol,
    /// `transport.not_sent`: this request was not sent; check the network of this machine
    TransportNotSent,
    /// `transport.http_status`: something other than the gateway answered; the result is unknown, inquire
    TransportHttpStatus,
    /// `transport.timeout`: the gateway did not answer in time; the result is unknown, inquire
    TransportTimeout,
    /// `transport.broken`: the connection broke; the result is unknown, inquire
    TransportBroken,
    /// `client.closed`: make a new client, resume the payment and look at its result before the customer is charged again
    ClientClosed,
    /// `refund.id_reused`: this refund id is stored for another refund; look that one up before you use a new id
    RefundIdReused,
    /// `refund.not_sent`: nothing left this machine; check the network and refund again with a new id
    RefundNotSent,
    /// `refund.not_unresolved`: only a refund that ended as unresolved is resolved by a person, and once
    RefundNotUnresolved,
    /// `refund.not_begun`: feed Begin first
    RefundNotBegun,
    /// `refund.already_begun`: a refund begins once; resume it instead
    RefundAlreadyBegun,
    /// `refund.unknown_send`: feed back the send id that came with the action
    RefundUnknownSend,
    /// `refund.wrong_operation`: feed back the operation that came with the action
    RefundWrongOperation,
    /// `reverse.nothing_taken`: no verified message says that this payment took money, so there is nothing to give back; query it if the customer says otherwise
    ReverseNothingTaken,
    /// `reverse.amount_unknown`: verified messages do not agree on how much was taken; look the payment up at the gateway and settle it there
    ReverseAmountUnknown,
    /// `reverse.id_taken`: another request owns this payment request id, so the money may not be yours to give back; look it up at the gateway
    ReverseIdTaken,
    /// `reverse.under_way`: the payment is being reversed; wait for the result, and refund only if the reverse is refused
    ReverseUnderWay,
    /// `reverse.done`: the payment was reversed, or may have been; do not refund it, look up the result of the reverse
    ReverseDone,
    /// `reverse.refund_unresolved`: find out the outcome of the earlier refund at the gateway, then refund what is left
    ReverseRefundUnresolved,
    /// `reverse.not_begun`: enter the reverse and feed Begin first
    ReverseNotBegun,
    /// `reverse.already_begun`: a reverse begins once; resume it instead
    ReverseAlreadyBegun,
    /// `reverse.unknown_send`: feed back the send id that came with the action
    ReverseUnknownSend,
    /// `reverse.wrong_operation`: feed back the operation that came with the action
    ReverseWrongOperation,
    /// `internal.panic`: this is a defect of alipay-instore; please report it with the reason
    InternalPanic,
}

impl ErrorCode {
    /// Every code, in the order of the catalogue.
    pub const ALL: &'static [ErrorCode] = &[
        ErrorCode::KeyEmpty,
        ErrorCode::KeyNotAKey,
        ErrorCode::KeyEncrypted,
        ErrorCode::KeyNotRsa,
        ErrorCode::KeyPss,
        ErrorCode::KeyPublicGiven,
        ErrorCode::KeyPrivateGiven,
        ErrorCode::KeyTruncated,
        ErrorCode::KeyMultiple,
        ErrorCode::KeyInconsistent,
        ErrorCode::KeyOwnPublic,
        ErrorCode::KeySize,
        ErrorCode::SignatureMissing,
        ErrorCode::SignatureHeader,
        ErrorCode::SignatureDuplicateField,
        ErrorCode::SignatureAlgorithm,
        ErrorCode::SignatureEncoding,
        ErrorCode::SignatureKeyVersion,
        ErrorCode::SignatureClientId,
        ErrorCode::SignatureMismatch,
        ErrorCode::SignatureContent,
        ErrorCode::SignatureFailed,
        ErrorCode::CodeNotDigits,
        ErrorCode::CodeLength,
        ErrorCode::CodePrefix,
        ErrorCode::CodeUnroutable,
        ErrorCode::RouterConfiguration,
        ErrorCode::CurrencyFormat,
        ErrorCode::CurrencyUnknown,
        ErrorCode::CurrencyNoMinorUnit,
        ErrorCode::AmountFormat,
        ErrorCode::AmountExcessPrecision,
        ErrorCode::AmountTooLong,
        ErrorCode::AmountRule,
        ErrorCode::AmountZero,
        ErrorCode::AmountFloat,
        ErrorCode::AmountRounding,
        ErrorCode::AmountRules,
        ErrorCode::GatewayRegion,
        ErrorCode::GatewayUrl,
        ErrorCode::GatewayInsecure,
        ErrorCode::GatewayPath,
        ErrorCode::ConfigMissing,
        ErrorCode::ConfigInvalid,
        ErrorCode::ConfigNotifyUrl,
        ErrorCode::ConfigUnknownClient,
        ErrorCode::MessageEncrypted,
        ErrorCode::MessageTooLarge,
        ErrorCode::MessageNotJson,
        ErrorCode::MessageNotObject,
        ErrorCode::MessageDuplicateKey,
        ErrorCode::MessageField,
        ErrorCode::MessageHeader,
        ErrorCode::NotificationStale,
        ErrorCode::NotificationFuture,
        ErrorCode::NotificationTime,
        ErrorCode::RequestMissing,
        ErrorCode::RequestInvalid,
        ErrorCode::RequestTooLong,
        ErrorCode::RequestForbidden,
        ErrorCode::RequestExpired,
        ErrorCode::RequestBelowMinimum,
        ErrorCode::RequestNotifyUrl,
        ErrorCode::QrTooLong,
        ErrorCode::RequestRefundExceeds,
        ErrorCode::RequestUnknownPayment,
        ErrorCode::PaymentNotBegun,
        ErrorCode::PaymentAlreadyBegun,
        ErrorCode::PaymentExpired,
        ErrorCode::PaymentUnknownSend,
        ErrorCode::PaymentWrongOperation,
        ErrorCode::PaymentTime,
        ErrorCode::PaymentNotSent,
        ErrorCode::PaymentIdReused,
        ErrorCode::PaymentInterrupted,
        ErrorCode::PaymentNotUnresolved,
        ErrorCode::PaymentNotFinal,
        ErrorCode::PaymentNotSucceeded,
        ErrorCode::PolicyInquiryLimit,
        ErrorCode::PolicyInquiryWindow,
        ErrorCode::PolicyValue,
        ErrorCode::SnapshotMalformed,
        ErrorCode::SnapshotNewer,
        ErrorCode::SnapshotKind,
        ErrorCode::SnapshotInconsistent,
        ErrorCode::StoreConflict,
        ErrorCode::StoreFailed,
        ErrorCode::StoreCorrupt,
        ErrorCode::StoreId,
        ErrorCode::StoreUrl,
        ErrorCode::StoreSchema,
        ErrorCode::StoreDurability,
        ErrorCode::TransportConfiguration,
        ErrorCode::TransportNameNotFound,
        ErrorCode::TransportRefused,
        ErrorCode::TransportConnectTimeout,
        ErrorCode::TransportCertificate,
        ErrorCode::TransportProxy,
        ErrorCode::TransportProxyAuthentication,
        ErrorCode::TransportProtocol,
        ErrorCode::TransportNotSent,
        ErrorCode::TransportHttpStatus,
        ErrorCode::TransportTimeout,
        ErrorCode::TransportBroken,
        ErrorCode::ClientClosed,
        ErrorCode::RefundIdReused,
        ErrorCode::RefundNotSent,
        ErrorCode::RefundNotUnresolved,
        ErrorCode::RefundNotBegun,
        ErrorCode::RefundAlreadyBegun,
        ErrorCode::RefundUnknownSend,
        ErrorCode::RefundWrongOperation,
        ErrorCode::ReverseNothingTaken,
        ErrorCode::ReverseAmountUnknown,
        ErrorCode::ReverseIdTaken,
        ErrorCode::ReverseUnderWay,
        ErrorCode::ReverseDone,
        ErrorCode::ReverseRefundUnresolved,
        ErrorCode::ReverseNotBegun,
        ErrorCode::ReverseAlreadyBegun,
        ErrorCode::ReverseUnknownSend,
        ErrorCode::ReverseWrongOperation,
        ErrorCode::InternalPanic,
    ];

    /// The stable text of the code, such as `key.encrypted`.
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorCode::KeyEmpty => "key.empty",
            ErrorCode::KeyNotAKey => "key.not_a_key",
            ErrorCode::KeyEncrypted => "key.encrypted",
            ErrorCode::KeyNotRsa => "key.not_rsa",
            ErrorCode::KeyPss => "key.pss",
            ErrorCode::KeyPublicGiven => "key.public_given",
            ErrorCode::KeyPrivateGiven => "key.private_given",
            ErrorCode::KeyTruncated => "key.truncated",
            ErrorCode::KeyMultiple => "key.multiple",
            ErrorCode::KeyInconsistent => "key.inconsistent",
            ErrorCode::KeyOwnPublic => "key.own_public",
            ErrorCode::KeySize => "key.size",
            ErrorCode::SignatureMissing => "signature.missing",
            ErrorCode::SignatureHeader => "signature.header",
            ErrorCode::SignatureDuplicateField => "signature.duplicate_field",
            ErrorCode::SignatureAlgorithm => "signature.algorithm",
            ErrorCode::SignatureEncoding => "signature.encoding",
            ErrorCode::SignatureKeyVersion => "signature.key_version",
            ErrorCode::SignatureClientId => "signature.client_id",
            ErrorCode::SignatureMismatch => "signature.mismatch",
            ErrorCode::SignatureContent => "signature.content",
            ErrorCode::SignatureFailed => "signature.failed",
            ErrorCode::CodeNotDigits => "code.not_digits",
            ErrorCode::CodeLength => "code.length",
            ErrorCode::CodePrefix => "code.prefix",
            ErrorCode::CodeUnroutable => "code.unroutable",
            ErrorCode::RouterConfiguration => "router.configuration",
            ErrorCode::CurrencyFormat => "currency.format",
            ErrorCode::CurrencyUnknown => "currency.unknown",
            ErrorCode::CurrencyNoMinorUnit => "currency.no_minor_unit",
            ErrorCode::AmountFormat => "amount.format",
            ErrorCode::AmountExcessPrecision => "amount.excess_precision",
            ErrorCode::AmountTooLong => "amount.too_long",
            ErrorCode::AmountRule => "amount.rule",
            ErrorCode::AmountZero => "amount.zero",
            ErrorCode::AmountFloat => "amount.float",
            ErrorCode::AmountRounding => "amount.rounding",
            ErrorCode::AmountRules => "amount.rules",
            ErrorCode::GatewayRegion => "gateway.region",
            ErrorCode::GatewayUrl => "gateway.url",
            ErrorCode::GatewayInsecure => "gateway.insecure",
            ErrorCode::GatewayPath => "gateway.path",
            ErrorCode::ConfigMissing => "config.missing",
            ErrorCode::ConfigInvalid => "config.invalid",
            ErrorCode::ConfigNotifyUrl => "config.notify_url",
            ErrorCode::ConfigUnknownClient => "config.unknown_client",
            ErrorCode::MessageEncrypted => "message.encrypted",
            ErrorCode::MessageTooLarge => "message.too_large",
            ErrorCode::MessageNotJson => "message.not_json",
            ErrorCode::MessageNotObject => "message.not_object",
            ErrorCode::MessageDuplicateKey => "message.duplicate_key",
            ErrorCode::MessageField => "message.field",
            ErrorCode::MessageHeader => "message.header",
            ErrorCode::NotificationStale => "notification.stale",
            ErrorCode::NotificationFuture => "notification.future",
            ErrorCode::NotificationTime => "notification.time",
            ErrorCode::RequestMissing => "request.missing",
            ErrorCode::RequestInvalid => "request.invalid",
            ErrorCode::RequestTooLong => "request.too_long",
            ErrorCode::RequestForbidden => "request.forbidden",
            ErrorCode::RequestExpired => "request.expired",
            ErrorCode::RequestBelowMinimum => "request.below_minimum",
            ErrorCode::RequestNotifyUrl => "request.notify_url",
            ErrorCode::QrTooLong => "qr.too_long",
            ErrorCode::RequestRefundExceeds => "request.refund_exceeds",
            ErrorCode::RequestUnknownPayment => "request.unknown_payment",
            ErrorCode::PaymentNotBegun => "payment.not_begun",
            ErrorCode::PaymentAlreadyBegun => "payment.already_begun",
            ErrorCode::PaymentExpired => "payment.expired",
            ErrorCode::PaymentUnknownSend => "payment.unknown_send",
            ErrorCode::PaymentWrongOperation => "payment.wrong_operation",
            ErrorCode::PaymentTime => "payment.time",
            ErrorCode::PaymentNotSent => "payment.not_sent",
            ErrorCode::PaymentIdReused => "payment.id_reused",
            ErrorCode::PaymentInterrupted => "payment.interrupted",
            ErrorCode::PaymentNotUnresolved => "payment.not_unresolved",
            ErrorCode::PaymentNotFinal => "payment.not_final",
            ErrorCode::PaymentNotSucceeded => "payment.not_succeeded",
            ErrorCode::PolicyInquiryLimit => "policy.inquiry_limit",
            ErrorCode::PolicyInquiryWindow => "policy.inquiry_window",
            ErrorCode::PolicyValue => "policy.value",
            ErrorCode::SnapshotMalformed => "snapshot.malformed",
            ErrorCode::SnapshotNewer => "snapshot.newer",
            ErrorCode::SnapshotKind => "snapshot.kind",
            ErrorCode::SnapshotInconsistent => "snapshot.inconsistent",
            ErrorCode::StoreConflict => "store.conflict",
            ErrorCode::StoreFailed => "store.failed",
            ErrorCode::StoreCorrupt => "store.corrupt",
            ErrorCode::StoreId => "store.id",
            ErrorCode::StoreUrl => "store.url",
            ErrorCode::StoreSchema => "store.schema",
            ErrorCode::StoreDurability => "store.durability",
            ErrorCode::TransportConfiguration => "transport.configuration",
            ErrorCode::TransportNameNotFound => "transport.name_not_found",
            ErrorCode::TransportRefused => "transport.refused",
            ErrorCode::TransportConnectTimeout => "transport.connect_timeout",
            ErrorCode::TransportCertificate => "transport.certificate",
            ErrorCode::TransportProxy => "transport.proxy",
            ErrorCode::TransportProxyAuthentication => "transport.proxy_authentication",
            ErrorCode::TransportProtocol => "transport.protocol",
            ErrorCode::TransportNotSent => "transport.not_sent",
            ErrorCode::TransportHttpStatus => "transport.http_status",
            ErrorCode::TransportTimeout => "transport.timeout",
            ErrorCode::TransportBroken => "transport.broken",
            ErrorCode::ClientClosed => "client.closed",
            ErrorCode::RefundIdReused => "refund.id_reused",
            ErrorCode::RefundNotSent => "refund.not_sent",
            ErrorCode::RefundNotUnresolved => "refund.not_unresolved",
            ErrorCode::RefundNotBegun => "refund.not_begun",
            ErrorCode::RefundAlreadyBegun => "refund.already_begun",
            ErrorCode::RefundUnknownSend => "refund.unknown_send",
            ErrorCode::RefundWrongOperation => "refund.wrong_operation",
            ErrorCode::ReverseNothingTaken => "reverse.nothing_taken",
            ErrorCode::ReverseAmountUnknown => "reverse.amount_unknown",
            ErrorCode::ReverseIdTaken => "reverse.id_taken",
            ErrorCode::ReverseUnderWay => "reverse.under_way",
            ErrorCode::ReverseDone => "reverse.done",
            ErrorCode::ReverseRefundUnresolved => "reverse.refund_unresolved",
            ErrorCode::ReverseNotBegun => "reverse.not_begun",
            ErrorCode::ReverseAlreadyBegun => "reverse.already_begun",
            ErrorCode::ReverseUnknownSend => "reverse.unknown_send",
            ErrorCode::ReverseWrongOperation => "reverse.wrong_operation",
            ErrorCode::InternalPanic => "internal.panic",
        }
    }

    /// The family the code belongs to.
    pub const fn category(self) -> Category {
        match self {
            ErrorCode::KeyEmpty
            | ErrorCode::KeyNotAKey
            | ErrorCode::KeyEncrypted
            | ErrorCode::KeyNotRsa
            | ErrorCode::KeyPss
            | ErrorCode::KeyPublicGiven
            | ErrorCode::KeyPrivateGiven
            | ErrorCode::KeyTruncated
            | ErrorCode::KeyMultiple
            | ErrorCode::KeyInconsistent
            | ErrorCode::KeyOwnPublic
            | ErrorCode::KeySize => Category::Key,
            ErrorCode::SignatureMissing
            | ErrorCode::SignatureHeader
            | ErrorCode::SignatureDuplicateField
            | ErrorCode::SignatureAlgorithm
            | ErrorCode::SignatureEncoding
            | ErrorCode::SignatureKeyVersion
            | ErrorCode::SignatureClientId
            | ErrorCode::SignatureMismatch
            | ErrorCode::SignatureContent
            | ErrorCode::SignatureFailed => Category::Signature,
            ErrorCode::CodeNotDigits
            | ErrorCode::CodeLength
            | ErrorCode::CodePrefix
            | ErrorCode::CodeUnroutable => Category::Code,
            ErrorCode::RouterConfiguration
            | ErrorCode::GatewayRegion
            | ErrorCode::GatewayUrl
            | ErrorCode::GatewayInsecure
            | ErrorCode::GatewayPath
            | ErrorCode::ConfigMissing
            | ErrorCode::ConfigInvalid
            | ErrorCode::ConfigNotifyUrl
            | ErrorCode::ConfigUnknownClient
            | ErrorCode::PolicyInquiryLimit
            | ErrorCode::PolicyInquiryWindow
            | ErrorCode::PolicyValue
            | ErrorCode::StoreUrl
            | ErrorCode::StoreDurability
            | ErrorCode::TransportConfiguration => Category::Configuration,
            ErrorCode::CurrencyFormat
            | ErrorCode::CurrencyUnknown
            | ErrorCode::CurrencyNoMinorUnit
            | ErrorCode::AmountFormat
            | ErrorCode::AmountExcessPrecision
            | ErrorCode::AmountTooLong
            | ErrorCode::AmountRule
            | ErrorCode::AmountZero
            | ErrorCode::AmountFloat
            | ErrorCode::AmountRounding
            | ErrorCode::AmountRules => Category::Amount,
            ErrorCode::MessageEncrypted
            | ErrorCode::MessageTooLarge
            | ErrorCode::MessageNotJson
            | ErrorCode::MessageNotObject
            | ErrorCode::MessageDuplicateKey
            | ErrorCode::MessageField
            | ErrorCode::MessageHeader
            | ErrorCode::NotificationStale
            | ErrorCode::NotificationFuture
            | ErrorCode::NotificationTime => Category::Message,
            ErrorCode::RequestMissing
            | ErrorCode::RequestInvalid
            | ErrorCode::RequestTooLong
            | ErrorCode::RequestForbidden
            | ErrorCode::RequestExpired
            | ErrorCode::RequestBelowMinimum
            | ErrorCode::RequestNotifyUrl
            | ErrorCode::QrTooLong
            | ErrorCode::RequestRefundExceeds
            | ErrorCode::RequestUnknownPayment => Category::Request,
            ErrorCode::PaymentNotBegun
            | ErrorCode::PaymentAlreadyBegun
            | ErrorCode::PaymentExpired
            | ErrorCode::PaymentUnknownSend
            | ErrorCode::PaymentWrongOperation
            | ErrorCode::PaymentTime
            | ErrorCode::PaymentNotSent
            | ErrorCode::PaymentIdReused
            | ErrorCode::PaymentInterrupted
            | ErrorCode::PaymentNotUnresolved
            | ErrorCode::PaymentNotFinal
            | ErrorCode::PaymentNotSucceeded
            | ErrorCode::SnapshotMalformed
            | ErrorCode::SnapshotNewer
            | ErrorCode::SnapshotKind
            | ErrorCode::SnapshotInconsistent
            | ErrorCode::RefundIdReused
            | ErrorCode::RefundNotSent
            | ErrorCode::RefundNotUnresolved
            | ErrorCode::RefundNotBegun
            | ErrorCode::RefundAlreadyBegun
            | ErrorCode::RefundUnknownSend
            | ErrorCode::RefundWrongOperation
            | ErrorCode::ReverseNothingTaken
            | ErrorCode::ReverseAmountUnknown
            | ErrorCode::ReverseIdTaken
            | ErrorCode::ReverseUnderWay
            | ErrorCode::ReverseDone
            | ErrorCode::ReverseRefundUnresolved
            | ErrorCode::ReverseNotBegun
            | ErrorCode::ReverseAlreadyBegun
            | ErrorCode::ReverseUnknownSend
            | ErrorCode::ReverseWrongOperation => Category::Payment,
            ErrorCode::StoreConflict
            | ErrorCode::StoreFailed
            | ErrorCode::StoreCorrupt
            | ErrorCode::StoreId
            | ErrorCode::StoreSchema => Category::Store,
            ErrorCode::TransportNameNotFound
            | ErrorCode::TransportRefused
            | ErrorCode::TransportConnectTimeout
            | ErrorCode::TransportCertificate
            | ErrorCode::TransportProxy
            | ErrorCode::TransportProxyAuthentication
            | ErrorCode::TransportProtocol
            | ErrorCode::TransportNotSent
            | ErrorCode::TransportHttpStatus
            | ErrorCode::TransportTimeout
            | ErrorCode::TransportBroken
            | ErrorCode::ClientClosed => Category::Transport,
            ErrorCode::InternalPanic => Category::Internal,
        }
    }

    /// Whether the same call can succeed later, without a change by the caller.
    pub const fn retryable(self) -> bool {
        matches!(
            self,
            ErrorCode::PaymentNotSent
                | ErrorCode::PaymentInterrupted
                | ErrorCode::StoreConflict
                | ErrorCode::StoreFailed
                | ErrorCode::TransportNameNotFound
                | ErrorCode::TransportRefused
                | ErrorCode::TransportConnectTimeout
                | ErrorCode::TransportProxy
                | ErrorCode::TransportNotSent
                | ErrorCode::TransportHttpStatus
                | ErrorCode::TransportTimeout
                | ErrorCode::TransportBroken
                | ErrorCode::RefundNotSent
        )
    }

    /// Whether the customer may have been charged when this code is seen, as far as the code alone decides it.
    pub const fn may_have_charged(self) -> MayHaveCharged {
        match self {
            ErrorCode::KeyEmpty
            | ErrorCode::KeyNotAKey
            | ErrorCode::KeyEncrypted
            | ErrorCode::KeyNotRsa
            | ErrorCode::KeyPss
            | ErrorCode::KeyPublicGiven
            | ErrorCode::KeyPrivateGiven
            | ErrorCode::KeyTruncated
            | ErrorCode::KeyMultiple
            | ErrorCode::KeyInconsistent
            | ErrorCode::KeyOwnPublic
            | ErrorCode::KeySize
            | ErrorCode::SignatureContent
            | ErrorCode::CodeNotDigits
            | ErrorCode::CodeLength
            | ErrorCode::CodePrefix
            | ErrorCode::CodeUnroutable
            | ErrorCode::RouterConfiguration
            | ErrorCode::CurrencyFormat
            | ErrorCode::CurrencyUnknown
            | ErrorCode::CurrencyNoMinorUnit
            | ErrorCode::AmountFormat
            | ErrorCode::AmountExcessPrecision
            | ErrorCode::AmountTooLong
            | ErrorCode::AmountRule
            | ErrorCode::AmountZero
            | ErrorCode::AmountFloat
            | ErrorCode::AmountRounding
            | ErrorCode::AmountRules
            | ErrorCode::GatewayRegion
            | ErrorCode::GatewayUrl
            | ErrorCode::GatewayInsecure
            | ErrorCode::GatewayPath
            | ErrorCode::ConfigMissing
            | ErrorCode::ConfigInvalid
            | ErrorCode::ConfigNotifyUrl
            | ErrorCode::ConfigUnknownClient
            | ErrorCode::RequestMissing
            | ErrorCode::RequestInvalid
            | ErrorCode::RequestTooLong
            | ErrorCode::RequestForbidden
            | ErrorCode::RequestExpired
            | ErrorCode::RequestBelowMinimum
            | ErrorCode::RequestNotifyUrl
            | ErrorCode::QrTooLong
            | ErrorCode::PaymentNotBegun
            | ErrorCode::PaymentNotSent
            | ErrorCode::PolicyInquiryLimit
            | ErrorCode::PolicyInquiryWindow
            | ErrorCode::PolicyValue
            | ErrorCode::StoreId
            | ErrorCode::StoreUrl
            | ErrorCode::StoreSchema
            | ErrorCode::StoreDurability
            | ErrorCode::TransportConfiguration => MayHaveCharged::Never,
            ErrorCode::SignatureMissing
            | ErrorCode::SignatureHeader
            | ErrorCode::SignatureDuplicateField
            | ErrorCode::SignatureAlgorithm
            | ErrorCode::SignatureEncoding
            | ErrorCode::SignatureKeyVersion
            | ErrorCode::SignatureClientId
            | ErrorCode::SignatureMismatch
            | ErrorCode::SignatureFailed
            | ErrorCode::MessageEncrypted
            | ErrorCode::MessageTooLarge
            | ErrorCode::MessageNotJson
            | ErrorCode::MessageNotObject
            | ErrorCode::MessageDuplicateKey
            | ErrorCode::MessageField
            | ErrorCode::MessageHeader
            | ErrorCode::NotificationStale
            | ErrorCode::NotificationFuture
            | ErrorCode::NotificationTime
            | ErrorCode::RequestRefundExceeds
            | ErrorCode::RequestUnknownPayment
            | ErrorCode::PaymentAlreadyBegun
            | ErrorCode::PaymentExpired
            | ErrorCode::PaymentUnknownSend
            | ErrorCode::PaymentWrongOperation
            | ErrorCode::PaymentTime
            | ErrorCode::PaymentIdReused
            | ErrorCode::PaymentNotUnresolved
            | ErrorCode::PaymentNotSucceeded
            | ErrorCode::StoreFailed
            | ErrorCode::TransportNameNotFound
            | ErrorCode::TransportRefused
            | ErrorCode::TransportConnectTimeout
            | ErrorCode::TransportCertificate
            | ErrorCode::TransportProxy
            | ErrorCode::TransportProxyAuthentication
            | ErrorCode::TransportProtocol
            | ErrorCode::TransportNotSent
            | ErrorCode::RefundIdReused
            | ErrorCode::ReverseNothingTaken
            | ErrorCode::InternalPanic => MayHaveCharged::ByCase,
            ErrorCode::PaymentInterrupted
            | ErrorCode::PaymentNotFinal
            | ErrorCode::SnapshotMalformed
            | ErrorCode::SnapshotNewer
            | ErrorCode::SnapshotKind
            | ErrorCode::SnapshotInconsistent
            | ErrorCode::StoreConflict
            | ErrorCode::StoreCorrupt
            | ErrorCode::TransportHttpStatus
            | ErrorCode::TransportTimeout
            | ErrorCode::TransportBroken
            | ErrorCode::ClientClosed
            | ErrorCode::RefundNotSent
            | ErrorCode::RefundNotUnresolved
            | ErrorCode::RefundNotBegun
            | ErrorCode::RefundAlreadyBegun
            | ErrorCode::RefundUnknownSend
            | ErrorCode::RefundWrongOperation
            | ErrorCode::ReverseAmountUnknown
            | ErrorCode::ReverseIdTaken
            | ErrorCode::ReverseUnderWay
            | ErrorCode::ReverseDone
            | ErrorCode::ReverseRefundUnresolved
            | ErrorCode::ReverseNotBegun
            | ErrorCode::ReverseAlreadyBegun
            | ErrorCode::ReverseUnknownSend
            | ErrorCode::ReverseWrongOperation => MayHaveCharged::Maybe,
        }
    }

    /// What to do about it. An [`Error`](super::Error) may carry a more precise hint of its own.
    pub const fn hint(self) -> &'static str {
        match self {
            ErrorCode::KeyEmpty => "pass the text or the bytes of the key; the setting or the file is empty",
            ErrorCode::KeyNotAKey => "pass an RSA key as PEM, DER or base64; this is none of them",
            ErrorCode::KeyEncrypted => {
                "decrypt the key first, for example with: openssl pkey -in key.pem -out plain.pem"
            }
            ErrorCode::KeyNotRsa => "the gateways sign with RSA only; make a key with: openssl genrsa 2048",
            ErrorCode::KeyPss => {
                "the key is restricted to RSASSA-PSS; the gateways need a plain RSA key: openssl genrsa 2048"
            }
            ErrorCode::KeyPublicGiven => "this is a public key; pass the private key that belongs to it",
            ErrorCode::KeyPrivateGiven => {
                "this is a private key; pass the gateway's public key, and keep the private one secret"
            }
            ErrorCode::KeyTruncated => {
                "the key is cut off; copy it again from its first to its last character"
            }
            ErrorCode::KeyMultiple => "pass exactly one key; the text holds several",
            ErrorCode::KeyInconsistent => {
                "the numbers of the key do not belong together; copy or make the key again"
            }
            ErrorCode::KeyOwnPublic => {
                "copy the gateway's public key from its developer centre; the configured one is the public half of your own signing key"
            }
            ErrorCode::KeySize => "use an RSA key of 2048 to 8192 bits",
            ErrorCode::SignatureMissing => "the message is not signed and must not be trusted",
            ErrorCode::SignatureHeader => {
                "the Signature header must read algorithm=RSA256,keyVersion=…,signature=…"
            }
            ErrorCode::SignatureDuplicateField => {
                "a field appears twice in the Signature header; the message must not be trusted"
            }
            ErrorCode::SignatureAlgorithm => "the only algorithm of these gateways is RSA256",
            ErrorCode::SignatureEncoding => {
                "the signature must be padded standard base64, percent-encoded or not"
            }
            ErrorCode::SignatureKeyVersion => "the key version must be a number from 0 to 4294967295",
            ErrorCode::SignatureClientId => {
                "the message names another client id than the configured one; check which merchant it is for"
            }
            ErrorCode::SignatureMismatch => {
                "check that the gateway's public key, the client id and the path are the configured ones, and that the body is passed as received, byte for byte"
            }
            ErrorCode::SignatureContent => {
                "method, path, client id and time must not hold a carriage return, a line feed or a NUL"
            }
            ErrorCode::SignatureFailed => "the signing key could not produce a signature; check the key",
            ErrorCode::CodeNotDigits => "a payment code has only the digits 0 to 9; scan it again",
            ErrorCode::CodeLength => "a payment code has 16 to 24 digits; scan it again",
            ErrorCode::CodePrefix => "not an Alipay or Alipay+ code; send it to the provider that issued it",
            ErrorCode::CodeUnroutable => {
                "no configured wallet takes this code; configure the wallet, or refuse the code at the till"
            }
            ErrorCode::RouterConfiguration => "check the router's wallets, routing numbers and lengths",
            ErrorCode::CurrencyFormat => "a currency is three capital letters, such as USD",
            ErrorCode::CurrencyUnknown => "use a currency of the ISO 4217 list",
            ErrorCode::CurrencyNoMinorUnit => "this ISO 4217 entry has no minor unit and can't be paid with",
            ErrorCode::AmountFormat => {
                "write the amount as digits with at most one decimal point, such as 19.99"
            }
            ErrorCode::AmountExcessPrecision => {
                "the amount has more decimals than the currency; pass a rounding if that is meant"
            }
            ErrorCode::AmountTooLong => "an amount has at most 16 digits in minor units",
            ErrorCode::AmountRule => {
                "the amount misses the currency's smallest step; pass a rounding if that is meant"
            }
            ErrorCode::AmountZero => "an amount to pay or to refund is greater than zero",
            ErrorCode::AmountFloat => {
                "pass money as text, decimal or integer; a binary float can't hold 19.99"
            }
            ErrorCode::AmountRounding => "the roundings are half_even, half_up and down",
            ErrorCode::AmountRules => "the rule sets are alipay and iso",
            ErrorCode::GatewayRegion => {
                "the regions are na, na_global, sea, sea_global, eu, eu_global and us; Alipay+ has no eu and no us"
            }
            ErrorCode::GatewayUrl => {
                "pass a base URL of scheme and host, such as that of the developer page, without user, query or fragment"
            }
            ErrorCode::GatewayInsecure => {
                "use https; plain http goes to the loopback interface only, unless it is explicitly allowed"
            }
            ErrorCode::GatewayPath => {
                "pass the path of an API below the gateway, such as v1/payments/inquiryPayment"
            }
            ErrorCode::ConfigMissing => "set the value that is named",
            ErrorCode::ConfigInvalid => "correct the value that is named",
            ErrorCode::ConfigNotifyUrl => {
                "pass the public notify URL as the gateway knows it, or its path, such as https://shop.example/alipay/notify"
            }
            ErrorCode::ConfigUnknownClient => "no merchant with this client id is configured",
            ErrorCode::MessageEncrypted => {
                "encrypted messages are not supported; ask the gateway's support to switch encryption off"
            }
            ErrorCode::MessageTooLarge => "a message has at most 1 MiB",
            ErrorCode::MessageNotJson => "the body must be strict JSON, without comments, and whole",
            ErrorCode::MessageNotObject => "the body must be a JSON object",
            ErrorCode::MessageDuplicateKey => {
                "a key appears twice in the JSON; the message must not be trusted"
            }
            ErrorCode::MessageField => "the field that is named does not have the documented form",
            ErrorCode::MessageHeader => "the header that is named is missing or unreadable",
            ErrorCode::NotificationStale => {
                "the notification is older than allowed; wait for the gateway to send it again, or inquire"
            }
            ErrorCode::NotificationFuture => {
                "the notification's time lies in the future; check the clock of this machine"
            }
            ErrorCode::NotificationTime => {
                "the notification's Request-Time must be epoch milliseconds or RFC 3339"
            }
            ErrorCode::RequestMissing => "set the field that is named",
            ErrorCode::RequestInvalid => "correct the field that is named",
            ErrorCode::RequestTooLong => "shorten the field that is named",
            ErrorCode::RequestForbidden => "leave the field that is named out",
            ErrorCode::RequestExpired => "the expiry lies in the past; choose a later one, or none",
            ErrorCode::RequestBelowMinimum => "the wallet takes no amount this small",
            ErrorCode::RequestNotifyUrl => {
                "the notification URL must be https, unless plain http is explicitly allowed"
            }
            ErrorCode::QrTooLong => "make the code with another program, from the text",
            ErrorCode::RequestRefundExceeds => {
                "the refunds of a payment never exceed it; refund at most what is left"
            }
            ErrorCode::RequestUnknownPayment => "the store holds no payment of this id",
            ErrorCode::PaymentNotBegun | ErrorCode::RefundNotBegun => "feed Begin first",
            ErrorCode::PaymentAlreadyBegun => "a payment begins once; resume it instead",
            ErrorCode::PaymentExpired => {
                "this call sent nothing; look the payment up if another till may use this id, and make a new one with a later expiry only if it was not sent"
            }
            ErrorCode::PaymentUnknownSend | ErrorCode::RefundUnknownSend | ErrorCode::ReverseUnknownSend => {
                "feed back the send id that came with the action"
            }
            ErrorCode::PaymentWrongOperation
            | ErrorCode::RefundWrongOperation
            | ErrorCode::ReverseWrongOperation => "feed back the operation that came with the action",
            ErrorCode::PaymentTime => "times are milliseconds since the epoch, from 0 to the year 9999",
            ErrorCode::PaymentNotSent => {
                "nothing left this machine; check the network and try again with a new id"
            }
            ErrorCode::PaymentIdReused => {
                "this id is stored for another payment; look that one up before you use a new id"
            }
            ErrorCode::PaymentInterrupted => {
                "the payment may have been made: call pay with this id again, do not begin another"
            }
            ErrorCode::PaymentNotUnresolved => {
                "only a payment that ended as unresolved is resolved by a person, and once"
            }
            ErrorCode::PaymentNotFinal => "wait for the payment's result, or cancel it",
            ErrorCode::PaymentNotSucceeded => {
                "no verified message says what this payment took; if it may have taken money, reverse it"
            }
            ErrorCode::PolicyInquiryLimit => "the documents allow 10 to 20 inquiries",
            ErrorCode::PolicyInquiryWindow => {
                "Alipay+ wants all inquiries within 60 seconds; shorten the interval or lower the limit"
            }
            ErrorCode::PolicyValue => "every time of a policy is positive and below a year",
            ErrorCode::SnapshotMalformed => {
                "the snapshot is cut off or edited; restore the text that was stored"
            }
            ErrorCode::SnapshotNewer => "a newer version of this library wrote the snapshot; update this one",
            ErrorCode::SnapshotKind => "this is a snapshot of something else",
            ErrorCode::SnapshotInconsistent => {
                "the snapshot contradicts itself; restore the text that was stored"
            }
            ErrorCode::StoreConflict => {
                "another process moved this payment on; resume it and look at its result before the customer is charged again"
            }
            ErrorCode::StoreFailed => {
                "check the disk or the database, then resume the open payments and look at their results before the customer is charged again"
            }
            ErrorCode::StoreCorrupt => {
                "the record was left as it is; look the payment up at the gateway before the customer is charged again"
            }
            ErrorCode::StoreId => "an id has 1 to 64 characters",
            ErrorCode::StoreUrl => {
                "a database is named as sqlite:///path/payments.db, postgresql://user:password@host/database or mysql://user:password@host/database"
            }
            ErrorCode::StoreSchema => {
                "migrate the store, or use the version of this library that made its tables"
            }
            ErrorCode::StoreDurability => {
                "change the setting that the reason names; with it a power cut can lose a payment"
            }
            ErrorCode::TransportConfiguration => "check the proxy and the extra root certificates",
            ErrorCode::TransportNameNotFound => {
                "this request was not sent; check the gateway's URL and the name service (DNS) of this machine"
            }
            ErrorCode::TransportRefused => {
                "this request was not sent; check the gateway's address and port, and firewalls on the way"
            }
            ErrorCode::TransportConnectTimeout => {
                "this request was not sent; check the network and whether a firewall drops connections to the gateway"
            }
            ErrorCode::TransportCertificate => {
                "this request was not sent; check the gateway's URL and which certificate authorities are trusted"
            }
            ErrorCode::TransportProxy => {
                "this request was not sent; check the proxy's URL and whether it may connect to the gateway"
            }
            ErrorCode::TransportProxyAuthentication => {
                "this request was not sent; put the proxy's user and password into its URL: http://user:password@host:port"
            }
            ErrorCode::TransportProtocol => {
                "check the scheme and the port of the gateway's URL: the other side does not speak what the URL says"
            }
            ErrorCode::TransportNotSent => "this request was not sent; check the network of this machine",
            ErrorCode::TransportHttpStatus => {
                "something other than the gateway answered; the result is unknown, inquire"
            }
            ErrorCode::TransportTimeout => {
                "the gateway did not answer in time; the result is unknown, inquire"
            }
            ErrorCode::TransportBroken => "the connection broke; the result is unknown, inquire",
            ErrorCode::ClientClosed => {
                "make a new client, resume the payment and look at its result before the customer is charged again"
            }
            ErrorCode::RefundIdReused => {
                "this refund id is stored for another refund; look that one up before you use a new id"
            }
            ErrorCode::RefundNotSent => {
                "nothing left this machine; check the network and refund again with a new id"
            }
            ErrorCode::RefundNotUnresolved => {
                "only a refund that ended as unresolved is resolved by a person, and once"
            }
            ErrorCode::RefundAlreadyBegun => "a refund begins once; resume it instead",
            ErrorCode::ReverseNothingTaken => {
                "no verified message says that this payment took money, so there is nothing to give back; query it if the customer says otherwise"
            }
            ErrorCode::ReverseAmountUnknown => {
                "verified messages do not agree on how much was taken; look the payment up at the gateway and settle it there"
            }
            ErrorCode::ReverseIdTaken => {
                "another request owns this payment request id, so the money may not be yours to give back; look it up at the gateway"
            }
            ErrorCode::ReverseUnderWay => {
                "the payment is being reversed; wait for the result, and refund only if the reverse is refused"
            }
            ErrorCode::ReverseDone => {
                "the payment was reversed, or may have been; do not refund it, look up the result of the reverse"
            }
            ErrorCode::ReverseRefundUnresolved => {
                "find out the outcome of the earlier refund at the gateway, then refund what is left"
            }
            ErrorCode::ReverseNotBegun => "enter the reverse and feed Begin first",
            ErrorCode::ReverseAlreadyBegun => "a reverse begins once; resume it instead",
            ErrorCode::InternalPanic => {
                "this is a defect of alipay-instore; please report it with the reason"
            }
        }
    }
}
