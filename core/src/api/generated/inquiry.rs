//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/inquiry.toml by `make generate`; do not edit.

use std::fmt;

use super::ApiResult;
use super::PspCustomerInfo;
use super::RedirectActionForm;
use super::SettlementQuote;
use crate::api::id::PaymentRequestId;
use crate::api::members::StatedAmount;
use crate::api::misspelt;
use crate::api::model::Case;
use crate::api::model::Field;
use crate::api::model::Found;
use crate::api::model::Kind;
use crate::api::model::Member;
use crate::api::model::Names;
use crate::api::model::Need;
use crate::api::model::Path;
use crate::api::model::Rule;
use crate::api::model::Shown;
use crate::api::model::Slot;
use crate::api::model::misplaced;
use crate::api::result::StatedResult;
use crate::api::time::Time;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// What has become of the payment, in AMS. Source: Alipay, inquiryPayment.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaymentStatus {
    /// Paid.
    ///
    /// `SUCCESS`
    Success,
    /// Not paid, for good.
    ///
    /// `FAIL`
    Fail,
    /// Not yet decided.
    ///
    /// `PROCESSING`
    Processing,
    /// Cancelled.
    ///
    /// `CANCELLED`
    Cancelled,
    /// The customer is done and the result is open.
    ///
    /// `PENDING`
    Pending,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl PaymentStatus {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            PaymentStatus::Success => "SUCCESS",
            PaymentStatus::Fail => "FAIL",
            PaymentStatus::Processing => "PROCESSING",
            PaymentStatus::Cancelled => "CANCELLED",
            PaymentStatus::Pending => "PENDING",
            PaymentStatus::Other(word) => word,
        }
    }
}

impl From<&str> for PaymentStatus {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("SUCCESS") {
            return PaymentStatus::Success;
        }
        if word.eq_ignore_ascii_case("FAIL") {
            return PaymentStatus::Fail;
        }
        if word.eq_ignore_ascii_case("PROCESSING") {
            return PaymentStatus::Processing;
        }
        if word.eq_ignore_ascii_case("CANCELLED") {
            return PaymentStatus::Cancelled;
        }
        if word.eq_ignore_ascii_case("PENDING") {
            return PaymentStatus::Pending;
        }
        PaymentStatus::Other(word.to_owned())
    }
}

