//! The words of the library: one enum each, the same words in every language.
//!
//! Generated from schema/words by `make generate`; do not edit.

/// The two protocols of the gateways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Protocol {
    /// Alipay's own merchant services, paths below `/ams`.
    ///
    /// `ams`
    #[serde(rename = "ams")]
    Ams,
    /// Alipay+, for acquirers, paths below `/aps`.
    ///
    /// `alipay_plus`
    #[serde(rename = "alipay_plus")]
    AlipayPlus,
}

impl Protocol {
    /// Every value.
    pub const ALL: &'static [Protocol] = &[Protocol::Ams, Protocol::AlipayPlus];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Protocol::Ams => "ams",
            Protocol::AlipayPlus => "alipay_plus",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "ams" => Protocol::Ams,
            "alipay_plus" => Protocol::AlipayPlus,
            _ => return None,
        })
    }
}

/// The gateways' regions; each has a common and an accelerated ("global") address of the same gateway.
///
/// There is no default: a merchant's contract says which region it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// North America.
    ///
    /// `na`
    Na,
    /// North America, accelerated.
    ///
    /// `na_global`
    NaGlobal,
    /// Asia; for Alipay+, everywhere but North America.
    ///
    /// `sea`
    Sea,
    /// The same as `sea`, accelerated.
    ///
    /// `sea_global`
    SeaGlobal,
    /// Europe; AMS only.
    ///
    /// `eu`
    Eu,
    /// Europe, accelerated; AMS only.
    ///
    /// `eu_global`
    EuGlobal,
    /// Merchants of the United States; AMS only.
    ///
    /// `us`
    Us,
}

impl Region {
    /// Every value.
    pub const ALL: &'static [Region] = &[
        Region::Na,
        Region::NaGlobal,
        Region::Sea,
        Region::SeaGlobal,
        Region::Eu,
        Region::EuGlobal,
        Region::Us,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Region::Na => "na",
            Region::NaGlobal => "na_global",
            Region::Sea => "sea",
            Region::SeaGlobal => "sea_global",
            Region::Eu => "eu",
            Region::EuGlobal => "eu_global",
            Region::Us => "us",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "na" => Region::Na,
            "na_global" => Region::NaGlobal,
            "sea" => Region::Sea,
            "sea_global" => Region::SeaGlobal,
            "eu" => Region::Eu,
            "eu_global" => Region::EuGlobal,
            "us" => Region::Us,
            _ => return None,
        })
    }
}

/// The operations whose replies carry a result. A notification counts as one: its result is the payment's,
/// as is the `payment_status` or `payment_result` of an inquiry with its own code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Operation {
    /// `pay`.
    ///
    /// `pay`
    #[serde(rename = "pay")]
    Pay,
    /// `inquiryPayment`: whether the inquiry worked, not the outcome of the payment.
    ///
    /// `inquiry`
    #[serde(rename = "inquiry")]
    Inquiry,
    /// `cancel` (AMS) or `cancelPayment` (Alipay+).
    ///
    /// `cancel`
    #[serde(rename = "cancel")]
    Cancel,
    /// `refund`.
    ///
    /// `refund`
    #[serde(rename = "refund")]
    Refund,
    /// `inquiryRefund` (only in AMS).
    ///
    /// `refund_inquiry`
    #[serde(rename = "refund_inquiry")]
    RefundInquiry,
    /// `notifyPayment`: the result of the payment itself.
    ///
    /// `notify`
    #[serde(rename = "notify")]
    Notify,
}

impl Operation {
    /// Every value.
    pub const ALL: &'static [Operation] = &[
        Operation::Pay,
        Operation::Inquiry,
        Operation::Cancel,
        Operation::Refund,
        Operation::RefundInquiry,
        Operation::Notify,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Operation::Pay => "pay",
            Operation::Inquiry => "inquiry",
            Operation::Cancel => "cancel",
            Operation::Refund => "refund",
            Operation::RefundInquiry => "refund_inquiry",
            Operation::Notify => "notify",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "pay" => Operation::Pay,
            "inquiry" => Operation::Inquiry,
            "cancel" => Operation::Cancel,
            "refund" => Operation::Refund,
            "refund_inquiry" => Operation::RefundInquiry,
            "notify" => Operation::Notify,
            _ => return None,
        })
    }
}

/// How customer and merchant find each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Scenario {
    /// The customer shows a payment code and the till scans it.
    ///
    /// `PaymentCode`
    #[serde(rename = "PaymentCode")]
    PaymentCode,
    /// The till shows a code of this order and the customer scans it.
    ///
    /// `OrderCode`
    #[serde(rename = "OrderCode")]
    OrderCode,
    /// The customer scans the shop's code and pays on the merchant's page.
    ///
    /// `EntryCode`
    #[serde(rename = "EntryCode")]
    EntryCode,
}

impl Scenario {
    /// Every value.
    pub const ALL: &'static [Scenario] = &[Scenario::PaymentCode, Scenario::OrderCode, Scenario::EntryCode];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scenario::PaymentCode => "PaymentCode",
            Scenario::OrderCode => "OrderCode",
            Scenario::EntryCode => "EntryCode",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "PaymentCode" => Scenario::PaymentCode,
            "OrderCode" => Scenario::OrderCode,
            "EntryCode" => Scenario::EntryCode,
            _ => return None,
        })
    }
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotificationKind {
    /// The result of a payment.
    ///
    /// `payment_result`
    PaymentResult,
    /// The result of a refund (AMS, `notify_type` `REFUND_RESULT`).
    ///
    /// `refund_result`
    RefundResult,
    /// Something else, such as an authorisation. To be acknowledged; it says nothing about a payment or a
    /// refund.
    ///
    /// `other`
    Other,
}

impl NotificationKind {
    /// Every value.
    pub const ALL: &'static [NotificationKind] =
        &[NotificationKind::PaymentResult, NotificationKind::RefundResult, NotificationKind::Other];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            NotificationKind::PaymentResult => "payment_result",
            NotificationKind::RefundResult => "refund_result",
            NotificationKind::Other => "other",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "payment_result" => NotificationKind::PaymentResult,
            "refund_result" => NotificationKind::RefundResult,
            "other" => NotificationKind::Other,
            _ => return None,
        })
    }
}

/// The status letter of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// `S`: the call succeeded.
    ///
    /// `S`
    Succeeded,
    /// `F`: the call failed, for good.
    ///
    /// `F`
    Failed,
    /// `U`: unknown.
    ///
    /// `U`
    Unknown,
}

impl Status {
    /// Every value.
    pub const ALL: &'static [Status] = &[Status::Succeeded, Status::Failed, Status::Unknown];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Succeeded => "S",
            Status::Failed => "F",
            Status::Unknown => "U",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "S" => Status::Succeeded,
            "F" => Status::Failed,
            "U" => Status::Unknown,
            _ => return None,
        })
    }
}

