use super::*;
use crate::amount::Amount;
use crate::api::PaymentRequestId;
use crate::currency::Currency;
use crate::error::Error;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::payment_code::PaymentCode;
use crate::time::Timestamp;

const CODE: &str = "281006020000000000125733";
/// 2025-02-20T08:51:49.090Z
const NOW: Timestamp = Timestamp::from_millis(1_740_041_509_090);
const BOTH: [Protocol; 2] = [Protocol::Ams, Protocol::AlipayPlus];

fn amount(value: u64, currency: &str) -> Amount {
    Amount::new(value, Currency::from_code(currency).unwrap()).unwrap()
}

fn order() -> Order {
    Order::new()
        .reference_order_id("order-1")
        .order_description("Two coffees")
        .merchant(
            OrderMerchant::new()
                .reference_merchant_id("M1")
                .merchant_mcc("5814")
                .merchant_name("Café")
                .store(OrderStore::new().reference_store_id("S1").store_name("Harbour").store_mcc("5814")),
        )
        .env(Env::new().store_terminal_id("TILL7").user_agent("Mozilla/5.0"))
}

/// A request that every protocol takes.
fn request(scenario: Scenario) -> PayRequest {
    let id = PaymentRequestId::parse("pay-1").unwrap();
    let amount = amount(1999, "USD");
    let request = match scenario {
        Scenario::PaymentCode => {
            PayRequest::for_payment_code(id, amount, PaymentCode::new(CODE).unwrap(), order())
        }
        Scenario::OrderCode => PayRequest::for_order_code(id, amount, order()),
        Scenario::EntryCode => PayRequest::for_entry_code(id, amount, order()),
    };
    request.payment_notify_url("https://shop.example/notify").settlement_strategy(
        SettlementStrategy::new().settlement_currency(Currency::from_code("USD").unwrap()),
    )
}

fn check(request: &PayRequest, protocol: Protocol) -> Result<CheckedPay, Error> {
    request.check(protocol, NOW, &PayOptions::default())
}

#[track_caller]
fn refused(request: &PayRequest, protocol: Protocol, code: &str, path: &str) {
    let error = check(request, protocol).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), (code, Some(path)), "{error:?}");
}

/// Removes the member at a dotted path.
fn without(object: &Object, path: &str) -> Object {
    let mut object = object.clone();
    match path.split_once('.') {
        Some((first, rest)) => {
            let inner = without(object.object(first).unwrap(), rest);
            object.set(first.to_owned(), inner);
        }
        None => drop(object.take(path).unwrap()),
    }
    object
}

/// Sets the member at a dotted path.
fn with(object: &Object, path: &str, value: &str) -> Object {
    let mut object = object.clone();
    match path.split_once('.') {
        Some((first, rest)) => {
            let inner = with(&object.object(first).cloned().unwrap_or_default(), rest, value);
            object.set(first.to_owned(), inner);
        }
        None => object.set(path.to_owned(), value),
    }
    object
}

#[test]
fn an_ams_body_holds_what_the_documents_ask_for() {
    let body = check(&request(Scenario::PaymentCode), Protocol::Ams).unwrap().body.to_string();
    assert_eq!(
        body,
        concat!(
            r#"{"productCode":"IN_STORE_PAYMENT","paymentRequestId":"pay-1","#,
            r#""paymentNotifyUrl":"https://shop.example/notify","#,
            r#""paymentFactor":{"inStorePaymentScenario":"PaymentCode"},"#,
            r#""paymentAmount":{"currency":"USD","value":"1999"},"#,
            r#""paymentMethod":{"paymentMethodType":"CONNECT_WALLET","paymentMethodId":"281006020000000000125733"},"#,
            r#""settlementStrategy":{"settlementCurrency":"USD"},"#,
            r#""order":{"referenceOrderId":"order-1","orderDescription":"Two coffees","#,
            r#""orderAmount":{"currency":"USD","value":"1999"},"#,
            r#""merchant":{"referenceMerchantId":"M1","merchantMCC":"5814","merchantName":"Café","#,
            r#""store":{"referenceStoreId":"S1","storeName":"Harbour","storeMCC":"5814"}},"#,
            r#""env":{"userAgent":"Mozilla/5.0","storeTerminalId":"TILL7","#,
            r#""storeTerminalRequestTime":"2025-02-20T08:51:49.090Z"}}}"#,
        )
    );
}

#[test]
fn an_alipay_plus_body_has_the_flag_and_no_product() {
    let body = check(&request(Scenario::PaymentCode), Protocol::AlipayPlus).unwrap().body;
    assert!(body.get("productCode").is_none());
    let factor = body.object("paymentFactor").unwrap().to_string();
    assert_eq!(factor, r#"{"inStorePaymentScenario":"PaymentCode","isInStorePayment":"true"}"#);
    refused(
        &request(Scenario::PaymentCode).product_code("IN_STORE_PAYMENT"),
        Protocol::AlipayPlus,
        "request.forbidden",
        "productCode",
    );
}

#[test]
fn each_missing_field_is_named() {
    use Scenario::{EntryCode, OrderCode, PaymentCode};
    let everywhere = [
        "paymentRequestId",
        "paymentAmount",
        "paymentAmount.currency",
        "paymentAmount.value",
        "paymentFactor.inStorePaymentScenario",
        "order.merchant.referenceMerchantId",
        "order.merchant.merchantMCC",
        "order.merchant.store.referenceStoreId",
        "order.merchant.store.storeMCC",
    ];
    let not_in_ams =
        ["order.orderDescription", "order.merchant.merchantName", "order.merchant.store.storeName"];
    for protocol in BOTH {
        for scenario in [PaymentCode, OrderCode, EntryCode] {
            let mut paths: Vec<&str> = everywhere.to_vec();
            match (protocol, scenario) {
                (Protocol::Ams, EntryCode) => paths.extend(["paymentNotifyUrl", "order.env.userAgent"]),
                (Protocol::Ams, _) => paths.extend(["paymentNotifyUrl", "order.env.storeTerminalId"]),
                (Protocol::AlipayPlus, _) => {
                    paths.extend(["order.referenceOrderId", "settlementStrategy.settlementCurrency"]);
                    paths.extend(not_in_ams);
                }
            }
            if protocol == Protocol::AlipayPlus && scenario == EntryCode {
                paths.push("order.env.userAgent");
            }
            if scenario == PaymentCode {
                paths.push("paymentMethod.paymentMethodId");
            }
            let whole = request(scenario).to_json();
            check(&PayRequest::from_json(whole.clone()), protocol).unwrap();
            for path in paths {
                for broken in [without(&whole, path), with(&whole, path, "")] {
                    // An amount is there as soon as it has both members; an empty one is wrong, not missing.
                    let is_part = path.starts_with("paymentAmount.");
                    if is_part && broken.object("paymentAmount").is_some_and(|amount| amount.len() == 2) {
                        continue;
                    }
                    let error = check(&PayRequest::from_json(broken), protocol).unwrap_err();
                    let found = (error.code().as_str(), error.path());
                    assert_eq!(found, ("request.missing", Some(path)), "{protocol:?} {scenario:?}");
                }
            }
        }
    }
}

mod china;
mod limits;
mod rules;
