//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/refund.toml by `make generate`; do not edit.

use std::fmt;

use super::ApiResult;
use super::SettlementQuote;
use crate::amount::Amount;
use crate::api::id::PaymentRequestId;
use crate::api::members::StatedAmount;
use crate::api::misspelt;
use crate::api::model::Case;
use crate::api::model::Field;
use crate::api::model::Form;
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
use crate::api::time::Time;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// What has become of a refund. Source: Alipay, inquiryRefund.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefundStatus {
    /// The money was given back.
    ///
    /// `SUCCESS`
    Success,
    /// Not yet decided.
    ///
    /// `PROCESSING`
    Processing,
    /// It was not, for good.
    ///
    /// `FAIL`
    Fail,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl RefundStatus {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            RefundStatus::Success => "SUCCESS",
            RefundStatus::Processing => "PROCESSING",
            RefundStatus::Fail => "FAIL",
            RefundStatus::Other(word) => word,
        }
    }
}

impl From<&str> for RefundStatus {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("SUCCESS") {
            return RefundStatus::Success;
        }
        if word.eq_ignore_ascii_case("PROCESSING") {
            return RefundStatus::Processing;
        }
        if word.eq_ignore_ascii_case("FAIL") {
            return RefundStatus::Fail;
        }
        RefundStatus::Other(word.to_owned())
    }
}

