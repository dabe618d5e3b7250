//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/merchant.toml by `make generate`; do not edit.

use std::fmt;

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
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// The merchant that sells to the customer.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OrderMerchant {
    /// The merchant's id in the caller's own system. At most 32 characters. Required.
    ///
    /// In JSON `referenceMerchantId`.
    pub reference_merchant_id: Option<String>,
    /// The merchant category code of ISO 18245: four digits. At most 32 characters. Required.
    ///
    /// In JSON `merchantMCC`.
    pub merchant_mcc: Option<String>,
    /// The merchant's name. Some pages of AMS require it: without it the result has a warning. At most 256
    /// characters.
    ///
    /// In JSON `merchantName`.
    pub merchant_name: Option<String>,
    /// The name that the customer sees. At most 64 characters.
    ///
    /// In JSON `merchantDisplayName`.
    pub merchant_display_name: Option<String>,
    /// Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border.
    ///
    /// In JSON `merchantAddress`.
    pub merchant_address: Option<Address>,
    /// When the merchant was registered, ISO 8601.
    ///
    /// In JSON `merchantRegisterDate`.
    pub merchant_register_date: Option<String>,
    /// The store in which the customer pays. Required by AMS, and with a payment code, and with an entry
    /// code.
    ///
    /// In JSON `store`.
    pub store: Option<OrderStore>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl OrderMerchant {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "referenceMerchantId",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "merchantMCC",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "merchantName",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::ALIPAY_PLUS,
            fields: &[],
        },
        Field {
            name: "merchantDisplayName",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "merchantAddress",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: Address::FIELDS,
        },
        Field {
            name: "merchantRegisterDate",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "store",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::AMS.or(Need::PAYMENT_CODE).or(Need::ENTRY_CODE),
            fields: OrderStore::FIELDS,
        },
    ];

    const REFERENCE_MERCHANT_ID: Rule = Rule { max: 32, need: Need::ALWAYS, shown: true, ..Rule::PLAIN };
    const MERCHANT_MCC: Rule =
        Rule { max: 32, need: Need::ALWAYS, form: Form::Mcc, shown: true, ..Rule::PLAIN };
    const MERCHANT_NAME: Rule = Rule { max: 256, need: Need::ALIPAY_PLUS, ..Rule::PLAIN };
    const MERCHANT_DISPLAY_NAME: Rule = Rule { max: 64, ..Rule::PLAIN };
    const MERCHANT_ADDRESS: Rule = Rule::PLAIN;
    const MERCHANT_REGISTER_DATE: Rule = Rule::PLAIN;
    const STORE: Rule = Rule { need: Need::AMS.or(Need::PAYMENT_CODE).or(Need::ENTRY_CODE), ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The merchant's id in the caller's own system. At most 32 characters. Required.
    #[must_use]
    pub fn reference_merchant_id(mut self, value: impl Into<String>) -> Self {
        self.reference_merchant_id = Some(value.into());
        self
    }

    /// The merchant category code of ISO 18245: four digits. At most 32 characters. Required.
    #[must_use]
    pub fn merchant_mcc(mut self, value: impl Into<String>) -> Self {
        self.merchant_mcc = Some(value.into());
        self
    }

    /// The merchant's name. Some pages of AMS require it: without it the result has a warning. At most 256
    /// characters.
    #[must_use]
    pub fn merchant_name(mut self, value: impl Into<String>) -> Self {
        self.merchant_name = Some(value.into());
        self
    }

    /// The name that the customer sees. At most 64 characters.
    #[must_use]
    pub fn merchant_display_name(mut self, value: impl Into<String>) -> Self {
        self.merchant_display_name = Some(value.into());
        self
    }

    /// Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border.
    #[must_use]
    pub fn merchant_address(mut self, value: impl Into<Address>) -> Self {
        self.merchant_address = Some(value.into());
        self
    }

    /// When the merchant was registered, ISO 8601.
    #[must_use]
    pub fn merchant_register_date(mut self, value: impl Into<String>) -> Self {
        self.merchant_register_date = Some(value.into());
        self
    }

    /// The store in which the customer pays. Required by AMS, and with a payment code, and with an entry
    /// code.
    #[must_use]
    pub fn store(mut self, value: impl Into<OrderStore>) -> Self {
        self.store = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            reference_merchant_id: Slot::take(
                "referenceMerchantId",
                &Self::REFERENCE_MERCHANT_ID,
                &mut object,
            ),
            merchant_mcc: Slot::take("merchantMCC", &Self::MERCHANT_MCC, &mut object),
            merchant_name: Slot::take("merchantName", &Self::MERCHANT_NAME, &mut object),
            merchant_display_name: Slot::take(
                "merchantDisplayName",
                &Self::MERCHANT_DISPLAY_NAME,
                &mut object,
            ),
            merchant_address: Slot::take("merchantAddress", &Self::MERCHANT_ADDRESS, &mut object),
            merchant_register_date: Slot::take(
                "merchantRegisterDate",
                &Self::MERCHANT_REGISTER_DATE,
                &mut object,
            ),
            store: Slot::take("store", &Self::STORE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.reference_merchant_id.put("referenceMerchantId", &mut object);
        self.merchant_mcc.put("merchantMCC", &mut object);
        self.merchant_name.put("merchantName", &mut object);
        self.merchant_display_name.put("merchantDisplayName", &mut object);
        self.merchant_address.put("merchantAddress", &mut object);
        self.merchant_register_date.put("merchantRegisterDate", &mut object);
        self.store.put("store", &mut object);
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
                "referenceMerchantId" => return Err(misplaced(&self.reference_merchant_id, json, &at)),
                "merchantMCC" => return Err(misplaced(&self.merchant_mcc, json, &at)),
                "merchantName" => return Err(misplaced(&self.merchant_name, json, &at)),
                "merchantDisplayName" => return Err(misplaced(&self.merchant_display_name, json, &at)),
                "merchantAddress" => return Err(misplaced(&self.merchant_address, json, &at)),
                "merchantRegisterDate" => return Err(misplaced(&self.merchant_register_date, json, &at)),
                "store" => return Err(misplaced(&self.store, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.reference_merchant_id.check(
            &Self::REFERENCE_MERCHANT_ID,
            &at.member("referenceMerchantId"),
            case,
        ));
        found.add(self.merchant_mcc.check(&Self::MERCHANT_MCC, &at.member("merchantMCC"), case));
        found.add(self.merchant_name.check(&Self::MERCHANT_NAME, &at.member("merchantName"), case));
        found.add(self.merchant_display_name.check(
            &Self::MERCHANT_DISPLAY_NAME,
            &at.member("merchantDisplayName"),
            case,
        ));
        found.add(self.merchant_address.check(&Self::MERCHANT_ADDRESS, &at.member("merchantAddress"), case));
        found.add(self.merchant_register_date.check(
            &Self::MERCHANT_REGISTER_DATE,
            &at.member("merchantRegisterDate"),
            case,
        ));
        found.add(self.store.check(&Self::STORE, &at.member("store"), case));
        found.into_result()
    }
}

impl Member for OrderMerchant {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(OrderMerchant::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.reference_merchant_id.is_set()
            && !self.merchant_mcc.is_set()
            && !self.merchant_name.is_set()
            && !self.merchant_display_name.is_set()
            && !self.merchant_address.is_set()
            && !self.merchant_register_date.is_set()
            && !self.store.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        OrderMerchant::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for OrderMerchant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("OrderMerchant");
        if self.reference_merchant_id.is_set() {
            shown.field(
                "reference_merchant_id",
                &Shown(&self.reference_merchant_id, &Self::REFERENCE_MERCHANT_ID),
            );
        }
        if self.merchant_mcc.is_set() {
            shown.field("merchant_mcc", &Shown(&self.merchant_mcc, &Self::MERCHANT_MCC));
        }
        if self.merchant_name.is_set() {
            shown.field("merchant_name", &Shown(&self.merchant_name, &Self::MERCHANT_NAME));
        }
        if self.merchant_display_name.is_set() {
            shown.field(
                "merchant_display_name",
                &Shown(&self.merchant_display_name, &Self::MERCHANT_DISPLAY_NAME),
            );
        }
        if self.merchant_address.is_set() {
            shown.field("merchant_address", &Shown(&self.merchant_address, &Self::MERCHANT_ADDRESS));
        }
        if self.merchant_register_date.is_set() {
            shown.field(
                "merchant_register_date",
                &Shown(&self.merchant_register_date, &Self::MERCHANT_REGISTER_DATE),
            );
        }
        if self.store.is_set() {
            shown.field("store", &Shown(&self.store, &Self::STORE));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// A store.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OrderStore {
    /// The store's id in the caller's own system. Required.
    ///
    /// In JSON `referenceStoreId`.
    pub reference_store_id: Option<String>,
    /// The store's name. Some pages of AMS require it: without it the result has a warning.
    ///
    /// In JSON `storeName`.
    pub store_name: Option<String>,
    /// The store's category code of ISO 18245: four digits. The other spelling of the documents,
    /// `storeMcc`, is read as well. At most 32 characters. Required.
    ///
    /// In JSON `storeMCC`.
    pub store_mcc: Option<String>,
    /// The name that the customer sees.
    ///
    /// In JSON `storeDisplayName`.
    pub store_display_name: Option<String>,
    /// The till.
    ///
    /// In JSON `storeTerminalId`.
    pub store_terminal_id: Option<String>,
    /// Who works at the till.
    ///
    /// In JSON `storeOperatorId`.
    pub store_operator_id: Option<String>,
    /// The store's telephone number.
    ///
    /// In JSON `storePhoneNo`.
    pub store_phone_no: Option<String>,
    /// Where the store is.
    ///
    /// In JSON `storeAddress`.
    pub store_address: Option<Address>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl OrderStore {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "referenceStoreId",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "storeName",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::ALIPAY_PLUS,
            fields: &[],
        },
        Field {
            name: "storeMCC",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "storeDisplayName",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "storeTerminalId",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "storeOperatorId",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "storePhoneNo",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "storeAddress",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: Address::FIELDS,
        },
    ];

    const REFERENCE_STORE_ID: Rule = Rule { need: Need::ALWAYS, shown: true, ..Rule::PLAIN };
    const STORE_NAME: Rule = Rule { need: Need::ALIPAY_PLUS, ..Rule::PLAIN };
    const STORE_MCC: Rule =
        Rule { max: 32, need: Need::ALWAYS, form: Form::Mcc, alias: "storeMcc", shown: true };
    const STORE_DISPLAY_NAME: Rule = Rule::PLAIN;
    const STORE_TERMINAL_ID: Rule = Rule { shown: true, ..Rule::PLAIN };
    const STORE_OPERATOR_ID: Rule = Rule::PLAIN;
    const STORE_PHONE_NO: Rule = Rule::PLAIN;
    const STORE_ADDRESS: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The store's id in the caller's own system. Required.
    #[must_use]
    pub fn reference_store_id(mut self, value: impl Into<String>) -> Self {
        self.reference_store_id = Some(value.into());
        self
    }

    /// The store's name. Some pages of AMS require it: without it the result has a warning.
    #[must_use]
    pub fn store_name(mut self, value: impl Into<String>) -> Self {
        self.store_name = Some(value.into());
        self
    }

    /// The store's category code of ISO 18245: four digits. The other spelling of the documents,
    /// `storeMcc`, is read as well. At most 32 characters. Required.
    #[must_use]
    pub fn store_mcc(mut self, value: impl Into<String>) -> Self {
        self.store_mcc = Some(value.into());
        self
    }

    /// The name that the customer sees.
    #[must_use]
    pub fn store_display_name(mut self, value: impl Into<String>) -> Self {
        self.store_display_name = Some(value.into());
        self
    }

    /// The till.
    #[must_use]
    pub fn store_terminal_id(mut self, value: impl Into<String>) -> Self {
        self.store_terminal_id = Some(value.into());
        self
    }

    /// Who works at the till.
    #[must_use]
    pub fn store_operator_id(mut self, value: impl Into<String>) -> Self {
        self.store_operator_id = Some(value.into());
        self
    }

    /// The store's telephone number.
    #[must_use]
    pub fn store_phone_no(mut self, value: impl Into<String>) -> Self {
        self.store_phone_no = Some(value.into());
        self
    }

    /// Where the store is.
    #[must_use]
    pub fn store_address(mut self, value: impl Into<Address>) -> Self {
        self.store_address = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            reference_store_id: Slot::take("referenceStoreId", &Self::REFERENCE_STORE_ID, &mut object),
            store_name: Slot::take("storeName", &Self::STORE_NAME, &mut object),
            store_mcc: Slot::take("storeMCC", &Self::STORE_MCC, &mut object),
            store_display_name: Slot::take("storeDisplayName", &Self::STORE_DISPLAY_NAME, &mut object),
            store_terminal_id: Slot::take("storeTerminalId", &Self::STORE_TERMINAL_ID, &mut object),
            store_operator_id: Slot::take("storeOperatorId", &Self::STORE_OPERATOR_ID, &mut object),
            store_phone_no: Slot::take("storePhoneNo", &Self::STORE_PHONE_NO, &mut object),
            store_address: Slot::take("storeAddress", &Self::STORE_ADDRESS, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.reference_store_id.put("referenceStoreId", &mut object);
        self.store_name.put("storeName", &mut object);
        self.store_mcc.put("storeMCC", &mut object);
        self.store_display_name.put("storeDisplayName", &mut object);
        self.store_terminal_id.put("storeTerminalId", &mut object);
        self.store_operator_id.put("storeOperatorId", &mut object);
        self.store_phone_no.put("storePhoneNo", &mut object);
        self.store_address.put("storeAddress", &mut object);
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
                "referenceStoreId" => return Err(misplaced(&self.reference_store_id, json, &at)),
                "storeName" => return Err(misplaced(&self.store_name, json, &at)),
                "storeMCC" | "storeMcc" => return Err(misplaced(&self.store_mcc, json, &at)),
                "storeDisplayName" => return Err(misplaced(&self.store_display_name, json, &at)),
                "storeTerminalId" => return Err(misplaced(&self.store_terminal_id, json, &at)),
                "storeOperatorId" => return Err(misplaced(&self.store_operator_id, json, &at)),
                "storePhoneNo" => return Err(misplaced(&self.store_phone_no, json, &at)),
                "storeAddress" => return Err(misplaced(&self.store_address, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.reference_store_id.check(
            &Self::REFERENCE_STORE_ID,
            &at.member("referenceStoreId"),
            case,
        ));
        found.add(self.store_name.check(&Self::STORE_NAME, &at.member("storeName"), case));
        found.add(self.store_mcc.check(&Self::STORE_MCC, &at.member("storeMCC"), case));
        found.add(self.store_display_name.check(
            &Self::STORE_DISPLAY_NAME,
            &at.member("storeDisplayName"),
            case,
        ));
        found.add(self.store_terminal_id.check(
            &Self::STORE_TERMINAL_ID,
            &at.member("storeTerminalId"),
            case,
        ));
        found.add(self.store_operator_id.check(
            &Self::STORE_OPERATOR_ID,
            &at.member("storeOperatorId"),
            case,
        ));
        found.add(self.store_phone_no.check(&Self::STORE_PHONE_NO, &at.member("storePhoneNo"), case));
        found.add(self.store_address.check(&Self::STORE_ADDRESS, &at.member("storeAddress"), case));
        found.into_result()
    }
}

impl Member for OrderStore {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(OrderStore::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.reference_store_id.is_set()
            && !self.store_name.is_set()
            && !self.store_mcc.is_set()
            && !self.store_display_name.is_set()
            && !self.store_terminal_id.is_set()
            && !self.store_operator_id.is_set()
            && !self.store_phone_no.is_set()
            && !self.store_address.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        OrderStore::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for OrderStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("OrderStore");
        if self.reference_store_id.is_set() {
            shown.field("reference_store_id", &Shown(&self.reference_store_id, &Self::REFERENCE_STORE_ID));
        }
        if self.store_name.is_set() {
            shown.field("store_name", &Shown(&self.store_name, &Self::STORE_NAME));
        }
        if self.store_mcc.is_set() {
            shown.field("store_mcc", &Shown(&self.store_mcc, &Self::STORE_MCC));
        }
        if self.store_display_name.is_set() {
            shown.field("store_display_name", &Shown(&self.store_display_name, &Self::STORE_DISPLAY_NAME));
        }
        if self.store_terminal_id.is_set() {
            shown.field("store_terminal_id", &Shown(&self.store_terminal_id, &Self::STORE_TERMINAL_ID));
        }
        if self.store_operator_id.is_set() {
            shown.field("store_operator_id", &Shown(&self.store_operator_id, &Self::STORE_OPERATOR_ID));
        }
        if self.store_phone_no.is_set() {
            shown.field("store_phone_no", &Shown(&self.store_phone_no, &Self::STORE_PHONE_NO));
        }
        if self.store_address.is_set() {
            shown.field("store_address", &Shown(&self.store_address, &Self::STORE_ADDRESS));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// An address.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Country or region of ISO 3166: two capital letters. Required where there is an address. At most 2
    /// characters.
    ///
    /// In JSON `region`.
    pub region: Option<String>,
    /// State or province. At most 8 characters.
    ///
    /// In JSON `state`.
    pub state: Option<String>,
    /// City. At most 32 characters.
    ///
    /// In JSON `city`.
    pub city: Option<String>,
    /// First line. At most 256 characters.
    ///
    /// In JSON `address1`.
    pub address1: Option<String>,
    /// Second line. At most 256 characters.
    ///
    /// In JSON `address2`.
    pub address2: Option<String>,
    /// Postal code. At most 32 characters.
    ///
    /// In JSON `zipCode`.
    pub zip_code: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl Address {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "region",
            kind: Kind::Text,
            list: false,
            max: Some(2),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field { name: "state", kind: Kind::Text, list: false, max: Some(8), need: Need::NEVER, fields: &[] },
        Field { name: "city", kind: Kind::Text, list: false, max: Some(32), need: Need::NEVER, fields: &[] },
        Field {
            name: "address1",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "address2",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "zipCode",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const REGION: Rule = Rule { max: 2, need: Need::ALWAYS, form: Form::Region, shown: true, ..Rule::PLAIN };
    const STATE: Rule = Rule { max: 8, ..Rule::PLAIN };
    const CITY: Rule = Rule { max: 32, ..Rule::PLAIN };
    const ADDRESS1: Rule = Rule { max: 256, ..Rule::PLAIN };
    const ADDRESS2: Rule = Rule { max: 256, ..Rule::PLAIN };
    const ZIP_CODE: Rule = Rule { max: 32, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Country or region of ISO 3166: two capital letters. Required where there is an address. At most 2
    /// characters.
    #[must_use]
    pub fn region(mut self, value: impl Into<String>) -> Self {
        self.region = Some(value.into());
        self
    }

    /// State or province. At most 8 characters.
    #[must_use]
    pub fn state(mut self, value: impl Into<String>) -> Self {
        self.state = Some(value.into());
        self
    }

    /// City. At most 32 characters.
    #[must_use]
    pub fn city(mut self, value: impl Into<String>) -> Self {
        self.city = Some(value.into());
        self
    }

    /// First line. At most 256 characters.
    #[must_use]
    pub fn address1(mut self, value: impl Into<String>) -> Self {
        self.address1 = Some(value.into());
        self
    }

    /// Second line. At most 256 characters.
    #[must_use]
    pub fn address2(mut self, value: impl Into<String>) -> Self {
        self.address2 = Some(value.into());
        self
    }

    /// Postal code. At most 32 characters.
    #[must_use]
    pub fn zip_code(mut self, value: impl Into<String>) -> Self {
        self.zip_code = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            region: Slot::take("region", &Self::REGION, &mut object),
            state: Slot::take("state", &Self::STATE, &mut object),
            city: Slot::take("city", &Self::CITY, &mut object),
            address1: Slot::take("address1", &Self::ADDRESS1, &mut object),
            address2: Slot::take("address2", &Self::ADDRESS2, &mut object),
            zip_code: Slot::take("zipCode", &Self::ZIP_CODE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.region.put("region", &mut object);
        self.state.put("state", &mut object);
        self.city.put("city", &mut object);
        self.address1.put("address1", &mut object);
        self.address2.put("address2", &mut object);
        self.zip_code.put("zipCode", &mut object);
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
                "region" => return Err(misplaced(&self.region, json, &at)),
                "state" => return Err(misplaced(&self.state, json, &at)),
                "city" => return Err(misplaced(&self.city, json, &at)),
                "address1" => return Err(misplaced(&self.address1, json, &at)),
                "address2" => return Err(misplaced(&self.address2, json, &at)),
                "zipCode" => return Err(misplaced(&self.zip_code, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.region.check(&Self::REGION, &at.member("region"), case));
        found.add(self.state.check(&Self::STATE, &at.member("state"), case));
        found.add(self.city.check(&Self::CITY, &at.member("city"), case));
        found.add(self.address1.check(&Self::ADDRESS1, &at.member("address1"), case));
        found.add(self.address2.check(&Self::ADDRESS2, &at.member("address2"), case));
        found.add(self.zip_code.check(&Self::ZIP_CODE, &at.member("zipCode"), case));
        found.into_result()
    }
}

impl Member for Address {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Address::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.region.is_set()
            && !self.state.is_set()
            && !self.city.is_set()
            && !self.address1.is_set()
            && !self.address2.is_set()
            && !self.zip_code.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        Address::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Address");
        if self.region.is_set() {
            shown.field("region", &Shown(&self.region, &Self::REGION));
        }
        if self.state.is_set() {
            shown.field("state", &Shown(&self.state, &Self::STATE));
        }
        if self.city.is_set() {
            shown.field("city", &Shown(&self.city, &Self::CITY));
        }
        if self.address1.is_set() {
            shown.field("address1", &Shown(&self.address1, &Self::ADDRESS1));
        }
        if self.address2.is_set() {
            shown.field("address2", &Shown(&self.address2, &Self::ADDRESS2));
        }
        if self.zip_code.is_set() {
            shown.field("zip_code", &Shown(&self.zip_code, &Self::ZIP_CODE));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