/// What a result means for the operation it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// The operation succeeded.
    ///
    /// `succeeded`
    Succeeded,
    /// The payment was refused.
    ///
    /// `payment_refused`
    PaymentRefused,
    /// The request was refused; an inquiry or a cancel that was refused says nothing about the payment, and
    /// a refund that was refused so says nothing about other copies of it.
    ///
    /// `request_refused`
    RequestRefused,
    /// The gateway is at work: ask again.
    ///
    /// `in_process`
    InProcess,
    /// The outcome is open.
    ///
    /// `unknown`
    Unknown,
    /// The order is closed or cancelled.
    ///
    /// `closed`
    Closed,
    /// Another request owns the `payment_request_id`.
    ///
    /// `id_taken`
    IdTaken,
    /// The gateway does not know the order, or not yet.
    ///
    /// `not_found`
    NotFound,
    /// The cancel window is over.
    ///
    /// `window_exceeded`
    WindowExceeded,
    /// The order's state does not allow a cancel.
    ///
    /// `status_conflict`
    StatusConflict,
    /// The merchant's account can't cover the cancel or the refund.
    ///
    /// `merchant_balance_not_enough`
    MerchantBalanceNotEnough,
    /// The refund was refused.
    ///
    /// `refund_refused`
    RefundRefused,
}

impl Meaning {
    /// Every value.
    pub const ALL: &'static [Meaning] = &[
        Meaning::Succeeded,
        Meaning::PaymentRefused,
        Meaning::RequestRefused,
        Meaning::InProcess,
        Meaning::Unknown,
        Meaning::Closed,
        Meaning::IdTaken,
        Meaning::NotFound,
        Meaning::WindowExceeded,
        Meaning::StatusConflict,
        Meaning::MerchantBalanceNotEnough,
        Meaning::RefundRefused,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Meaning::Succeeded => "succeeded",
            Meaning::PaymentRefused => "payment_refused",
            Meaning::RequestRefused => "request_refused",
            Meaning::InProcess => "in_process",
            Meaning::Unknown => "unknown",
            Meaning::Closed => "closed",
            Meaning::IdTaken => "id_taken",
            Meaning::NotFound => "not_found",
            Meaning::WindowExceeded => "window_exceeded",
            Meaning::StatusConflict => "status_conflict",
            Meaning::MerchantBalanceNotEnough => "merchant_balance_not_enough",
            Meaning::RefundRefused => "refund_refused",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "succeeded" => Meaning::Succeeded,
            "payment_refused" => Meaning::PaymentRefused,
            "request_refused" => Meaning::RequestRefused,
            "in_process" => Meaning::InProcess,
            "unknown" => Meaning::Unknown,
            "closed" => Meaning::Closed,
            "id_taken" => Meaning::IdTaken,
            "not_found" => Meaning::NotFound,
            "window_exceeded" => Meaning::WindowExceeded,
            "status_conflict" => Meaning::StatusConflict,
            "merchant_balance_not_enough" => Meaning::MerchantBalanceNotEnough,
            "refund_refused" => Meaning::RefundRefused,
            _ => return None,
        })
    }
}

/// What may be sent next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Nothing: the operation is over.
    ///
    /// `no`
    No,
    /// The same request under the same id.
    ///
    /// `same_request`
    SameRequest,
    /// A new attempt, if one is wanted, under a new id.
    ///
    /// `new_id`
    NewId,
    /// An inquiry, before anything else.
    ///
    /// `inquire`
    Inquire,
}

impl Retry {
    /// Every value.
    pub const ALL: &'static [Retry] = &[Retry::No, Retry::SameRequest, Retry::NewId, Retry::Inquire];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Retry::No => "no",
            Retry::SameRequest => "same_request",
            Retry::NewId => "new_id",
            Retry::Inquire => "inquire",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "no" => Retry::No,
            "same_request" => Retry::SameRequest,
            "new_id" => Retry::NewId,
            "inquire" => Retry::Inquire,
            _ => return None,
        })
    }
}

/// What the answer to pay says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayAnswer {
    /// Money moved.
    ///
    /// `paid`
    Paid,
    /// The code, the redirect or the challenge was created; the customer acts next.
    ///
    /// `created`
    Created,
    /// The gateway refused the payment.
    ///
    /// `payment_refused`
    PaymentRefused,
    /// The gateway did not take the request.
    ///
    /// `request_refused`
    RequestRefused,
    /// The order is closed or cancelled.
    ///
    /// `closed`
    Closed,
    /// Another request owns the id.
    ///
    /// `id_taken`
    IdTaken,
    /// The gateway is at work.
    ///
    /// `in_process`
    InProcess,
    /// A refusal that leaves the outcome open.
    ///
    /// `open`
    Open,
    /// Nothing that settles anything.
    ///
    /// `unknown`
    Unknown,
}

impl PayAnswer {
    /// Every value.
    pub const ALL: &'static [PayAnswer] = &[
        PayAnswer::Paid,
        PayAnswer::Created,
        PayAnswer::PaymentRefused,
        PayAnswer::RequestRefused,
        PayAnswer::Closed,
        PayAnswer::IdTaken,
        PayAnswer::InProcess,
        PayAnswer::Open,
        PayAnswer::Unknown,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            PayAnswer::Paid => "paid",
            PayAnswer::Created => "created",
            PayAnswer::PaymentRefused => "payment_refused",
            PayAnswer::RequestRefused => "request_refused",
            PayAnswer::Closed => "closed",
            PayAnswer::IdTaken => "id_taken",
            PayAnswer::InProcess => "in_process",
            PayAnswer::Open => "open",
            PayAnswer::Unknown => "unknown",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "paid" => PayAnswer::Paid,
            "created" => PayAnswer::Created,
            "payment_refused" => PayAnswer::PaymentRefused,
            "request_refused" => PayAnswer::RequestRefused,
            "closed" => PayAnswer::Closed,
            "id_taken" => PayAnswer::IdTaken,
            "in_process" => PayAnswer::InProcess,
            "open" => PayAnswer::Open,
            "unknown" => PayAnswer::Unknown,
            _ => return None,
        })
    }
}

/// What an inquiry or a notification says about the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Money {
    /// It moved.
    ///
    /// `paid`
    Paid,
    /// It will not move: the payment was refused.
    ///
    /// `failed`
    Failed,
    /// It will not move, or was given back: the order was closed or cancelled.
    ///
    /// `cancelled`
    Cancelled,
    /// The gateway is at work, or used a word that is not documented.
    ///
    /// `in_process`
    InProcess,
    /// The message says nothing about it.
    ///
    /// `nothing`
    Nothing,
}

impl Money {
    /// Every value.
    pub const ALL: &'static [Money] =
        &[Money::Paid, Money::Failed, Money::Cancelled, Money::InProcess, Money::Nothing];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Money::Paid => "paid",
            Money::Failed => "failed",
            Money::Cancelled => "cancelled",
            Money::InProcess => "in_process",
            Money::Nothing => "nothing",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "paid" => Money::Paid,
            "failed" => Money::Failed,
            "cancelled" => Money::Cancelled,
            "in_process" => Money::InProcess,
            "nothing" => Money::Nothing,
            _ => return None,
        })
    }
}

