//! A till of a few lines for these tests: signs with the merchant's key, posts, verifies with the gateway's.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, dead_code, reason = "test code")]

pub(crate) mod merchant;

use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::signature::Content;
use alipay_instore_sandbox::{Options, Running, Sandbox};
use serde_json::{Value, json};

pub(crate) struct Till {
    pub(crate) base: String,
    pub(crate) http: reqwest::Client,
    pub(crate) client_id: String,
    pub(crate) key: SigningKey,
    pub(crate) gateway: VerifyingKey,
    pub(crate) headers: Vec<(&'static str, String)>,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) verified: bool,
    pub(crate) signed: bool,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    pub(crate) fn code(&self) -> &str {
        assert!(self.verified, "the reply does not verify: {}", self.body);
        self.body["result"]["resultCode"].as_str().unwrap()
    }
}

/// A sandbox in a new folder, and a till that has read its `sandbox.json`.
pub(crate) async fn sandbox(change: impl FnOnce(&mut Options)) -> (Running, Till, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new(folder.path());
    change(&mut options);
    let running = Sandbox::start(options).await.unwrap();
    let till = Till::from_file(&running.description());
    (running, till, folder)
}

impl Till {
    pub(crate) fn from_file(description: &std::path::Path) -> Self {
        let text = std::fs::read(description).unwrap();
        let described: Value = serde_json::from_slice(&text).unwrap();
        let beside = |name: &str| {
            std::fs::read(description.with_file_name(described[name].as_str().unwrap())).unwrap()
        };
        let mut http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        if described.get("ca").is_some() {
            http = http.tls_certs_only([reqwest::Certificate::from_pem(&beside("ca")).unwrap()]);
        }
        Till {
            base: described["base_url"].as_str().unwrap().into(),
            http: http.build().unwrap(),
            client_id: described["client_id"].as_str().unwrap().into(),
            key: SigningKey::load(beside("merchant_private_key")).unwrap(),
            gateway: VerifyingKey::load(beside("gateway_public_key")).unwrap(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn request(&self, path: &str, body: &str) -> reqwest::RequestBuilder {
        let time = "2026-11-21T12:00:00.000+08:00";
        let content =
            Content { method: "POST", path, client_id: &self.client_id, time, body: body.as_bytes() };
        let mut request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("Client-Id", &self.client_id)
            .header("Request-Time", time)
            .header("Content-Type", "application/json; charset=UTF-8")
            .header("Signature", self.key.sign(content, 1).unwrap())
            .body(body.to_owned());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request
    }

    pub(crate) async fn send(
        &self,
        path: &str,
        request: reqwest::RequestBuilder,
    ) -> Result<Reply, reqwest::Error> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await?;
        let text = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
        let content = Content {
            method: "POST",
            path,
            client_id: text("client-id"),
            time: text("response-time"),
            body: &bytes,
        };
        let verified =
            text("client-id") == self.client_id && self.gateway.verify(text("signature"), content).is_ok();
        let signed = headers.contains_key("signature");
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Reply { status, verified, signed, headers, body, bytes: bytes.to_vec() })
    }

    pub(crate) async fn try_post(&self, path: &str, body: &Value) -> Result<Reply, reqwest::Error> {
        self.send(path, self.request(path, &body.to_string())).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.try_post(path, body).await.unwrap()
    }

    pub(crate) async fn ams(&self, api: &str, body: &Value) -> Reply {
        self.post(&format!("/ams/api/v1/payments/{api}"), body).await
    }

    pub(crate) async fn aps(&self, api: &str, body: &Value) -> Reply {
        self.post(&format!("/aps/api/v1/payments/{api}"), body).await
    }

    pub(crate) async fn control(&self, path: &str, body: &Value) -> Value {
        let response =
            self.http.post(format!("{}{path}", self.base)).body(body.to_string()).send().await.unwrap();
        assert!(response.status().is_success(), "{path}");
        serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let response = self.http.get(format!("{}{path}", self.base)).send().await.unwrap();
        assert!(response.status().is_success(), "{path}");
        serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
    }

    pub(crate) async fn ledger(&self) -> Value {
        self.get("/sandbox/ledger").await
    }

    /// The ledger's entry for one payment.
    pub(crate) async fn entry(&self, id: &str) -> Value {
        let ledger = self.ledger().await;
        ledger["payments"]
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["payment_request_id"] == id)
            .unwrap()
            .clone()
    }
}

pub(crate) const PLAIN_CODE: &str = "281006020000000000125733";

/// The payment code of a behaviour.
pub(crate) fn code_of(name: &str) -> &'static str {
    alipay_instore_sandbox::BEHAVIOURS.iter().find(|row| row.name == name).unwrap().code
}

pub(crate) fn with(mut body: Value, name: &str, value: &str) -> Value {
    body[name] = value.into();
    body
}

/// A pay body of AMS; `scenario` is `PaymentCode`, `OrderCode` or `EntryCode`.
pub(crate) fn ams_pay(id: &str, scenario: &str, code: Option<&str>) -> Value {
    let mut body = json!({
        "productCode": "IN_STORE_PAYMENT",
        "paymentRequestId": id,
        "paymentFactor": {"inStorePaymentScenario": scenario},
        "paymentAmount": {"currency": "USD", "value": "1999"},
        "paymentMethod": {"paymentMethodType": "CONNECT_WALLET"},
        "order": {
            "orderDescription": "Coffee",
            "orderAmount": {"currency": "USD", "value": "1999"},
            "merchant": {
                "referenceMerchantId": "M1", "merchantName": "Shop", "merchantMCC": "5411",
                "store": {"referenceStoreId": "S1", "storeName": "Shop 1", "storeMCC": "5411"},
            },
            "env": {
                "storeTerminalId": "T1", "storeTerminalRequestTime": "2026-11-21T12:00:00.000+08:00",
                "userAgent": "Mozilla/5.0",
            },
        },
    });
    if let Some(code) = code {
        body["paymentMethod"]["paymentMethodId"] = code.into();
    }
    body
}

/// A pay body of Alipay+.
pub(crate) fn aps_pay(id: &str, scenario: &str, code: Option<&str>) -> Value {
    let mut body = ams_pay(id, scenario, code);
    body.as_object_mut().unwrap().remove("productCode");
    body["paymentFactor"]["isInStorePayment"] = "true".into();
    body["order"]["referenceOrderId"] = "O1".into();
    body["settlementStrategy"] = json!({"settlementCurrency": "USD"});
    body
}
