//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/notification.toml by `make generate`; do not edit.

use std::fmt;

use super::ApiResult;
use super::PspCustomerInfo;
use super::RefundStatus;
use super::SettlementQuote;
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

/// What is notified, in AMS.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotifyType {
    /// The result of a payment.
    ///
    /// `PAYMENT_RESULT`
    PaymentResult,
    /// The result of a payment by a code in a store.
    ///
    /// `OFFLINE_PAYMENT_CODE`
    OfflinePaymentCode,
    /// The customer is done and the result is open.
    ///
    /// `PAYMENT_PENDING`
    PaymentPending,
    /// The result of a refund: see `RefundNotification`.
    ///
    /// `REFUND_RESULT`
    RefundResult,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl NotifyType {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            NotifyType::PaymentResult => "PAYMENT_RESULT",
            NotifyType::OfflinePaymentCode => "OFFLINE_PAYMENT_CODE",
            NotifyType::PaymentPending => "PAYMENT_PENDING",
            NotifyType::RefundResult => "REFUND_RESULT",
            NotifyType::Other(word) => word,
        }
    }
}

impl From<&str> for NotifyType {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("PAYMENT_RESULT") {
            return NotifyType::PaymentResult;
        }
        if word.eq_ignore_ascii_case("OFFLINE_PAYMENT_CODE") {
            return NotifyType::OfflinePaymentCode;
        }
        if word.eq_ignore_ascii_case("PAYMENT_PENDING") {
            return NotifyType::PaymentPending;
        }
        if word.eq_ignore_ascii_case("REFUND_RESULT") {
            return NotifyType::RefundResult;
        }
        NotifyType::Other(word.to_owned())
    }
}

impl Member for NotifyType {
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
            NotifyType::Other(_) => Err(at.invalid(
                "must be one of: PAYMENT_RESULT OFFLINE_PAYMENT_CODE PAYMENT_PENDING REFUND_RESULT",
            )),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A notification, of both protocols. Source: Alipay, notifyPayment; Alipay+, notifyPayment; Alipay, Entry
/// code payment, Accept payments, step 3.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notification {
    /// AMS: what is notified.
    ///
    /// In JSON `notifyType`.
    pub notify_type: Option<NotifyType>,
    /// AMS: the result of the payment.
    ///
    /// In JSON `result`.
    pub result: Option<ApiResult>,
    /// Alipay+: the result of the payment.
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
    /// What the customer paid.
    ///
    /// In JSON `paymentAmount`.
    pub payment_amount: Option<StatedAmount>,
    /// When the payment was created.
    ///
    /// In JSON `paymentCreateTime`.
    pub payment_create_time: Option<Time>,
    /// When the payment reached its end.
    ///
    /// In JSON `paymentTime`.
    pub payment_time: Option<Time>,
    /// AMS: the customer at the wallet.
    ///
    /// In JSON `pspCustomerInfo`.
    pub psp_customer_info: Option<PspCustomerInfo>,
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

impl Notification {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "notifyType",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "result",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: ApiResult::FIELDS,
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
            name: "pspCustomerInfo",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: PspCustomerInfo::FIELDS,
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

    const NOTIFY_TYPE: Rule = Rule::PLAIN;
    const RESULT: Rule = Rule::PLAIN;
    const PAYMENT_RESULT: Rule = Rule::PLAIN;
    const PAYMENT_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_AMOUNT: Rule = Rule::PLAIN;
    const PAYMENT_CREATE_TIME: Rule = Rule::PLAIN;
    const PAYMENT_TIME: Rule = Rule::PLAIN;
    const PSP_CUSTOMER_INFO: Rule = Rule::PLAIN;
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

    /// AMS: what is notified.
    #[must_use]
    pub fn notify_type(mut self, value: impl Into<NotifyType>) -> Self {
        self.notify_type = Some(value.into());
        self
    }

    /// AMS: the result of the payment.
    #[must_use]
    pub fn result(mut self, value: impl Into<ApiResult>) -> Self {
        self.result = Some(value.into());
        self
    }

    /// Alipay+: the result of the payment.
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

    /// What the customer paid.
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

