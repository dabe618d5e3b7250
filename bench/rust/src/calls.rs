//! How long one call takes, beside RSA alone by the library that the backend calls.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::{Notification, Scenario};
use alipay_instore::gateway::{Gateway, Operation, Protocol};
use alipay_instore::json::Object;
use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::payment::{Event, Payment, PaymentOrder, Policy, Timing, step};
use alipay_instore::routing::{Router, RouterConfig};
use alipay_instore::signature::Content;
use alipay_instore::{Amount, AmountRules, Merchant};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, ParsedPublicKey, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::Result;
use crate::bare::decoded;
use crate::clocks::Watch;
use crate::questions::{Question, answer_each};

pub(crate) fn answer(folder: &Path) -> Result<()> {
    let subjects = Subjects::read(folder)?;
    answer_each(|question| subjects.answer(question))
}

struct Subjects {
    merchant: Merchant,
    key: SigningKey,
    gateway_key: VerifyingKey,
    client_id: String,
    time: String,
    header: String,
    path: String,
    notify_path: String,
    now: i64,
    request: Vec<u8>,
    headers: Vec<(&'static str, String)>,
    notification: Vec<u8>,
    pair: RsaKeyPair,
    public: ParsedPublicKey,
    signed_request: Vec<u8>,
    signed_notification: Vec<u8>,
    signature: Vec<u8>,
    router: Router,
    policy: Policy,
    begun: Payment,
    paid: Event,
    snapshot: String,
}

impl Subjects {
    fn read(folder: &Path) -> Result<Self> {
        let file = |name: &str| fs::read(folder.join(name));
        let messages: Value = serde_json::from_slice(&file("messages.json")?)?;
        let text =
            |name: &str| messages.get(name).and_then(Value::as_str).ok_or("messages.json lacks a text");
        let now = messages.get("now_ms").and_then(Value::as_i64).ok_or("messages.json has no time")?;
        let gateway = Gateway::at_url(Protocol::Ams, text("base_url")?, false)?;
        let merchant = Merchant::builder(gateway, text("client_id")?)
            .signing_key(SigningKey::load(file("merchant_private.pem")?)?)
            .gateway_keys(VerifyingKey::load(file("gateway_public.pem")?)?)
            .notify_url(text("notify_path")?)
            .build()?;
        let header = text("signature")?;
        let (_, encoded) = header.rsplit_once("signature=").ok_or("no signature")?;
        let signature = decoded(encoded)?;
        let (begun, paid) = begun(&Object::parse(&file("request.json")?)?)?;
        Ok(Subjects {
            merchant,
            key: SigningKey::load(file("merchant_private.pem")?)?,
            gateway_key: VerifyingKey::load(file("gateway_public.pem")?)?,
            client_id: text("client_id")?.to_owned(),
            time: now.to_string(),
            header: header.to_owned(),
            path: text("path")?.to_owned(),
            notify_path: text("notify_path")?.to_owned(),
            now,
            request: file("request.json")?,
            headers: vec![
                ("Client-Id", text("client_id")?.to_owned()),
                ("Request-Time", now.to_string()),
                ("Signature", header.to_owned()),
                ("Content-Type", "application/json; charset=UTF-8".to_owned()),
            ],
            notification: file("notification.json")?,
            pair: RsaKeyPair::from_pkcs8(&der(&file("merchant_private.pem")?)?)?,
            public: ParsedPublicKey::new(
                &signature::RSA_PKCS1_2048_8192_SHA256,
                der(&file("gateway_public.pem")?)?,
            )?,
            signed_request: text("signed_request")?.as_bytes().to_vec(),
            signed_notification: text("signed_notification")?.as_bytes().to_vec(),
            signature,
            router: Router::new(RouterConfig::default())?,
            policy: Policy::preset(Protocol::Ams),
            snapshot: begun.snapshot(),
            begun,
            paid,
        })
    }

