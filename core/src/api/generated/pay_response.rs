//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/pay_response.toml by `make generate`; do not edit.

use std::fmt;

use super::ApiResult;
use super::ChallengeActionForm;
use super::OrderCodeForm;
use super::PspCustomerInfo;
use super::RedirectActionForm;
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
use crate::api::time::Time;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// The answer to `pay`, of both protocols.
///
/// `actualPaymentAmount` and `paymentQuote` have been withdrawn and are unknown members. Source: Alipay,
/// pay (consumer-presented mode), response parameters; Alipay+, Accept a payment, step 2.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PayResponse {
    /// How the call ended. For order code and entry code, `S` says that the code or the redirect was made.
    ///
    /// In JSON `result`.
    pub result: Option<ApiResult>,
    /// The id of the request. At most 64 characters.
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
    /// When the payment was made.
    ///
    /// In JSON `paymentTime`.
    pub payment_time: Option<Time>,
    /// When the payment was created.
    ///
    /// In JSON `paymentCreateTime`.
    pub payment_create_time: Option<Time>,
    /// AMS: when the authorization expires. The other spelling of the documents, `authExpiredTime`, is read
    /// as well.
    ///
    /// In JSON `authExpiryTime`.
    pub auth_expiry_time: Option<Time>,
    /// AMS: the customer at the wallet.
    ///
    /// In JSON `pspCustomerInfo`.
    pub psp_customer_info: Option<PspCustomerInfo>,
    /// A challenge for the customer.
    ///
    /// In JSON `challengeActionForm`.
    pub challenge_action_form: Option<ChallengeActionForm>,
    /// Where the customer's wallet is redirected to.
    ///
    /// In JSON `redirectActionForm`.
    pub redirect_action_form: Option<RedirectActionForm>,
    /// The code that the customer scans.
    ///
    /// In JSON `orderCodeForm`.
    pub order_code_form: Option<OrderCodeForm>,
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
    /// Alipay+: where the customer pays.
    ///
    /// In JSON `paymentUrl`.
    pub payment_url: Option<String>,
    /// Alipay+: what is settled.
    ///
    /// In JSON `settlementAmount`.
    pub settlement_amount: Option<StatedAmount>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl PayResponse {
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
            name: "paymentAmount",
            kind: Kind::Amount,
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
            name: "paymentCreateTime",
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
            name: "challengeActionForm",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: ChallengeActionForm::FIELDS,
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
            name: "orderCodeForm",
            kind: Kind::Object,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: OrderCodeForm::FIELDS,
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
            name: "paymentUrl",
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
    const PAYMENT_REQUEST_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PAYMENT_AMOUNT: Rule = Rule::PLAIN;
    const PAYMENT_TIME: Rule = Rule::PLAIN;
    const PAYMENT_CREATE_TIME: Rule = Rule::PLAIN;
    const AUTH_EXPIRY_TIME: Rule = Rule { alias: "authExpiredTime", ..Rule::PLAIN };
    const PSP_CUSTOMER_INFO: Rule = Rule::PLAIN;
    const CHALLENGE_ACTION_FORM: Rule = Rule::PLAIN;
    const REDIRECT_ACTION_FORM: Rule = Rule::PLAIN;
    const ORDER_CODE_FORM: Rule = Rule::PLAIN;
    const GROSS_SETTLEMENT_AMOUNT: Rule = Rule::PLAIN;
    const SETTLEMENT_QUOTE: Rule = Rule::PLAIN;
    const ACQUIRER_ID: Rule = Rule { max: 64, shown: true, ..Rule::PLAIN };
    const PSP_ID: Rule = Rule { shown: true, ..Rule::PLAIN };
    const CUSTOMER_ID: Rule = Rule::PLAIN;
    const WALLET_BRAND_NAME: Rule = Rule { shown: true, ..Rule::PLAIN };
    const PAYMENT_URL: Rule = Rule::PLAIN;
    const SETTLEMENT_AMOUNT: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How the call ended. For order code and entry code, `S` says that the code or the redirect was made.
    #[must_use]
    pub fn result(mut self, value: impl Into<ApiResult>) -> Self {
        self.result = Some(value.into());
        self
    }

    /// The id of the request. At most 64 characters.
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

    /// When the payment was made.
    #[must_use]
    pub fn payment_time(mut self, value: impl Into<Time>) -> Self {
        self.payment_time = Some(value.into());
        self
    }

    /// When the payment was created.
    #[must_use]
    pub fn payment_create_time(mut self, value: impl Into<Time>) -> Self {
        self.payment_create_time = Some(value.into());
        self
    }

    /// AMS: when the authorization expires. The other spelling of the documents, `authExpiredTime`, is read
    /// as well.
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

    /// A challenge for the customer.
    #[must_use]
    pub fn challenge_action_form(mut self, value: impl Into<ChallengeActionForm>) -> Self {
        self.challenge_action_form = Some(value.into());
        self
    }

    /// Where the customer's wallet is redirected to.
    #[must_use]
    pub fn redirect_action_form(mut self, value: impl Into<RedirectActionForm>) -> Self {
        self.redirect_action_form = Some(value.into());
        self
    }

    /// The code that the customer scans.
    #[must_use]
    pub fn order_code_form(mut self, value: impl Into<OrderCodeForm>) -> Self {
        self.order_code_form = Some(value.into());
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

    /// Alipay+: where the customer pays.
    #[must_use]
    pub fn payment_url(mut self, value: impl Into<String>) -> Self {
        self.payment_url = Some(value.into());
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
            payment_request_id: Slot::take("paymentRequestId", &Self::PAYMENT_REQUEST_ID, &mut object),
            payment_id: Slot::take("paymentId", &Self::PAYMENT_ID, &mut object),
            payment_amount: Slot::take("paymentAmount", &Self::PAYMENT_AMOUNT, &mut object),
            payment_time: Slot::take("paymentTime", &Self::PAYMENT_TIME, &mut object),
            payment_create_time: Slot::take("paymentCreateTime", &Self::PAYMENT_CREATE_TIME, &mut object),
            auth_expiry_time: Slot::take("authExpiryTime", &Self::AUTH_EXPIRY_TIME, &mut object),
            psp_customer_info: Slot::take("pspCustomerInfo", &Self::PSP_CUSTOMER_INFO, &mut object),
            challenge_action_form: Slot::take(
                "challengeActionForm",
                &Self::CHALLENGE_ACTION_FORM,
                &mut object,
            ),
            redirect_action_form: Slot::take("redirectActionForm", &Self::REDIRECT_ACTION_FORM, &mut object),
            order_code_form: Slot::take("orderCodeForm", &Self::ORDER_CODE_FORM, &mut object),
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
            payment_url: Slot::take("paymentUrl", &Self::PAYMENT_URL, &mut object),
            settlement_amount: Slot::take("settlementAmount", &Self::SETTLEMENT_AMOUNT, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.result.put("result", &mut object);
        self.payment_request_id.put("paymentRequestId", &mut object);
        self.payment_id.put("paymentId", &mut object);
        self.payment_amount.put("paymentAmount", &mut object);
        self.payment_time.put("paymentTime", &mut object);
        self.payment_create_time.put("paymentCreateTime", &mut object);
        self.auth_expiry_time.put("authExpiryTime", &mut object);
        self.psp_customer_info.put("pspCustomerInfo", &mut object);
        self.challenge_action_form.put("challengeActionForm", &mut object);
        self.redirect_action_form.put("redirectActionForm", &mut object);
        self.order_code_form.put("orderCodeForm", &mut object);
        self.gross_settlement_amount.put("grossSettlementAmount", &mut object);
        self.settlement_quote.put("settlementQuote", &mut object);
        self.acquirer_id.put("acquirerId", &mut object);
        self.psp_id.put("pspId", &mut object);
        self.customer_id.put("customerId", &mut object);
        self.wallet_brand_name.put("walletBrandName", &mut object);
        self.payment_url.put("paymentUrl", &mut object);
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
                "paymentRequestId" => return Err(misplaced(&self.payment_request_id, json, &at)),
                "paymentId" => return Err(misplaced(&self.payment_id, json, &at)),
                "paymentAmount" => return Err(misplaced(&self.payment_amount, json, &at)),
                "paymentTime" => return Err(misplaced(&self.payment_time, json, &at)),
                "paymentCreateTime" => return Err(misplaced(&self.payment_create_time, json, &at)),
                "authExpiryTime" | "authExpiredTime" => {
                    return Err(misplaced(&self.auth_expiry_time, json, &at));
                }
                "pspCustomerInfo" => return Err(misplaced(&self.psp_customer_info, json, &at)),
                "challengeActionForm" => return Err(misplaced(&self.challenge_action_form, json, &at)),
                "redirectActionForm" => return Err(misplaced(&self.redirect_action_form, json, &at)),
                "orderCodeForm" => return Err(misplaced(&self.order_code_form, json, &at)),
                "grossSettlementAmount" => return Err(misplaced(&self.gross_settlement_amount, json, &at)),
                "settlementQuote" => return Err(misplaced(&self.settlement_quote, json, &at)),
                "acquirerId" => return Err(misplaced(&self.acquirer_id, json, &at)),
                "pspId" => return Err(misplaced(&self.psp_id, json, &at)),
                "customerId" => return Err(misplaced(&self.customer_id, json, &at)),
                "walletBrandName" => return Err(misplaced(&self.wallet_brand_name, json, &at)),
                "paymentUrl" => return Err(misplaced(&self.payment_url, json, &at)),
                "settlementAmount" => return Err(misplaced(&self.settlement_amount, json, &at)),
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
        found.add(self.payment_amount.check(&Self::PAYMENT_AMOUNT, &at.member("paymentAmount"), case));
        found.add(self.payment_time.check(&Self::PAYMENT_TIME, &at.member("paymentTime"), case));
        found.add(self.payment_create_time.check(
            &Self::PAYMENT_CREATE_TIME,
            &at.member("paymentCreateTime"),
            case,
        ));
        found.add(self.auth_expiry_time.check(&Self::AUTH_EXPIRY_TIME, &at.member("authExpiryTime"), case));
        found.add(self.psp_customer_info.check(
            &Self::PSP_CUSTOMER_INFO,
            &at.member("pspCustomerInfo"),
            case,
        ));
        found.add(self.challenge_action_form.check(
            &Self::CHALLENGE_ACTION_FORM,
            &at.member("challengeActionForm"),
            case,
        ));
        found.add(self.redirect_action_form.check(
            &Self::REDIRECT_ACTION_FORM,
            &at.member("redirectActionForm"),
            case,
        ));
        found.add(self.order_code_form.check(&Self::ORDER_CODE_FORM, &at.member("orderCodeForm"), case));
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
        found.add(self.payment_url.check(&Self::PAYMENT_URL, &at.member("paymentUrl"), case));
        found.add(self.settlement_amount.check(
            &Self::SETTLEMENT_AMOUNT,
            &at.member("settlementAmount"),
            case,
        ));
        found.into_result()
    }
}

impl Member for PayResponse {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(PayResponse::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.result.is_set()
            && !self.payment_request_id.is_set()
            && !self.payment_id.is_set()
            && !self.payment_amount.is_set()
            && !self.payment_time.is_set()
            && !self.payment_create_time.is_set()
            && !self.auth_expiry_time.is_set()
            && !self.psp_customer_info.is_set()
            && !self.challenge_action_form.is_set()
            && !self.redirect_action_form.is_set()
            && !self.order_code_form.is_set()
            && !self.gross_settlement_amount.is_set()
            && !self.settlement_quote.is_set()
            && !self.acquirer_id.is_set()
            && !self.psp_id.is_set()
            && !self.customer_id.is_set()
            && !self.wallet_brand_name.is_set()
            && !self.payment_url.is_set()
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
        PayResponse::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for PayResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PayResponse");
        if self.result.is_set() {
            shown.field("result", &Shown(&self.result, &Self::RESULT));
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
        if self.payment_time.is_set() {
            shown.field("payment_time", &Shown(&self.payment_time, &Self::PAYMENT_TIME));
        }
        if self.payment_create_time.is_set() {
            shown.field("payment_create_time", &Shown(&self.payment_create_time, &Self::PAYMENT_CREATE_TIME));
        }
        if self.auth_expiry_time.is_set() {
            shown.field("auth_expiry_time", &Shown(&self.auth_expiry_time, &Self::AUTH_EXPIRY_TIME));
        }
        if self.psp_customer_info.is_set() {
            shown.field("psp_customer_info", &Shown(&self.psp_customer_info, &Self::PSP_CUSTOMER_INFO));
        }
        if self.challenge_action_form.is_set() {
            shown.field(
                "challenge_action_form",
                &Shown(&self.challenge_action_form, &Self::CHALLENGE_ACTION_FORM),
            );
        }
        if self.redirect_action_form.is_set() {
            shown.field(
                "redirect_action_form",
                &Shown(&self.redirect_action_form, &Self::REDIRECT_ACTION_FORM),
            );
        }
        if self.order_code_form.is_set() {
            shown.field("order_code_form", &Shown(&self.order_code_form, &Self::ORDER_CODE_FORM));
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
        if self.payment_url.is_set() {
            shown.field("payment_url", &Shown(&self.payment_url, &Self::PAYMENT_URL));
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
