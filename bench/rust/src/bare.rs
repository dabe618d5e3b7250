//! What one would write instead of a client: sign, post, verify, look at the status. Nothing is stored, nothing is repeated.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, ParsedPublicKey, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::Result;
use crate::calls::der;
use crate::pay::at_once;
use crate::questions::answer_each;

const PATH: &str = "/ams/api/v1/payments/pay";

struct Till {
    http: reqwest::Client,
    url: String,
    client_id: String,
    pair: RsaKeyPair,
    gateway: ParsedPublicKey,
    run: u128,
    made: AtomicU64,
}

pub(crate) fn answer(folder: &Path) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let till = Arc::new(Till::read(folder)?);
    answer_each(|question| {
        let till = Arc::clone(&till);
        runtime.block_on(at_once(question.time, move || {
            let till = Arc::clone(&till);
            async move { till.pay().await }
        }))
    })
}

impl Till {
    fn read(folder: &Path) -> Result<Self> {
        let sandbox: Value = serde_json::from_slice(&fs::read(folder.join("sandbox.json"))?)?;
        let text = |name: &str| sandbox.get(name).and_then(Value::as_str).ok_or("sandbox.json lacks a text");
        let file = |name: &str| Result::Ok(fs::read(folder.join(text(name)?))?);
        let mut http = reqwest::Client::builder();
        if text("ca").is_ok() {
            http = http.add_root_certificate(reqwest::Certificate::from_pem(&file("ca")?)?);
        }
        Ok(Till {
            http: http.build()?,
            url: format!("{}{PATH}", text("base_url")?),
            client_id: text("client_id")?.to_owned(),
            pair: RsaKeyPair::from_pkcs8(&der(&file("merchant_private_key")?)?)?,
            gateway: ParsedPublicKey::new(
                &signature::RSA_PKCS1_2048_8192_SHA256,
                der(&file("gateway_public_key")?)?,
            )?,
            run: SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis(),
            made: AtomicU64::new(0),
        })
    }

    async fn pay(&self) -> Result<()> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let id = format!("bare-{}-{number}", self.run);
        let code = format!("2810060280015{number:011}");
        let body = serde_json::json!({
            "productCode": "IN_STORE_PAYMENT",
            "paymentRequestId": id,
            "paymentFactor": { "inStorePaymentScenario": "PaymentCode" },
            "paymentAmount": { "currency": "USD", "value": "1999" },
            "paymentMethod": { "paymentMethodType": "CONNECT_WALLET", "paymentMethodId": code },
            "order": {
                "referenceOrderId": id,
                "orderDescription": "Two coffees",
                "orderAmount": { "currency": "USD", "value": "1999" },
                "merchant": {
                    "referenceMerchantId": "M1", "merchantMCC": "5814", "merchantName": "Coffee House",
                    "store": { "referenceStoreId": "S1", "storeName": "Harbour", "storeMCC": "5814" },
                },
                "env": { "storeTerminalId": "TILL7", "storeTerminalRequestTime": "2026-11-21T12:00:00+08:00" },
            },
        })
        .to_string();
        let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let signed = format!("POST {PATH}\n{}.{time}.{body}", self.client_id);
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(
            &signature::RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            signed.as_bytes(),
            &mut signature,
        )?;
        let response = self
            .http
            .post(&self.url)
            .header("Client-Id", &self.client_id)
            .header("Request-Time", time.to_string())
            .header("Signature", format!("algorithm=RSA256,keyVersion=1,signature={}", encoded(&signature)))
            .header("Content-Type", "application/json; charset=UTF-8")
            .body(body)
            .send()
            .await?;
        let header = |name: &str| {
            Result::Ok(response.headers().get(name).ok_or("a header is missing")?.to_str()?.to_owned())
        };
        let (time, header) = (header("Response-Time")?, header("Signature")?);
        let body = response.text().await?;
        let (_, given) = header.rsplit_once("signature=").ok_or("no signature")?;
        let signed = format!("POST {PATH}\n{}.{time}.{body}", self.client_id);
        self.gateway.verify_sig(signed.as_bytes(), &decoded(given)?)?;
        let answer: Value = serde_json::from_str(&body)?;
        match answer.pointer("/result/resultStatus").and_then(Value::as_str) {
            Some("S") => Ok(()),
            _ => Err(format!("a payment ended otherwise: {body}").into()),
        }
    }
}

fn encoded(signature: &[u8]) -> String {
    STANDARD.encode(signature).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

pub(crate) fn decoded(text: &str) -> Result<Vec<u8>> {
    Ok(STANDARD.decode(text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))?)
}