impl Member for PaymentStatus {
    fn read(json: Json) -> Result<Self, Json> {
        match json.scalar() {
            Some(word) if !word.is_empty() => Ok(Self::from(word.as_ref())),
            _ => Err(json),
        }
    }

    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {
        match self {
            PaymentStatus::Other(_) => {
                Err(at.invalid("must be one of: SUCCESS FAIL PROCESSING CANCELLED PENDING"))
            }
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What was done.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransactionType {
    /// A payment.
    ///
    /// `PAYMENT`
    Payment,
    /// A refund.
    ///
    /// `REFUND`
    Refund,
    /// A cancellation.
    ///
    /// `CANCEL`
    Cancel,
    /// An authorisation.
    ///
    /// `AUTHORIZATION`
    Authorization,
    /// A capture.
    ///
    /// `CAPTURE`
    Capture,
    /// A capture or authorisation taken back.
    ///
    /// `VOID`
    Void,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl TransactionType {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            TransactionType::Payment => "PAYMENT",
            TransactionType::Refund => "REFUND",
            TransactionType::Cancel => "CANCEL",
            TransactionType::Authorization => "AUTHORIZATION",
            TransactionType::Capture => "CAPTURE",
            TransactionType::Void => "VOID",
            TransactionType::Other(word) => word,
        }
    }
}

impl From<&str> for TransactionType {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("PAYMENT") {
            return TransactionType::Payment;
        }
        if word.eq_ignore_ascii_case("REFUND") {
            return TransactionType::Refund;
        }
        if word.eq_ignore_ascii_case("CANCEL") {
            return TransactionType::Cancel;
        }
        if word.eq_ignore_ascii_case("AUTHORIZATION") {
            return TransactionType::Authorization;
        }
        if word.eq_ignore_ascii_case("CAPTURE") {
            return TransactionType::Capture;
        }
        if word.eq_ignore_ascii_case("VOID") {
            return TransactionType::Void;
        }
        TransactionType::Other(word.to_owned())
    }
}

impl Member for TransactionType {
    fn read(json: Json) -> Result<Self, Json> {
        match json.scalar() {
            Some(word) if !word.is_empty() => Ok(Self::from(word.as_ref())),
            _ => Err(json),
        }
    }

    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {
        match self {
            TransactionType::Other(_) => {
                Err(at.invalid("must be one of: PAYMENT REFUND CANCEL AUTHORIZATION CAPTURE VOID"))
            }
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What has become of it.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransactionStatus {
    /// It succeeded.
    ///
    /// `SUCCESS`
    Success,
    /// It failed.
    ///
    /// `FAIL`
    Fail,
    /// It is not yet decided.
    ///
    /// `PROCESSING`
    Processing,
    /// It was cancelled.
    ///
    /// `CANCELLED`
    Cancelled,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl TransactionStatus {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            TransactionStatus::Success => "SUCCESS",
            TransactionStatus::Fail => "FAIL",
            TransactionStatus::Processing => "PROCESSING",
            TransactionStatus::Cancelled => "CANCELLED",
            TransactionStatus::Other(word) => word,
        }
    }
}

impl From<&str> for TransactionStatus {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("SUCCESS") {
            return TransactionStatus::Success;
        }
        if word.eq_ignore_ascii_case("FAIL") {
            return TransactionStatus::Fail;
        }
        if word.eq_ignore_ascii_case("PROCESSING") {
            return TransactionStatus::Processing;
        }
        if word.eq_ignore_ascii_case("CANCELLED") {
            return TransactionStatus::Cancelled;
        }
        TransactionStatus::Other(word.to_owned())
    }
}

impl Member for TransactionStatus {
    fn read(json: Json) -> Result<Self, Json> {
        match json.scalar() {
            Some(word) if !word.is_empty() => Ok(Self::from(word.as_ref())),
            _ => Err(json),
        }
    }

    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {
        match self {
            TransactionStatus::Other(_) => {
                Err(at.invalid("must be one of: SUCCESS FAIL PROCESSING CANCELLED"))
            }
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A request to `inquiryPayment`: one of the ids, or both, in which case the gateway goes by `payment_id`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct InquiryRequest {
    /// The id of the request to pay; the only one that is known after an answer got lost. At most 64
    /// characters.
    ///
    /// In JSON `paymentRequestId`.
    pub payment_request_id: Option<PaymentRequestId>,
    /// The gateway's id of the payment. At most 64 characters.
    ///
    /// In JSON `paymentId`.
    pub payment_id: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl InquiryRequest {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "paymentRequestId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const PAYMENT_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of the request to pay; the only one that is known after an answer got lost. At most 64
    /// characters.
    #[must_use]
    pub fn payment_request_id(mut self, value: impl Into<PaymentRequestId>) -> Self {
        self.payment_request_id = Some(value.into());
        self
    }

    /// The gateway's id of the payment. At most 64 characters.
    #[must_use]
    pub fn payment_id(mut self, value: impl Into<String>) -> Self {
        self.payment_id = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            payment_request_id: Slot::take("paymentRequestId", &Self::PAYMENT_REQUEST_ID, &mut object),
            payment_id: Slot::take("paymentId", &Self::PAYMENT_ID, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.payment_request_id.put("paymentRequestId", &mut object);
        self.payment_id.put("paymentId", &mut object);
        for (name, json) in self.extra.iter() {
            if object.get(name).is_none() {
                object.set(name.to_owned(), json.clone());
            }
        }
        object
    }

    pub(crate) fn check_at(&self, at: &Path<'_>, case: Case) -> Result<()> {
        for (name, json) in self.extra.iter() {
            let at = at.member(name);
            match name {
                "paymentRequestId" => return Err(misplaced(&self.payment_request_id, json, &at)),
                "paymentId" => return Err(misplaced(&self.payment_id, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.payment_request_id.check(
            &Self::PAYMENT_REQUEST_ID,
            &at.member("paymentRequestId"),
            case,
        ));
        found.add(self.payment_id.check(&Self::PAYMENT_ID, &at.member("paymentId"), case));
        found.add(self.check_more(at, case));
        found.into_result()
    }
}

impl Member for InquiryRequest {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(InquiryRequest::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty() && !self.payment_request_id.is_set() && !self.payment_id.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        InquiryRequest::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for InquiryRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("InquiryRequest");
        if self.payment_request_id.is_set() {
            shown.field("payment_request_id", &Shown(&self.payment_request_id, &Self::PAYMENT_REQUEST_ID));
        }
        if self.payment_id.is_set() {
            shown.field("payment_id", &Shown(&self.payment_id, &Self::PAYMENT_ID));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The answer to `inquiryPayment`, of both protocols. Source: Alipay, inquiryPayment; Alipay+,
/// inquiryPayment.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InquiryResponse {
    /// Whether the inquiry worked.
    ///
    /// In JSON `result`.
    pub result: Option<ApiResult>,
    /// AMS: what has become of the payment.
    ///
    /// In JSON `paymentStatus`.
    pub payment_status: Option<PaymentStatus>,
    /// AMS: the payment's own result code. At most 64 characters.
    ///
    /// In JSON `paymentResultCode`.
    pub payment_result_code: Option<String>,
    /// AMS: the same in words. At most 256 characters.
    ///
    /// In JSON `paymentResultMessage`.
    pub payment_result_message: Option<String>,
    /// Alipay+: the payment's own result.
    ///
    /// In JSON `paymentResult`.
    pub payment_result: Option<StatedResult>,
    /// The id of the request to pay. At most 64 characters.
    ///
    /// In JSON `paymentRequestId`.
    pub payment_request_id: Option<String>,
    /// The gateway's id of the payment. At most 64 characters.
    ///
    /// In JSON `paymentId`.
    pub payment_id: Option<String>,
    /// What the customer pays.
    ///
    /// In JSON `paymentAmount`.
    pub payment_amount: Option<StatedAmount>,
    /// When the payment was created.
    ///
    /// In JSON `paymentCreateTime`.
    pub payment_create_time: Option<Time>,
    /// When the payment was made.
    ///
    /// In JSON `paymentTime`.
    pub payment_time: Option<Time>,
    /// AMS: when the authorization expires. `authExpiredTime` is read as well.
    ///
    /// In JSON `authExpiryTime`.
    pub auth_expiry_time: Option<Time>,
    /// AMS: the customer at the wallet.
    ///
    /// In JSON `pspCustomerInfo`.
    pub psp_customer_info: Option<PspCustomerInfo>,
    /// Where the customer's wallet is redirected to.
    ///
    /// In JSON `redirectActionForm`.
    pub redirect_action_form: Option<RedirectActionForm>,
    /// What was done with the payment.
    ///
    /// In JSON `transactions`.
    pub transactions: Vec<Transaction>,
    /// AMS: what is settled, before fees.
    ///
    /// In JSON `grossSettlementAmount`.
    pub gross_settlement_amount: Option<StatedAmount>,
    /// The rate of the settlement.
    ///
    /// In JSON `settlementQuote`.
    pub settlement_quote: Option<SettlementQuote>,
    /// Alipay+: the acquirer. At most 64 characters.
    ///
    /// In JSON `acquirerId`.
    pub acquirer_id: Option<String>,
    /// Alipay+: the wallet's id.
    ///
    /// In JSON `pspId`.
    pub psp_id: Option<String>,
    /// Alipay+: the customer at the wallet.
    ///
    /// In JSON `customerId`.
    pub customer_id: Option<String>,
    /// Alipay+: the wallet's name.
    ///
    /// In JSON `walletBrandName`.
    pub wallet_brand_name: Option<String>,
    /// Alipay+: what is settled.
    ///
    /// In JSON `settlementAmount`.
    pub settlement_amount: Option<StatedAmount>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl InquiryResponse {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "result",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: ApiResult::FIELDS,
        },
        Field {
            name: "paymentStatus",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentResultCode",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentResultMessage",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentResult",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: ApiResult::FIELDS,
        },
        Field {
            name: "paymentRequestId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentCreateTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "authExpiryTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "pspCustomerInfo",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: PspCustomerInfo::FIELDS,
        },
        Field {
            name: "redirectActionForm",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: RedirectActionForm::FIELDS,
        },
        Field {
            name: "transactions",
            kind: Kind::Object,
            list: true,
            max: None,
            need: Need::NEVER,
            fields: Transaction::FIELDS,
        },
        Field {
            name: "grossSettlementAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "settlementQuote",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: SettlementQuote::FIELDS,
        },
        Field {
            name: "acquirerId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field { name: "pspId", kind: Kind::Text, list: false, max: None, need: Need::NEVER, fields: &[] },
        Field {
            name: "customerId",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "walletBrandName",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "settlementAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const RESULT: Rule = Rule::PLAIN;
    const PAYMENT_STATUS: Rule = Rule::PLAIN;
    const PAYMENT_RESULT_CODE: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_RESULT_MESSAGE: Rule = Rule { max: 256, ..Rule::PLAIN };
    const PAYMENT_RESULT: Rule = Rule::PLAIN;
    const PAYMENT_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_AMOUNT: Rule = Rule::PLAIN;
    const PAYMENT_CREATE_TIME: Rule = Rule::PLAIN;
    const PAYMENT_TIME: Rule = Rule::PLAIN;
    const AUTH_EXPIRY_TIME: Rule = Rule { alias: "authExpiredTime", ..Rule::PLAIN };
    const PSP_CUSTOMER_INFO: Rule = Rule::PLAIN;
    const REDIRECT_ACTION_FORM: Rule = Rule::PLAIN;
    const TRANSACTIONS: Rule = Rule::PLAIN;
    const GROSS_SETTLEMENT_AMOUNT: Rule = Rule::PLAIN;
    const SETTLEMENT_QUOTE: Rule = Rule::PLAIN;
    const ACQUIRER_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PSP_ID: Rule = Rule { shown: true, ..Rule::PLAIN };
    const CUSTOMER_ID: Rule = Rule::PLAIN;
    const WALLET_BRAND_NAME: Rule = Rule { shown: true, ..Rule::PLAIN };
    const SETTLEMENT_AMOUNT: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the inquiry worked.
    #[must_use]
    pub fn result(mut self, value: impl Into<ApiResult>) -> Self {
        self.result = Some(value.into());
        self
    }

    /// AMS: what has become of the payment.
    #[must_use]
    pub fn payment_status(mut self, value: impl Into<PaymentStatus>) -> Self {
        self.payment_status = Some(value.into());
        self
    }

    /// AMS: the payment's own result code. At most 64 characters.
    #[must_use]
    pub fn payment_result_code(mut self, value: impl Into<String>) -> Self {
        self.payment_result_code = Some(value.into());
        self
    }

    /// AMS: the same in words. At most 256 characters.
    #[must_use]
    pub fn payment_result_message(mut self, value: impl Into<String>) -> Self {
        self.payment_result_message = Some(value.into());
        self
    }

    /// Alipay+: the payment's own result.
    #[must_use]
    pub fn payment_result(mut self, value: impl Into<StatedResult>) -> Self {
        self.payment_result = Some(value.into());
        self
    }

    /// The id of the request to pay. At most 64 characters.
    #[must_use]
    pub fn payment_request_id(mut self, value: impl Into<String>) -> Self {
        self.payment_request_id = Some(value.into());
        self
    }

    /// The gateway's id of the payment. At most 64 characters.
    #[must_use]
    pub fn payment_id(mut self, value: impl Into<String>) -> Self {
        self.payment_id = Some(value.into());
        self
    }

    /// What the customer pays.
    #[must_use]
    pub fn payment_amount(mut self, value: impl Into<StatedAmount>) -> Self {
        self.payment_amount = Some(value.into());
        self
    }

    /// When the payment was created.
    #[must_use]
    pub fn payment_create_time(mut self, value: impl Into<Time>) -> Self {
        self.payment_create_time = Some(value.into());
        self
    }

    /// When the payment was made.
    #[must_use]
    pub fn payment_time(mut self, value: impl Into<Time>) -> Self {
        self.payment_time = Some(value.into());
        self
    }

    /// AMS: when the authorization expires. `authExpiredTime` is read as well.
    #[must_use]
    pub fn auth_expiry_time(mut self, value: impl Into<Time>) -> Self {
        self.auth_expiry_time = Some(value.into());
        self
    }

    /// AMS: the customer at the wallet.
    #[must_use]
    pub fn psp_customer_info(mut self, value: impl Into<PspCustomerInfo>) -> Self {
        self.psp_customer_info = Some(value.into());
        self
    }

    /// Where the customer's wallet is redirected to.
    #[must_use]
    pub fn redirect_action_form(mut self, value: impl Into<RedirectActionForm>) -> Self {
        self.redirect_action_form = Some(value.into());
        self
    }

    /// What was done with the payment.
    #[must_use]
    pub fn transactions(mut self, values: impl IntoIterator<Item = Transaction>) -> Self {
        self.transactions = values.into_iter().collect();
        self
    }

    /// AMS: what is settled, before fees.
    #[must_use]
    pub fn gross_settlement_amount(mut self, value: impl Into<StatedAmount>) -> Self {
        self.gross_settlement_amount = Some(value.into());
        self
    }

    /// The rate of the settlement.
    #[must_use]
    pub fn settlement_quote(mut self, value: impl Into<SettlementQuote>) -> Self {
        self.settlement_quote = Some(value.into());
        self
    }

    /// Alipay+: the acquirer. At most 64 characters.
    #[must_use]
    pub fn acquirer_id(mut self, value: impl Into<String>) -> Self {
        self.acquirer_id = Some(value.into());
        self
    }

    /// Alipay+: the wallet's id.
    #[must_use]
    pub fn psp_id(mut self, value: impl Into<String>) -> Self {
        self.psp_id = Some(value.into());
        self
    }

    /// Alipay+: the customer at the wallet.
    #[must_use]
    pub fn customer_id(mut self, value: impl Into<String>) -> Self {
        self.customer_id = Some(value.into());
        self
    }

    /// Alipay+: the wallet's name.
    #[must_use]
    pub fn wallet_brand_name(mut self, value: impl Into<String>) -> Self {
        self.wallet_brand_name = Some(value.into());
        self
    }

    /// Alipay+: what is settled.
    #[must_use]
    pub fn settlement_amount(mut self, value: impl Into<StatedAmount>) -> Self {
        self.settlement_amount = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            result: Slot::take("result", &Self::RESULT, &mut object),
            payment_status: Slot::take("paymentStatus", &Self::PAYMENT_STATUS, &mut object),
            payment_result_code: Slot::take("paymentResultCode", &Self::PAYMENT_RESULT_CODE, &mut object),
            payment_result_message: Slot::take(
                "paymentResultMessage",
                &Self::PAYMENT_RESULT_MESSAGE,
                &mut object,
            ),
            payment_result: Slot::take("paymentResult", &Self::PAYMENT_RESULT, &mut object),
            payment_request_id: Slot::take("paymentRequestId", &Self::PAYMENT_REQUEST_ID, &mut object),
            payment_id: Slot::take("paymentId", &Self::PAYMENT_ID, &mut object),
            payment_amount: Slot::take("paymentAmount", &Self::PAYMENT_AMOUNT, &mut object),
            payment_create_time: Slot::take("paymentCreateTime", &Self::PAYMENT_CREATE_TIME, &mut object),
            payment_time: Slot::take("paymentTime", &Self::PAYMENT_TIME, &mut object),
            auth_expiry_time: Slot::take("authExpiryTime", &Self::AUTH_EXPIRY_TIME, &mut object),
            psp_customer_info: Slot::take("pspCustomerInfo", &Self::PSP_CUSTOMER_INFO, &mut object),
            redirect_action_form: Slot::take("redirectActionForm", &Self::REDIRECT_ACTION_FORM, &mut object),
            transactions: Slot::take("transactions", &Self::TRANSACTIONS, &mut object),
            gross_settlement_amount: Slot::take(
                "grossSettlementAmount",
                &Self::GROSS_SETTLEMENT_AMOUNT,
                &mut object,
            ),
            settlement_quote: Slot::take("settlementQuote", &Self::SETTLEMENT_QUOTE, &mut object),
            acquirer_id: Slot::take("acquirerId", &Self::ACQUIRER_ID, &mut object),
            psp_id: Slot::take("pspId", &Self::PSP_ID, &mut object),
            customer_id: Slot::take("customerId", &Self::CUSTOMER_ID, &mut object),
            wallet_brand_name: Slot::take("walletBrandName", &Self::WALLET_BRAND_NAME, &mut object),
            settlement_amount: Slot::take("settlementAmount", &Self::SETTLEMENT_AMOUNT, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.result.put("result", &mut object);
        self.payment_status.put("paymentStatus", &mut object);
        self.payment_result_code.put("paymentResultCode", &mut object);
        self.payment_result_message.put("paymentResultMessage", &mut object);
        self.payment_result.put("paymentResult", &mut object);
        self.payment_request_id.put("paymentRequestId", &mut object);
        self.payment_id.put("paymentId", &mut object);
        self.payment_amount.put("paymentAmount", &mut object);
        self.payment_create_time.put("paymentCreateTime", &mut object);
        self.payment_time.put("paymentTime", &mut object);
        self.auth_expiry_time.put("authExpiryTime", &mut object);
        self.psp_customer_info.put("pspCustomerInfo", &mut object);
        self.redirect_action_form.put("redirectActionForm", &mut object);
        self.transactions.put("transactions", &mut object);
        self.gross_settlement_amount.put("grossSettlementAmount", &mut object);
        self.settlement_quote.put("settlementQuote", &mut object);
        self.acquirer_id.put("acquirerId", &mut object);
        self.psp_id.put("pspId", &mut object);
        self.customer_id.put("customerId", &mut object);
        self.wallet_brand_name.put("walletBrandName", &mut object);
        self.settlement_amount.put("settlementAmount", &mut object);
        for (name, json) in self.extra.iter() {
            if object.get(name).is_none() {
                object.set(name.to_owned(), json.clone());
            }
        }
        object
    }

    pub(crate) fn check_at(&self, at: &Path<'_>, case: Case) -> Result<()> {
        for (name, json) in self.extra.iter() {
            let at = at.member(name);
            match name {
                "result" => return Err(misplaced(&self.result, json, &at)),
                "paymentStatus" => return Err(misplaced(&self.payment_status, json, &at)),
                "paymentResultCode" => return Err(misplaced(&self.payment_result_code, json, &at)),
                "paymentResultMessage" => return Err(misplaced(&self.payment_result_message, json, &at)),
                "paymentResult" => return Err(misplaced(&self.payment_result, json, &at)),
                "paymentRequestId" => return Err(misplaced(&self.payment_request_id, json, &at)),
                "paymentId" => return Err(misplaced(&self.payment_id, json, &at)),
                "paymentAmount" => return Err(misplaced(&self.payment_amount, json, &at)),
                "paymentCreateTime" => return Err(misplaced(&self.payment_create_time, json, &at)),
                "paymentTime" => return Err(misplaced(&self.payment_time, json, &at)),
                "authExpiryTime" | "authExpiredTime" => {
                    return Err(misplaced(&self.auth_expiry_time, json, &at));
                }
                "pspCustomerInfo" => return Err(misplaced(&self.psp_customer_info, json, &at)),
                "redirectActionForm" => return Err(misplaced(&self.redirect_action_form, json, &at)),
                "transactions" => return Err(misplaced(&self.transactions, json, &at)),
                "grossSettlementAmount" => return Err(misplaced(&self.gross_settlement_amount, json, &at)),
                "settlementQuote" => return Err(misplaced(&self.settlement_quote, json, &at)),
                "acquirerId" => return Err(misplaced(&self.acquirer_id, json, &at)),
                "pspId" => return Err(misplaced(&self.psp_id, json, &at)),
                "customerId" => return Err(misplaced(&self.customer_id, json, &at)),
                "walletBrandName" => return Err(misplaced(&self.wallet_brand_name, json, &at)),
                "settlementAmount" => return Err(misplaced(&self.settlement_amount, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.result.check(&Self::RESULT, &at.member("result"), case));
        found.add(self.payment_status.check(&Self::PAYMENT_STATUS, &at.member("paymentStatus"), case));
        found.add(self.payment_result_code.check(
            &Self::PAYMENT_RESULT_CODE,
            &at.member("paymentResultCode"),
            case,
        ));
        found.add(self.payment_result_message.check(
            &Self::PAYMENT_RESULT_MESSAGE,
            &at.member("paymentResultMessage"),
            case,
        ));
        found.add(self.payment_result.check(&Self::PAYMENT_RESULT, &at.member("paymentResult"), case));
        found.add(self.payment_request_id.check(
            &Self::PAYMENT_REQUEST_ID,
            &at.member("paymentRequestId"),
            case,
        ));
        found.add(self.payment_id.check(&Self::PAYMENT_ID, &at.member("paymentId"), case));
        found.add(self.payment_amount.check(&Self::PAYMENT_AMOUNT, &at.member("paymentAmount"), case));
        found.add(self.payment_create_time.check(
            &Self::PAYMENT_CREATE_TIME,
            &at.member("paymentCreateTime"),
            case,
        ));
        found.add(self.payment_time.check(&Self::PAYMENT_TIME, &at.member("paymentTime"), case));
        found.add(self.auth_expiry_time.check(&Self::AUTH_EXPIRY_TIME, &at.member("authExpiryTime"), case));
        found.add(self.psp_customer_info.check(
            &Self::PSP_CUSTOMER_INFO,
            &at.member("pspCustomerInfo"),
            case,
        ));
        found.add(self.redirect_action_form.check(
            &Self::REDIRECT_ACTION_FORM,
            &at.member("redirectActionForm"),
            case,
        ));
        found.add(self.transactions.check(&Self::TRANSACTIONS, &at.member("transactions"), case));
        found.add(self.gross_settlement_amount.check(
            &Self::GROSS_SETTLEMENT_AMOUNT,
            &at.member("grossSettlementAmount"),
            case,
        ));
        found.add(self.settlement_quote.check(&Self::SETTLEMENT_QUOTE, &at.member("settlementQuote"), case));
        found.add(self.acquirer_id.check(&Self::ACQUIRER_ID, &at.member("acquirerId"), case));
        found.add(self.psp_id.check(&Self::PSP_ID, &at.member("pspId"), case));
        found.add(self.customer_id.check(&Self::CUSTOMER_ID, &at.member("customerId"), case));
        found.add(self.wallet_brand_name.check(
            &Self::WALLET_BRAND_NAME,
            &at.member("walletBrandName"),
            case,
        ));
        found.add(self.settlement_amount.check(
            &Self::SETTLEMENT_AMOUNT,
            &at.member("settlementAmount"),
            case,
        ));
        found.into_result()
    }
}

impl Member for InquiryResponse {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(InquiryResponse::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.result.is_set()
            && !self.payment_status.is_set()
            && !self.payment_result_code.is_set()
            && !self.payment_result_message.is_set()
            && !self.payment_result.is_set()
            && !self.payment_request_id.is_set()
            && !self.payment_id.is_set()
            && !self.payment_amount.is_set()
            && !self.payment_create_time.is_set()
            && !self.payment_time.is_set()
            && !self.auth_expiry_time.is_set()
            && !self.psp_customer_info.is_set()
            && !self.redirect_action_form.is_set()
            && !self.transactions.is_set()
            && !self.gross_settlement_amount.is_set()
            && !self.settlement_quote.is_set()
            && !self.acquirer_id.is_set()
            && !self.psp_id.is_set()
            && !self.customer_id.is_set()
            && !self.wallet_brand_name.is_set()
            && !self.settlement_amount.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        InquiryResponse::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for InquiryResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("InquiryResponse");
        if self.result.is_set() {
            shown.field("result", &Shown(&self.result, &Self::RESULT));
        }
        if self.payment_status.is_set() {
            shown.field("payment_status", &Shown(&self.payment_status, &Self::PAYMENT_STATUS));
        }
        if self.payment_result_code.is_set() {
            shown.field("payment_result_code", &Shown(&self.payment_result_code, &Self::PAYMENT_RESULT_CODE));
        }
        if self.payment_result_message.is_set() {
            shown.field(
                "payment_result_message",
                &Shown(&self.payment_result_message, &Self::PAYMENT_RESULT_MESSAGE),
            );
        }
        if self.payment_result.is_set() {
            shown.field("payment_result", &Shown(&self.payment_result, &Self::PAYMENT_RESULT));
        }
        if self.payment_request_id.is_set() {
            shown.field("payment_request_id", &Shown(&self.payment_request_id, &Self::PAYMENT_REQUEST_ID));
        }
        if self.payment_id.is_set() {
            shown.field("payment_id", &Shown(&self.payment_id, &Self::PAYMENT_ID));
        }
        if self.payment_amount.is_set() {
            shown.field("payment_amount", &Shown(&self.payment_amount, &Self::PAYMENT_AMOUNT));
        }
        if self.payment_create_time.is_set() {
            shown.field("payment_create_time", &Shown(&self.payment_create_time, &Self::PAYMENT_CREATE_TIME));
        }
        if self.payment_time.is_set() {
            shown.field("payment_time", &Shown(&self.payment_time, &Self::PAYMENT_TIME));
        }
        if self.auth_expiry_time.is_set() {
            shown.field("auth_expiry_time", &Shown(&self.auth_expiry_time, &Self::AUTH_EXPIRY_TIME));
        }
        if self.psp_customer_info.is_set() {
            shown.field("psp_customer_info", &Shown(&self.psp_customer_info, &Self::PSP_CUSTOMER_INFO));
        }
        if self.redirect_action_form.is_set() {
            shown.field(
                "redirect_action_form",
                &Shown(&self.redirect_action_form, &Self::REDIRECT_ACTION_FORM),
            );
        }
        if self.transactions.is_set() {
            shown.field("transactions", &Shown(&self.transactions, &Self::TRANSACTIONS));
        }
        if self.gross_settlement_amount.is_set() {
            shown.field(
                "gross_settlement_amount",
                &Shown(&self.gross_settlement_amount, &Self::GROSS_SETTLEMENT_AMOUNT),
            );
        }
        if self.settlement_quote.is_set() {
            shown.field("settlement_quote", &Shown(&self.settlement_quote, &Self::SETTLEMENT_QUOTE));
        }
        if self.acquirer_id.is_set() {
            shown.field("acquirer_id", &Shown(&self.acquirer_id, &Self::ACQUIRER_ID));
        }
        if self.psp_id.is_set() {
            shown.field("psp_id", &Shown(&self.psp_id, &Self::PSP_ID));
        }
        if self.customer_id.is_set() {
            shown.field("customer_id", &Shown(&self.customer_id, &Self::CUSTOMER_ID));
        }
        if self.wallet_brand_name.is_set() {
            shown.field("wallet_brand_name", &Shown(&self.wallet_brand_name, &Self::WALLET_BRAND_NAME));
        }
        if self.settlement_amount.is_set() {
            shown.field("settlement_amount", &Shown(&self.settlement_amount, &Self::SETTLEMENT_AMOUNT));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// A refund, cancellation or other thing done with a payment.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transaction {
    /// Its result.
    ///
    /// In JSON `transactionResult`.
    pub transaction_result: Option<ApiResult>,
    /// The gateway's id of it. At most 64 characters.
    ///
    /// In JSON `transactionId`.
    pub transaction_id: Option<String>,
    /// What was done.
    ///
    /// In JSON `transactionType`.
    pub transaction_type: Option<TransactionType>,
    /// What has become of it.
    ///
    /// In JSON `transactionStatus`.
    pub transaction_status: Option<TransactionStatus>,
    /// Over what amount.
    ///
    /// In JSON `transactionAmount`.
    pub transaction_amount: Option<StatedAmount>,
    /// The caller's id of it. At most 64 characters.
    ///
    /// In JSON `transactionRequestId`.
    pub transaction_request_id: Option<String>,
    /// When.
    ///
    /// In JSON `transactionTime`.
    pub transaction_time: Option<Time>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl Transaction {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "transactionResult",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: ApiResult::FIELDS,
        },
        Field {
            name: "transactionId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "transactionType",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "transactionStatus",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "transactionAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "transactionRequestId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "transactionTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const TRANSACTION_RESULT: Rule = Rule::PLAIN;
    const TRANSACTION_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const TRANSACTION_TYPE: Rule = Rule::PLAIN;
    const TRANSACTION_STATUS: Rule = Rule::PLAIN;
    const TRANSACTION_AMOUNT: Rule = Rule::PLAIN;
    const TRANSACTION_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const TRANSACTION_TIME: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Its result.
    #[must_use]
    pub fn transaction_result(mut self, value: impl Into<ApiResult>) -> Self {
        self.transaction_result = Some(value.into());
        self
    }

    /// The gateway's id of it. At most 64 characters.
    #[must_use]
    pub fn transaction_id(mut self, value: impl Into<String>) -> Self {
        self.transaction_id = Some(value.into());
        self
    }

    /// What was done.
    #[must_use]
    pub fn transaction_type(mut self, value: impl Into<TransactionType>) -> Self {
        self.transaction_type = Some(value.into());
        self
    }

    /// What has become of it.
    #[must_use]
    pub fn transaction_status(mut self, value: impl Into<TransactionStatus>) -> Self {
        self.transaction_status = Some(value.into());
        self
    }

    /// Over what amount.
    #[must_use]
    pub fn transaction_amount(mut self, value: impl Into<StatedAmount>) -> Self {
        self.transaction_amount = Some(value.into());
        self
    }

    /// The caller's id of it. At most 64 characters.
    #[must_use]
    pub fn transaction_request_id(mut self, value: impl Into<String>) -> Self {
        self.transaction_request_id = Some(value.into());
        self
    }

    /// When.
    #[must_use]
    pub fn transaction_time(mut self, value: impl Into<Time>) -> Self {
        self.transaction_time = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            transaction_result: Slot::take("transactionResult", &Self::TRANSACTION_RESULT, &mut object),
            transaction_id: Slot::take("transactionId", &Self::TRANSACTION_ID, &mut object),
            transaction_type: Slot::take("transactionType", &Self::TRANSACTION_TYPE, &mut object),
            transaction_status: Slot::take("transactionStatus", &Self::TRANSACTION_STATUS, &mut object),
            transaction_amount: Slot::take("transactionAmount", &Self::TRANSACTION_AMOUNT, &mut object),
            transaction_request_id: Slot::take(
                "transactionRequestId",
                &Self::TRANSACTION_REQUEST_ID,
                &mut object,
            ),
            transaction_time: Slot::take("transactionTime", &Self::TRANSACTION_TIME, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.transaction_result.put("transactionResult", &mut object);
        self.transaction_id.put("transactionId", &mut object);
        self.transaction_type.put("transactionType", &mut object);
        self.transaction_status.put("transactionStatus", &mut object);
        self.transaction_amount.put("transactionAmount", &mut object);
        self.transaction_request_id.put("transactionRequestId", &mut object);
        self.transaction_time.put("transactionTime", &mut object);
        for (name, json) in self.extra.iter() {
            if object.get(name).is_none() {
                object.set(name.to_owned(), json.clone());
            }
        }
        object
    }

    pub(crate) fn check_at(&self, at: &Path<'_>, case: Case) -> Result<()> {
        for (name, json) in self.extra.iter() {
            let at = at.member(name);
            match name {
                "transactionResult" => return Err(misplaced(&self.transaction_result, json, &at)),
                "transactionId" => return Err(misplaced(&self.transaction_id, json, &at)),
                "transactionType" => return Err(misplaced(&self.transaction_type, json, &at)),
                "transactionStatus" => return Err(misplaced(&self.transaction_status, json, &at)),
                "transactionAmount" => return Err(misplaced(&self.transaction_amount, json, &at)),
                "transactionRequestId" => return Err(misplaced(&self.transaction_request_id, json, &at)),
                "transactionTime" => return Err(misplaced(&self.transaction_time, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.transaction_result.check(
            &Self::TRANSACTION_RESULT,
            &at.member("transactionResult"),
            case,
        ));
        found.add(self.transaction_id.check(&Self::TRANSACTION_ID, &at.member("transactionId"), case));
        found.add(self.transaction_type.check(&Self::TRANSACTION_TYPE, &at.member("transactionType"), case));
        found.add(self.transaction_status.check(
            &Self::TRANSACTION_STATUS,
            &at.member("transactionStatus"),
            case,
        ));
        found.add(self.transaction_amount.check(
            &Self::TRANSACTION_AMOUNT,
            &at.member("transactionAmount"),
            case,
        ));
        found.add(self.transaction_request_id.check(
            &Self::TRANSACTION_REQUEST_ID,
            &at.member("transactionRequestId"),
            case,
        ));
        found.add(self.transaction_time.check(&Self::TRANSACTION_TIME, &at.member("transactionTime"), case));
        found.into_result()
    }
}

impl Member for Transaction {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Transaction::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.transaction_result.is_set()
            && !self.transaction_id.is_set()
            && !self.transaction_type.is_set()
            && !self.transaction_status.is_set()
            && !self.transaction_amount.is_set()
            && !self.transaction_request_id.is_set()
            && !self.transaction_time.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        Transaction::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Transaction");
        if self.transaction_result.is_set() {
            shown.field("transaction_result", &Shown(&self.transaction_result, &Self::TRANSACTION_RESULT));
        }
        if self.transaction_id.is_set() {
            shown.field("transaction_id", &Shown(&self.transaction_id, &Self::TRANSACTION_ID));
        }
        if self.transaction_type.is_set() {
            shown.field("transaction_type", &Shown(&self.transaction_type, &Self::TRANSACTION_TYPE));
        }
        if self.transaction_status.is_set() {
            shown.field("transaction_status", &Shown(&self.transaction_status, &Self::TRANSACTION_STATUS));
        }
        if self.transaction_amount.is_set() {
            shown.field("transaction_amount", &Shown(&self.transaction_amount, &Self::TRANSACTION_AMOUNT));
        }
        if self.transaction_request_id.is_set() {
            shown.field(
                "transaction_request_id",
                &Shown(&self.transaction_request_id, &Self::TRANSACTION_REQUEST_ID),
            );
        }
        if self.transaction_time.is_set() {
            shown.field("transaction_time", &Shown(&self.transaction_time, &Self::TRANSACTION_TIME));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