/// Whether a message names the payment or the refund that it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    /// It names none.
    ///
    /// `absent`
    Absent,
    /// It names ours.
    ///
    /// `ours`
    Ours,
    /// It names another one, or what it names can't be read.
    ///
    /// `other`
    Other,
}

impl Named {
    /// Every value.
    pub const ALL: &'static [Named] = &[Named::Absent, Named::Ours, Named::Other];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Named::Absent => "absent",
            Named::Ours => "ours",
            Named::Other => "other",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "absent" => Named::Absent,
            "ours" => Named::Ours,
            "other" => Named::Other,
            _ => return None,
        })
    }
}

/// What a message says about an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stated {
    /// Nothing.
    ///
    /// `absent`
    Absent,
    /// Our amount and currency.
    ///
    /// `ours`
    Ours,
    /// Another one, or one that can't be read.
    ///
    /// `other`
    Other,
}

impl Stated {
    /// Every value.
    pub const ALL: &'static [Stated] = &[Stated::Absent, Stated::Ours, Stated::Other];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Stated::Absent => "absent",
            Stated::Ours => "ours",
            Stated::Other => "other",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "absent" => Stated::Absent,
            "ours" => Stated::Ours,
            "other" => Stated::Other,
            _ => return None,
        })
    }
}

/// What is known of a request that got no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Not one byte of the request left this machine: the name was not found, or the connection, the proxy
    /// or the TLS handshake was refused.
    ///
    /// `not_sent`
    NotSent,
    /// Anything else: a timeout, a reset, no usable body, a missing or wrong signature.
    ///
    /// `unknown`
    Unknown,
}

impl Certainty {
    /// Every value.
    pub const ALL: &'static [Certainty] = &[Certainty::NotSent, Certainty::Unknown];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Certainty::NotSent => "not_sent",
            Certainty::Unknown => "unknown",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "not_sent" => Certainty::NotSent,
            "unknown" => Certainty::Unknown,
            _ => return None,
        })
    }
}

/// What a person found out about a refund that ended as unresolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Resolved {
    /// The money was given back.
    ///
    /// `made`
    #[serde(rename = "made")]
    Made,
    /// It was not, and will not be.
    ///
    /// `not_made`
    #[serde(rename = "not_made")]
    NotMade,
}

impl Resolved {
    /// Every value.
    pub const ALL: &'static [Resolved] = &[Resolved::Made, Resolved::NotMade];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Resolved::Made => "made",
            Resolved::NotMade => "not_made",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "made" => Resolved::Made,
            "not_made" => Resolved::NotMade,
            _ => return None,
        })
    }
}

/// What to do when a payment succeeded, was to be cancelled, and can't be cancelled any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum RefundAfterCancelWindow {
    /// Refund it, as "Payment (Consumer-presented Mode Payment), Result process logic" says.
    ///
    /// `automatic`
    #[serde(rename = "automatic")]
    Automatic,
    /// Raise `refund_consent` and end as unresolved: a person decides.
    ///
    /// `ask`
    #[serde(rename = "ask")]
    Ask,
}

impl RefundAfterCancelWindow {
    /// Every value.
    pub const ALL: &'static [RefundAfterCancelWindow] =
        &[RefundAfterCancelWindow::Automatic, RefundAfterCancelWindow::Ask];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            RefundAfterCancelWindow::Automatic => "automatic",
            RefundAfterCancelWindow::Ask => "ask",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "automatic" => RefundAfterCancelWindow::Automatic,
            "ask" => RefundAfterCancelWindow::Ask,
            _ => return None,
        })
    }
}

/// Why a payment, a refund or a reverse needs manual review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum AlertKind {
    /// Verified evidence states another amount or currency than ours.
    ///
    /// `amount_mismatch`
    #[serde(rename = "amount_mismatch")]
    AmountMismatch,
    /// A message names another payment or refund than ours.
    ///
    /// `id_mismatch`
    #[serde(rename = "id_mismatch")]
    IdMismatch,
    /// Another request owns this payment request id.
    ///
    /// `id_taken`
    #[serde(rename = "id_taken")]
    IdTaken,
    /// A status word that is not documented; it counts as in process.
    ///
    /// `unknown_word`
    #[serde(rename = "unknown_word")]
    UnknownWord,
    /// A cancel or a refund was refused for a reason that is not documented for it.
    ///
    /// `unexpected_refusal`
    #[serde(rename = "unexpected_refusal")]
    UnexpectedRefusal,
    /// The cancel has no answer for a minute; it goes on.
    ///
    /// `cancel_unresolved`
    #[serde(rename = "cancel_unresolved")]
    CancelUnresolved,
    /// The merchant's balance is too low to give the money back.
    ///
    /// `merchant_balance_not_enough`
    #[serde(rename = "merchant_balance_not_enough")]
    MerchantBalanceNotEnough,
    /// The payment succeeded, can't be cancelled any more, and the policy asks before refunding.
    ///
    /// `refund_consent`
    #[serde(rename = "refund_consent")]
    RefundConsent,
    /// The refund was refused.
    ///
    /// `refund_failed`
    #[serde(rename = "refund_failed")]
    RefundFailed,
    /// Verified messages contradict each other.
    ///
    /// `conflicting_evidence`
    #[serde(rename = "conflicting_evidence")]
    ConflictingEvidence,
    /// A final fact arrived after the payment ended as unresolved.
    ///
    /// `late_evidence`
    #[serde(rename = "late_evidence")]
    LateEvidence,
    /// The customer has to act before the payment can go on: show the form.
    ///
    /// `customer_action_required`
    #[serde(rename = "customer_action_required")]
    CustomerActionRequired,
    /// The gateway does not accept our signature or client id, or its answers verify under no configured
    /// key.
    ///
    /// `configuration_suspected`
    #[serde(rename = "configuration_suspected")]
    ConfigurationSuspected,
    /// The gateway's clock and ours differ by more than the margin.
    ///
    /// `clock_skew`
    #[serde(rename = "clock_skew")]
    ClockSkew,
    /// An answer that names no payment was signed long before its request was sent; it settled nothing.
    ///
    /// `stale_answer`
    #[serde(rename = "stale_answer")]
    StaleAnswer,
    /// The payment has a verified end that the store did not take in time.
    ///
    /// `not_stored`
    #[serde(rename = "not_stored")]
    NotStored,
}

