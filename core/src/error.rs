//! One error type, and the catalogue of every code it can carry.
//!
//! A code is stable: programs match on it, every language shows the same one, and the catalogue is shared
//! with them as a file. The reason says what was found this once; the hint says what to do about it. Neither
//! ever holds a key, a full payment code or a whole message body.

use std::fmt;

use crate::scanned_as::ScannedAs;

/// The family an error belongs to: the part of its code before the dot decides it.
///
/// Python and Node raise one class a category, Kotlin one subclass of its sealed exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// A key text that can't be used.
    Key,
    /// A signature that can't be made or does not verify.
    Signature,
    /// A scanned code that can't be routed.
    Code,
    /// A price that can't be turned into minor units, or back.
    Amount,
    /// A setting: gateway, router, policy, merchant.
    Configuration,
    /// A request that the documents forbid; nothing was sent.
    Request,
    /// A message from outside that can't be read or trusted.
    Message,
    /// The payment or refund machine refused an event, or a snapshot could not be restored.
    Payment,
    /// The host's store failed.
    Store,
    /// The network failed.
    Transport,
    /// A defect of this library.
    Internal,
}

impl Category {
    /// The category's name in the catalogue file: `key`, `signature`, `code` …
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Key => "key",
            Category::Signature => "signature",
            Category::Code => "code",
            Category::Amount => "amount",
            Category::Configuration => "configuration",
            Category::Request => "request",
            Category::Message => "message",
            Category::Payment => "payment",
            Category::Store => "store",
            Category::Transport => "transport",
            Category::Internal => "internal",
        }
    }
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident $code:literal $category:ident $retryable:literal $hint:literal)+) => {
        /// Every error code of the library.
        #[allow(rustdoc::bare_urls, reason = "hints show URLs as they are typed")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode { $(#[doc = concat!("`", $code, "`: ", $hint)] $variant,)+ }

        impl ErrorCode {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant,)+];

            /// The stable text of the code, such as `key.encrypted`.
            pub fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$variant => $code,)+ }
            }

            /// The family the code belongs to.
            pub fn category(self) -> Category {
                match self { $(ErrorCode::$variant => Category::$category,)+ }
            }

            /// Whether the same call can succeed later, without a change by the caller.
            pub fn retryable(self) -> bool {
                match self { $(ErrorCode::$variant => $retryable,)+ }
            }

            /// What to do about it. An [`Error`] may carry a more precise hint of its own.
            pub fn hint(self) -> &'static str {
                match self { $(ErrorCode::$variant => $hint,)+ }
            }
        }
    };
}

