//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/pay_request.toml by `make generate`; do not edit.

use std::fmt;

use super::Order;
use crate::amount::Amount;
use crate::api::id::PaymentRequestId;
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
use crate::api::pay::Scenario;
use crate::api::time::Time;
use crate::currency::Currency;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};
use crate::payment_code::PaymentCode;

/// The product of AMS.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProductCode {
    /// In-store payment, the only product of this library.
    ///
    /// `IN_STORE_PAYMENT`
    InStorePayment,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl ProductCode {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            ProductCode::InStorePayment => "IN_STORE_PAYMENT",
            ProductCode::Other(word) => word,
        }
    }
}

impl From<&str> for ProductCode {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("IN_STORE_PAYMENT") {
            return ProductCode::InStorePayment;
        }
        ProductCode::Other(word.to_owned())
    }
}

impl Member for ProductCode {
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
            ProductCode::Other(_) => Err(at.invalid("must be one of: IN_STORE_PAYMENT")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A request to `pay`, of both protocols and all scenarios.
///
/// What a protocol demands and what follows from other fields is filled in when the request is used: the
/// product code, the flag of in-store payments, the order's amount, the time of the till.
///
/// `paymentFactor.isAuthorization`, which the documents have withdrawn, can be read and written only as an
/// unknown member. Source: Alipay, pay (consumer-presented mode); Alipay+, Accept a payment, step 2.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PayRequest {
    /// The product; filled in for AMS, refused for Alipay+.
    ///
    /// In JSON `productCode`.
    pub product_code: Option<ProductCode>,
    /// One id for each attempt to pay. At most 64 characters. Required.
    ///
    /// In JSON `paymentRequestId`.
    pub payment_request_id: Option<PaymentRequestId>,
    /// Where the gateway sends notifications. At most 2048 characters.
    ///
    /// In JSON `paymentNotifyUrl`.
    pub payment_notify_url: Option<String>,
    /// Where the customer goes after paying. At most 2048 characters.
    ///
    /// In JSON `paymentRedirectUrl`.
    pub payment_redirect_url: Option<String>,
    /// After this time the payment does not succeed any more.
    ///
    /// In JSON `paymentExpiryTime`.
    pub payment_expiry_time: Option<Time>,
    /// The scenario. Required.
    ///
    /// In JSON `paymentFactor`.
    pub payment_factor: Option<PaymentFactor>,
    /// What the customer pays. Required.
    ///
    /// In JSON `paymentAmount`.
    pub payment_amount: Option<Amount>,
    /// With what the customer pays. Required.
    ///
    /// In JSON `paymentMethod`.
    pub payment_method: Option<PaymentMethod>,
    /// AMS: the account that the merchant is paid into, where it is not that of the contract.
    ///
    /// In JSON `payToMethod`.
    pub pay_to_method: Option<PayToMethod>,
    /// AMS: the authentication of the customer that belongs to this payment.
    ///
    /// In JSON `paymentVerificationData`.
    pub payment_verification_data: Option<PaymentVerificationData>,
    /// In which currency the merchant is paid. Required by Alipay+.
    ///
    /// In JSON `settlementStrategy`.
    pub settlement_strategy: Option<SettlementStrategy>,
    /// Where the merchant is, for some regions of AMS: two letters. At most 2 characters.
    ///
    /// In JSON `merchantRegion`.
    pub merchant_region: Option<String>,
    /// What is paid for. Required.
    ///
    /// In JSON `order`.
    pub order: Option<Order>,
    /// Alipay+: the regions whose wallets may pay, two letters each.
    ///
    /// In JSON `allowedPspRegions`.
    pub allowed_psp_regions: Vec<String>,
    /// Alipay+: where the customer is, two letters. At most 2 characters.
    ///
    /// In JSON `userRegion`.
    pub user_region: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PayRequest {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field { name: "productCode", kind: Kind::Word, list: false, max: None, need: Need::AMS, fields: &[] },
        Field {
            name: "paymentRequestId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "paymentNotifyUrl",
            kind: Kind::Text,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentRedirectUrl",
            kind: Kind::Text,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentExpiryTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentFactor",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: PaymentFactor::FIELDS,
        },
        Field {
            name: "paymentAmount",
            kind: Kind::Amount,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "paymentMethod",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: PaymentMethod::FIELDS,
        },
        Field {
            name: "payToMethod",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: PayToMethod::FIELDS,
        },
        Field {
            name: "paymentVerificationData",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: PaymentVerificationData::FIELDS,
        },
        Field {
            name: "settlementStrategy",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::ALIPAY_PLUS,
            fields: SettlementStrategy::FIELDS,
        },
        Field {
            name: "merchantRegion",
            kind: Kind::Text,
            list: false,
            max: Some(2),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "order",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: Order::FIELDS,
        },
        Field {
            name: "allowedPspRegions",
            kind: Kind::Text,
            list: true,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "userRegion",
            kind: Kind::Text,
            list: false,
            max: Some(2),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const PRODUCT_CODE: Rule = Rule { need: Need::AMS, ..Rule::PLAIN };
    const PAYMENT_REQUEST_ID: Rule = Rule { max: 64, need: Need::ALWAYS, shown: true, ..Rule::PLAIN };
    const PAYMENT_NOTIFY_URL: Rule = Rule { max: 2048, form: Form::Url, ..Rule::PLAIN };
    const PAYMENT_REDIRECT_URL: Rule = Rule { max: 2048, form: Form::Url, ..Rule::PLAIN };
    const PAYMENT_EXPIRY_TIME: Rule = Rule::PLAIN;
    const PAYMENT_FACTOR: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const PAYMENT_AMOUNT: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const PAYMENT_METHOD: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const PAY_TO_METHOD: Rule = Rule::PLAIN;
    const PAYMENT_VERIFICATION_DATA: Rule = Rule::PLAIN;
    const SETTLEMENT_STRATEGY: Rule = Rule { need: Need::ALIPAY_PLUS, ..Rule::PLAIN };
    const MERCHANT_REGION: Rule = Rule { max: 2, form: Form::Region, shown: true, ..Rule::PLAIN };
    const ORDER: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const ALLOWED_PSP_REGIONS: Rule = Rule { form: Form::Region, shown: true, ..Rule::PLAIN };
    const USER_REGION: Rule = Rule { max: 2, form: Form::Region, shown: true, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The product; filled in for AMS, refused for Alipay+.
    #[must_use]
    pub fn product_code(mut self, value: impl Into<ProductCode>) -> Self {
        self.product_code = Some(value.into());
        self
    }

    /// One id for each attempt to pay. At most 64 characters. Required.
    #[must_use]
    pub fn payment_request_id(mut self, value: impl Into<PaymentRequestId>) -> Self {
        self.payment_request_id = Some(value.into());
        self
    }

    /// Where the gateway sends notifications. At most 2048 characters.
    #[must_use]
    pub fn payment_notify_url(mut self, value: impl Into<String>) -> Self {
        self.payment_notify_url = Some(value.into());
        self
    }

    /// Where the customer goes after paying. At most 2048 characters.
    #[must_use]
    pub fn payment_redirect_url(mut self, value: impl Into<String>) -> Self {
        self.payment_redirect_url = Some(value.into());
        self
    }

    /// After this time the payment does not succeed any more.
    #[must_use]
    pub fn payment_expiry_time(mut self, value: impl Into<Time>) -> Self {
        self.payment_expiry_time = Some(value.into());
        self
    }

    /// The scenario. Required.
    #[must_use]
    pub fn payment_factor(mut self, value: impl Into<PaymentFactor>) -> Self {
        self.payment_factor = Some(value.into());
        self
    }

    /// What the customer pays. Required.
    #[must_use]
    pub fn payment_amount(mut self, value: impl Into<Amount>) -> Self {
        self.payment_amount = Some(value.into());
        self
    }

    /// With what the customer pays. Required.
    #[must_use]
    pub fn payment_method(mut self, value: impl Into<PaymentMethod>) -> Self {
        self.payment_method = Some(value.into());
        self
    }

    /// AMS: the account that the merchant is paid into, where it is not that of the contract.
    #[must_use]
    pub fn pay_to_method(mut self, value: impl Into<PayToMethod>) -> Self {
        self.pay_to_method = Some(value.into());
        self
    }

    /// AMS: the authentication of the customer that belongs to this payment.
    #[must_use]
    pub fn payment_verification_data(mut self, value: impl Into<PaymentVerificationData>) -> Self {
        self.payment_verification_data = Some(value.into());
        self
    }

    /// In which currency the merchant is paid. Required by Alipay+.
    #[must_use]
    pub fn settlement_strategy(mut self, value: impl Into<SettlementStrategy>) -> Self {
        self.settlement_strategy = Some(value.into());
        self
    }

    /// Where the merchant is, for some regions of AMS: two letters. At most 2 characters.
    #[must_use]
    pub fn merchant_region(mut self, value: impl Into<String>) -> Self {
        self.merchant_region = Some(value.into());
        self
    }

    /// What is paid for. Required.
    #[must_use]
    pub fn order(mut self, value: impl Into<Order>) -> Self {
        self.order = Some(value.into());
        self
    }

    /// Alipay+: the regions whose wallets may pay, two letters each.
    #[must_use]
    pub fn allowed_psp_regions(mut self, values: impl IntoIterator<Item = String>) -> Self {
        self.allowed_psp_regions = values.into_iter().collect();
        self
    }

    /// Alipay+: where the customer is, two letters. At most 2 characters.
    #[must_use]
    pub fn user_region(mut self, value: impl Into<String>) -> Self {
        self.user_region = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            product_code: Slot::take("productCode", &Self::PRODUCT_CODE, &mut object),
            payment_request_id: Slot::take("paymentRequestId", &Self::PAYMENT_REQUEST_ID, &mut object),
            payment_notify_url: Slot::take("paymentNotifyUrl", &Self::PAYMENT_NOTIFY_URL, &mut object),
            payment_redirect_url: Slot::take("paymentRedirectUrl", &Self::PAYMENT_REDIRECT_URL, &mut object),
            payment_expiry_time: Slot::take("paymentExpiryTime", &Self::PAYMENT_EXPIRY_TIME, &mut object),
            payment_factor: Slot::take("paymentFactor", &Self::PAYMENT_FACTOR, &mut object),
            payment_amount: Slot::take("paymentAmount", &Self::PAYMENT_AMOUNT, &mut object),
            payment_method: Slot::take("paymentMethod", &Self::PAYMENT_METHOD, &mut object),
            pay_to_method: Slot::take("payToMethod", &Self::PAY_TO_METHOD, &mut object),
            payment_verification_data: Slot::take(
                "paymentVerificationData",
                &Self::PAYMENT_VERIFICATION_DATA,
                &mut object,
            ),
            settlement_strategy: Slot::take("settlementStrategy", &Self::SETTLEMENT_STRATEGY, &mut object),
            merchant_region: Slot::take("merchantRegion", &Self::MERCHANT_REGION, &mut object),
            order: Slot::take("order", &Self::ORDER, &mut object),
            allowed_psp_regions: Slot::take("allowedPspRegions", &Self::ALLOWED_PSP_REGIONS, &mut object),
            user_region: Slot::take("userRegion", &Self::USER_REGION, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.product_code.put("productCode", &mut object);
        self.payment_request_id.put("paymentRequestId", &mut object);
        self.payment_notify_url.put("paymentNotifyUrl", &mut object);
        self.payment_redirect_url.put("paymentRedirectUrl", &mut object);
        self.payment_expiry_time.put("paymentExpiryTime", &mut object);
        self.payment_factor.put("paymentFactor", &mut object);
        self.payment_amount.put("paymentAmount", &mut object);
        self.payment_method.put("paymentMethod", &mut object);
        self.pay_to_method.put("payToMethod", &mut object);
        self.payment_verification_data.put("paymentVerificationData", &mut object);
        self.settlement_strategy.put("settlementStrategy", &mut object);
        self.merchant_region.put("merchantRegion", &mut object);
        self.order.put("order", &mut object);
        self.allowed_psp_regions.put("allowedPspRegions", &mut object);
        self.user_region.put("userRegion", &mut object);
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
                "productCode" => return Err(misplaced(&self.product_code, json, &at)),
                "paymentRequestId" => return Err(misplaced(&self.payment_request_id, json, &at)),
                "paymentNotifyUrl" => return Err(misplaced(&self.payment_notify_url, json, &at)),
                "paymentRedirectUrl" => return Err(misplaced(&self.payment_redirect_url, json, &at)),
                "paymentExpiryTime" => return Err(misplaced(&self.payment_expiry_time, json, &at)),
                "paymentFactor" => return Err(misplaced(&self.payment_factor, json, &at)),
                "paymentAmount" => return Err(misplaced(&self.payment_amount, json, &at)),
                "paymentMethod" => return Err(misplaced(&self.payment_method, json, &at)),
                "payToMethod" => return Err(misplaced(&self.pay_to_method, json, &at)),
                "paymentVerificationData" => {
                    return Err(misplaced(&self.payment_verification_data, json, &at));
                }
                "settlementStrategy" => return Err(misplaced(&self.settlement_strategy, json, &at)),
                "merchantRegion" => return Err(misplaced(&self.merchant_region, json, &at)),
                "order" => return Err(misplaced(&self.order, json, &at)),
                "allowedPspRegions" => return Err(misplaced(&self.allowed_psp_regions, json, &at)),
                "userRegion" => return Err(misplaced(&self.user_region, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.product_code.check(&Self::PRODUCT_CODE, &at.member("productCode"), case));
        found.add(self.payment_request_id.check(
            &Self::PAYMENT_REQUEST_ID,
            &at.member("paymentRequestId"),
            case,
        ));
        found.add(self.payment_notify_url.check(
            &Self::PAYMENT_NOTIFY_URL,
            &at.member("paymentNotifyUrl"),
            case,
        ));
        found.add(self.payment_redirect_url.check(
            &Self::PAYMENT_REDIRECT_URL,
            &at.member("paymentRedirectUrl"),
            case,
        ));
        found.add(self.payment_expiry_time.check(
            &Self::PAYMENT_EXPIRY_TIME,
            &at.member("paymentExpiryTime"),
            case,
        ));
        found.add(self.payment_factor.check(&Self::PAYMENT_FACTOR, &at.member("paymentFactor"), case));
        found.add(self.payment_amount.check(&Self::PAYMENT_AMOUNT, &at.member("paymentAmount"), case));
        found.add(self.payment_method.check(&Self::PAYMENT_METHOD, &at.member("paymentMethod"), case));
        found.add(self.pay_to_method.check(&Self::PAY_TO_METHOD, &at.member("payToMethod"), case));
        found.add(self.payment_verification_data.check(
            &Self::PAYMENT_VERIFICATION_DATA,
            &at.member("paymentVerificationData"),
            case,
        ));
        found.add(self.settlement_strategy.check(
            &Self::SETTLEMENT_STRATEGY,
            &at.member("settlementStrategy"),
            case,
        ));
        found.add(self.merchant_region.check(&Self::MERCHANT_REGION, &at.member("merchantRegion"), case));
        found.add(self.order.check(&Self::ORDER, &at.member("order"), case));
        found.add(self.allowed_psp_regions.check(
            &Self::ALLOWED_PSP_REGIONS,
            &at.member("allowedPspRegions"),
            case,
        ));
        found.add(self.user_region.check(&Self::USER_REGION, &at.member("userRegion"), case));
        found.into_result()
    }
}

impl Member for PayRequest {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PayRequest::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.product_code.is_set()
            && !self.payment_request_id.is_set()
            && !self.payment_notify_url.is_set()
            && !self.payment_redirect_url.is_set()
            && !self.payment_expiry_time.is_set()
            && !self.payment_factor.is_set()
            && !self.payment_amount.is_set()
            && !self.payment_method.is_set()
            && !self.pay_to_method.is_set()
            && !self.payment_verification_data.is_set()
            && !self.settlement_strategy.is_set()
            && !self.merchant_region.is_set()
            && !self.order.is_set()
            && !self.allowed_psp_regions.is_set()
            && !self.user_region.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        PayRequest::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PayRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PayRequest");
        if self.product_code.is_set() {
            shown.field("product_code", &Shown(&self.product_code, &Self::PRODUCT_CODE));
        }
        if self.payment_request_id.is_set() {
            shown.field("payment_request_id", &Shown(&self.payment_request_id, &Self::PAYMENT_REQUEST_ID));
        }
        if self.payment_notify_url.is_set() {
            shown.field("payment_notify_url", &Shown(&self.payment_notify_url, &Self::PAYMENT_NOTIFY_URL));
        }
        if self.payment_redirect_url.is_set() {
            shown.field(
                "payment_redirect_url",
                &Shown(&self.payment_redirect_url, &Self::PAYMENT_REDIRECT_URL),
            );
        }
        if self.payment_expiry_time.is_set() {
            shown.field("payment_expiry_time", &Shown(&self.payment_expiry_time, &Self::PAYMENT_EXPIRY_TIME));
        }
        if self.payment_factor.is_set() {
            shown.field("payment_factor", &Shown(&self.payment_factor, &Self::PAYMENT_FACTOR));
        }
        if self.payment_amount.is_set() {
            shown.field("payment_amount", &Shown(&self.payment_amount, &Self::PAYMENT_AMOUNT));
        }
        if self.payment_method.is_set() {
            shown.field("payment_method", &Shown(&self.payment_method, &Self::PAYMENT_METHOD));
        }
        if self.pay_to_method.is_set() {
            shown.field("pay_to_method", &Shown(&self.pay_to_method, &Self::PAY_TO_METHOD));
        }
        if self.payment_verification_data.is_set() {
            shown.field(
                "payment_verification_data",
                &Shown(&self.payment_verification_data, &Self::PAYMENT_VERIFICATION_DATA),
            );
        }
        if self.settlement_strategy.is_set() {
            shown.field("settlement_strategy", &Shown(&self.settlement_strategy, &Self::SETTLEMENT_STRATEGY));
        }
        if self.merchant_region.is_set() {
            shown.field("merchant_region", &Shown(&self.merchant_region, &Self::MERCHANT_REGION));
        }
        if self.order.is_set() {
            shown.field("order", &Shown(&self.order, &Self::ORDER));
        }
        if self.allowed_psp_regions.is_set() {
            shown.field("allowed_psp_regions", &Shown(&self.allowed_psp_regions, &Self::ALLOWED_PSP_REGIONS));
        }
        if self.user_region.is_set() {
            shown.field("user_region", &Shown(&self.user_region, &Self::USER_REGION));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// What kind of payment it is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PaymentFactor {
    /// How customer and merchant find each other. Required.
    ///
    /// In JSON `inStorePaymentScenario`.
    pub in_store_payment_scenario: Option<Scenario>,
    /// That it is paid in a store; filled in for Alipay+.
    ///
    /// In JSON `isInStorePayment`.
    pub is_in_store_payment: Option<bool>,
    /// Whether it is paid on a cashier page.
    ///
    /// In JSON `isCashierPayment`.
    pub is_cashier_payment: Option<bool>,
    /// Who shows the code to whom.
    ///
    /// In JSON `presentmentMode`.
    pub presentment_mode: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PaymentFactor {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "inStorePaymentScenario",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "isInStorePayment",
            kind: Kind::Flag,
            list: false,
            max: None,
            need: Need::ALIPAY_PLUS,
            fields: &[],
        },
        Field {
            name: "isCashierPayment",
            kind: Kind::Flag,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "presentmentMode",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const IN_STORE_PAYMENT_SCENARIO: Rule = Rule { need: Need::ALWAYS, ..Rule::PLAIN };
    const IS_IN_STORE_PAYMENT: Rule = Rule { need: Need::ALIPAY_PLUS, ..Rule::PLAIN };
    const IS_CASHIER_PAYMENT: Rule = Rule::PLAIN;
    const PRESENTMENT_MODE: Rule = Rule { shown: true, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How customer and merchant find each other. Required.
    #[must_use]
    pub fn in_store_payment_scenario(mut self, value: impl Into<Scenario>) -> Self {
        self.in_store_payment_scenario = Some(value.into());
        self
    }

    /// That it is paid in a store; filled in for Alipay+.
    #[must_use]
    pub fn is_in_store_payment(mut self, value: impl Into<bool>) -> Self {
        self.is_in_store_payment = Some(value.into());
        self
    }

    /// Whether it is paid on a cashier page.
    #[must_use]
    pub fn is_cashier_payment(mut self, value: impl Into<bool>) -> Self {
        self.is_cashier_payment = Some(value.into());
        self
    }

    /// Who shows the code to whom.
    #[must_use]
    pub fn presentment_mode(mut self, value: impl Into<String>) -> Self {
        self.presentment_mode = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            in_store_payment_scenario: Slot::take(
                "inStorePaymentScenario",
                &Self::IN_STORE_PAYMENT_SCENARIO,
                &mut object,
            ),
            is_in_store_payment: Slot::take("isInStorePayment", &Self::IS_IN_STORE_PAYMENT, &mut object),
            is_cashier_payment: Slot::take("isCashierPayment", &Self::IS_CASHIER_PAYMENT, &mut object),
            presentment_mode: Slot::take("presentmentMode", &Self::PRESENTMENT_MODE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.in_store_payment_scenario.put("inStorePaymentScenario", &mut object);
        self.is_in_store_payment.put("isInStorePayment", &mut object);
        self.is_cashier_payment.put("isCashierPayment", &mut object);
        self.presentment_mode.put("presentmentMode", &mut object);
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
                "inStorePaymentScenario" => {
                    return Err(misplaced(&self.in_store_payment_scenario, json, &at));
                }
                "isInStorePayment" => return Err(misplaced(&self.is_in_store_payment, json, &at)),
                "isCashierPayment" => return Err(misplaced(&self.is_cashier_payment, json, &at)),
                "presentmentMode" => return Err(misplaced(&self.presentment_mode, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.in_store_payment_scenario.check(
            &Self::IN_STORE_PAYMENT_SCENARIO,
            &at.member("inStorePaymentScenario"),
            case,
        ));
        found.add(self.is_in_store_payment.check(
            &Self::IS_IN_STORE_PAYMENT,
            &at.member("isInStorePayment"),
            case,
        ));
        found.add(self.is_cashier_payment.check(
            &Self::IS_CASHIER_PAYMENT,
            &at.member("isCashierPayment"),
            case,
        ));
        found.add(self.presentment_mode.check(&Self::PRESENTMENT_MODE, &at.member("presentmentMode"), case));
        found.into_result()
    }
}

impl Member for PaymentFactor {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PaymentFactor::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.in_store_payment_scenario.is_set()
            && !self.is_in_store_payment.is_set()
            && !self.is_cashier_payment.is_set()
            && !self.presentment_mode.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        PaymentFactor::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PaymentFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PaymentFactor");
        if self.in_store_payment_scenario.is_set() {
            shown.field(
                "in_store_payment_scenario",
                &Shown(&self.in_store_payment_scenario, &Self::IN_STORE_PAYMENT_SCENARIO),
            );
        }
        if self.is_in_store_payment.is_set() {
            shown.field("is_in_store_payment", &Shown(&self.is_in_store_payment, &Self::IS_IN_STORE_PAYMENT));
        }
        if self.is_cashier_payment.is_set() {
            shown.field("is_cashier_payment", &Shown(&self.is_cashier_payment, &Self::IS_CASHIER_PAYMENT));
        }
        if self.presentment_mode.is_set() {
            shown.field("presentment_mode", &Shown(&self.presentment_mode, &Self::PRESENTMENT_MODE));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// With what the customer pays.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Always `CONNECT_WALLET` in a store. At most 64 characters.
    ///
    /// In JSON `paymentMethodType`.
    pub payment_method_type: Option<String>,
    /// The payment code that was scanned. Required with a payment code, refused otherwise. At most 128
    /// characters.
    ///
    /// In JSON `paymentMethodId`.
    pub payment_method_id: Option<PaymentCode>,
    /// The customer's id at the wallet. AMS no longer asks for it.
    ///
    /// In JSON `customerId`.
    pub customer_id: Option<String>,
    /// Alipay+: more about the payment method.
    ///
    /// In JSON `paymentMethodMetaData`.
    pub payment_method_meta_data: Option<PaymentMethodMetaData>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PaymentMethod {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "paymentMethodType",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "paymentMethodId",
            kind: Kind::PaymentCode,
            list: false,
            max: Some(128),
            need: Need::PAYMENT_CODE,
            fields: &[],
        },
        Field {
            name: "customerId",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentMethodMetaData",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: PaymentMethodMetaData::FIELDS,
        },
    ];

    const PAYMENT_METHOD_TYPE: Rule = Rule { max: 64, need: Need::ALWAYS, shown: true, ..Rule::PLAIN };
    const PAYMENT_METHOD_ID: Rule = Rule { max: 128, need: Need::PAYMENT_CODE, ..Rule::PLAIN };
    const CUSTOMER_ID: Rule = Rule::PLAIN;
    const PAYMENT_METHOD_META_DATA: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Always `CONNECT_WALLET` in a store. At most 64 characters.
    #[must_use]
    pub fn payment_method_type(mut self, value: impl Into<String>) -> Self {
        self.payment_method_type = Some(value.into());
        self
    }

    /// The payment code that was scanned. Required with a payment code, refused otherwise. At most 128
    /// characters.
    #[must_use]
    pub fn payment_method_id(mut self, value: impl Into<PaymentCode>) -> Self {
        self.payment_method_id = Some(value.into());
        self
    }

    /// The customer's id at the wallet. AMS no longer asks for it.
    #[must_use]
    pub fn customer_id(mut self, value: impl Into<String>) -> Self {
        self.customer_id = Some(value.into());
        self
    }

    /// Alipay+: more about the payment method.
    #[must_use]
    pub fn payment_method_meta_data(mut self, value: impl Into<PaymentMethodMetaData>) -> Self {
        self.payment_method_meta_data = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            payment_method_type: Slot::take("paymentMethodType", &Self::PAYMENT_METHOD_TYPE, &mut object),
            payment_method_id: Slot::take("paymentMethodId", &Self::PAYMENT_METHOD_ID, &mut object),
            customer_id: Slot::take("customerId", &Self::CUSTOMER_ID, &mut object),
            payment_method_meta_data: Slot::take(
                "paymentMethodMetaData",
                &Self::PAYMENT_METHOD_META_DATA,
                &mut object,
            ),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.payment_method_type.put("paymentMethodType", &mut object);
        self.payment_method_id.put("paymentMethodId", &mut object);
        self.customer_id.put("customerId", &mut object);
        self.payment_method_meta_data.put("paymentMethodMetaData", &mut object);
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
                "paymentMethodType" => return Err(misplaced(&self.payment_method_type, json, &at)),
                "paymentMethodId" => return Err(misplaced(&self.payment_method_id, json, &at)),
                "customerId" => return Err(misplaced(&self.customer_id, json, &at)),
                "paymentMethodMetaData" => return Err(misplaced(&self.payment_method_meta_data, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.payment_method_type.check(
            &Self::PAYMENT_METHOD_TYPE,
            &at.member("paymentMethodType"),
            case,
        ));
        found.add(self.payment_method_id.check(
            &Self::PAYMENT_METHOD_ID,
            &at.member("paymentMethodId"),
            case,
        ));
        found.add(self.customer_id.check(&Self::CUSTOMER_ID, &at.member("customerId"), case));
        found.add(self.payment_method_meta_data.check(
            &Self::PAYMENT_METHOD_META_DATA,
            &at.member("paymentMethodMetaData"),
            case,
        ));
        found.into_result()
    }
}

impl Member for PaymentMethod {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PaymentMethod::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.payment_method_type.is_set()
            && !self.payment_method_id.is_set()
            && !self.customer_id.is_set()
            && !self.payment_method_meta_data.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        PaymentMethod::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PaymentMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PaymentMethod");
        if self.payment_method_type.is_set() {
            shown.field("payment_method_type", &Shown(&self.payment_method_type, &Self::PAYMENT_METHOD_TYPE));
        }
        if self.payment_method_id.is_set() {
            shown.field("payment_method_id", &Shown(&self.payment_method_id, &Self::PAYMENT_METHOD_ID));
        }
        if self.customer_id.is_set() {
            shown.field("customer_id", &Shown(&self.customer_id, &Self::CUSTOMER_ID));
        }
        if self.payment_method_meta_data.is_set() {
            shown.field(
                "payment_method_meta_data",
                &Shown(&self.payment_method_meta_data, &Self::PAYMENT_METHOD_META_DATA),
            );
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// More about the payment method.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PaymentMethodMetaData {
    /// The client that the customer authorised.
    ///
    /// In JSON `authClientId`.
    pub auth_client_id: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PaymentMethodMetaData {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[Field {
        name: "authClientId",
        kind: Kind::Text,
        list: false,
        max: None,
        need: Need::NEVER,
        fields: &[],
    }];

    const AUTH_CLIENT_ID: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The client that the customer authorised.
    #[must_use]
    pub fn auth_client_id(mut self, value: impl Into<String>) -> Self {
        self.auth_client_id = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self { auth_client_id: Slot::take("authClientId", &Self::AUTH_CLIENT_ID, &mut object), extra: object }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.auth_client_id.put("authClientId", &mut object);
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
                "authClientId" => return Err(misplaced(&self.auth_client_id, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.auth_client_id.check(&Self::AUTH_CLIENT_ID, &at.member("authClientId"), case));
        found.into_result()
    }
}

impl Member for PaymentMethodMetaData {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PaymentMethodMetaData::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty() && !self.auth_client_id.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        PaymentMethodMetaData::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PaymentMethodMetaData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PaymentMethodMetaData");
        if self.auth_client_id.is_set() {
            shown.field("auth_client_id", &Shown(&self.auth_client_id, &Self::AUTH_CLIENT_ID));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The account that the merchant is paid into. Source: Alipay, pay (consumer-presented mode), payToMethod;
/// the fields are those of paymentMethod in the SDKs of the gateway.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PayToMethod {
    /// The kind of account: `CONNECT_WALLET` in a store. At most 64 characters.
    ///
    /// In JSON `paymentMethodType`.
    pub payment_method_type: Option<String>,
    /// The account. At most 128 characters.
    ///
    /// In JSON `paymentMethodId`.
    pub payment_method_id: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PayToMethod {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "paymentMethodType",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "paymentMethodId",
            kind: Kind::Text,
            list: false,
            max: Some(128),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const PAYMENT_METHOD_TYPE: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_METHOD_ID: Rule = Rule { max: 128, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The kind of account: `CONNECT_WALLET` in a store. At most 64 characters.
    #[must_use]
    pub fn payment_method_type(mut self, value: impl Into<String>) -> Self {
        self.payment_method_type = Some(value.into());
        self
    }

    /// The account. At most 128 characters.
    #[must_use]
    pub fn payment_method_id(mut self, value: impl Into<String>) -> Self {
        self.payment_method_id = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            payment_method_type: Slot::take("paymentMethodType", &Self::PAYMENT_METHOD_TYPE, &mut object),
            payment_method_id: Slot::take("paymentMethodId", &Self::PAYMENT_METHOD_ID, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.payment_method_type.put("paymentMethodType", &mut object);
        self.payment_method_id.put("paymentMethodId", &mut object);
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
                "paymentMethodType" => return Err(misplaced(&self.payment_method_type, json, &at)),
                "paymentMethodId" => return Err(misplaced(&self.payment_method_id, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.payment_method_type.check(
            &Self::PAYMENT_METHOD_TYPE,
            &at.member("paymentMethodType"),
            case,
        ));
        found.add(self.payment_method_id.check(
            &Self::PAYMENT_METHOD_ID,
            &at.member("paymentMethodId"),
            case,
        ));
        found.into_result()
    }
}

impl Member for PayToMethod {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PayToMethod::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty() && !self.payment_method_type.is_set() && !self.payment_method_id.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        PayToMethod::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PayToMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PayToMethod");
        if self.payment_method_type.is_set() {
            shown.field("payment_method_type", &Shown(&self.payment_method_type, &Self::PAYMENT_METHOD_TYPE));
        }
        if self.payment_method_id.is_set() {
            shown.field("payment_method_id", &Shown(&self.payment_method_id, &Self::PAYMENT_METHOD_ID));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The authentication of the customer. Source: Alipay, pay (consumer-presented mode),
/// paymentVerificationData; the fields are named by the SDKs of the gateway.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PaymentVerificationData {
    /// The id of the request that began the authentication.
    ///
    /// In JSON `verifyRequestId`.
    pub verify_request_id: Option<String>,
    /// The code that the customer got for it, which is a secret.
    ///
    /// In JSON `authenticationCode`.
    pub authentication_code: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PaymentVerificationData {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "verifyRequestId",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "authenticationCode",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const VERIFY_REQUEST_ID: Rule = Rule { shown: true, ..Rule::PLAIN };
    const AUTHENTICATION_CODE: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of the request that began the authentication.
    #[must_use]
    pub fn verify_request_id(mut self, value: impl Into<String>) -> Self {
        self.verify_request_id = Some(value.into());
        self
    }

    /// The code that the customer got for it, which is a secret.
    #[must_use]
    pub fn authentication_code(mut self, value: impl Into<String>) -> Self {
        self.authentication_code = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            verify_request_id: Slot::take("verifyRequestId", &Self::VERIFY_REQUEST_ID, &mut object),
            authentication_code: Slot::take("authenticationCode", &Self::AUTHENTICATION_CODE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.verify_request_id.put("verifyRequestId", &mut object);
        self.authentication_code.put("authenticationCode", &mut object);
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
                "verifyRequestId" => return Err(misplaced(&self.verify_request_id, json, &at)),
                "authenticationCode" => return Err(misplaced(&self.authentication_code, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.verify_request_id.check(
            &Self::VERIFY_REQUEST_ID,
            &at.member("verifyRequestId"),
            case,
        ));
        found.add(self.authentication_code.check(
            &Self::AUTHENTICATION_CODE,
            &at.member("authenticationCode"),
            case,
        ));
        found.into_result()
    }
}

impl Member for PaymentVerificationData {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PaymentVerificationData::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty() && !self.verify_request_id.is_set() && !self.authentication_code.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        PaymentVerificationData::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PaymentVerificationData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PaymentVerificationData");
        if self.verify_request_id.is_set() {
            shown.field("verify_request_id", &Shown(&self.verify_request_id, &Self::VERIFY_REQUEST_ID));
        }
        if self.authentication_code.is_set() {
            shown.field("authentication_code", &Shown(&self.authentication_code, &Self::AUTHENTICATION_CODE));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// How the merchant is paid.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SettlementStrategy {
    /// The currency; Alipay+ requires it. At most 3 characters.
    ///
    /// In JSON `settlementCurrency`.
    pub settlement_currency: Option<Currency>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl SettlementStrategy {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[Field {
        name: "settlementCurrency",
        kind: Kind::Currency,
        list: false,
        max: Some(3),
        need: Need::ALIPAY_PLUS,
        fields: &[],
    }];

    const SETTLEMENT_CURRENCY: Rule = Rule { max: 3, need: Need::ALIPAY_PLUS, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The currency; Alipay+ requires it. At most 3 characters.
    #[must_use]
    pub fn settlement_currency(mut self, value: impl Into<Currency>) -> Self {
        self.settlement_currency = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            settlement_currency: Slot::take("settlementCurrency", &Self::SETTLEMENT_CURRENCY, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.settlement_currency.put("settlementCurrency", &mut object);
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
                "settlementCurrency" => return Err(misplaced(&self.settlement_currency, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.settlement_currency.check(
            &Self::SETTLEMENT_CURRENCY,
            &at.member("settlementCurrency"),
            case,
        ));
        found.into_result()
    }
}

impl Member for SettlementStrategy {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(SettlementStrategy::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty() && !self.settlement_currency.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        SettlementStrategy::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for SettlementStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SettlementStrategy");
        if self.settlement_currency.is_set() {
            shown.field("settlement_currency", &Shown(&self.settlement_currency, &Self::SETTLEMENT_CURRENCY));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