impl AlertKind {
    /// Every value.
    pub const ALL: &'static [AlertKind] = &[
        AlertKind::AmountMismatch,
        AlertKind::IdMismatch,
        AlertKind::IdTaken,
        AlertKind::UnknownWord,
        AlertKind::UnexpectedRefusal,
        AlertKind::CancelUnresolved,
        AlertKind::MerchantBalanceNotEnough,
        AlertKind::RefundConsent,
        AlertKind::RefundFailed,
        AlertKind::ConflictingEvidence,
        AlertKind::LateEvidence,
        AlertKind::CustomerActionRequired,
        AlertKind::ConfigurationSuspected,
        AlertKind::ClockSkew,
        AlertKind::StaleAnswer,
        AlertKind::NotStored,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            AlertKind::AmountMismatch => "amount_mismatch",
            AlertKind::IdMismatch => "id_mismatch",
            AlertKind::IdTaken => "id_taken",
            AlertKind::UnknownWord => "unknown_word",
            AlertKind::UnexpectedRefusal => "unexpected_refusal",
            AlertKind::CancelUnresolved => "cancel_unresolved",
            AlertKind::MerchantBalanceNotEnough => "merchant_balance_not_enough",
            AlertKind::RefundConsent => "refund_consent",
            AlertKind::RefundFailed => "refund_failed",
            AlertKind::ConflictingEvidence => "conflicting_evidence",
            AlertKind::LateEvidence => "late_evidence",
            AlertKind::CustomerActionRequired => "customer_action_required",
            AlertKind::ConfigurationSuspected => "configuration_suspected",
            AlertKind::ClockSkew => "clock_skew",
            AlertKind::StaleAnswer => "stale_answer",
            AlertKind::NotStored => "not_stored",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "amount_mismatch" => AlertKind::AmountMismatch,
            "id_mismatch" => AlertKind::IdMismatch,
            "id_taken" => AlertKind::IdTaken,
            "unknown_word" => AlertKind::UnknownWord,
            "unexpected_refusal" => AlertKind::UnexpectedRefusal,
            "cancel_unresolved" => AlertKind::CancelUnresolved,
            "merchant_balance_not_enough" => AlertKind::MerchantBalanceNotEnough,
            "refund_consent" => AlertKind::RefundConsent,
            "refund_failed" => AlertKind::RefundFailed,
            "conflicting_evidence" => AlertKind::ConflictingEvidence,
            "late_evidence" => AlertKind::LateEvidence,
            "customer_action_required" => AlertKind::CustomerActionRequired,
            "configuration_suspected" => AlertKind::ConfigurationSuspected,
            "clock_skew" => AlertKind::ClockSkew,
            "stale_answer" => AlertKind::StaleAnswer,
            "not_stored" => AlertKind::NotStored,
            _ => return None,
        })
    }
}

/// Why a payment could not be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum UnresolvedReason {
    /// Another request owns this payment request id.
    ///
    /// `id_taken`
    #[serde(rename = "id_taken")]
    IdTaken,
    /// The gateway states another amount than ours, and nothing was cancelled or given back by itself.
    ///
    /// `amount_mismatch`
    #[serde(rename = "amount_mismatch")]
    AmountMismatch,
    /// The payment succeeded, can't be cancelled any more, and the policy asks before refunding.
    ///
    /// `refund_consent`
    #[serde(rename = "refund_consent")]
    RefundConsent,
    /// The cancel window ended without a clear answer.
    ///
    /// `cancel_window`
    #[serde(rename = "cancel_window")]
    CancelWindow,
    /// The refund got no answer.
    ///
    /// `refund`
    #[serde(rename = "refund")]
    Refund,
    /// The refund was refused.
    ///
    /// `refund_failed`
    #[serde(rename = "refund_failed")]
    RefundFailed,
    /// The gateway accepted no request: the configured keys or the client id are wrong.
    ///
    /// `configuration`
    #[serde(rename = "configuration")]
    Configuration,
}

impl UnresolvedReason {
    /// Every value.
    pub const ALL: &'static [UnresolvedReason] = &[
        UnresolvedReason::IdTaken,
        UnresolvedReason::AmountMismatch,
        UnresolvedReason::RefundConsent,
        UnresolvedReason::CancelWindow,
        UnresolvedReason::Refund,
        UnresolvedReason::RefundFailed,
        UnresolvedReason::Configuration,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            UnresolvedReason::IdTaken => "id_taken",
            UnresolvedReason::AmountMismatch => "amount_mismatch",
            UnresolvedReason::RefundConsent => "refund_consent",
            UnresolvedReason::CancelWindow => "cancel_window",
            UnresolvedReason::Refund => "refund",
            UnresolvedReason::RefundFailed => "refund_failed",
            UnresolvedReason::Configuration => "configuration",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "id_taken" => UnresolvedReason::IdTaken,
            "amount_mismatch" => UnresolvedReason::AmountMismatch,
            "refund_consent" => UnresolvedReason::RefundConsent,
            "cancel_window" => UnresolvedReason::CancelWindow,
            "refund" => UnresolvedReason::Refund,
            "refund_failed" => UnresolvedReason::RefundFailed,
            "configuration" => UnresolvedReason::Configuration,
            _ => return None,
        })
    }
}

/// How a price with more decimals than the currency is brought to the currency's smallest step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rounding {
    /// To the nearest step; half a step goes to the even one.
    ///
    /// `half_even`
    HalfEven,
    /// To the nearest step; half a step goes up.
    ///
    /// `half_up`
    HalfUp,
    /// To the step below.
    ///
    /// `down`
    Down,
}

impl Rounding {
    /// Every value.
    pub const ALL: &'static [Rounding] = &[Rounding::HalfEven, Rounding::HalfUp, Rounding::Down];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rounding::HalfEven => "half_even",
            Rounding::HalfUp => "half_up",
            Rounding::Down => "down",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "half_even" => Rounding::HalfEven,
            "half_up" => Rounding::HalfUp,
            "down" => Rounding::Down,
            _ => return None,
        })
    }
}

/// Whose rules decide the smallest step of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AmountRules {
    /// The gateways': one minor unit, but 100 for IDR. Source: Alipay+, the model Amount, where the value
    /// in IDR ends in 00.
    ///
    /// `alipay`
    #[default]
    Alipay,
    /// Only ISO 4217: one minor unit.
    ///
    /// `iso`
    Iso,
}

impl AmountRules {
    /// Every value.
    pub const ALL: &'static [AmountRules] = &[AmountRules::Alipay, AmountRules::Iso];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            AmountRules::Alipay => "alipay",
            AmountRules::Iso => "iso",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "alipay" => AmountRules::Alipay,
            "iso" => AmountRules::Iso,
            _ => return None,
        })
    }
}

/// The forms of payment codes. The form does not tell the wallet: `routing` does, by its configuration.
///
/// Source: Alipay+, Payment codes, Code types and rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeKind {
    /// An Alipay+ code of 19 digits: it starts with 289, and the sixth digit from the end is 6.
    ///
    /// `alipay_plus_19`
    AlipayPlus19,
    /// 24 digits, the form of the Code Generation and Circulation Protocol (CGCP), which holds a routing
    /// number. AlipayCN issues codes of this length too, and they can't be told apart.
    ///
    /// `cgcp`
    Cgcp,
    /// 17 to 19 digits, as AlipayCN and AlipayHK issue them.
    ///
    /// `alipay`
    Alipay,
    /// 16 digits, or 20 to 23.
    ///
    /// `other`
    Other,
}