catalogue! {
    KeyEmpty "key.empty" Key false "pass the text or the bytes of the key; the setting or the file is empty"
    KeyNotAKey "key.not_a_key" Key false "pass an RSA key as PEM, DER or base64; this is none of them"
    KeyEncrypted "key.encrypted" Key false "decrypt the key first, for example with: openssl pkey -in key.pem -out plain.pem"
    KeyNotRsa "key.not_rsa" Key false "the gateways sign with RSA only; make a key with: openssl genrsa 2048"
    KeyPss "key.pss" Key false "the key is restricted to RSASSA-PSS; the gateways need a plain RSA key: openssl genrsa 2048"
    KeyPublicGiven "key.public_given" Key false "this is a public key; pass the private key that belongs to it"
    KeyPrivateGiven "key.private_given" Key false "this is a private key; pass the gateway's public key, and keep the private one secret"
    KeyTruncated "key.truncated" Key false "the key is cut off; copy it again from its first to its last character"
    KeyMultiple "key.multiple" Key false "pass exactly one key; the text holds several"
    KeyInconsistent "key.inconsistent" Key false "the numbers of the key do not belong together; copy or make the key again"
    KeyOwnPublic "key.own_public" Key false "copy the gateway's public key from its developer centre; the configured one is the public half of your own signing key"
    KeySize "key.size" Key false "use an RSA key of 2048 to 8192 bits"

    SignatureMissing "signature.missing" Signature false "the message is not signed and must not be trusted"
    SignatureHeader "signature.header" Signature false "the Signature header must read algorithm=RSA256,keyVersion=…,signature=…"
    SignatureDuplicateField "signature.duplicate_field" Signature false "a field appears twice in the Signature header; the message must not be trusted"
    SignatureAlgorithm "signature.algorithm" Signature false "the only algorithm of these gateways is RSA256"
    SignatureEncoding "signature.encoding" Signature false "the signature must be padded standard base64, percent-encoded or not"
    SignatureKeyVersion "signature.key_version" Signature false "the key version must be a number from 0 to 4294967295"
    SignatureClientId "signature.client_id" Signature false "the message names another client id than the configured one; check which merchant it is for"
    SignatureMismatch "signature.mismatch" Signature false "check that the gateway's public key, the client id and the path are the configured ones, and that the body is passed as received, byte for byte"
    SignatureContent "signature.content" Signature false "method, path, client id and time must not hold a carriage return, a line feed or a NUL"
    SignatureFailed "signature.failed" Signature false "the signing key could not produce a signature; check the key"

    CodeNotDigits "code.not_digits" Code false "a payment code consists of the digits 0 to 9 alone; scan it again"
    CodeLength "code.length" Code false "a payment code has 16 to 24 digits; scan it again"
    CodePrefix "code.prefix" Code false "not an Alipay or Alipay+ code; send it to the provider that issued it"
    CodeUnroutable "code.unroutable" Code false "no configured wallet takes this code; configure the wallet, or refuse the code at the till"
    RouterConfiguration "router.configuration" Configuration false "check the router's wallets, routing numbers and lengths"

    CurrencyFormat "currency.format" Amount false "a currency is three capital letters, such as USD"
    CurrencyUnknown "currency.unknown" Amount false "use a currency of the ISO 4217 list"
    CurrencyNoMinorUnit "currency.no_minor_unit" Amount false "this ISO 4217 entry has no minor unit and can't be paid with"
    AmountFormat "amount.format" Amount false "write the amount as digits with at most one decimal point, such as 19.99"
    AmountExcessPrecision "amount.excess_precision" Amount false "the amount has more decimals than the currency; pass a rounding if that is meant"
    AmountTooLong "amount.too_long" Amount false "an amount has at most 16 digits in minor units"
    AmountRule "amount.rule" Amount false "the amount misses the currency's smallest step; pass a rounding if that is meant"
    AmountZero "amount.zero" Amount false "an amount to pay or to refund is greater than zero"
    AmountFloat "amount.float" Amount false "pass money as text, decimal or integer; a binary float can't hold 19.99"
    AmountRounding "amount.rounding" Amount false "the roundings are half_even, half_up and down"
    AmountRules "amount.rules" Amount false "the rule sets are alipay and iso"

    GatewayRegion "gateway.region" Configuration false "the regions are na, na_global, sea, sea_global, eu, eu_global and us; Alipay+ has no eu and no us"
    GatewayUrl "gateway.url" Configuration false "pass a base URL of scheme and host, such as that of the developer page, without user, query or fragment"
    GatewayInsecure "gateway.insecure" Configuration false "use https; plain http goes to the loopback interface only, unless it is explicitly allowed"
    GatewayPath "gateway.path" Configuration false "pass the path of an API below the gateway, such as v1/payments/inquiryPayment"
    ConfigMissing "config.missing" Configuration false "set the value that is named"
    ConfigInvalid "config.invalid" Configuration false "correct the value that is named"
    ConfigNotifyUrl "config.notify_url" Configuration false "pass the public notify URL as the gateway knows it, or its path, such as https://shop.example/alipay/notify"
    ConfigUnknownClient "config.unknown_client" Configuration false "no merchant with this client id is configured"

    MessageEncrypted "message.encrypted" Message false "encrypted messages are not supported; ask the gateway's support to switch encryption off"
    MessageTooLarge "message.too_large" Message false "a message has at most 1 MiB"
    MessageNotJson "message.not_json" Message false "the body must be strict JSON, without comments, and whole"
    MessageNotObject "message.not_object" Message false "the body must be a JSON object"
    MessageDuplicateKey "message.duplicate_key" Message false "a key appears twice in the JSON; the message must not be trusted"
    MessageField "message.field" Message false "the field that is named does not have the documented form"
    MessageHeader "message.header" Message false "the header that is named is missing or unreadable"

    NotificationStale "notification.stale" Message false "the notification is older than allowed; wait for the gateway to send it again, or inquire"
    NotificationFuture "notification.future" Message false "the notification's time lies in the future; check the clock of this machine"
    NotificationTime "notification.time" Message false "the notification's Request-Time must be epoch milliseconds or RFC 3339"

    RequestMissing "request.missing" Request false "set the field that is named"
    RequestInvalid "request.invalid" Request false "correct the field that is named"
    RequestTooLong "request.too_long" Request false "shorten the field that is named"
    RequestForbidden "request.forbidden" Request false "leave the field that is named out"
    RequestExpired "request.expired" Request false "the expiry lies in the past; choose a later one, or none"
    RequestBelowMinimum "request.below_minimum" Request false "the wallet takes no amount this small"
    RequestNotifyUrl "request.notify_url" Request false "the notification URL must be https, unless plain http is explicitly allowed"
    RequestRefundExceeds "request.refund_exceeds" Request false "the refunds of a payment never exceed it; refund at most what is left"
    RequestUnknownPayment "request.unknown_payment" Request false "the store holds no payment of this id"

    PaymentNotBegun "payment.not_begun" Payment false "feed Begin first"
    PaymentAlreadyBegun "payment.already_begun" Payment false "a payment begins once; resume it instead"
    PaymentExpired "payment.expired" Payment false "the expiry has passed and nothing was sent; make a new payment with a later expiry"
    PaymentUnknownSend "payment.unknown_send" Payment false "feed back the send id that came with the action"
    PaymentWrongOperation "payment.wrong_operation" Payment false "feed back the operation that came with the action"
    PaymentTime "payment.time" Payment false "times are milliseconds since the epoch, from 0 to the year 9999"
    PaymentNotSent "payment.not_sent" Payment true "nothing left this machine; check the network and try again with a new id"
    PaymentIdReused "payment.id_reused" Payment false "this id is stored for another payment; look that one up before you use a new id"
    PaymentInterrupted "payment.interrupted" Payment true "the payment may have been made: call pay with this id again, do not begin another"
    PaymentNotUnresolved "payment.not_unresolved" Payment false "only a payment that ended as unresolved is resolved by a person, and once"
    PaymentNotFinal "payment.not_final" Payment false "wait for the payment's result, or cancel it"
    PaymentNotSucceeded "payment.not_succeeded" Payment false "only a payment that succeeded can be refunded; where money was taken all the same, reverse gives it back"

    PolicyInquiryLimit "policy.inquiry_limit" Configuration false "the documents allow 10 to 20 inquiries"
    PolicyInquiryWindow "policy.inquiry_window" Configuration false "Alipay+ wants all inquiries within 60 seconds; shorten the interval or lower the limit"
    PolicyValue "policy.value" Configuration false "every time of a policy is positive and below a year"

    SnapshotMalformed "snapshot.malformed" Payment false "the snapshot is cut off or edited; restore the text that was stored"
    SnapshotNewer "snapshot.newer" Payment false "a newer version of this library wrote the snapshot; update this one"
    SnapshotKind "snapshot.kind" Payment false "this is a snapshot of something else"
    SnapshotInconsistent "snapshot.inconsistent" Payment false "the snapshot contradicts itself; restore the text that was stored"

    StoreConflict "store.conflict" Store true "another process moved this payment on; read it again"
    StoreFailed "store.failed" Store true "the store failed, so nothing was sent; check the disk or the database"
    StoreCorrupt "store.corrupt" Store false "the stored record can't be read; it was left as it is"
    StoreId "store.id" Store false "an id has 1 to 64 characters"
    StoreExists "store.exists" Store false "the id was used before; make a new payment request id for each attempt"

    TransportConfiguration "transport.configuration" Configuration false "check the proxy and the extra root certificates"
    TransportNameNotFound "transport.name_not_found" Transport true "this request was not sent; check the gateway's URL and the name service (DNS) of this machine"
    TransportRefused "transport.refused" Transport true "this request was not sent; check the gateway's address and port, and firewalls on the way"
    TransportConnectTimeout "transport.connect_timeout" Transport true "this request was not sent; check the network and whether a firewall drops connections to the gateway"
    TransportCertificate "transport.certificate" Transport false "this request was not sent; check the gateway's URL and which certificate authorities are trusted"
    TransportProxy "transport.proxy" Transport true "this request was not sent; check the proxy's URL and whether it may connect to the gateway"
    TransportProxyAuthentication "transport.proxy_authentication" Transport false "this request was not sent; put the proxy's user and password into its URL: http://user:password@host:port"
    TransportProtocol "transport.protocol" Transport false "check the scheme and the port of the gateway's URL: the other side does not speak what the URL says"
    TransportNotSent "transport.not_sent" Transport true "this request was not sent; check the network of this machine"
    TransportHttpStatus "transport.http_status" Transport true "something other than the gateway answered; the result is unknown, inquire"
    TransportTimeout "transport.timeout" Transport true "the gateway did not answer in time; the result is unknown, inquire"
    TransportBroken "transport.broken" Transport true "the connection broke; the result is unknown, inquire"
    ClientClosed "client.closed" Transport false "the client was closed; make a new one"

    RefundIdReused "refund.id_reused" Payment false "this refund id is stored for another refund; look that one up before you use a new id"
    RefundNotSent "refund.not_sent" Payment true "nothing left this machine; check the network and refund again with a new id"
    RefundNotUnresolved "refund.not_unresolved" Payment false "only a refund that ended as unresolved is resolved by a person, and once"
    RefundNotBegun "refund.not_begun" Payment false "feed Begin first"
    RefundAlreadyBegun "refund.already_begun" Payment false "a refund begins once; resume it instead"
    RefundUnknownSend "refund.unknown_send" Payment false "feed back the send id that came with the action"
    RefundWrongOperation "refund.wrong_operation" Payment false "feed back the operation that came with the action"

    ReverseNothingTaken "reverse.nothing_taken" Payment false "no verified message says that this payment took money, so there is nothing to give back; query it if the customer says otherwise"
    ReverseAmountUnknown "reverse.amount_unknown" Payment false "verified messages do not agree on how much was taken; look the payment up at the gateway and settle it there"
    ReverseIdTaken "reverse.id_taken" Payment false "another request owns this payment request id, so the money may not be yours to give back; look it up at the gateway"
    ReverseUnderWay "reverse.under_way" Payment false "the payment is being reversed; wait for the result, and refund only if the reverse is refused"
    ReverseDone "reverse.done" Payment false "the payment was reversed, or may have been; do not refund it, look up the result of the reverse"
    ReverseRefundUnresolved "reverse.refund_unresolved" Payment false "find out the outcome of the earlier refund at the gateway, then refund what is left"
    ReverseNotBegun "reverse.not_begun" Payment false "enter the reverse and feed Begin first"
    ReverseAlreadyBegun "reverse.already_begun" Payment false "a reverse begins once; resume it instead"
    ReverseUnknownSend "reverse.unknown_send" Payment false "feed back the send id that came with the action"
    ReverseWrongOperation "reverse.wrong_operation" Payment false "feed back the operation that came with the action"

    InternalPanic "internal.panic" Internal false "this is a defect of alipay-instore; please report it with the reason"
}

