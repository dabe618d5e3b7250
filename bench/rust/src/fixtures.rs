//! Keys and messages, made for each run, and the same for every program in it.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use alipay_instore::keys::{SigningKey, generate};
use alipay_instore::signature::Content;
use serde_json::{Value, json};

use crate::Result;

/// Every message has so many bytes: what a request to pay with an order has.
const SIZE: usize = 1_200;
const CLIENT_ID: &str = "SANDBOX_5X00000000000000";
const PATH: &str = "/ams/sandbox/api/v1/payments/pay";
const NOTIFY_PATH: &str = "/alipay/notify";

pub(crate) fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let (merchant, gateway) = (generate(2048)?, generate(2048)?);
    for (name, pem) in [
        ("merchant_private.pem", merchant.private_pem.as_str()),
        ("merchant_public.pem", merchant.public_pem.as_str()),
        ("gateway_private.pem", gateway.private_pem.as_str()),
        ("gateway_public.pem", gateway.public_pem.as_str()),
    ] {
        fs::write(folder.join(name), pem)?;
    }
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let (request, notification) = (request(), notification());
    let time = now.to_string();
    let content = Content {
        method: "POST",
        path: NOTIFY_PATH,
        client_id: CLIENT_ID,
        time: &time,
        body: notification.as_bytes(),
    };
    let signature = SigningKey::load(gateway.private_pem.as_bytes())?.sign(content, 1)?;
    fs::write(folder.join("request.json"), &request)?;
    fs::write(folder.join("notification.json"), &notification)?;
    let messages = json!({
        "client_id": CLIENT_ID,
        "base_url": "https://open-sea.alipay.com",
        "path": PATH,
        "notify_path": NOTIFY_PATH,
        "now_ms": now,
        "signature": signature,
        "signed_request": format!("POST {PATH}\n{CLIENT_ID}.{time}.{request}"),
        "signed_notification": format!("POST {NOTIFY_PATH}\n{CLIENT_ID}.{time}.{notification}"),
    });
    fs::write(folder.join("messages.json"), messages.to_string())?;
    println!("{}", json!({ "done": true }));
    Ok(())
}

fn request() -> String {
    filled(
        json!({
            "productCode": "IN_STORE_PAYMENT",
            "paymentRequestId": "20261121TILL7000000000000000001",
            "paymentNotifyUrl": "https://shop.example/alipay/notify",
            "paymentFactor": { "inStorePaymentScenario": "PaymentCode" },
            "paymentAmount": { "currency": "USD", "value": "1999" },
            "paymentMethod": { "paymentMethodType": "CONNECT_WALLET", "paymentMethodId": "281006020000000000125733" },
            "order": {
                "referenceOrderId": "20261121TILL7000000000000000001",
                "orderAmount": { "currency": "USD", "value": "1999" },
                "merchant": {
                    "referenceMerchantId": "M1", "merchantMCC": "5814", "merchantName": "Coffee House",
                    "store": { "referenceStoreId": "S1", "storeName": "Harbour", "storeMCC": "5814" },
                },
                "env": { "storeTerminalId": "TILL7", "storeTerminalRequestTime": "2026-11-21T12:00:00+08:00" },
            },
            "orderDescription": "",
        }),
        "orderDescription",
    )
}

fn notification() -> String {
    filled(
        json!({
            "notifyType": "PAYMENT_RESULT",
            "result": { "resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success." },
            "paymentRequestId": "20261121TILL7000000000000000001",
            "paymentId": "202611211140108001001887C0207800000",
            "paymentAmount": { "currency": "USD", "value": "1999" },
            "grossSettlementAmount": { "currency": "USD", "value": "1999" },
            "settlementQuote": {
                "quoteId": "", "quotePrice": "1", "quoteCurrencyPair": "USD/USD", "guaranteed": true,
            },
            "paymentCreateTime": "2026-11-21T12:00:00+08:00",
            "paymentTime": "2026-11-21T12:00:01+08:00",
            "pspCustomerInfo": {
                "pspName": "ALIPAY_HK", "pspCustomerId": "2088111111123456", "displayCustomerId": "te***@example.com",
            },
            "walletBrandName": "AlipayHK",
            "passThroughInfo": "",
        }),
        "passThroughInfo",
    )
}

/// With as much text in the last member as there has to be.
fn filled(mut message: Value, member: &str) -> String {
    let missing = SIZE.saturating_sub(message.to_string().len());
    if let Some(value) = message.get_mut(member) {
        *value = "Two coffees and a cake. ".chars().cycle().take(missing).collect::<String>().into();
    }
    message.to_string()
}