impl CodeKind {
    /// Every value.
    pub const ALL: &'static [CodeKind] =
        &[CodeKind::AlipayPlus19, CodeKind::Cgcp, CodeKind::Alipay, CodeKind::Other];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            CodeKind::AlipayPlus19 => "alipay_plus_19",
            CodeKind::Cgcp => "cgcp",
            CodeKind::Alipay => "alipay",
            CodeKind::Other => "other",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "alipay_plus_19" => CodeKind::AlipayPlus19,
            "cgcp" => CodeKind::Cgcp,
            "alipay" => CodeKind::Alipay,
            "other" => CodeKind::Other,
            _ => return None,
        })
    }
}

/// What a text that is not a payment code probably is. It is a guess that looks only at the form of the
/// text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScannedAs {
    /// A code that customers scan: EMVCo merchant text, which begins with 000201, or a URL.
    ///
    /// `shop_code`
    ShopCode,
    /// The same code more than once in one text, because the scanner read it again.
    ///
    /// `repeated_code`
    RepeatedCode,
    /// A payment code of WeChat Pay: 16 to 24 digits that start with 10 to 15.
    ///
    /// `wechat_pay`
    WechatPay,
    /// A payment code of UnionPay: 16 to 24 digits that start with 62.
    ///
    /// `union_pay`
    UnionPay,
    /// A code of 25 to 32 digits that starts as an Alipay+ code does. Alipay+ reserves these lengths.
    /// Source: Alipay+, Accept a payment, step 1.
    ///
    /// `reserved_length`
    ReservedLength,
}

impl ScannedAs {
    /// Every value.
    pub const ALL: &'static [ScannedAs] = &[
        ScannedAs::ShopCode,
        ScannedAs::RepeatedCode,
        ScannedAs::WechatPay,
        ScannedAs::UnionPay,
        ScannedAs::ReservedLength,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            ScannedAs::ShopCode => "shop_code",
            ScannedAs::RepeatedCode => "repeated_code",
            ScannedAs::WechatPay => "wechat_pay",
            ScannedAs::UnionPay => "union_pay",
            ScannedAs::ReservedLength => "reserved_length",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "shop_code" => ScannedAs::ShopCode,
            "repeated_code" => ScannedAs::RepeatedCode,
            "wechat_pay" => ScannedAs::WechatPay,
            "union_pay" => ScannedAs::UnionPay,
            "reserved_length" => ScannedAs::ReservedLength,
            _ => return None,
        })
    }
}

/// The system that takes the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The Alipay+ gateway.
    ///
    /// `alipay_plus`
    AlipayPlus,
    /// Alipay's own gateway (AMS).
    ///
    /// `alipay`
    Alipay,
    /// The directly integrated wallet that the route names, by its own interface.
    ///
    /// `wallet`
    Wallet,
}

impl Target {
    /// Every value.
    pub const ALL: &'static [Target] = &[Target::AlipayPlus, Target::Alipay, Target::Wallet];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Target::AlipayPlus => "alipay_plus",
            Target::Alipay => "alipay",
            Target::Wallet => "wallet",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "alipay_plus" => Target::AlipayPlus,
            "alipay" => Target::Alipay,
            "wallet" => Target::Wallet,
            _ => return None,
        })
    }
}

/// The rule that decided a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RoutingRule {
    /// An Alipay+ 19-digit code. Source: Alipay+, Accept a payment, routing logic 1.
    ///
    /// `alipay_plus_19`
    AlipayPlus19,
    /// A code of AlipayCN or AlipayHK, integrated directly. Source: routing logic 2 of the same page.
    ///
    /// `direct_alipay`
    DirectAlipay,
    /// The routing number of a directly integrated wallet. Source: routing logic 3 of the same page;
    /// Alipay, pay (consumer-presented mode), Payment code specifications.
    ///
    /// `direct_wallet`
    DirectWallet,
    /// A 24-digit code of no directly integrated wallet. Source: Alipay+, Accept a payment, routing logic
    /// 4.
    ///
    /// `cgcp`
    Cgcp,
    /// No wallet of its own, so Alipay takes it. Source: Alipay, pay (consumer-presented mode), Payment
    /// code specifications.
    ///
    /// `alipay_default`
    AlipayDefault,
    /// A valid code that none of the four steps names: 16 digits, or 17 to 23 without AlipayCN or AlipayHK
    /// direct. Both are Alipay+ wallets, so Alipay+ takes it.
    ///
    /// `fallback`
    Fallback,
}

impl RoutingRule {
    /// Every value.
    pub const ALL: &'static [RoutingRule] = &[
        RoutingRule::AlipayPlus19,
        RoutingRule::DirectAlipay,
        RoutingRule::DirectWallet,
        RoutingRule::Cgcp,
        RoutingRule::AlipayDefault,
        RoutingRule::Fallback,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            RoutingRule::AlipayPlus19 => "alipay_plus_19",
            RoutingRule::DirectAlipay => "direct_alipay",
            RoutingRule::DirectWallet => "direct_wallet",
            RoutingRule::Cgcp => "cgcp",
            RoutingRule::AlipayDefault => "alipay_default",
            RoutingRule::Fallback => "fallback",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "alipay_plus_19" => RoutingRule::AlipayPlus19,
            "direct_alipay" => RoutingRule::DirectAlipay,
            "direct_wallet" => RoutingRule::DirectWallet,
            "cgcp" => RoutingRule::Cgcp,
            "alipay_default" => RoutingRule::AlipayDefault,
            "fallback" => RoutingRule::Fallback,
            _ => return None,
        })
    }
}

/// Whose rules a router follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum RoutingRules {
    /// The routing logic of the page "Accept a payment" of Alipay+.
    ///
    /// `alipay_plus`
    #[serde(rename = "alipay_plus")]
    #[default]
    AlipayPlus,
    /// The same with the expression of step 1 as Alipay+ corrected it on 2023-08-31 (release notes 1.3.2):
    /// an Alipay+ 19-digit code starts with 289.
    ///
    /// `alipay_plus_2023_08`
    #[serde(rename = "alipay_plus_2023_08")]
    AlipayPlus2023_08,
    /// The rule for local wallets beside Alipay of the page "pay (consumer-presented mode)".
    ///
    /// `ams`
    #[serde(rename = "ams")]
    Ams,
}

impl RoutingRules {
    /// Every value.
    pub const ALL: &'static [RoutingRules] =
        &[RoutingRules::AlipayPlus, RoutingRules::AlipayPlus2023_08, RoutingRules::Ams];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            RoutingRules::AlipayPlus => "alipay_plus",
            RoutingRules::AlipayPlus2023_08 => "alipay_plus_2023_08",
            RoutingRules::Ams => "ams",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "alipay_plus" => RoutingRules::AlipayPlus,
            "alipay_plus_2023_08" => RoutingRules::AlipayPlus2023_08,
            "ams" => RoutingRules::Ams,
            _ => return None,
        })
    }
}