    fn answer(&self, question: &Question) -> Result<Value> {
        let time = question.time;
        match question.what.as_str() {
            "sign" => timed(time, || {
                self.merchant
                    .sign_request(&self.path, self.request.clone(), Timestamp::from_millis(self.now))
                    .is_ok()
            }),
            "verify" => timed(time, || self.verified().is_some()),
            "key_sign" => timed(time, || self.key.sign(self.content(&self.path, &self.request), 1).is_ok()),
            "key_verify" => timed(time, || {
                self.gateway_key
                    .verify(&self.header, self.content(&self.notify_path, &self.notification))
                    .is_ok()
            }),
            "raw_sign" => timed(time, || {
                let mut buffer = vec![0; self.pair.public_modulus_len()];
                let random = SystemRandom::new();
                self.pair
                    .sign(&signature::RSA_PKCS1_SHA256, &random, &self.signed_request, &mut buffer)
                    .is_ok()
            }),
            "raw_verify" => {
                timed(time, || self.public.verify_sig(&self.signed_notification, &self.signature).is_ok())
            }
            "route" => timed(time, || self.router.route(black_box("281006020000000000125733")).is_ok()),
            "amount" => timed(time, || {
                Amount::from_major(black_box("19.99"), black_box("USD"), None, AmountRules::Alipay).is_ok()
            }),
            "step" => timed_with(
                time,
                || self.paid.clone(),
                |paid| step(&self.policy, self.begun.state(), paid, Timestamp::from_millis(2)).is_ok(),
            ),
            "snapshot" => timed(time, || !self.begun.snapshot().is_empty()),
            "restore" => timed(time, || Payment::restore(&self.snapshot).is_ok()),
            other => Err(format!("nothing is called {other}").into()),
        }
    }

    fn content<'a>(&'a self, path: &'a str, body: &'a [u8]) -> Content<'a> {
        Content { method: "POST", path, client_id: &self.client_id, time: &self.time, body }
    }

    /// Verified and read, every member in its type.
    fn verified(&self) -> Option<Notification> {
        let headers = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let verified = self
            .merchant
            .verify_notification(None, headers, &self.notification, Timestamp::from_millis(self.now))
            .ok()?;
        Some(Notification::from_json(verified.body))
    }
}

/// A payment whose request is under way, and the answer that it is paid.
fn begun(body: &Object) -> Result<(Payment, Event)> {
    let amount = Amount::from_minor("1999", "USD")?;
    let order =
        PaymentOrder::new("p".into(), amount, Scenario::PaymentCode, None, "/ams/api/v1".into(), body);
    let mut payment = Payment::new(Policy::preset(Protocol::Ams), order);
    payment.begin(Timestamp::UNIX_EPOCH)?;
    let body = Object::parse(
        br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026","paymentRequestId":"p"}"#,
    )?;
    let reply = Event::Reply { send_id: 1, operation: Operation::Pay, body, timing: Timing::default() };
    Ok((payment, reply))
}

pub(crate) fn der(pem: &[u8]) -> Result<Vec<u8>> {
    let text: String = std::str::from_utf8(pem)?.lines().filter(|line| !line.starts_with("-----")).collect();
    Ok(STANDARD.decode(text)?)
}

/// Calls it for about so long; nanoseconds of processor time a call.
fn timed(time: Duration, mut call: impl FnMut() -> bool) -> Result<Value> {
    timed_with(time, || (), |()| call())
}

/// The same for a call that takes something which is made before, and which is not timed.
fn timed_with<T>(
    time: Duration,
    mut make: impl FnMut() -> T,
    mut call: impl FnMut(T) -> bool,
) -> Result<Value> {
    let (mut calls, mut taken, mut batch) = (0_u64, Duration::ZERO, 1_u64);
    while taken < time {
        let things: Vec<T> = (0..batch).map(|_| make()).collect();
        let watch = Watch::start();
        let mut good = true;
        for thing in things {
            good &= black_box(call(thing));
        }
        taken = taken.saturating_add(watch.taken());
        if !good {
            return Err("the call failed".into());
        }
        calls += batch;
        // The clock is read about a hundred times.
        let each = taken.as_secs_f64() / calls as f64;
        batch = ((time.as_secs_f64() / 100.0 / each) as u64).clamp(1, 1 << 16);
    }
    Ok(serde_json::json!({ "ns": taken.as_secs_f64() * 1e9 / calls as f64 }))
}
