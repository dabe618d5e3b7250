//! One process without I/O: an engine and a memory store, in a time that the measurement sets.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::pay::PayOptions;
use alipay_instore::api::{PayRequest, PaymentRequestId};
use alipay_instore::engine::{
    CallId, CallResult, Config, Engine, Input, Limits, Now, Output, PayOrder, PayTerms, PostAnswer, PostId,
    Request,
};
use alipay_instore::gateway::{Gateway, Operation, Protocol};
use alipay_instore::json::Object;
use alipay_instore::keys::{SigningKey, VerifyingKey, generate};
use alipay_instore::payment::{Outcome, Policy};
use alipay_instore::store::MemoryStore;
use alipay_instore::{Amount, Merchant, PaymentCode, Shop};
use serde_json::json;

use crate::Result;

pub(crate) const CLIENT_ID: &str = "5Y0000000000000001";
/// When it begins, in milliseconds since the epoch.
const BEGIN: i64 = 1_795_000_000_000;
/// So many bytes the body of a request to pay has.
const BODY: usize = 700;

/// A request that the engine has posted.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) post: PostId,
    pub(crate) id: Arc<str>,
    pub(crate) operation: Operation,
    pub(crate) path: String,
    pub(crate) body: String,
}

/// The process.
#[derive(Debug)]
pub(crate) struct Host {
    engine: Engine,
    store: MemoryStore,
    merchant: Merchant,
    shop: Shop,
    description: String,
    begun: u64,
    /// In milliseconds since it began.
    pub(crate) time: i64,
    /// What is to be posted.
    pub(crate) posted: VecDeque<Posted>,
    /// How calls ended.
    pub(crate) ended: Vec<Option<Outcome>>,
}

impl Host {
    pub(crate) fn new(limits: Limits) -> Result<Self> {
        let (own, gateway) = (generate(2048)?, generate(2048)?);
        let merchant = Merchant::builder(Gateway::from_setting(Protocol::Ams, "sea", false)?, CLIENT_ID)
            .signing_key(SigningKey::load(own.private_pem.as_bytes())?)
            .gateway_keys(VerifyingKey::load(gateway.public_pem.as_bytes())?)
            .build()?;
        let mut engine = Engine::new(Config::new("bench"));
        engine.add_merchant(CLIENT_ID, Policy::preset(Protocol::Ams), limits)?;
        let shop = Shop::new("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7");
        let mut host = Host {
            engine,
            store: MemoryStore::new(),
            merchant,
            shop,
            description: String::new(),
            begun: 0,
            time: 0,
            posted: VecDeque::new(),
            ended: Vec::new(),
        };
        let options = PayOptions { notify_url_configured: true, ..PayOptions::default() };
        let request = host.request(Some("281006020000000000125733"))?;
        let empty =
            request.check(Protocol::Ams, Timestamp::from_millis(BEGIN), &options)?.body.to_string().len();
        host.description =
            "Two coffees and a cake. ".chars().cycle().take(BODY.saturating_sub(empty)).collect();
        Ok(host)
    }

    /// By a code of the customer's, or without one by a code that the customer scans.
    fn request(&mut self, code: Option<&str>) -> Result<PayRequest> {
        self.begun += 1;
        let id = PaymentRequestId::new(
            Timestamp::from_millis(BEGIN),
            "TILL7",
            u128::from(self.begun).to_be_bytes(),
        );
        let amount = Amount::parse("19.99 USD")?;
        Ok(match code {
            Some(code) => self.shop.payment_code(id, amount, PaymentCode::new(code)?, &self.description),
            None => self.shop.order_code(id, amount, &self.description),
        })
    }

    fn order(&mut self, code: Option<&str>) -> Result<PayOrder> {
        let request = self.request(code)?;
        let terms = PayTerms { notify_url_configured: true, fresh: true, ..PayTerms::default() };
        Ok(PayOrder::checked(&self.merchant, &request, terms, Timestamp::from_millis(BEGIN + self.time))?)
    }

    /// Begins a payment; without a wait the caller is told at once that it is in progress.
    pub(crate) fn pay(&mut self, code: Option<&str>, wait: Duration) -> Result<()> {
        let order = self.order(code)?;
        let (call, id) = (CallId(self.begun), order.order.payment_request_id.as_str().into());
        let request = Request::Pay(Box::new(order));
        self.hand_in(Input::Call { call, id, request, wait: Some(wait) });
        Ok(())
    }

    pub(crate) fn answer(&mut self, post: PostId, body: Object) {
        let signed_at = Some(Timestamp::from_millis(BEGIN + self.time));
        let answer = PostAnswer::Verified { body, signed_at, tracer_id: None, text_replaced: false };
        self.hand_in(Input::Posted { post, answer });
    }

    /// Hands something in, and does what follows of it but posting.
    pub(crate) fn hand_in(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let wall = Timestamp::from_millis(BEGIN + self.time);
            let now = Now { wall, monotonic: Duration::from_millis(self.time.unsigned_abs()) };
            for output in self.engine.handle(input, now) {
                match output {
                    Output::Store { job, operation } => {
                        if let Some(answer) = at_once(operation.perform(&self.store)) {
                            inputs.push_back(Input::Stored { job, answer });
                        }
                    }
                    Output::Post { post, id, operation, path, body, .. } => {
                        let body = body.expose().to_owned();
                        self.posted.push_back(Posted { post, id, operation, path, body });
                    }
                    Output::Result { result, .. } => self.ended.push(match result {
                        Ok(CallResult::Payment(result)) => result.outcome,
                        _ => None,
                    }),
                    _ => {}
                }
            }
        }
    }

    /// How long until time has to be handed in, in milliseconds.
    pub(crate) fn sleep(&mut self) -> i64 {
        i64::try_from(self.engine.sleep().as_millis()).unwrap_or(i64::MAX)
    }
}

/// What a store in memory answers without waiting.
fn at_once<T>(answer: impl Future<Output = T>) -> Option<T> {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

/// The answer that a payment is in process, with a code for the customer where there has to be one.
pub(crate) fn in_process(id: &str, form: bool) -> Result<Object> {
    let payment_id = "202611211140108001001887C0207800000";
    let mut answer = json!({
        "result": { "resultStatus": "U", "resultCode": "PAYMENT_IN_PROCESS", "resultMessage": "in process" },
        "paymentRequestId": id,
        "paymentId": payment_id,
    });
    if let (true, Some(members)) = (form, answer.as_object_mut()) {
        let url = format!("https://global.alipay.com/{payment_id}");
        members.insert("orderCodeForm".into(), json!({
            "paymentMethodType": "CONNECT_WALLET",
            "expireTime": "2026-11-21T12:10:00+08:00",
            "codeDetails": [
                { "codeValueType": "QRCODE", "codeValue": url, "displayType": "TEXT" },
                { "codeValueType": "QRCODE", "codeValue": format!("{url}/big"), "displayType": "BIGIMAGE" },
                { "codeValueType": "QRCODE", "codeValue": format!("{url}/small"), "displayType": "SMALLIMAGE" },
            ],
        }));
    }
    Ok(Object::parse(answer.to_string().as_bytes())?)
}