/// The family an error belongs to, which decides its class where a language has one class a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// A key text that can't be used.
    ///
    /// `key`
    Key,
    /// A signature that can't be made or does not verify.
    ///
    /// `signature`
    Signature,
    /// A scanned code that can't be routed.
    ///
    /// `code`
    Code,
    /// A price that can't be turned into minor units, or back.
    ///
    /// `amount`
    Amount,
    /// A setting: gateway, router, policy, merchant.
    ///
    /// `configuration`
    Configuration,
    /// A request that the documents forbid; nothing was sent.
    ///
    /// `request`
    Request,
    /// A message from outside that can't be read or trusted.
    ///
    /// `message`
    Message,
    /// The payment or refund machine refused an event, or a snapshot could not be restored.
    ///
    /// `payment`
    Payment,
    /// The host's store failed.
    ///
    /// `store`
    Store,
    /// The network failed.
    ///
    /// `transport`
    Transport,
    /// A defect of this library.
    ///
    /// `internal`
    Internal,
}

impl Category {
    /// Every value.
    pub const ALL: &'static [Category] = &[
        Category::Key,
        Category::Signature,
        Category::Code,
        Category::Amount,
        Category::Configuration,
        Category::Request,
        Category::Message,
        Category::Payment,
        Category::Store,
        Category::Transport,
        Category::Internal,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
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

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "key" => Category::Key,
            "signature" => Category::Signature,
            "code" => Category::Code,
            "amount" => Category::Amount,
            "configuration" => Category::Configuration,
            "request" => Category::Request,
            "message" => Category::Message,
            "payment" => Category::Payment,
            "store" => Category::Store,
            "transport" => Category::Transport,
            "internal" => Category::Internal,
            _ => return None,
        })
    }
}

/// Whether the customer may have been charged when an error code is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MayHaveCharged {
    /// No: nothing of the payment was sent.
    ///
    /// `never`
    Never,
    /// Yes: a request was sent, or an earlier one of the same payment may have been.
    ///
    /// `maybe`
    Maybe,
    /// The code is seen in both cases.
    ///
    /// `by_case`
    ByCase,
}

impl MayHaveCharged {
    /// Every value.
    pub const ALL: &'static [MayHaveCharged] =
        &[MayHaveCharged::Never, MayHaveCharged::Maybe, MayHaveCharged::ByCase];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            MayHaveCharged::Never => "never",
            MayHaveCharged::Maybe => "maybe",
            MayHaveCharged::ByCase => "by_case",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "never" => MayHaveCharged::Never,
            "maybe" => MayHaveCharged::Maybe,
            "by_case" => MayHaveCharged::ByCase,
            _ => return None,
        })
    }
}

/// What was found about a signature that does not verify. The part before the dot says where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FindingCode {
    /// Nothing is wrong: the signature verifies.
    ///
    /// `verifies`
    Verifies,
    /// The signature verifies, but the message is refused for another reason.
    ///
    /// `message.refused`
    MessageRefused,
    /// The input or the configuration can't be used, so nothing was compared.
    ///
    /// `input.unusable`
    InputUnusable,
    /// The message has no signature.
    ///
    /// `signature.missing`
    SignatureMissing,
    /// The Signature header does not have its documented form.
    ///
    /// `signature.header`
    SignatureHeader,
    /// The header holds the bare signature, without algorithm and key version.
    ///
    /// `signature.no_header`
    SignatureNoHeader,
    /// The message has two Signature headers, or two joined into one.
    ///
    /// `signature.joined`
    SignatureJoined,
    /// The signature is percent-encoded or base64-encoded twice.
    ///
    /// `signature.encoded_twice`
    SignatureEncodedTwice,
    /// The signature is written in the URL-safe alphabet of base64.
    ///
    /// `signature.base64url`
    SignatureBase64url,
    /// The base64 of the signature lost the padding at its end.
    ///
    /// `signature.unpadded`
    SignatureUnpadded,
    /// The plus signs of the signature were turned into spaces.
    ///
    /// `signature.spaces`
    SignatureSpaces,
    /// The base64 of the signature is broken into lines.
    ///
    /// `signature.line_breaks`
    SignatureLineBreaks,
    /// The signature is shorter than one of the key: its end is missing.
    ///
    /// `signature.cut`
    SignatureCut,
    /// The signature has a length that no RSA key makes.
    ///
    /// `signature.length`
    SignatureLength,
    /// The signer hashed with SHA-1.
    ///
    /// `signature.sha1`
    SignatureSha1,
    /// The signer hashed with another algorithm than SHA-256.
    ///
    /// `signature.hash`
    SignatureHash,
    /// The signer used PSS padding.
    ///
    /// `signature.pss`
    SignaturePss,
    /// The signer left out the name of the hash inside the padding.
    ///
    /// `signature.digest_info`
    SignatureDigestInfo,
    /// A key that is configured under another version made the signature.
    ///
    /// `key.version`
    KeyVersion,
    /// The merchant's own key made the signature.
    ///
    /// `key.own`
    KeyOwn,
    /// Another key that was named, such as that of the sandbox or of the other protocol, made the
    /// signature.
    ///
    /// `key.other`
    KeyOther,
    /// A key of another length than the configured ones made the signature.
    ///
    /// `key.length`
    KeyLength,
    /// None of the keys made the signature.
    ///
    /// `key.unknown`
    KeyUnknown,
    /// The path was signed without its query, or with one that is missing here.
    ///
    /// `path.query`
    PathQuery,
    /// The path was signed with a slash at its end, or without it.
    ///
    /// `path.trailing_slash`
    PathTrailingSlash,
    /// The path was signed without the slash at its start, or with it.
    ///
    /// `path.first_slash`
    PathFirstSlash,
    /// The path was signed with more or less at its start: a proxy added or took away a prefix.
    ///
    /// `path.prefix`
    PathPrefix,
    /// The whole URL was signed in place of the path, or the path in place of the URL.
    ///
    /// `path.full_url`
    PathFullUrl,
    /// The path was signed in its sandbox form, or in its production form.
    ///
    /// `path.sandbox`
    PathSandbox,
    /// The path of an API of the gateway was signed.
    ///
    /// `path.api`
    PathApi,
    /// The path was signed with other percent-encoding.
    ///
    /// `path.encoding`
    PathEncoding,
    /// Another path was signed.
    ///
    /// `path.other`
    PathOther,
    /// Another client id was signed.
    ///
    /// `client_id.other`
    ClientIdOther,
    /// The client id was signed with spaces around it, or without them.
    ///
    /// `client_id.spaces`
    ClientIdSpaces,
    /// The client id was signed with the prefix SANDBOX_, or without it.
    ///
    /// `client_id.sandbox`
    ClientIdSandbox,
    /// The time of another header was signed.
    ///
    /// `time.other_header`
    TimeOtherHeader,
    /// The same instant was signed in another text.
    ///
    /// `time.text`
    TimeText,
    /// The time was signed without its fraction of a second, or with one.
    ///
    /// `time.fraction`
    TimeFraction,
    /// The plus sign of the time was turned into a space.
    ///
    /// `time.plus`
    TimePlus,
    /// The time was signed with spaces around it, or without them.
    ///
    /// `time.spaces`
    TimeSpaces,
    /// Another time was signed.
    ///
    /// `time.other`
    TimeOther,
    /// A header was sent twice, or two were joined into one.
    ///
    /// `header.joined`
    HeaderJoined,
    /// The body was parsed as JSON and printed again.
    ///
    /// `body.reserialized`
    BodyReserialized,
    /// Spaces or line breaks at the end of the body were added or taken away.
    ///
    /// `body.end`
    BodyEnd,
    /// The line endings of the body were changed.
    ///
    /// `body.line_endings`
    BodyLineEndings,
    /// A byte order mark at the start of the body was added or taken away.
    ///
    /// `body.byte_order_mark`
    BodyByteOrderMark,
    /// The body is the base64 of what was signed, or the other way round.
    ///
    /// `body.base64`
    BodyBase64,
    /// An empty body, or {}, was signed.
    ///
    /// `body.empty`
    BodyEmpty,
    /// The body was signed in another character set.
    ///
    /// `body.charset`
    BodyCharset,
    /// Another HTTP method was signed.
    ///
    /// `content.method`
    ContentMethod,
    /// The parts of the content were joined in another way.
    ///
    /// `content.separator`
    ContentSeparator,
    /// The digest of the content was hashed again before it was signed.
    ///
    /// `content.hashed_twice`
    ContentHashedTwice,
    /// The key and the hash are right; nothing that was tried is what was signed.
    ///
    /// `content.differs`
    ContentDiffers,
}

