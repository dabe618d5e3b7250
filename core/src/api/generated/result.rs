//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/result.toml by `make generate`; do not edit.

use std::fmt;

use crate::api::members::DecimalText;
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

/// The result of a call, or of a payment.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiResult {
    /// `S`, `F` or `U`, as it came; another letter counts as unknown.
    ///
    /// In JSON `resultStatus`.
    pub result_status: Option<String>,
    /// What happened, as a code; codes that are not documented must be expected. At most 64 characters.
    ///
    /// In JSON `resultCode`.
    pub result_code: Option<String>,
    /// The same in words. At most 256 characters.
    ///
    /// In JSON `resultMessage`.
    pub result_message: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl ApiResult {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "resultStatus",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "resultCode",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "resultMessage",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const RESULT_STATUS: Rule = Rule { shown: true, ..Rule::PLAIN };
    const RESULT_CODE: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const RESULT_MESSAGE: Rule = Rule { max: 256, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// `S`, `F` or `U`, as it came; another letter counts as unknown.
    #[must_use]
    pub fn result_status(mut self, value: impl Into<String>) -> Self {
        self.result_status = Some(value.into());
        self
    }

    /// What happened, as a code; codes that are not documented must be expected. At most 64 characters.
    #[must_use]
    pub fn result_code(mut self, value: impl Into<String>) -> Self {
        self.result_code = Some(value.into());
        self
    }

    /// The same in words. At most 256 characters.
    #[must_use]
    pub fn result_message(mut self, value: impl Into<String>) -> Self {
        self.result_message = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            result_status: Slot::take("resultStatus", &Self::RESULT_STATUS, &mut object),
            result_code: Slot::take("resultCode", &Self::RESULT_CODE, &mut object),
            result_message: Slot::take("resultMessage", &Self::RESULT_MESSAGE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.result_status.put("resultStatus", &mut object);
        self.result_code.put("resultCode", &mut object);
        self.result_message.put("resultMessage", &mut object);
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
                "resultStatus" => return Err(misplaced(&self.result_status, json, &at)),
                "resultCode" => return Err(misplaced(&self.result_code, json, &at)),
                "resultMessage" => return Err(misplaced(&self.result_message, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.result_status.check(&Self::RESULT_STATUS, &at.member("resultStatus"), case));
        found.add(self.result_code.check(&Self::RESULT_CODE, &at.member("resultCode"), case));
        found.add(self.result_message.check(&Self::RESULT_MESSAGE, &at.member("resultMessage"), case));
        found.into_result()
    }
}

impl Member for ApiResult {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(ApiResult::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.result_status.is_set()
            && !self.result_code.is_set()
            && !self.result_message.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        ApiResult::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for ApiResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ApiResult");
        if self.result_status.is_set() {
            shown.field("result_status", &Shown(&self.result_status, &Self::RESULT_STATUS));
        }
        if self.result_code.is_set() {
            shown.field("result_code", &Shown(&self.result_code, &Self::RESULT_CODE));
        }
        if self.result_message.is_set() {
            shown.field("result_message", &Shown(&self.result_message, &Self::RESULT_MESSAGE));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The customer at the wallet. Source: Alipay, pay (consumer-presented mode), pspCustomerInfo.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PspCustomerInfo {
    /// The wallet's name. At most 64 characters.
    ///
    /// In JSON `pspName`.
    pub psp_name: Option<String>,
    /// The customer's id at the wallet. At most 64 characters.
    ///
    /// In JSON `pspCustomerId`.
    pub psp_customer_id: Option<String>,
    /// The customer's id as it may be shown. At most 64 characters.
    ///
    /// In JSON `displayCustomerId`.
    pub display_customer_id: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PspCustomerInfo {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "pspName",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "pspCustomerId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "displayCustomerId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const PSP_NAME: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PSP_CUSTOMER_ID: Rule = Rule { max: 64, ..Rule::PLAIN };
    const DISPLAY_CUSTOMER_ID: Rule = Rule { max: 64, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The wallet's name. At most 64 characters.
    #[must_use]
    pub fn psp_name(mut self, value: impl Into<String>) -> Self {
        self.psp_name = Some(value.into());
        self
    }

    /// The customer's id at the wallet. At most 64 characters.
    #[must_use]
    pub fn psp_customer_id(mut self, value: impl Into<String>) -> Self {
        self.psp_customer_id = Some(value.into());
        self
    }

    /// The customer's id as it may be shown. At most 64 characters.
    #[must_use]
    pub fn display_customer_id(mut self, value: impl Into<String>) -> Self {
        self.display_customer_id = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            psp_name: Slot::take("pspName", &Self::PSP_NAME, &mut object),
            psp_customer_id: Slot::take("pspCustomerId", &Self::PSP_CUSTOMER_ID, &mut object),
            display_customer_id: Slot::take("displayCustomerId", &Self::DISPLAY_CUSTOMER_ID, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.psp_name.put("pspName", &mut object);
        self.psp_customer_id.put("pspCustomerId", &mut object);
        self.display_customer_id.put("displayCustomerId", &mut object);
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
                "pspName" => return Err(misplaced(&self.psp_name, json, &at)),
                "pspCustomerId" => return Err(misplaced(&self.psp_customer_id, json, &at)),
                "displayCustomerId" => return Err(misplaced(&self.display_customer_id, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.psp_name.check(&Self::PSP_NAME, &at.member("pspName"), case));
        found.add(self.psp_customer_id.check(&Self::PSP_CUSTOMER_ID, &at.member("pspCustomerId"), case));
        found.add(self.display_customer_id.check(
            &Self::DISPLAY_CUSTOMER_ID,
            &at.member("displayCustomerId"),
            case,
        ));
        found.into_result()
    }
}

impl Member for PspCustomerInfo {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PspCustomerInfo::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.psp_name.is_set()
            && !self.psp_customer_id.is_set()
            && !self.display_customer_id.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        PspCustomerInfo::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PspCustomerInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PspCustomerInfo");
        if self.psp_name.is_set() {
            shown.field("psp_name", &Shown(&self.psp_name, &Self::PSP_NAME));
        }
        if self.psp_customer_id.is_set() {
            shown.field("psp_customer_id", &Shown(&self.psp_customer_id, &Self::PSP_CUSTOMER_ID));
        }
        if self.display_customer_id.is_set() {
            shown.field("display_customer_id", &Shown(&self.display_customer_id, &Self::DISPLAY_CUSTOMER_ID));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The rate between the payment's currency and that of the settlement.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettlementQuote {
    /// The rate's id. At most 64 characters.
    ///
    /// In JSON `quoteId`.
    pub quote_id: Option<String>,
    /// Both currencies, in letters or numbers, as the gateway writes them. At most 16 characters.
    ///
    /// In JSON `quoteCurrencyPair`.
    pub quote_currency_pair: Option<String>,
    /// The rate, as its decimal text.
    ///
    /// In JSON `quotePrice`.
    pub quote_price: Option<DecimalText>,
    /// From when it holds.
    ///
    /// In JSON `quoteStartTime`.
    pub quote_start_time: Option<Time>,
    /// Until when it holds.
    ///
    /// In JSON `quoteExpiryTime`.
    pub quote_expiry_time: Option<Time>,
    /// Whether it is guaranteed.
    ///
    /// In JSON `guaranteed`.
    pub guaranteed: Option<bool>,
    /// Alipay+: the currency that the unit counts.
    ///
    /// In JSON `baseCurrency`.
    pub base_currency: Option<String>,
    /// Alipay+: for how many of the base currency the price is.
    ///
    /// In JSON `quoteUnit`.
    pub quote_unit: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl SettlementQuote {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "quoteId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "quoteCurrencyPair",
            kind: Kind::Text,
            list: false,
            max: Some(16),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "quotePrice",
            kind: Kind::Decimal,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "quoteStartTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "quoteExpiryTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "guaranteed",
            kind: Kind::Flag,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "baseCurrency",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field { name: "quoteUnit", kind: Kind::Text, list: false, max: None, need: Need::NEVER, fields: &[] },
    ];

    const QUOTE_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const QUOTE_CURRENCY_PAIR: Rule = Rule { max: 16, shown: true, ..Rule::PLAIN };
    const QUOTE_PRICE: Rule = Rule::PLAIN;
    const QUOTE_START_TIME: Rule = Rule::PLAIN;
    const QUOTE_EXPIRY_TIME: Rule = Rule::PLAIN;
    const GUARANTEED: Rule = Rule::PLAIN;
    const BASE_CURRENCY: Rule = Rule { shown: true, ..Rule::PLAIN };
    const QUOTE_UNIT: Rule = Rule { shown: true, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The rate's id. At most 64 characters.
    #[must_use]
    pub fn quote_id(mut self, value: impl Into<String>) -> Self {
        self.quote_id = Some(value.into());
        self
    }

    /// Both currencies, in letters or numbers, as the gateway writes them. At most 16 characters.
    #[must_use]
    pub fn quote_currency_pair(mut self, value: impl Into<String>) -> Self {
        self.quote_currency_pair = Some(value.into());
        self
    }

    /// The rate, as its decimal text.
    #[must_use]
    pub fn quote_price(mut self, value: impl Into<DecimalText>) -> Self {
        self.quote_price = Some(value.into());
        self
    }

    /// From when it holds.
    #[must_use]
    pub fn quote_start_time(mut self, value: impl Into<Time>) -> Self {
        self.quote_start_time = Some(value.into());
        self
    }

    /// Until when it holds.
    #[must_use]
    pub fn quote_expiry_time(mut self, value: impl Into<Time>) -> Self {
        self.quote_expiry_time = Some(value.into());
        self
    }

    /// Whether it is guaranteed.
    #[must_use]
    pub fn guaranteed(mut self, value: impl Into<bool>) -> Self {
        self.guaranteed = Some(value.into());
        self
    }

    /// Alipay+: the currency that the unit counts.
    #[must_use]
    pub fn base_currency(mut self, value: impl Into<String>) -> Self {
        self.base_currency = Some(value.into());
        self
    }

    /// Alipay+: for how many of the base currency the price is.
    #[must_use]
    pub fn quote_unit(mut self, value: impl Into<String>) -> Self {
        self.quote_unit = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            quote_id: Slot::take("quoteId", &Self::QUOTE_ID, &mut object),
            quote_currency_pair: Slot::take("quoteCurrencyPair", &Self::QUOTE_CURRENCY_PAIR, &mut object),
            quote_price: Slot::take("quotePrice", &Self::QUOTE_PRICE, &mut object),
            quote_start_time: Slot::take("quoteStartTime", &Self::QUOTE_START_TIME, &mut object),
            quote_expiry_time: Slot::take("quoteExpiryTime", &Self::QUOTE_EXPIRY_TIME, &mut object),
            guaranteed: Slot::take("guaranteed", &Self::GUARANTEED, &mut object),
            base_currency: Slot::take("baseCurrency", &Self::BASE_CURRENCY, &mut object),
            quote_unit: Slot::take("quoteUnit", &Self::QUOTE_UNIT, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.quote_id.put("quoteId", &mut object);
        self.quote_currency_pair.put("quoteCurrencyPair", &mut object);
        self.quote_price.put("quotePrice", &mut object);
        self.quote_start_time.put("quoteStartTime", &mut object);
        self.quote_expiry_time.put("quoteExpiryTime", &mut object);
        self.guaranteed.put("guaranteed", &mut object);
        self.base_currency.put("baseCurrency", &mut object);
        self.quote_unit.put("quoteUnit", &mut object);
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
                "quoteId" => return Err(misplaced(&self.quote_id, json, &at)),
                "quoteCurrencyPair" => return Err(misplaced(&self.quote_currency_pair, json, &at)),
                "quotePrice" => return Err(misplaced(&self.quote_price, json, &at)),
                "quoteStartTime" => return Err(misplaced(&self.quote_start_time, json, &at)),
                "quoteExpiryTime" => return Err(misplaced(&self.quote_expiry_time, json, &at)),
                "guaranteed" => return Err(misplaced(&self.guaranteed, json, &at)),
                "baseCurrency" => return Err(misplaced(&self.base_currency, json, &at)),
                "quoteUnit" => return Err(misplaced(&self.quote_unit, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.quote_id.check(&Self::QUOTE_ID, &at.member("quoteId"), case));
        found.add(self.quote_currency_pair.check(
            &Self::QUOTE_CURRENCY_PAIR,
            &at.member("quoteCurrencyPair"),
            case,
        ));
        found.add(self.quote_price.check(&Self::QUOTE_PRICE, &at.member("quotePrice"), case));
        found.add(self.quote_start_time.check(&Self::QUOTE_START_TIME, &at.member("quoteStartTime"), case));
        found.add(self.quote_expiry_time.check(
            &Self::QUOTE_EXPIRY_TIME,
            &at.member("quoteExpiryTime"),
            case,
        ));
        found.add(self.guaranteed.check(&Self::GUARANTEED, &at.member("guaranteed"), case));
        found.add(self.base_currency.check(&Self::BASE_CURRENCY, &at.member("baseCurrency"), case));
        found.add(self.quote_unit.check(&Self::QUOTE_UNIT, &at.member("quoteUnit"), case));
        found.into_result()
    }
}

impl Member for SettlementQuote {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(SettlementQuote::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.quote_id.is_set()
            && !self.quote_currency_pair.is_set()
            && !self.quote_price.is_set()
            && !self.quote_start_time.is_set()
            && !self.quote_expiry_time.is_set()
            && !self.guaranteed.is_set()
            && !self.base_currency.is_set()
            && !self.quote_unit.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        SettlementQuote::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for SettlementQuote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SettlementQuote");
        if self.quote_id.is_set() {
            shown.field("quote_id", &Shown(&self.quote_id, &Self::QUOTE_ID));
        }
        if self.quote_currency_pair.is_set() {
            shown.field("quote_currency_pair", &Shown(&self.quote_currency_pair, &Self::QUOTE_CURRENCY_PAIR));
        }
        if self.quote_price.is_set() {
            shown.field("quote_price", &Shown(&self.quote_price, &Self::QUOTE_PRICE));
        }
        if self.quote_start_time.is_set() {
            shown.field("quote_start_time", &Shown(&self.quote_start_time, &Self::QUOTE_START_TIME));
        }
        if self.quote_expiry_time.is_set() {
            shown.field("quote_expiry_time", &Shown(&self.quote_expiry_time, &Self::QUOTE_EXPIRY_TIME));
        }
        if self.guaranteed.is_set() {
            shown.field("guaranteed", &Shown(&self.guaranteed, &Self::GUARANTEED));
        }
        if self.base_currency.is_set() {
            shown.field("base_currency", &Shown(&self.base_currency, &Self::BASE_CURRENCY));
        }
        if self.quote_unit.is_set() {
            shown.field("quote_unit", &Shown(&self.quote_unit, &Self::QUOTE_UNIT));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