/// An error with a stable code, the reason found this once, and a hint that says what to do.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    code: ErrorCode,
    reason: String,
    hint: Option<String>,
    path: Option<String>,
    scanned_as: Option<ScannedAs>,
    http: Option<HttpAnswer>,
    money: Money,
}

/// Whether money may have moved, by the call that failed or by the stored payment.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Money {
    charged: bool,
    refunded: bool,
}

/// What HTTP itself says of an answer. Nothing of it is signed, so it is for people and logs, and decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpAnswer {
    /// The status, such as 502.
    pub status: u16,
    /// The media type without parameters, in small letters, such as `text/html`.
    pub content_type: Option<String>,
}

/// The library's result type.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of this code; the reason says what was found, without secrets.
    pub fn new(code: ErrorCode, reason: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            code,
            reason: reason.into(),
            hint: None,
            path: None,
            scanned_as: None,
            http: None,
            money: Money::default(),
        }))
    }

    /// Replaces the catalogue's hint by a more precise one.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Names the place in a JSON body, such as `order.env.storeTerminalId`.
    #[must_use]
    pub fn with_path(mut self, path: impl Into<String>) -> Self {
        self.0.path = Some(path.into());
        self
    }

    /// Says what was probably scanned, and what to do about it in place of the catalogue's hint.
    #[must_use]
    pub fn with_scanned_as(mut self, what: ScannedAs) -> Self {
        self.0.scanned_as = Some(what);
        self.with_hint(what.hint())
    }

    /// Keeps what HTTP says of the answer that could not be used.
    #[must_use]
    pub(crate) fn with_http(mut self, answer: HttpAnswer) -> Self {
        self.0.http = Some(answer);
        self
    }

    /// Says whether money may have moved: to the merchant, and back to the customer.
    #[must_use]
    pub(crate) fn with_money(mut self, may_have_charged: bool, may_have_refunded: bool) -> Self {
        self.0.money = Money { charged: may_have_charged, refunded: may_have_refunded };
        self
    }

    /// Whether the customer may have been charged, by this call or by the stored payment. False only if nothing was
    /// sent, or if the gateway verifiably refused.
    pub fn may_have_charged(&self) -> bool {
        self.0.money.charged
    }

    /// Whether money may have been given back, by this call or for the stored payment.
    pub fn may_have_refunded(&self) -> bool {
        self.0.money.refunded
    }

    /// The code as a value to match on.
    pub fn kind(&self) -> ErrorCode {
        self.0.code
    }

    /// The stable text of the code, such as `key.encrypted`.
    pub fn code(&self) -> &'static str {
        self.0.code.as_str()
    }

    /// The family the code belongs to.
    pub fn category(&self) -> Category {
        self.0.code.category()
    }

    /// Whether the same call can succeed later, without a change by the caller.
    pub fn retryable(&self) -> bool {
        self.0.code.retryable()
    }

    /// What was found.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What to do about it.
    pub fn hint(&self) -> &str {
        self.0.hint.as_deref().unwrap_or_else(|| self.0.code.hint())
    }

    /// The JSON path of the field at fault, where there is one.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// What was probably scanned, where the form of a text that is not a payment code tells it.
    pub fn scanned_as(&self) -> Option<ScannedAs> {
        self.0.scanned_as
    }

    /// The HTTP status and content type of the answer that could not be used; nothing where there was no answer.
    pub fn http(&self) -> Option<&HttpAnswer> {
        self.0.http.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.code())?;
        if let Some(path) = self.path() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{} ({})", self.reason(), self.hint())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut seen = HashSet::new();
        for code in ErrorCode::ALL {
            assert!(seen.insert(code.as_str()), "{} appears twice", code.as_str());
            let (family, name) = code.as_str().split_once('.').unwrap();
            for part in [family, name] {
                assert!(!part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            }
            assert!(!code.hint().is_empty() && !code.hint().ends_with('.'));
        }
    }

    #[test]
    fn text_names_code_path_reason_and_hint() {
        let error = Error::new(ErrorCode::RequestMissing, "the store has no name")
            .with_path("order.merchant.store.storeName");
        assert_eq!(
            error.to_string(),
            "request.missing: order.merchant.store.storeName: the store has no name (set the field that is named)"
        );
    }
}