impl FindingCode {
    /// Every value.
    pub const ALL: &'static [FindingCode] = &[
        FindingCode::Verifies,
        FindingCode::MessageRefused,
        FindingCode::InputUnusable,
        FindingCode::SignatureMissing,
        FindingCode::SignatureHeader,
        FindingCode::SignatureNoHeader,
        FindingCode::SignatureJoined,
        FindingCode::SignatureEncodedTwice,
        FindingCode::SignatureBase64url,
        FindingCode::SignatureUnpadded,
        FindingCode::SignatureSpaces,
        FindingCode::SignatureLineBreaks,
        FindingCode::SignatureCut,
        FindingCode::SignatureLength,
        FindingCode::SignatureSha1,
        FindingCode::SignatureHash,
        FindingCode::SignaturePss,
        FindingCode::SignatureDigestInfo,
        FindingCode::KeyVersion,
        FindingCode::KeyOwn,
        FindingCode::KeyOther,
        FindingCode::KeyLength,
        FindingCode::KeyUnknown,
        FindingCode::PathQuery,
        FindingCode::PathTrailingSlash,
        FindingCode::PathFirstSlash,
        FindingCode::PathPrefix,
        FindingCode::PathFullUrl,
        FindingCode::PathSandbox,
        FindingCode::PathApi,
        FindingCode::PathEncoding,
        FindingCode::PathOther,
        FindingCode::ClientIdOther,
        FindingCode::ClientIdSpaces,
        FindingCode::ClientIdSandbox,
        FindingCode::TimeOtherHeader,
        FindingCode::TimeText,
        FindingCode::TimeFraction,
        FindingCode::TimePlus,
        FindingCode::TimeSpaces,
        FindingCode::TimeOther,
        FindingCode::HeaderJoined,
        FindingCode::BodyReserialized,
        FindingCode::BodyEnd,
        FindingCode::BodyLineEndings,
        FindingCode::BodyByteOrderMark,
        FindingCode::BodyBase64,
        FindingCode::BodyEmpty,
        FindingCode::BodyCharset,
        FindingCode::ContentMethod,
        FindingCode::ContentSeparator,
        FindingCode::ContentHashedTwice,
        FindingCode::ContentDiffers,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            FindingCode::Verifies => "verifies",
            FindingCode::MessageRefused => "message.refused",
            FindingCode::InputUnusable => "input.unusable",
            FindingCode::SignatureMissing => "signature.missing",
            FindingCode::SignatureHeader => "signature.header",
            FindingCode::SignatureNoHeader => "signature.no_header",
            FindingCode::SignatureJoined => "signature.joined",
            FindingCode::SignatureEncodedTwice => "signature.encoded_twice",
            FindingCode::SignatureBase64url => "signature.base64url",
            FindingCode::SignatureUnpadded => "signature.unpadded",
            FindingCode::SignatureSpaces => "signature.spaces",
            FindingCode::SignatureLineBreaks => "signature.line_breaks",
            FindingCode::SignatureCut => "signature.cut",
            FindingCode::SignatureLength => "signature.length",
            FindingCode::SignatureSha1 => "signature.sha1",
            FindingCode::SignatureHash => "signature.hash",
            FindingCode::SignaturePss => "signature.pss",
            FindingCode::SignatureDigestInfo => "signature.digest_info",
            FindingCode::KeyVersion => "key.version",
            FindingCode::KeyOwn => "key.own",
            FindingCode::KeyOther => "key.other",
            FindingCode::KeyLength => "key.length",
            FindingCode::KeyUnknown => "key.unknown",
            FindingCode::PathQuery => "path.query",
            FindingCode::PathTrailingSlash => "path.trailing_slash",
            FindingCode::PathFirstSlash => "path.first_slash",
            FindingCode::PathPrefix => "path.prefix",
            FindingCode::PathFullUrl => "path.full_url",
            FindingCode::PathSandbox => "path.sandbox",
            FindingCode::PathApi => "path.api",
            FindingCode::PathEncoding => "path.encoding",
            FindingCode::PathOther => "path.other",
            FindingCode::ClientIdOther => "client_id.other",
            FindingCode::ClientIdSpaces => "client_id.spaces",
            FindingCode::ClientIdSandbox => "client_id.sandbox",
            FindingCode::TimeOtherHeader => "time.other_header",
            FindingCode::TimeText => "time.text",
            FindingCode::TimeFraction => "time.fraction",
            FindingCode::TimePlus => "time.plus",
            FindingCode::TimeSpaces => "time.spaces",
            FindingCode::TimeOther => "time.other",
            FindingCode::HeaderJoined => "header.joined",
            FindingCode::BodyReserialized => "body.reserialized",
            FindingCode::BodyEnd => "body.end",
            FindingCode::BodyLineEndings => "body.line_endings",
            FindingCode::BodyByteOrderMark => "body.byte_order_mark",
            FindingCode::BodyBase64 => "body.base64",
            FindingCode::BodyEmpty => "body.empty",
            FindingCode::BodyCharset => "body.charset",
            FindingCode::ContentMethod => "content.method",
            FindingCode::ContentSeparator => "content.separator",
            FindingCode::ContentHashedTwice => "content.hashed_twice",
            FindingCode::ContentDiffers => "content.differs",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "verifies" => FindingCode::Verifies,
            "message.refused" => FindingCode::MessageRefused,
            "input.unusable" => FindingCode::InputUnusable,
            "signature.missing" => FindingCode::SignatureMissing,
            "signature.header" => FindingCode::SignatureHeader,
            "signature.no_header" => FindingCode::SignatureNoHeader,
            "signature.joined" => FindingCode::SignatureJoined,
            "signature.encoded_twice" => FindingCode::SignatureEncodedTwice,
            "signature.base64url" => FindingCode::SignatureBase64url,
            "signature.unpadded" => FindingCode::SignatureUnpadded,
            "signature.spaces" => FindingCode::SignatureSpaces,
            "signature.line_breaks" => FindingCode::SignatureLineBreaks,
            "signature.cut" => FindingCode::SignatureCut,
            "signature.length" => FindingCode::SignatureLength,
            "signature.sha1" => FindingCode::SignatureSha1,
            "signature.hash" => FindingCode::SignatureHash,
            "signature.pss" => FindingCode::SignaturePss,
            "signature.digest_info" => FindingCode::SignatureDigestInfo,
            "key.version" => FindingCode::KeyVersion,
            "key.own" => FindingCode::KeyOwn,
            "key.other" => FindingCode::KeyOther,
            "key.length" => FindingCode::KeyLength,
            "key.unknown" => FindingCode::KeyUnknown,
            "path.query" => FindingCode::PathQuery,
            "path.trailing_slash" => FindingCode::PathTrailingSlash,
            "path.first_slash" => FindingCode::PathFirstSlash,
            "path.prefix" => FindingCode::PathPrefix,
            "path.full_url" => FindingCode::PathFullUrl,
            "path.sandbox" => FindingCode::PathSandbox,
            "path.api" => FindingCode::PathApi,
            "path.encoding" => FindingCode::PathEncoding,
            "path.other" => FindingCode::PathOther,
            "client_id.other" => FindingCode::ClientIdOther,
            "client_id.spaces" => FindingCode::ClientIdSpaces,
            "client_id.sandbox" => FindingCode::ClientIdSandbox,
            "time.other_header" => FindingCode::TimeOtherHeader,
            "time.text" => FindingCode::TimeText,
            "time.fraction" => FindingCode::TimeFraction,
            "time.plus" => FindingCode::TimePlus,
            "time.spaces" => FindingCode::TimeSpaces,
            "time.other" => FindingCode::TimeOther,
            "header.joined" => FindingCode::HeaderJoined,
            "body.reserialized" => FindingCode::BodyReserialized,
            "body.end" => FindingCode::BodyEnd,
            "body.line_endings" => FindingCode::BodyLineEndings,
            "body.byte_order_mark" => FindingCode::BodyByteOrderMark,
            "body.base64" => FindingCode::BodyBase64,
            "body.empty" => FindingCode::BodyEmpty,
            "body.charset" => FindingCode::BodyCharset,
            "content.method" => FindingCode::ContentMethod,
            "content.separator" => FindingCode::ContentSeparator,
            "content.hashed_twice" => FindingCode::ContentHashedTwice,
            "content.differs" => FindingCode::ContentDiffers,
            _ => return None,
        })
    }
}

