//! Requests: what each has to say, and what of it the ledger needs.
//!
//! Required fields and lengths are those of the pages "pay", "cancel" and "refund" of either protocol; a miss is
//! answered with `PARAM_ILLEGAL` and the field's path.

use std::borrow::Cow;

use serde_json::Value;

use super::fields::{Illegal, amount, canonical, find, required, required_as, text};
use super::time::parse_time;
use crate::Protocol;
use crate::behaviour::is_payment_code;
use crate::ledger::{Key, Money, Scenario};
use crate::result::Code;

/// A pay request that is in order.
#[derive(Debug)]
pub(crate) struct PayRequest<'a> {
    pub(crate) request_id: Cow<'a, str>,
    pub(crate) amount: Money,
    pub(crate) key_parameters: String,
    pub(crate) scenario: Scenario,
    /// The payment code, in the scenario of that name.
    pub(crate) code: Option<Cow<'a, str>>,
    pub(crate) expiry_asked_ms: Option<i64>,
    pub(crate) notify_url: Option<Cow<'a, str>>,
    pub(crate) redirect_url: Option<Cow<'a, str>>,
    /// What was accepted though it is written otherwise than in the documents.
    pub(crate) notes: Vec<String>,
}

/// Reads a pay request.
pub(crate) fn pay_request(protocol: Protocol, body: &Value) -> Result<PayRequest<'_>, Illegal> {
    let request_id = required(body, "paymentRequestId", 64)?;
    let mut notes = Vec::new();
    let scenario = scenario(protocol, body, &mut notes)?;
    let amount = amount(body, "paymentAmount.value", "paymentAmount.currency")?;
    let method_type = required(body, "paymentMethod.paymentMethodType", 64)?;
    let code = text(body, "paymentMethod.paymentMethodId", 128)?;
    if scenario == Scenario::PaymentCode {
        const PATH: &str = "paymentMethod.paymentMethodType";
        one_of(&method_type, &["CONNECT_WALLET"], PATH, &mut notes)?;
        let code = code.as_ref().ok_or(Illegal::at("paymentMethod.paymentMethodId"))?;
        if !is_payment_code(code) {
            return Err(Illegal { code: Code::InvalidCode, path: "paymentMethod.paymentMethodId".into() });
        }
    }
    match protocol {
        Protocol::Ams => ams_order(body, scenario, &mut notes)?,
        Protocol::AlipayPlus => alipay_plus_order(body)?,
    }
    let expiry_asked_ms = match text(body, "paymentExpiryTime", 64)? {
        None => None,
        Some(time) => Some(parse_time(&time).ok_or(Illegal::at("paymentExpiryTime"))?),
    };
    // "Idempotency" (AMS) and "pay" (Alipay+) name the parameters that a repeated request must not change.
    let key_parameters = match protocol {
        Protocol::Ams => code.as_deref().unwrap_or_default().to_owned(),
        Protocol::AlipayPlus => format!(
            "{method_type} {} {}",
            canonical(find(body, "paymentFactor")),
            canonical(find(body, "settlementStrategy"))
        ),
    };
    Ok(PayRequest {
        request_id,
        amount,
        key_parameters,
        scenario,
        code: code.filter(|_| scenario == Scenario::PaymentCode),
        expiry_asked_ms,
        notify_url: text(body, "paymentNotifyUrl", 2048)?,
        redirect_url: text(body, "paymentRedirectUrl", 2048)?,
        notes,
    })
}

/// Finds a text among the documented values in any case: official SDKs write some of them in capitals.
fn one_of(
    text: &str,
    known: &[&'static str],
    path: &'static str,
    notes: &mut Vec<String>,
) -> Result<&'static str, Illegal> {
    let found = known.iter().find(|known| known.eq_ignore_ascii_case(text)).ok_or(Illegal::at(path))?;
    if *found != text {
        notes.push(format!("{path} is {text}; the documents write {found}"));
    }
    Ok(found)
}

fn scenario(protocol: Protocol, body: &Value, notes: &mut Vec<String>) -> Result<Scenario, Illegal> {
    const PATH: &str = "paymentFactor.inStorePaymentScenario";
    const KNOWN: &[&str] = &["PaymentCode", "OrderCode", "EntryCode"];
    let named = text(body, PATH, 64)?;
    let named = named.map(|named| one_of(&named, KNOWN, PATH, notes)).transpose()?;
    match (protocol, named) {
        (_, Some("PaymentCode")) => Ok(Scenario::PaymentCode),
        (_, Some("OrderCode")) => Ok(Scenario::OrderCode),
        (_, Some("EntryCode")) => Ok(Scenario::EntryCode),
        // A payment outside a store, which leads the customer to a page as an entry code does.
        (Protocol::AlipayPlus, None) if find(body, "paymentFactor").is_some() => Ok(Scenario::EntryCode),
        (Protocol::AlipayPlus, None) => Err(Illegal::at("paymentFactor")),
        _ => Err(Illegal::at(PATH)),
    }
}