    /// When the payment reached its end.
    #[must_use]
    pub fn payment_time(mut self, value: impl Into<Time>) -> Self {
        self.payment_time = Some(value.into());
        self
    }

    /// AMS: the customer at the wallet.
    #[must_use]
    pub fn psp_customer_info(mut self, value: impl Into<PspCustomerInfo>) -> Self {
        self.psp_customer_info = Some(value.into());
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
            notify_type: Slot::take("notifyType", &Self::NOTIFY_TYPE, &mut object),
            result: Slot::take("result", &Self::RESULT, &mut object),
            payment_result: Slot::take("paymentResult", &Self::PAYMENT_RESULT, &mut object),
            payment_request_id: Slot::take("paymentRequestId", &Self::PAYMENT_REQUEST_ID, &mut object),
            payment_id: Slot::take("paymentId", &Self::PAYMENT_ID, &mut object),
            payment_amount: Slot::take("paymentAmount", &Self::PAYMENT_AMOUNT, &mut object),
            payment_create_time: Slot::take("paymentCreateTime", &Self::PAYMENT_CREATE_TIME, &mut object),
            payment_time: Slot::take("paymentTime", &Self::PAYMENT_TIME, &mut object),
            psp_customer_info: Slot::take("pspCustomerInfo", &Self::PSP_CUSTOMER_INFO, &mut object),
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
        self.notify_type.put("notifyType", &mut object);
        self.result.put("result", &mut object);
        self.payment_result.put("paymentResult", &mut object);
        self.payment_request_id.put("paymentRequestId", &mut object);
        self.payment_id.put("paymentId", &mut object);
        self.payment_amount.put("paymentAmount", &mut object);
        self.payment_create_time.put("paymentCreateTime", &mut object);
        self.payment_time.put("paymentTime", &mut object);
        self.psp_customer_info.put("pspCustomerInfo", &mut object);
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
                "notifyType" => return Err(misplaced(&self.notify_type, json, &at)),
                "result" => return Err(misplaced(&self.result, json, &at)),
                "paymentResult" => return Err(misplaced(&self.payment_result, json, &at)),
                "paymentRequestId" => return Err(misplaced(&self.payment_request_id, json, &at)),
                "paymentId" => return Err(misplaced(&self.payment_id, json, &at)),
                "paymentAmount" => return Err(misplaced(&self.payment_amount, json, &at)),
                "paymentCreateTime" => return Err(misplaced(&self.payment_create_time, json, &at)),
                "paymentTime" => return Err(misplaced(&self.payment_time, json, &at)),
                "pspCustomerInfo" => return Err(misplaced(&self.psp_customer_info, json, &at)),
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
        found.add(self.notify_type.check(&Self::NOTIFY_TYPE, &at.member("notifyType"), case));
        found.add(self.result.check(&Self::RESULT, &at.member("result"), case));
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
        found.add(self.psp_customer_info.check(
            &Self::PSP_CUSTOMER_INFO,
            &at.member("pspCustomerInfo"),
            case,
        ));
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

impl Member for Notification {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Notification::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.notify_type.is_set()
            && !self.result.is_set()
            && !self.payment_result.is_set()
            && !self.payment_request_id.is_set()
            && !self.payment_id.is_set()
            && !self.payment_amount.is_set()
            && !self.payment_create_time.is_set()
            && !self.payment_time.is_set()
            && !self.psp_customer_info.is_set()
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
        Notification::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Notification");
        if self.notify_type.is_set() {
            shown.field("notify_type", &Shown(&self.notify_type, &Self::NOTIFY_TYPE));
        }
        if self.result.is_set() {
            shown.field("result", &Shown(&self.result, &Self::RESULT));
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
        if self.psp_customer_info.is_set() {
            shown.field("psp_customer_info", &Shown(&self.psp_customer_info, &Self::PSP_CUSTOMER_INFO));
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

/// A notification about a refund, only in AMS. Whether refunds of payments in a store are notified is not
/// certain: take one, and never wait for one. Source: Alipay, notifyRefund.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefundNotification {
    /// What is notified: the result of a refund.
    ///
    /// In JSON `notifyType`.
    pub notify_type: Option<NotifyType>,
    /// Whether the refund worked, where the message states it; `refund_status` says whether the money was
    /// given back.
    ///
    /// In JSON `result`.
    pub result: Option<ApiResult>,
    /// What has become of the refund: given back, or not. At most 16 characters.
    ///
    /// In JSON `refundStatus`.
    pub refund_status: Option<RefundStatus>,
    /// The id of the request to refund. At most 64 characters.
    ///
    /// In JSON `refundRequestId`.
    pub refund_request_id: Option<String>,
    /// The gateway's id of the refund. At most 64 characters.
    ///
    /// In JSON `refundId`.
    pub refund_id: Option<String>,
    /// How much was given back.
    ///
    /// In JSON `refundAmount`.
    pub refund_amount: Option<StatedAmount>,
    /// When.
    ///
    /// In JSON `refundTime`.
    pub refund_time: Option<Time>,
    /// What is settled, before fees.
    ///
    /// In JSON `grossSettlementAmount`.
    pub gross_settlement_amount: Option<StatedAmount>,
    /// The rate of the settlement.
    ///
    /// In JSON `settlementQuote`.
    pub settlement_quote: Option<SettlementQuote>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl RefundNotification {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "notifyType",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "result",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: ApiResult::FIELDS,
        },
        Field {
            name: "refundStatus",
            kind: Kind::Word,
            list: false,
            max: Some(16),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "refundRequestId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "refundId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "refundAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "refundTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
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
    ];

    const NOTIFY_TYPE: Rule = Rule::PLAIN;
    const RESULT: Rule = Rule::PLAIN;
    const REFUND_STATUS: Rule = Rule { max: 16, ..Rule::PLAIN };
    const REFUND_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const REFUND_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const REFUND_AMOUNT: Rule = Rule::PLAIN;
    const REFUND_TIME: Rule = Rule::PLAIN;
    const GROSS_SETTLEMENT_AMOUNT: Rule = Rule::PLAIN;
    const SETTLEMENT_QUOTE: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is notified: the result of a refund.
    #[must_use]
    pub fn notify_type(mut self, value: impl Into<NotifyType>) -> Self {
        self.notify_type = Some(value.into());
        self
    }

    /// Whether the refund worked, where the message states it; `refund_status` says whether the money was
    /// given back.
    #[must_use]
    pub fn result(mut self, value: impl Into<ApiResult>) -> Self {
        self.result = Some(value.into());
        self
    }

    /// What has become of the refund: given back, or not. At most 16 characters.
    #[must_use]
    pub fn refund_status(mut self, value: impl Into<RefundStatus>) -> Self {
        self.refund_status = Some(value.into());
        self
    }

    /// The id of the request to refund. At most 64 characters.
    #[must_use]
    pub fn refund_request_id(mut self, value: impl Into<String>) -> Self {
        self.refund_request_id = Some(value.into());
        self
    }

    /// The gateway's id of the refund. At most 64 characters.
    #[must_use]
    pub fn refund_id(mut self, value: impl Into<String>) -> Self {
        self.refund_id = Some(value.into());
        self
    }

    /// How much was given back.
    #[must_use]
    pub fn refund_amount(mut self, value: impl Into<StatedAmount>) -> Self {
        self.refund_amount = Some(value.into());
        self
    }

    /// When.
    #[must_use]
    pub fn refund_time(mut self, value: impl Into<Time>) -> Self {
        self.refund_time = Some(value.into());
        self
    }

    /// What is settled, before fees.
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

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            notify_type: Slot::take("notifyType", &Self::NOTIFY_TYPE, &mut object),
            result: Slot::take("result", &Self::RESULT, &mut object),
            refund_status: Slot::take("refundStatus", &Self::REFUND_STATUS, &mut object),
            refund_request_id: Slot::take("refundRequestId", &Self::REFUND_REQUEST_ID, &mut object),
            refund_id: Slot::take("refundId", &Self::REFUND_ID, &mut object),
            refund_amount: Slot::take("refundAmount", &Self::REFUND_AMOUNT, &mut object),
            refund_time: Slot::take("refundTime", &Self::REFUND_TIME, &mut object),
            gross_settlement_amount: Slot::take(
                "grossSettlementAmount",
                &Self::GROSS_SETTLEMENT_AMOUNT,
                &mut object,
            ),
            settlement_quote: Slot::take("settlementQuote", &Self::SETTLEMENT_QUOTE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.notify_type.put("notifyType", &mut object);
        self.result.put("result", &mut object);
        self.refund_status.put("refundStatus", &mut object);
        self.refund_request_id.put("refundRequestId", &mut object);
        self.refund_id.put("refundId", &mut object);
        self.refund_amount.put("refundAmount", &mut object);
        self.refund_time.put("refundTime", &mut object);
        self.gross_settlement_amount.put("grossSettlementAmount", &mut object);
        self.settlement_quote.put("settlementQuote", &mut object);
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
                "notifyType" => return Err(misplaced(&self.notify_type, json, &at)),
                "result" => return Err(misplaced(&self.result, json, &at)),
                "refundStatus" => return Err(misplaced(&self.refund_status, json, &at)),
                "refundRequestId" => return Err(misplaced(&self.refund_request_id, json, &at)),
                "refundId" => return Err(misplaced(&self.refund_id, json, &at)),
                "refundAmount" => return Err(misplaced(&self.refund_amount, json, &at)),
                "refundTime" => return Err(misplaced(&self.refund_time, json, &at)),
                "grossSettlementAmount" => return Err(misplaced(&self.gross_settlement_amount, json, &at)),
                "settlementQuote" => return Err(misplaced(&self.settlement_quote, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.notify_type.check(&Self::NOTIFY_TYPE, &at.member("notifyType"), case));
        found.add(self.result.check(&Self::RESULT, &at.member("result"), case));
        found.add(self.refund_status.check(&Self::REFUND_STATUS, &at.member("refundStatus"), case));
        found.add(self.refund_request_id.check(
            &Self::REFUND_REQUEST_ID,
            &at.member("refundRequestId"),
            case,
        ));
        found.add(self.refund_id.check(&Self::REFUND_ID, &at.member("refundId"), case));
        found.add(self.refund_amount.check(&Self::REFUND_AMOUNT, &at.member("refundAmount"), case));
        found.add(self.refund_time.check(&Self::REFUND_TIME, &at.member("refundTime"), case));
        found.add(self.gross_settlement_amount.check(
            &Self::GROSS_SETTLEMENT_AMOUNT,
            &at.member("grossSettlementAmount"),
            case,
        ));
        found.add(self.settlement_quote.check(&Self::SETTLEMENT_QUOTE, &at.member("settlementQuote"), case));
        found.into_result()
    }
}

impl Member for RefundNotification {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(RefundNotification::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.notify_type.is_set()
            && !self.result.is_set()
            && !self.refund_status.is_set()
            && !self.refund_request_id.is_set()
            && !self.refund_id.is_set()
            && !self.refund_amount.is_set()
            && !self.refund_time.is_set()
            && !self.gross_settlement_amount.is_set()
            && !self.settlement_quote.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        RefundNotification::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for RefundNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RefundNotification");
        if self.notify_type.is_set() {
            shown.field("notify_type", &Shown(&self.notify_type, &Self::NOTIFY_TYPE));
        }
        if self.result.is_set() {
            shown.field("result", &Shown(&self.result, &Self::RESULT));
        }
        if self.refund_status.is_set() {
            shown.field("refund_status", &Shown(&self.refund_status, &Self::REFUND_STATUS));
        }
        if self.refund_request_id.is_set() {
            shown.field("refund_request_id", &Shown(&self.refund_request_id, &Self::REFUND_REQUEST_ID));
        }
        if self.refund_id.is_set() {
            shown.field("refund_id", &Shown(&self.refund_id, &Self::REFUND_ID));
        }
        if self.refund_amount.is_set() {
            shown.field("refund_amount", &Shown(&self.refund_amount, &Self::REFUND_AMOUNT));
        }
        if self.refund_time.is_set() {
            shown.field("refund_time", &Shown(&self.refund_time, &Self::REFUND_TIME));
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
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