/// What is checked before the first payment, in the order of a request's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CheckName {
    /// The settings can be read.
    ///
    /// `configuration`
    Configuration,
    /// The keys can be read, and the gateway's is not our own.
    ///
    /// `keys`
    Keys,
    /// The store takes a write, and can be read.
    ///
    /// `store`
    Store,
    /// The way to the gateway: directly, or by a proxy that lets it through.
    ///
    /// `proxy`
    Proxy,
    /// The gateway's name has an address.
    ///
    /// `name`
    Name,
    /// A connection comes about.
    ///
    /// `connection`
    Connection,
    /// The gateway's certificate is trusted.
    ///
    /// `tls`
    Tls,
    /// What answers is a gateway.
    ///
    /// `answer`
    Answer,
    /// The gateway knows the client id.
    ///
    /// `client_id`
    ClientId,
    /// The gateway can verify what we sign.
    ///
    /// `signing_key`
    SigningKey,
    /// We can verify what the gateway signs.
    ///
    /// `gateway_key`
    GatewayKey,
    /// This machine's clock agrees with the gateway's.
    ///
    /// `clock`
    Clock,
    /// An inquiry for an id that nobody used is answered as the documents say.
    ///
    /// `inquiry`
    Inquiry,
    /// The notify URL can be reached, and its handler refuses what is not signed.
    ///
    /// `notify_url`
    NotifyUrl,
}

impl CheckName {
    /// Every value.
    pub const ALL: &'static [CheckName] = &[
        CheckName::Configuration,
        CheckName::Keys,
        CheckName::Store,
        CheckName::Proxy,
        CheckName::Name,
        CheckName::Connection,
        CheckName::Tls,
        CheckName::Answer,
        CheckName::ClientId,
        CheckName::SigningKey,
        CheckName::GatewayKey,
        CheckName::Clock,
        CheckName::Inquiry,
        CheckName::NotifyUrl,
    ];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            CheckName::Configuration => "configuration",
            CheckName::Keys => "keys",
            CheckName::Store => "store",
            CheckName::Proxy => "proxy",
            CheckName::Name => "name",
            CheckName::Connection => "connection",
            CheckName::Tls => "tls",
            CheckName::Answer => "answer",
            CheckName::ClientId => "client_id",
            CheckName::SigningKey => "signing_key",
            CheckName::GatewayKey => "gateway_key",
            CheckName::Clock => "clock",
            CheckName::Inquiry => "inquiry",
            CheckName::NotifyUrl => "notify_url",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "configuration" => CheckName::Configuration,
            "keys" => CheckName::Keys,
            "store" => CheckName::Store,
            "proxy" => CheckName::Proxy,
            "name" => CheckName::Name,
            "connection" => CheckName::Connection,
            "tls" => CheckName::Tls,
            "answer" => CheckName::Answer,
            "client_id" => CheckName::ClientId,
            "signing_key" => CheckName::SigningKey,
            "gateway_key" => CheckName::GatewayKey,
            "clock" => CheckName::Clock,
            "inquiry" => CheckName::Inquiry,
            "notify_url" => CheckName::NotifyUrl,
            _ => return None,
        })
    }
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CheckStatus {
    /// It is right.
    ///
    /// `passed`
    Passed,
    /// It works, or can't be told from here; somebody should look at it.
    ///
    /// `warned`
    Warned,
    /// It is wrong.
    ///
    /// `failed`
    Failed,
    /// It was not checked, because something before it is wrong.
    ///
    /// `skipped`
    Skipped,
}

impl CheckStatus {
    /// Every value.
    pub const ALL: &'static [CheckStatus] =
        &[CheckStatus::Passed, CheckStatus::Warned, CheckStatus::Failed, CheckStatus::Skipped];

    /// The word for it, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            CheckStatus::Passed => "passed",
            CheckStatus::Warned => "warned",
            CheckStatus::Failed => "failed",
            CheckStatus::Skipped => "skipped",
        }
    }

    /// The value of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "passed" => CheckStatus::Passed,
            "warned" => CheckStatus::Warned,
            "failed" => CheckStatus::Failed,
            "skipped" => CheckStatus::Skipped,
            _ => return None,
        })
    }
}
