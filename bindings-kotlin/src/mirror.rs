//! Enums of the core as UniFFI sees them. The matches name every variant, so a new one in the core stops this build.

macro_rules! mirror {
    ($($(#[$doc:meta])* $name:ident = $core:path { $($variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
        #[allow(missing_docs, reason = "the core documents the values, and UniFFI takes plain text only")]
        #[allow(clippy::enum_variant_names, reason = "the names are the core's")]
        pub enum $name { $($variant,)+ }

        impl From<$name> for $core {
            fn from(value: $name) -> Self {
                use $core as Core;
                match value { $($name::$variant => Core::$variant,)+ }
            }
        }

        impl From<$core> for $name {
            fn from(value: $core) -> Self {
                use $core as Core;
                match value { $(Core::$variant => $name::$variant,)+ }
            }
        }
    )+};
}

mirror! {
    /// The protocol of a gateway.
    Protocol = alipay_instore::gateway::Protocol { Ams, AlipayPlus }
    /// What a request asks for.
    Operation = alipay_instore::gateway::Operation { Pay, Inquiry, Cancel, Refund, RefundInquiry, Notify }
    /// What a person found out about a refund.
    Resolved = alipay_instore::refund::Resolved { Made, NotMade }
    /// How customer and merchant find each other.
    Scenario = alipay_instore::api::Scenario { PaymentCode, OrderCode, EntryCode }
    /// To which notification URLs plain http is allowed.
    NotifyHttp = alipay_instore::api::pay::NotifyHttp { Refused, Loopback, Allowed }
}