impl Member for RefundStatus {
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
            RefundStatus::Other(_) => Err(at.invalid("must be one of: SUCCESS PROCESSING FAIL")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A request to refund, in whole or in part. Source: Alipay, refund; Alipay+, refund.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RefundRequest {
    /// One id for each refund, kept when the request is repeated. At most 64 characters. Required.
    ///
    /// In JSON `refundRequestId`.
    pub refund_request_id: Option<String>,
    /// The gateway's id of the payment. AMS requires it. At most 64 characters.
    ///
    /// In JSON `paymentId`.
    pub payment_id: Option<String>,
    /// Alipay+: the id of the request to pay, where `payment_id` is not known. AMS is not sent it. At most
    /// 64 characters.
    ///
    /// In JSON `paymentRequestId`.
    pub payment_request_id: Option<PaymentRequestId>,
    /// How much is given back. Required.
    ///
    /// In JSON `refundAmount`.
    pub refund_amount: Option<Amount>,
    /// The refund's id in the merchant's system. At most 64 characters.
    ///
    /// In JSON `referenceRefundId`.
    pub reference_refund_id: Option<String>,
    /// Why. At most 256 characters.
    ///
    /// In JSON `refundReason`.
    pub refund_reason: Option<String>,
    /// AMS: where the result of the refund is notified. An optional service: never wait for it. At most
    /// 2048 characters.
    ///
    /// In JSON `refundNotifyUrl`.
    pub refund_notify_url: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl RefundRequest {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "refundRequestId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "paymentId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::AMS,
            fields: &[],
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
            name: "refundAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "referenceRefundId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "refundReason",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "refundNotifyUrl",
            kind: Kind::Text,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const REFUND_REQUEST_ID: Rule = Rule { max: 64, need: Need::ALWAYS, shown: true, ..Rule::PLAIN };
    const PAYMENT_ID: Rule = Rule { max: 64, need: Need::AMS, shown: true, ..Rule::PLAIN };
    const PAYMENT_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const REFUND_AMOUNT: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const REFERENCE_REFUND_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const REFUND_REASON: Rule = Rule { max: 256, ..Rule::PLAIN };
    const REFUND_NOTIFY_URL: Rule = Rule { max: 2048, form: Form::Url, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// One id for each refund, kept when the request is repeated. At most 64 characters. Required.
    #[must_use]
    pub fn refund_request_id(mut self, value: impl Into<String>) -> Self {
        self.refund_request_id = Some(value.into());
        self
    }

    /// The gateway's id of the payment. AMS requires it. At most 64 characters.
    #[must_use]
    pub fn payment_id(mut self, value: impl Into<String>) -> Self {
        self.payment_id = Some(value.into());
        self
    }

    /// Alipay+: the id of the request to pay, where `payment_id` is not known. AMS is not sent it. At most
    /// 64 characters.
    #[must_use]
    pub fn payment_request_id(mut self, value: impl Into<PaymentRequestId>) -> Self {
        self.payment_request_id = Some(value.into());
        self
    }

    /// How much is given back. Required.
    #[must_use]
    pub fn refund_amount(mut self, value: impl Into<Amount>) -> Self {
        self.refund_amount = Some(value.into());
        self
    }

    /// The refund's id in the merchant's system. At most 64 characters.
    #[must_use]
    pub fn reference_refund_id(mut self, value: impl Into<String>) -> Self {
        self.reference_refund_id = Some(value.into());
        self
    }

    /// Why. At most 256 characters.
    #[must_use]
    pub fn refund_reason(mut self, value: impl Into<String>) -> Self {
        self.refund_reason = Some(value.into());
        self
    }

    /// AMS: where the result of the refund is notified. An optional service: never wait for it. At most
    /// 2048 characters.
    #[must_use]
    pub fn refund_notify_url(mut self, value: impl Into<String>) -> Self {
        self.refund_notify_url = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            refund_request_id: Slot::take("refundRequestId", &Self::REFUND_REQUEST_ID, &mut object),
            payment_id: Slot::take("paymentId", &Self::PAYMENT_ID, &mut object),
            payment_request_id: Slot::take("paymentRequestId", &Self::PAYMENT_REQUEST_ID, &mut object),
            refund_amount: Slot::take("refundAmount", &Self::REFUND_AMOUNT, &mut object),
            reference_refund_id: Slot::take("referenceRefundId", &Self::REFERENCE_REFUND_ID, &mut object),
            refund_reason: Slot::take("refundReason", &Self::REFUND_REASON, &mut object),
            refund_notify_url: Slot::take("refundNotifyUrl", &Self::REFUND_NOTIFY_URL, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.refund_request_id.put("refundRequestId", &mut object);
        self.payment_id.put("paymentId", &mut object);
        self.payment_request_id.put("paymentRequestId", &mut object);
        self.refund_amount.put("refundAmount", &mut object);
        self.reference_refund_id.put("referenceRefundId", &mut object);
        self.refund_reason.put("refundReason", &mut object);
        self.refund_notify_url.put("refundNotifyUrl", &mut object);
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
                "refundRequestId" => return Err(misplaced(&self.refund_request_id, json, &at)),
                "paymentId" => return Err(misplaced(&self.payment_id, json, &at)),
                "paymentRequestId" => return Err(misplaced(&self.payment_request_id, json, &at)),
                "refundAmount" => return Err(misplaced(&self.refund_amount, json, &at)),
                "referenceRefundId" => return Err(misplaced(&self.reference_refund_id, json, &at)),
                "refundReason" => return Err(misplaced(&self.refund_reason, json, &at)),
                "refundNotifyUrl" => return Err(misplaced(&self.refund_notify_url, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.refund_request_id.check(
            &Self::REFUND_REQUEST_ID,
            &at.member("refundRequestId"),
            case,
        ));
        found.add(self.payment_id.check(&Self::PAYMENT_ID, &at.member("paymentId"), case));
        found.add(self.payment_request_id.check(
            &Self::PAYMENT_REQUEST_ID,
            &at.member("paymentRequestId"),
            case,
        ));
        found.add(self.refund_amount.check(&Self::REFUND_AMOUNT, &at.member("refundAmount"), case));
        found.add(self.reference_refund_id.check(
            &Self::REFERENCE_REFUND_ID,
            &at.member("referenceRefundId"),
            case,
        ));
        found.add(self.refund_reason.check(&Self::REFUND_REASON, &at.member("refundReason"), case));
        found.add(self.refund_notify_url.check(
            &Self::REFUND_NOTIFY_URL,
            &at.member("refundNotifyUrl"),
            case,
        ));
        found.add(self.check_more(at, case));
        found.into_result()
    }
}

impl Member for RefundRequest {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(RefundRequest::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.refund_request_id.is_set()
            && !self.payment_id.is_set()
            && !self.payment_request_id.is_set()
            && !self.refund_amount.is_set()
            && !self.reference_refund_id.is_set()
            && !self.refund_reason.is_set()
            && !self.refund_notify_url.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        RefundRequest::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for RefundRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RefundRequest");
        if self.refund_request_id.is_set() {
            shown.field("refund_request_id", &Shown(&self.refund_request_id, &Self::REFUND_REQUEST_ID));
        }
        if self.payment_id.is_set() {
            shown.field("payment_id", &Shown(&self.payment_id, &Self::PAYMENT_ID));
        }
        if self.payment_request_id.is_set() {
            shown.field("payment_request_id", &Shown(&self.payment_request_id, &Self::PAYMENT_REQUEST_ID));
        }
        if self.refund_amount.is_set() {
            shown.field("refund_amount", &Shown(&self.refund_amount, &Self::REFUND_AMOUNT));
        }
        if self.reference_refund_id.is_set() {
            shown.field("reference_refund_id", &Shown(&self.reference_refund_id, &Self::REFERENCE_REFUND_ID));
        }
        if self.refund_reason.is_set() {
            shown.field("refund_reason", &Shown(&self.refund_reason, &Self::REFUND_REASON));
        }
        if self.refund_notify_url.is_set() {
            shown.field("refund_notify_url", &Shown(&self.refund_notify_url, &Self::REFUND_NOTIFY_URL));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The answer to `refund`.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefundResponse {
    /// How the call ended.
    ///
    /// In JSON `result`.
    pub result: Option<ApiResult>,
    /// The id of the request. At most 64 characters.
    ///
    /// In JSON `refundRequestId`.
    pub refund_request_id: Option<String>,
    /// The gateway's id of the refund. At most 64 characters.
    ///
    /// In JSON `refundId`.
    pub refund_id: Option<String>,
    /// The gateway's id of the payment. At most 64 characters.
    ///
    /// In JSON `paymentId`.
    pub payment_id: Option<String>,
    /// How much was given back.
    ///
    /// In JSON `refundAmount`.
    pub refund_amount: Option<StatedAmount>,
    /// When.
    ///
    /// In JSON `refundTime`.
    pub refund_time: Option<Time>,
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
    /// Alipay+: what is settled.
    ///
    /// In JSON `settlementAmount`.
    pub settlement_amount: Option<StatedAmount>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl RefundResponse {
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
            name: "paymentId",
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
            name: "settlementAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const RESULT: Rule = Rule::PLAIN;
    const REFUND_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const REFUND_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const REFUND_AMOUNT: Rule = Rule::PLAIN;
    const REFUND_TIME: Rule = Rule::PLAIN;
    const GROSS_SETTLEMENT_AMOUNT: Rule = Rule::PLAIN;
    const SETTLEMENT_QUOTE: Rule = Rule::PLAIN;
    const ACQUIRER_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PSP_ID: Rule = Rule { shown: true, ..Rule::PLAIN };
    const SETTLEMENT_AMOUNT: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How the call ended.
    #[must_use]
    pub fn result(mut self, value: impl Into<ApiResult>) -> Self {
        self.result = Some(value.into());
        self
    }

    /// The id of the request. At most 64 characters.
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

    /// The gateway's id of the payment. At most 64 characters.
    #[must_use]
    pub fn payment_id(mut self, value: impl Into<String>) -> Self {
        self.payment_id = Some(value.into());
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
            refund_request_id: Slot::take("refundRequestId", &Self::REFUND_REQUEST_ID, &mut object),
            refund_id: Slot::take("refundId", &Self::REFUND_ID, &mut object),
            payment_id: Slot::take("paymentId", &Self::PAYMENT_ID, &mut object),
            refund_amount: Slot::take("refundAmount", &Self::REFUND_AMOUNT, &mut object),
            refund_time: Slot::take("refundTime", &Self::REFUND_TIME, &mut object),
            gross_settlement_amount: Slot::take(
                "grossSettlementAmount",
                &Self::GROSS_SETTLEMENT_AMOUNT,
                &mut object,
            ),
            settlement_quote: Slot::take("settlementQuote", &Self::SETTLEMENT_QUOTE, &mut object),
            acquirer_id: Slot::take("acquirerId", &Self::ACQUIRER_ID, &mut object),
            psp_id: Slot::take("pspId", &Self::PSP_ID, &mut object),
            settlement_amount: Slot::take("settlementAmount", &Self::SETTLEMENT_AMOUNT, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.result.put("result", &mut object);
        self.refund_request_id.put("refundRequestId", &mut object);
        self.refund_id.put("refundId", &mut object);
        self.payment_id.put("paymentId", &mut object);
        self.refund_amount.put("refundAmount", &mut object);
        self.refund_time.put("refundTime", &mut object);
        self.gross_settlement_amount.put("grossSettlementAmount", &mut object);
        self.settlement_quote.put("settlementQuote", &mut object);
        self.acquirer_id.put("acquirerId", &mut object);
        self.psp_id.put("pspId", &mut object);
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
                "refundRequestId" => return Err(misplaced(&self.refund_request_id, json, &at)),
                "refundId" => return Err(misplaced(&self.refund_id, json, &at)),
                "paymentId" => return Err(misplaced(&self.payment_id, json, &at)),
                "refundAmount" => return Err(misplaced(&self.refund_amount, json, &at)),
                "refundTime" => return Err(misplaced(&self.refund_time, json, &at)),
                "grossSettlementAmount" => return Err(misplaced(&self.gross_settlement_amount, json, &at)),
                "settlementQuote" => return Err(misplaced(&self.settlement_quote, json, &at)),
                "acquirerId" => return Err(misplaced(&self.acquirer_id, json, &at)),
                "pspId" => return Err(misplaced(&self.psp_id, json, &at)),
                "settlementAmount" => return Err(misplaced(&self.settlement_amount, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.result.check(&Self::RESULT, &at.member("result"), case));
        found.add(self.refund_request_id.check(
            &Self::REFUND_REQUEST_ID,
            &at.member("refundRequestId"),
            case,
        ));
        found.add(self.refund_id.check(&Self::REFUND_ID, &at.member("refundId"), case));
        found.add(self.payment_id.check(&Self::PAYMENT_ID, &at.member("paymentId"), case));
        found.add(self.refund_amount.check(&Self::REFUND_AMOUNT, &at.member("refundAmount"), case));
        found.add(self.refund_time.check(&Self::REFUND_TIME, &at.member("refundTime"), case));
        found.add(self.gross_settlement_amount.check(
            &Self::GROSS_SETTLEMENT_AMOUNT,
            &at.member("grossSettlementAmount"),
            case,
        ));
        found.add(self.settlement_quote.check(&Self::SETTLEMENT_QUOTE, &at.member("settlementQuote"), case));
        found.add(self.acquirer_id.check(&Self::ACQUIRER_ID, &at.member("acquirerId"), case));
        found.add(self.psp_id.check(&Self::PSP_ID, &at.member("pspId"), case));
        found.add(self.settlement_amount.check(
            &Self::SETTLEMENT_AMOUNT,
            &at.member("settlementAmount"),
            case,
        ));
        found.into_result()
    }
}

impl Member for RefundResponse {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(RefundResponse::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.result.is_set()
            && !self.refund_request_id.is_set()
            && !self.refund_id.is_set()
            && !self.payment_id.is_set()
            && !self.refund_amount.is_set()
            && !self.refund_time.is_set()
            && !self.gross_settlement_amount.is_set()
            && !self.settlement_quote.is_set()
            && !self.acquirer_id.is_set()
            && !self.psp_id.is_set()
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
        RefundResponse::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for RefundResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RefundResponse");
        if self.result.is_set() {
            shown.field("result", &Shown(&self.result, &Self::RESULT));
        }
        if self.refund_request_id.is_set() {
            shown.field("refund_request_id", &Shown(&self.refund_request_id, &Self::REFUND_REQUEST_ID));
        }
        if self.refund_id.is_set() {
            shown.field("refund_id", &Shown(&self.refund_id, &Self::REFUND_ID));
        }
        if self.payment_id.is_set() {
            shown.field("payment_id", &Shown(&self.payment_id, &Self::PAYMENT_ID));
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
        if self.acquirer_id.is_set() {
            shown.field("acquirer_id", &Shown(&self.acquirer_id, &Self::ACQUIRER_ID));
        }
        if self.psp_id.is_set() {
            shown.field("psp_id", &Shown(&self.psp_id, &Self::PSP_ID));
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

/// A request to `inquiryRefund`: one of the ids, or both, in which case the gateway goes by `refund_id`.
/// Alipay+ has no such API.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct InquiryRefundRequest {
    /// The id of the request to refund. At most 64 characters.
    ///
    /// In JSON `refundRequestId`.
    pub refund_request_id: Option<String>,
    /// The gateway's id of the refund. At most 64 characters.
    ///
    /// In JSON `refundId`.
    pub refund_id: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl InquiryRefundRequest {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
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
    ];

    const REFUND_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const REFUND_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
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

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            refund_request_id: Slot::take("refundRequestId", &Self::REFUND_REQUEST_ID, &mut object),
            refund_id: Slot::take("refundId", &Self::REFUND_ID, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.refund_request_id.put("refundRequestId", &mut object);
        self.refund_id.put("refundId", &mut object);
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
                "refundRequestId" => return Err(misplaced(&self.refund_request_id, json, &at)),
                "refundId" => return Err(misplaced(&self.refund_id, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.refund_request_id.check(
            &Self::REFUND_REQUEST_ID,
            &at.member("refundRequestId"),
            case,
        ));
        found.add(self.refund_id.check(&Self::REFUND_ID, &at.member("refundId"), case));
        found.add(self.check_more(at, case));
        found.into_result()
    }
}

impl Member for InquiryRefundRequest {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(InquiryRefundRequest::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty() && !self.refund_request_id.is_set() && !self.refund_id.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        InquiryRefundRequest::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for InquiryRefundRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("InquiryRefundRequest");
        if self.refund_request_id.is_set() {
            shown.field("refund_request_id", &Shown(&self.refund_request_id, &Self::REFUND_REQUEST_ID));
        }
        if self.refund_id.is_set() {
            shown.field("refund_id", &Shown(&self.refund_id, &Self::REFUND_ID));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The answer to `inquiryRefund`.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InquiryRefundResponse {
    /// Whether the inquiry worked.
    ///
    /// In JSON `result`.
    pub result: Option<ApiResult>,
    /// What has become of the refund. At most 16 characters.
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

impl InquiryRefundResponse {
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

    /// Whether the inquiry worked.
    #[must_use]
    pub fn result(mut self, value: impl Into<ApiResult>) -> Self {
        self.result = Some(value.into());
        self
    }

    /// What has become of the refund. At most 16 characters.
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

impl Member for InquiryRefundResponse {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(InquiryRefundResponse::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
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
        InquiryRefundResponse::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for InquiryRefundResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("InquiryRefundResponse");
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
