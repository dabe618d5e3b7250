//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/cancel.toml by `make generate`; do not edit.

use std::fmt;

use super::ApiResult;
use crate::api::id::PaymentRequestId;
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
use crate::api::time::Time;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// A request to cancel: one of the ids, or both, in which case the gateway goes by `payment_id`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CancelRequest {
    /// The id of the request to pay. At most 64 characters.
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

impl CancelRequest {
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

    /// The id of the request to pay. At most 64 characters.
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

impl Member for CancelRequest {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(CancelRequest::from_json(object)),
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
        CancelRequest::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for CancelRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("CancelRequest");
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

/// The answer. Source: Alipay, cancel; Alipay+, cancelPayment.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CancelResponse {
    /// How the call ended.
    ///
    /// In JSON `result`.
    pub result: Option<ApiResult>,
    /// The id of the request to pay. At most 64 characters.
    ///
    /// In JSON `paymentRequestId`.
    pub payment_request_id: Option<String>,
    /// The gateway's id of the payment. At most 64 characters.
    ///
    /// In JSON `paymentId`.
    pub payment_id: Option<String>,
    /// AMS: when it was cancelled; present only on success.
    ///
    /// In JSON `cancelTime`.
    pub cancel_time: Option<Time>,
    /// Alipay+: the acquirer. At most 64 characters.
    ///
    /// In JSON `acquirerId`.
    pub acquirer_id: Option<String>,
    /// Alipay+: the wallet's id.
    ///
    /// In JSON `pspId`.
    pub psp_id: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl CancelResponse {
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
            name: "cancelTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
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
    ];

    const RESULT: Rule = Rule::PLAIN;
    const PAYMENT_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const CANCEL_TIME: Rule = Rule::PLAIN;
    const ACQUIRER_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PSP_ID: Rule = Rule { shown: true, ..Rule::PLAIN };

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

    /// AMS: when it was cancelled; present only on success.
    #[must_use]
    pub fn cancel_time(mut self, value: impl Into<Time>) -> Self {
        self.cancel_time = Some(value.into());
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

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            result: Slot::take("result", &Self::RESULT, &mut object),
            payment_request_id: Slot::take("paymentRequestId", &Self::PAYMENT_REQUEST_ID, &mut object),
            payment_id: Slot::take("paymentId", &Self::PAYMENT_ID, &mut object),
            cancel_time: Slot::take("cancelTime", &Self::CANCEL_TIME, &mut object),
            acquirer_id: Slot::take("acquirerId", &Self::ACQUIRER_ID, &mut object),
            psp_id: Slot::take("pspId", &Self::PSP_ID, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.result.put("result", &mut object);
        self.payment_request_id.put("paymentRequestId", &mut object);
        self.payment_id.put("paymentId", &mut object);
        self.cancel_time.put("cancelTime", &mut object);
        self.acquirer_id.put("acquirerId", &mut object);
        self.psp_id.put("pspId", &mut object);
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
                "paymentRequestId" => return Err(misplaced(&self.payment_request_id, json, &at)),
                "paymentId" => return Err(misplaced(&self.payment_id, json, &at)),
                "cancelTime" => return Err(misplaced(&self.cancel_time, json, &at)),
                "acquirerId" => return Err(misplaced(&self.acquirer_id, json, &at)),
                "pspId" => return Err(misplaced(&self.psp_id, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.result.check(&Self::RESULT, &at.member("result"), case));
        found.add(self.payment_request_id.check(
            &Self::PAYMENT_REQUEST_ID,
            &at.member("paymentRequestId"),
            case,
        ));
        found.add(self.payment_id.check(&Self::PAYMENT_ID, &at.member("paymentId"), case));
        found.add(self.cancel_time.check(&Self::CANCEL_TIME, &at.member("cancelTime"), case));
        found.add(self.acquirer_id.check(&Self::ACQUIRER_ID, &at.member("acquirerId"), case));
        found.add(self.psp_id.check(&Self::PSP_ID, &at.member("pspId"), case));
        found.into_result()
    }
}

impl Member for CancelResponse {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(CancelResponse::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.result.is_set()
            && !self.payment_request_id.is_set()
            && !self.payment_id.is_set()
            && !self.cancel_time.is_set()
            && !self.acquirer_id.is_set()
            && !self.psp_id.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        CancelResponse::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for CancelResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("CancelResponse");
        if self.result.is_set() {
            shown.field("result", &Shown(&self.result, &Self::RESULT));
        }
        if self.payment_request_id.is_set() {
            shown.field("payment_request_id", &Shown(&self.payment_request_id, &Self::PAYMENT_REQUEST_ID));
        }
        if self.payment_id.is_set() {
            shown.field("payment_id", &Shown(&self.payment_id, &Self::PAYMENT_ID));
        }
        if self.cancel_time.is_set() {
            shown.field("cancel_time", &Shown(&self.cancel_time, &Self::CANCEL_TIME));
        }
        if self.acquirer_id.is_set() {
            shown.field("acquirer_id", &Shown(&self.acquirer_id, &Self::ACQUIRER_ID));
        }
        if self.psp_id.is_set() {
            shown.field("psp_id", &Shown(&self.psp_id, &Self::PSP_ID));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
