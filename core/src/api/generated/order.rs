//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/order.toml by `make generate`; do not edit.

use std::fmt;

use super::Address;
use super::Env;
use super::OrderMerchant;
use crate::amount::Amount;
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
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// The order that is paid.
///
/// `indirectAcquirer`, which newer editions of Alipay+, pay name, is an unknown member here: its fields are
/// not published.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// The order's id in the merchant's system. Alipay+ requires it. At most 64 characters.
    ///
    /// In JSON `referenceOrderId`.
    pub reference_order_id: Option<String>,
    /// What is sold, in words for the customer. Some pages of AMS require it: without it the result has a
    /// warning. At most 256 characters.
    ///
    /// In JSON `orderDescription`.
    pub order_description: Option<String>,
    /// What the customer sees as the price. Left out, it is the payment amount.
    ///
    /// In JSON `orderAmount`.
    pub order_amount: Option<Amount>,
    /// Who sells. Required.
    ///
    /// In JSON `merchant`.
    pub merchant: Option<OrderMerchant>,
    /// What is sold, one by one.
    ///
    /// In JSON `goods`.
    pub goods: Vec<Goods>,
    /// Where it is sent.
    ///
    /// In JSON `shipping`.
    pub shipping: Option<Shipping>,
    /// Who buys.
    ///
    /// In JSON `buyer`.
    pub buyer: Option<Buyer>,
    /// Till, terminal and device. Required by AMS, and with an entry code.
    ///
    /// In JSON `env`.
    pub env: Option<Env>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl Order {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "referenceOrderId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::ALIPAY_PLUS,
            fields: &[],
        },
        Field {
            name: "orderDescription",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::ALIPAY_PLUS,
            fields: &[],
        },
        Field {
            name: "orderAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "merchant",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: OrderMerchant::FIELDS,
        },
        Field {
            name: "goods",
            kind: Kind::Object,
            list: true,
            max: None,
            need: Need::NEVER,
            fields: Goods::FIELDS,
        },
        Field {
            name: "shipping",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: Shipping::FIELDS,
        },
        Field {
            name: "buyer",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: Buyer::FIELDS,
        },
        Field {
            name: "env",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::AMS.or(Need::ENTRY_CODE),
            fields: Env::FIELDS,
        },
    ];

    const REFERENCE_ORDER_ID: Rule = Rule { max: 64, need: Need::ALIPAY_PLUS, shown: true, ..Rule::PLAIN };
    const ORDER_DESCRIPTION: Rule = Rule { max: 256, need: Need::ALIPAY_PLUS, ..Rule::PLAIN };
    const ORDER_AMOUNT: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const MERCHANT: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const GOODS: Rule = Rule::PLAIN;
    const SHIPPING: Rule = Rule::PLAIN;
    const BUYER: Rule = Rule::PLAIN;
    const ENV: Rule = Rule { need: Need::AMS.or(Need::ENTRY_CODE), ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The order's id in the merchant's system. Alipay+ requires it. At most 64 characters.
    #[must_use]
    pub fn reference_order_id(mut self, value: impl Into<String>) -> Self {
        self.reference_order_id = Some(value.into());
        self
    }

    /// What is sold, in words for the customer. Some pages of AMS require it: without it the result has a
    /// warning. At most 256 characters.
    #[must_use]
    pub fn order_description(mut self, value: impl Into<String>) -> Self {
        self.order_description = Some(value.into());
        self
    }

    /// What the customer sees as the price. Left out, it is the payment amount.
    #[must_use]
    pub fn order_amount(mut self, value: impl Into<Amount>) -> Self {
        self.order_amount = Some(value.into());
        self
    }

    /// Who sells. Required.
    #[must_use]
    pub fn merchant(mut self, value: impl Into<OrderMerchant>) -> Self {
        self.merchant = Some(value.into());
        self
    }

    /// What is sold, one by one.
    #[must_use]
    pub fn goods(mut self, values: impl IntoIterator<Item = Goods>) -> Self {
        self.goods = values.into_iter().collect();
        self
    }

    /// Where it is sent.
    #[must_use]
    pub fn shipping(mut self, value: impl Into<Shipping>) -> Self {
        self.shipping = Some(value.into());
        self
    }

    /// Who buys.
    #[must_use]
    pub fn buyer(mut self, value: impl Into<Buyer>) -> Self {
        self.buyer = Some(value.into());
        self
    }

    /// Till, terminal and device. Required by AMS, and with an entry code.
    #[must_use]
    pub fn env(mut self, value: impl Into<Env>) -> Self {
        self.env = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            reference_order_id: Slot::take("referenceOrderId", &Self::REFERENCE_ORDER_ID, &mut object),
            order_description: Slot::take("orderDescription", &Self::ORDER_DESCRIPTION, &mut object),
            order_amount: Slot::take("orderAmount", &Self::ORDER_AMOUNT, &mut object),
            merchant: Slot::take("merchant", &Self::MERCHANT, &mut object),
            goods: Slot::take("goods", &Self::GOODS, &mut object),
            shipping: Slot::take("shipping", &Self::SHIPPING, &mut object),
            buyer: Slot::take("buyer", &Self::BUYER, &mut object),
            env: Slot::take("env", &Self::ENV, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.reference_order_id.put("referenceOrderId", &mut object);
        self.order_description.put("orderDescription", &mut object);
        self.order_amount.put("orderAmount", &mut object);
        self.merchant.put("merchant", &mut object);
        self.goods.put("goods", &mut object);
        self.shipping.put("shipping", &mut object);
        self.buyer.put("buyer", &mut object);
        self.env.put("env", &mut object);
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
                "referenceOrderId" => return Err(misplaced(&self.reference_order_id, json, &at)),
                "orderDescription" => return Err(misplaced(&self.order_description, json, &at)),
                "orderAmount" => return Err(misplaced(&self.order_amount, json, &at)),
                "merchant" => return Err(misplaced(&self.merchant, json, &at)),
                "goods" => return Err(misplaced(&self.goods, json, &at)),
                "shipping" => return Err(misplaced(&self.shipping, json, &at)),
                "buyer" => return Err(misplaced(&self.buyer, json, &at)),
                "env" => return Err(misplaced(&self.env, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.reference_order_id.check(
            &Self::REFERENCE_ORDER_ID,
            &at.member("referenceOrderId"),
            case,
        ));
        found.add(self.order_description.check(
            &Self::ORDER_DESCRIPTION,
            &at.member("orderDescription"),
            case,
        ));
        found.add(self.order_amount.check(&Self::ORDER_AMOUNT, &at.member("orderAmount"), case));
        found.add(self.merchant.check(&Self::MERCHANT, &at.member("merchant"), case));
        found.add(self.goods.check(&Self::GOODS, &at.member("goods"), case));
        found.add(self.shipping.check(&Self::SHIPPING, &at.member("shipping"), case));
        found.add(self.buyer.check(&Self::BUYER, &at.member("buyer"), case));
        found.add(self.env.check(&Self::ENV, &at.member("env"), case));
        found.into_result()
    }
}

impl Member for Order {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Order::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.reference_order_id.is_set()
            && !self.order_description.is_set()
            && !self.order_amount.is_set()
            && !self.merchant.is_set()
            && !self.goods.is_set()
            && !self.shipping.is_set()
            && !self.buyer.is_set()
            && !self.env.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        Order::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Order");
        if self.reference_order_id.is_set() {
            shown.field("reference_order_id", &Shown(&self.reference_order_id, &Self::REFERENCE_ORDER_ID));
        }
        if self.order_description.is_set() {
            shown.field("order_description", &Shown(&self.order_description, &Self::ORDER_DESCRIPTION));
        }
        if self.order_amount.is_set() {
            shown.field("order_amount", &Shown(&self.order_amount, &Self::ORDER_AMOUNT));
        }
        if self.merchant.is_set() {
            shown.field("merchant", &Shown(&self.merchant, &Self::MERCHANT));
        }
        if self.goods.is_set() {
            shown.field("goods", &Shown(&self.goods, &Self::GOODS));
        }
        if self.shipping.is_set() {
            shown.field("shipping", &Shown(&self.shipping, &Self::SHIPPING));
        }
        if self.buyer.is_set() {
            shown.field("buyer", &Shown(&self.buyer, &Self::BUYER));
        }
        if self.env.is_set() {
            shown.field("env", &Shown(&self.env, &Self::ENV));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// One kind of goods.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Goods {
    /// Its id in the merchant's system. At most 64 characters. Required.
    ///
    /// In JSON `referenceGoodsId`.
    pub reference_goods_id: Option<String>,
    /// Its name. At most 256 characters. Required.
    ///
    /// In JSON `goodsName`.
    pub goods_name: Option<String>,
    /// Its category. At most 64 characters.
    ///
    /// In JSON `goodsCategory`.
    pub goods_category: Option<String>,
    /// Its brand.
    ///
    /// In JSON `goodsBrand`.
    pub goods_brand: Option<String>,
    /// The price of one.
    ///
    /// In JSON `goodsUnitAmount`.
    pub goods_unit_amount: Option<Amount>,
    /// How many.
    ///
    /// In JSON `goodsQuantity`.
    pub goods_quantity: Option<u64>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl Goods {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "referenceGoodsId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "goodsName",
            kind: Kind::Text,
            list: false,
            max: Some(256),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "goodsCategory",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "goodsBrand",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "goodsUnitAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "goodsQuantity",
            kind: Kind::Integer,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const REFERENCE_GOODS_ID: Rule = Rule { max: 64, need: Need::ALWAYS, shown: true, ..Rule::PLAIN };
    const GOODS_NAME: Rule = Rule { max: 256, need: Need::ALWAYS, ..Rule::PLAIN };
    const GOODS_CATEGORY: Rule = Rule { max: 64, ..Rule::PLAIN };
    const GOODS_BRAND: Rule = Rule::PLAIN;
    const GOODS_UNIT_AMOUNT: Rule = Rule::PLAIN;
    const GOODS_QUANTITY: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Its id in the merchant's system. At most 64 characters. Required.
    #[must_use]
    pub fn reference_goods_id(mut self, value: impl Into<String>) -> Self {
        self.reference_goods_id = Some(value.into());
        self
    }

    /// Its name. At most 256 characters. Required.
    #[must_use]
    pub fn goods_name(mut self, value: impl Into<String>) -> Self {
        self.goods_name = Some(value.into());
        self
    }

    /// Its category. At most 64 characters.
    #[must_use]
    pub fn goods_category(mut self, value: impl Into<String>) -> Self {
        self.goods_category = Some(value.into());
        self
    }

    /// Its brand.
    #[must_use]
    pub fn goods_brand(mut self, value: impl Into<String>) -> Self {
        self.goods_brand = Some(value.into());
        self
    }

    /// The price of one.
    #[must_use]
    pub fn goods_unit_amount(mut self, value: impl Into<Amount>) -> Self {
        self.goods_unit_amount = Some(value.into());
        self
    }

    /// How many.
    #[must_use]
    pub fn goods_quantity(mut self, value: impl Into<u64>) -> Self {
        self.goods_quantity = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            reference_goods_id: Slot::take("referenceGoodsId", &Self::REFERENCE_GOODS_ID, &mut object),
            goods_name: Slot::take("goodsName", &Self::GOODS_NAME, &mut object),
            goods_category: Slot::take("goodsCategory", &Self::GOODS_CATEGORY, &mut object),
            goods_brand: Slot::take("goodsBrand", &Self::GOODS_BRAND, &mut object),
            goods_unit_amount: Slot::take("goodsUnitAmount", &Self::GOODS_UNIT_AMOUNT, &mut object),
            goods_quantity: Slot::take("goodsQuantity", &Self::GOODS_QUANTITY, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.reference_goods_id.put("referenceGoodsId", &mut object);
        self.goods_name.put("goodsName", &mut object);
        self.goods_category.put("goodsCategory", &mut object);
        self.goods_brand.put("goodsBrand", &mut object);
        self.goods_unit_amount.put("goodsUnitAmount", &mut object);
        self.goods_quantity.put("goodsQuantity", &mut object);
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
                "referenceGoodsId" => return Err(misplaced(&self.reference_goods_id, json, &at)),
                "goodsName" => return Err(misplaced(&self.goods_name, json, &at)),
                "goodsCategory" => return Err(misplaced(&self.goods_category, json, &at)),
                "goodsBrand" => return Err(misplaced(&self.goods_brand, json, &at)),
                "goodsUnitAmount" => return Err(misplaced(&self.goods_unit_amount, json, &at)),
                "goodsQuantity" => return Err(misplaced(&self.goods_quantity, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.reference_goods_id.check(
            &Self::REFERENCE_GOODS_ID,
            &at.member("referenceGoodsId"),
            case,
        ));
        found.add(self.goods_name.check(&Self::GOODS_NAME, &at.member("goodsName"), case));
        found.add(self.goods_category.check(&Self::GOODS_CATEGORY, &at.member("goodsCategory"), case));
        found.add(self.goods_brand.check(&Self::GOODS_BRAND, &at.member("goodsBrand"), case));
        found.add(self.goods_unit_amount.check(
            &Self::GOODS_UNIT_AMOUNT,
            &at.member("goodsUnitAmount"),
            case,
        ));
        found.add(self.goods_quantity.check(&Self::GOODS_QUANTITY, &at.member("goodsQuantity"), case));
        found.into_result()
    }
}

impl Member for Goods {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Goods::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.reference_goods_id.is_set()
            && !self.goods_name.is_set()
            && !self.goods_category.is_set()
            && !self.goods_brand.is_set()
            && !self.goods_unit_amount.is_set()
            && !self.goods_quantity.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        Goods::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Goods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Goods");
        if self.reference_goods_id.is_set() {
            shown.field("reference_goods_id", &Shown(&self.reference_goods_id, &Self::REFERENCE_GOODS_ID));
        }
        if self.goods_name.is_set() {
            shown.field("goods_name", &Shown(&self.goods_name, &Self::GOODS_NAME));
        }
        if self.goods_category.is_set() {
            shown.field("goods_category", &Shown(&self.goods_category, &Self::GOODS_CATEGORY));
        }
        if self.goods_brand.is_set() {
            shown.field("goods_brand", &Shown(&self.goods_brand, &Self::GOODS_BRAND));
        }
        if self.goods_unit_amount.is_set() {
            shown.field("goods_unit_amount", &Shown(&self.goods_unit_amount, &Self::GOODS_UNIT_AMOUNT));
        }
        if self.goods_quantity.is_set() {
            shown.field("goods_quantity", &Shown(&self.goods_quantity, &Self::GOODS_QUANTITY));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// A delivery.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Shipping {
    /// Who receives it.
    ///
    /// In JSON `shippingName`.
    pub shipping_name: Option<UserName>,
    /// Where.
    ///
    /// In JSON `shippingAddress`.
    pub shipping_address: Option<Address>,
    /// Who delivers it. At most 128 characters.
    ///
    /// In JSON `shippingCarrier`.
    pub shipping_carrier: Option<String>,
    /// The telephone number of who receives it. At most 16 characters.
    ///
    /// In JSON `shippingPhoneNo`.
    pub shipping_phone_no: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl Shipping {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "shippingName",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: UserName::FIELDS,
        },
        Field {
            name: "shippingAddress",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: Address::FIELDS,
        },
        Field {
            name: "shippingCarrier",
            kind: Kind::Text,
            list: false,
            max: Some(128),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "shippingPhoneNo",
            kind: Kind::Text,
            list: false,
            max: Some(16),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const SHIPPING_NAME: Rule = Rule::PLAIN;
    const SHIPPING_ADDRESS: Rule = Rule::PLAIN;
    const SHIPPING_CARRIER: Rule = Rule { max: 128, ..Rule::PLAIN };
    const SHIPPING_PHONE_NO: Rule = Rule { max: 16, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Who receives it.
    #[must_use]
    pub fn shipping_name(mut self, value: impl Into<UserName>) -> Self {
        self.shipping_name = Some(value.into());
        self
    }

    /// Where.
    #[must_use]
    pub fn shipping_address(mut self, value: impl Into<Address>) -> Self {
        self.shipping_address = Some(value.into());
        self
    }

    /// Who delivers it. At most 128 characters.
    #[must_use]
    pub fn shipping_carrier(mut self, value: impl Into<String>) -> Self {
        self.shipping_carrier = Some(value.into());
        self
    }

    /// The telephone number of who receives it. At most 16 characters.
    #[must_use]
    pub fn shipping_phone_no(mut self, value: impl Into<String>) -> Self {
        self.shipping_phone_no = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            shipping_name: Slot::take("shippingName", &Self::SHIPPING_NAME, &mut object),
            shipping_address: Slot::take("shippingAddress", &Self::SHIPPING_ADDRESS, &mut object),
            shipping_carrier: Slot::take("shippingCarrier", &Self::SHIPPING_CARRIER, &mut object),
            shipping_phone_no: Slot::take("shippingPhoneNo", &Self::SHIPPING_PHONE_NO, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.shipping_name.put("shippingName", &mut object);
        self.shipping_address.put("shippingAddress", &mut object);
        self.shipping_carrier.put("shippingCarrier", &mut object);
        self.shipping_phone_no.put("shippingPhoneNo", &mut object);
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
                "shippingName" => return Err(misplaced(&self.shipping_name, json, &at)),
                "shippingAddress" => return Err(misplaced(&self.shipping_address, json, &at)),
                "shippingCarrier" => return Err(misplaced(&self.shipping_carrier, json, &at)),
                "shippingPhoneNo" => return Err(misplaced(&self.shipping_phone_no, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.shipping_name.check(&Self::SHIPPING_NAME, &at.member("shippingName"), case));
        found.add(self.shipping_address.check(&Self::SHIPPING_ADDRESS, &at.member("shippingAddress"), case));
        found.add(self.shipping_carrier.check(&Self::SHIPPING_CARRIER, &at.member("shippingCarrier"), case));
        found.add(self.shipping_phone_no.check(
            &Self::SHIPPING_PHONE_NO,
            &at.member("shippingPhoneNo"),
            case,
        ));
        found.into_result()
    }
}

impl Member for Shipping {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Shipping::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.shipping_name.is_set()
            && !self.shipping_address.is_set()
            && !self.shipping_carrier.is_set()
            && !self.shipping_phone_no.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        Shipping::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Shipping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Shipping");
        if self.shipping_name.is_set() {
            shown.field("shipping_name", &Shown(&self.shipping_name, &Self::SHIPPING_NAME));
        }
        if self.shipping_address.is_set() {
            shown.field("shipping_address", &Shown(&self.shipping_address, &Self::SHIPPING_ADDRESS));
        }
        if self.shipping_carrier.is_set() {
            shown.field("shipping_carrier", &Shown(&self.shipping_carrier, &Self::SHIPPING_CARRIER));
        }
        if self.shipping_phone_no.is_set() {
            shown.field("shipping_phone_no", &Shown(&self.shipping_phone_no, &Self::SHIPPING_PHONE_NO));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The customer, as far as the merchant knows.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Buyer {
    /// The customer's id in the merchant's system. At most 64 characters.
    ///
    /// In JSON `referenceBuyerId`.
    pub reference_buyer_id: Option<String>,
    /// The customer's name.
    ///
    /// In JSON `buyerName`.
    pub buyer_name: Option<UserName>,
    /// The customer's telephone number. At most 24 characters.
    ///
    /// In JSON `buyerPhoneNo`.
    pub buyer_phone_no: Option<String>,
    /// The customer's mail address. At most 64 characters.
    ///
    /// In JSON `buyerEmail`.
    pub buyer_email: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl Buyer {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "referenceBuyerId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "buyerName",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: UserName::FIELDS,
        },
        Field {
            name: "buyerPhoneNo",
            kind: Kind::Text,
            list: false,
            max: Some(24),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "buyerEmail",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const REFERENCE_BUYER_ID: Rule = Rule { max: 64, ..Rule::PLAIN };
    const BUYER_NAME: Rule = Rule::PLAIN;
    const BUYER_PHONE_NO: Rule = Rule { max: 24, ..Rule::PLAIN };
    const BUYER_EMAIL: Rule = Rule { max: 64, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The customer's id in the merchant's system. At most 64 characters.
    #[must_use]
    pub fn reference_buyer_id(mut self, value: impl Into<String>) -> Self {
        self.reference_buyer_id = Some(value.into());
        self
    }

    /// The customer's name.
    #[must_use]
    pub fn buyer_name(mut self, value: impl Into<UserName>) -> Self {
        self.buyer_name = Some(value.into());
        self
    }

    /// The customer's telephone number. At most 24 characters.
    #[must_use]
    pub fn buyer_phone_no(mut self, value: impl Into<String>) -> Self {
        self.buyer_phone_no = Some(value.into());
        self
    }

    /// The customer's mail address. At most 64 characters.
    #[must_use]
    pub fn buyer_email(mut self, value: impl Into<String>) -> Self {
        self.buyer_email = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            reference_buyer_id: Slot::take("referenceBuyerId", &Self::REFERENCE_BUYER_ID, &mut object),
            buyer_name: Slot::take("buyerName", &Self::BUYER_NAME, &mut object),
            buyer_phone_no: Slot::take("buyerPhoneNo", &Self::BUYER_PHONE_NO, &mut object),
            buyer_email: Slot::take("buyerEmail", &Self::BUYER_EMAIL, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.reference_buyer_id.put("referenceBuyerId", &mut object);
        self.buyer_name.put("buyerName", &mut object);
        self.buyer_phone_no.put("buyerPhoneNo", &mut object);
        self.buyer_email.put("buyerEmail", &mut object);
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
                "referenceBuyerId" => return Err(misplaced(&self.reference_buyer_id, json, &at)),
                "buyerName" => return Err(misplaced(&self.buyer_name, json, &at)),
                "buyerPhoneNo" => return Err(misplaced(&self.buyer_phone_no, json, &at)),
                "buyerEmail" => return Err(misplaced(&self.buyer_email, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.reference_buyer_id.check(
            &Self::REFERENCE_BUYER_ID,
            &at.member("referenceBuyerId"),
            case,
        ));
        found.add(self.buyer_name.check(&Self::BUYER_NAME, &at.member("buyerName"), case));
        found.add(self.buyer_phone_no.check(&Self::BUYER_PHONE_NO, &at.member("buyerPhoneNo"), case));
        found.add(self.buyer_email.check(&Self::BUYER_EMAIL, &at.member("buyerEmail"), case));
        found.into_result()
    }
}

impl Member for Buyer {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Buyer::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.reference_buyer_id.is_set()
            && !self.buyer_name.is_set()
            && !self.buyer_phone_no.is_set()
            && !self.buyer_email.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        Buyer::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Buyer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Buyer");
        if self.reference_buyer_id.is_set() {
            shown.field("reference_buyer_id", &Shown(&self.reference_buyer_id, &Self::REFERENCE_BUYER_ID));
        }
        if self.buyer_name.is_set() {
            shown.field("buyer_name", &Shown(&self.buyer_name, &Self::BUYER_NAME));
        }
        if self.buyer_phone_no.is_set() {
            shown.field("buyer_phone_no", &Shown(&self.buyer_phone_no, &Self::BUYER_PHONE_NO));
        }
        if self.buyer_email.is_set() {
            shown.field("buyer_email", &Shown(&self.buyer_email, &Self::BUYER_EMAIL));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// A person's name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserName {
    /// Given name. At most 32 characters.
    ///
    /// In JSON `firstName`.
    pub first_name: Option<String>,
    /// Middle name. At most 32 characters.
    ///
    /// In JSON `middleName`.
    pub middle_name: Option<String>,
    /// Family name. At most 32 characters.
    ///
    /// In JSON `lastName`.
    pub last_name: Option<String>,
    /// The whole name. At most 128 characters.
    ///
    /// In JSON `fullName`.
    pub full_name: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl UserName {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "firstName",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "middleName",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "lastName",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "fullName",
            kind: Kind::Text,
            list: false,
            max: Some(128),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const FIRST_NAME: Rule = Rule { max: 32, ..Rule::PLAIN };
    const MIDDLE_NAME: Rule = Rule { max: 32, ..Rule::PLAIN };
    const LAST_NAME: Rule = Rule { max: 32, ..Rule::PLAIN };
    const FULL_NAME: Rule = Rule { max: 128, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Given name. At most 32 characters.
    #[must_use]
    pub fn first_name(mut self, value: impl Into<String>) -> Self {
        self.first_name = Some(value.into());
        self
    }

    /// Middle name. At most 32 characters.
    #[must_use]
    pub fn middle_name(mut self, value: impl Into<String>) -> Self {
        self.middle_name = Some(value.into());
        self
    }

    /// Family name. At most 32 characters.
    #[must_use]
    pub fn last_name(mut self, value: impl Into<String>) -> Self {
        self.last_name = Some(value.into());
        self
    }

    /// The whole name. At most 128 characters.
    #[must_use]
    pub fn full_name(mut self, value: impl Into<String>) -> Self {
        self.full_name = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            first_name: Slot::take("firstName", &Self::FIRST_NAME, &mut object),
            middle_name: Slot::take("middleName", &Self::MIDDLE_NAME, &mut object),
            last_name: Slot::take("lastName", &Self::LAST_NAME, &mut object),
            full_name: Slot::take("fullName", &Self::FULL_NAME, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.first_name.put("firstName", &mut object);
        self.middle_name.put("middleName", &mut object);
        self.last_name.put("lastName", &mut object);
        self.full_name.put("fullName", &mut object);
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
                "firstName" => return Err(misplaced(&self.first_name, json, &at)),
                "middleName" => return Err(misplaced(&self.middle_name, json, &at)),
                "lastName" => return Err(misplaced(&self.last_name, json, &at)),
                "fullName" => return Err(misplaced(&self.full_name, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.first_name.check(&Self::FIRST_NAME, &at.member("firstName"), case));
        found.add(self.middle_name.check(&Self::MIDDLE_NAME, &at.member("middleName"), case));
        found.add(self.last_name.check(&Self::LAST_NAME, &at.member("lastName"), case));
        found.add(self.full_name.check(&Self::FULL_NAME, &at.member("fullName"), case));
        found.into_result()
    }
}

impl Member for UserName {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(UserName::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.first_name.is_set()
            && !self.middle_name.is_set()
            && !self.last_name.is_set()
            && !self.full_name.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        UserName::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("UserName");
        if self.first_name.is_set() {
            shown.field("first_name", &Shown(&self.first_name, &Self::FIRST_NAME));
        }
        if self.middle_name.is_set() {
            shown.field("middle_name", &Shown(&self.middle_name, &Self::MIDDLE_NAME));
        }
        if self.last_name.is_set() {
            shown.field("last_name", &Shown(&self.last_name, &Self::LAST_NAME));
        }
        if self.full_name.is_set() {
            shown.field("full_name", &Shown(&self.full_name, &Self::FULL_NAME));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