fn ams_order(body: &Value, scenario: Scenario, notes: &mut Vec<String>) -> Result<(), Illegal> {
    one_of(&required(body, "productCode", 64)?, &["IN_STORE_PAYMENT"], "productCode", notes)?;
    amount(body, "order.orderAmount.value", "order.orderAmount.currency")?;
    text(body, "order.referenceOrderId", 64)?;
    required(body, "order.merchant.referenceMerchantId", 32)?;
    required(body, "order.merchant.merchantMCC", 32)?;
    required(body, "order.merchant.store.referenceStoreId", 64)?;
    required_as(body, "order.merchant.store.storeMCC", "order.merchant.store.storeMcc", 32)?;
    // Later pages than the first one demand these; the gateway takes an order without them.
    for path in ["order.orderDescription", "order.merchant.merchantName", "order.merchant.store.storeName"] {
        if text(body, path, 256)?.is_none() {
            notes.push(format!("{path} is missing; later pages of the documents demand it"));
        }
    }
    match scenario {
        Scenario::EntryCode => {
            required(body, "order.env.userAgent", 4096)?;
        }
        Scenario::PaymentCode | Scenario::OrderCode => {
            required(body, "order.env.storeTerminalId", 64)?;
            let time = required(body, "order.env.storeTerminalRequestTime", 64)?;
            parse_time(&time).ok_or(Illegal::at("order.env.storeTerminalRequestTime"))?;
        }
    }
    Ok(())
}

fn alipay_plus_order(body: &Value) -> Result<(), Illegal> {
    required(body, "order.referenceOrderId", 64)?;
    required(body, "order.orderDescription", 256)?;
    amount(body, "order.orderAmount.value", "order.orderAmount.currency")?;
    required(body, "order.merchant.referenceMerchantId", 64)?;
    required(body, "order.merchant.merchantName", 256)?;
    required(body, "order.merchant.merchantMCC", 4)?;
    required(body, "settlementStrategy.settlementCurrency", 3)?;
    let scenario = text(body, "paymentFactor.inStorePaymentScenario", 64)?;
    let in_store = text(body, "paymentFactor.isInStorePayment", 5)?;
    match (in_store.as_deref(), scenario) {
        (Some("true"), Some(_)) => {
            required(body, "order.merchant.store.referenceStoreId", 64)?;
            required(body, "order.merchant.store.storeName", 256)?;
            required_as(body, "order.merchant.store.storeMCC", "order.merchant.store.storeMcc", 4)
        }
        (Some("true"), None) => Err(Illegal::at("paymentFactor.inStorePaymentScenario")),
        // Outside a store; the official SDK for Python leaves a false value out.
        (Some("false") | None, None) => Ok(()),
        _ => Err(Illegal::at("paymentFactor.isInStorePayment")),
    }
}

/// The payment that an inquiry, a cancel or a refund is about.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) request_id: Option<Cow<'a, str>>,
    pub(crate) payment_id: Option<Cow<'a, str>>,
}

impl Subject<'_> {
    /// The id that counts: `paymentId` wins.
    pub(crate) fn key(&self) -> Key<'_> {
        match (&self.payment_id, &self.request_id) {
            (Some(id), _) => Key::PaymentId(id),
            (None, id) => Key::RequestId(id.as_deref().unwrap_or_default()),
        }
    }
}

/// Reads which payment a request is about; one of the ids has to be there.
pub(crate) fn subject(body: &Value) -> Result<Subject<'_>, Illegal> {
    let request_id = text(body, "paymentRequestId", 64)?;
    let payment_id = text(body, "paymentId", 64)?;
    if request_id.is_none() && payment_id.is_none() {
        return Err(Illegal::at("paymentRequestId"));
    }
    Ok(Subject { request_id, payment_id })
}

/// A refund request that is in order.
#[derive(Debug)]
pub(crate) struct RefundRequest<'a> {
    pub(crate) subject: Subject<'a>,
    pub(crate) request_id: Cow<'a, str>,
    pub(crate) amount: Money,
    /// Where AMS is to notify the refund's result. Alipay+ has no such notification.
    pub(crate) notify_url: Option<Cow<'a, str>>,
}

/// Reads a refund request. AMS knows the payment only by `paymentId`.
pub(crate) fn refund_request(protocol: Protocol, body: &Value) -> Result<RefundRequest<'_>, Illegal> {
    let request_id = required(body, "refundRequestId", 64)?;
    let subject = match protocol {
        Protocol::Ams => Subject { request_id: None, payment_id: Some(required(body, "paymentId", 64)?) },
        Protocol::AlipayPlus => subject(body)?,
    };
    text(body, "referenceRefundId", 64)?;
    text(body, "refundReason", 256)?;
    let amount = amount(body, "refundAmount.value", "refundAmount.currency")?;
    let notify_url = match protocol {
        Protocol::Ams => text(body, "refundNotifyUrl", 2048)?,
        Protocol::AlipayPlus => None,
    };
    Ok(RefundRequest { subject, request_id, amount, notify_url })
}

/// The amount that a pay or refund request is about, if it states one.
pub(crate) fn amount_asked(body: &Value) -> Option<Money> {
    amount(body, "refundAmount.value", "refundAmount.currency")
        .or_else(|_| amount(body, "paymentAmount.value", "paymentAmount.currency"))
        .ok()
}

/// Reads which refund an inquiry is about: `refundRequestId` and `refundId`, one of which has to be there.
#[allow(clippy::type_complexity, reason = "two ids, read once")]
pub(crate) fn refund_subject(body: &Value) -> Result<(Option<Cow<'_, str>>, Option<Cow<'_, str>>), Illegal> {
    let request_id = text(body, "refundRequestId", 64)?;
    let refund_id = text(body, "refundId", 64)?;
    if request_id.is_none() && refund_id.is_none() {
        return Err(Illegal::at("refundRequestId"));
    }
    Ok((request_id, refund_id))
}
