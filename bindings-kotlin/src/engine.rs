//! The engine, as the shell in Kotlin drives it: each call says what happened, and answers with what is to be done now.
//!
//! What is to be stored or posted stays here and is named by its number, so that a payment code crosses only within a
//! signed request. Results, steps and errors cross as JSON.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alipay_instore::engine::{
    self, CallId, CallResult, Config, Input, JobId, Limits, PayOrder, PayTerms, PostAnswer, PostId,
    StoreOperation,
};
use alipay_instore::json::{Json, Object};
use alipay_instore::message::explain_answer;
use alipay_instore::payment::{Certainty, Policy, Secret, Unverified};
use alipay_instore::store::{self, Alerts, StoreError, Unfinished};
use alipay_instore::{Error, ErrorCode, api, merchant};

use crate::failure::{Result, of_code, to_json};
use crate::merchant::Merchant;
use crate::message::{Header, SignedRequest, pairs};
use crate::mirror::Resolved;
use crate::store::Store;

/// What the clocks show, in milliseconds.
#[derive(Clone, Copy, uniffi::Record)]
pub struct Now {
    /// The wall clock, since the epoch.
    pub wall: i64,
    /// A clock that nobody sets.
    pub monotonic: i64,
}

impl From<Now> for engine::Now {
    fn from(now: Now) -> Self {
        engine::Now { wall: now.wall, monotonic: now.monotonic }
    }
}

/// Settings of an engine.
#[derive(uniffi::Record)]
pub struct EngineSettings {
    /// The name of this process among the owners.
    pub owner: String,
    /// The policy as JSON.
    pub policy: String,
    /// Whether it takes over what is due and nobody drives.
    pub claims: bool,
    /// After this time without a beat an owner counts as dead, in milliseconds of real time.
    pub owner_timeout: i64,
    /// How long a request may take as a whole, in milliseconds.
    pub request_timeout: i64,
    /// How many milliseconds of its clock pass in one of real time.
    pub pace: u32,
    /// Whether the notification URL is configured at the gateway.
    pub notify_url_configured: bool,
    /// How many requests may be under way; the core's default if absent.
    pub in_flight: Option<u32>,
}

/// What a caller asks for. Requests are JSON text.
#[derive(uniffi::Enum)]
pub enum Request {
    /// Pay, or go on with that payment.
    Pay {
        /// The request.
        request: String,
        /// The wallet, where it is known.
        wallet: Option<String>,
        /// The id was made for this call.
        fresh: bool,
    },
    /// Store the payment and drive it.
    Start {
        /// The request.
        request: String,
    },
    /// Go on with a stored payment.
    Resume,
    /// Go on until its refunds and its reverse have ended too.
    Finish,
    /// Cancel it.
    Cancel,
    /// Give money back.
    Refund {
        /// The request.
        request: String,
    },
    /// Give the whole back.
    Reverse,
    /// What a person found out.
    Resolve {
        /// The refund; none for the payment.
        refund_request_id: Option<String>,
        /// Made or not made.
        resolved: Resolved,
        /// Who found it out.
        who: String,
        /// How.
        note: String,
    },
    /// Somebody has taken care of an alert.
    Acknowledge {
        /// Its number.
        number: u32,
        /// Who.
        who: String,
    },
    /// Drive it if nobody does.
    TakeUp,
    /// Only look.
    Status,
}

/// Something to do, in this order.
#[derive(uniffi::Enum)]
pub enum Output {
    /// Perform this store operation, and say when it is over.
    Store {
        /// Its number.
        job: u64,
    },
    /// Sign this request, post it, and say what came of it.
    Post {
        /// Its number.
        post: u64,
        /// How long it may take, in milliseconds from now.
        deadline: i64,
    },
    /// Show this step to whoever observes the payment.
    Observed {
        /// The payment.
        payment_request_id: String,
        /// The step as JSON.
        entry: String,
    },
    /// A call has its result.
    Answer {
        /// The call.
        call: u64,
        /// The result as JSON; `null` where there is nothing to tell.
        result: Option<String>,
        /// The error as JSON.
        error: Option<String>,
    },
    /// Everything was given back.
    Closed,
}

struct Asked {
    operation: Arc<StoreOperation>,
    answer: Option<engine::StoreAnswer>,
}

struct Posting {
    path: String,
    body: Secret,
}

/// The engine of one client.
#[derive(uniffi::Object)]
pub struct Engine {
    merchant: merchant::Merchant,
    store: Arc<dyn store::Store>,
    notify_url_configured: bool,
    engine: Mutex<engine::Engine>,
    asked: Mutex<HashMap<u64, Asked>>,
    posting: Mutex<HashMap<u64, Posting>>,
}

#[uniffi::export]
impl Engine {
    /// An engine for this merchant that keeps its payments in this store.
    #[uniffi::constructor]
    pub fn new(merchant: Arc<Merchant>, store: Arc<Store>, settings: EngineSettings) -> Result<Self> {
        let mut config = Config::new(settings.owner).paced(settings.owner_timeout, settings.pace);
        config.claims = settings.claims;
        config.request_timeout = settings.request_timeout;
        let usual = Limits::default();
        let in_flight = settings.in_flight.and_then(|limit| usize::try_from(limit).ok());
        let limits = Limits { in_flight: in_flight.unwrap_or(usual.in_flight), ..usual };
        let mut engine = engine::Engine::new(config);
        engine.add_merchant(merchant.0.client_id(), Policy::from_json(&settings.policy)?, limits)?;
        Ok(Engine {
            merchant: merchant.0.clone(),
            store: Arc::clone(&store.0),
            notify_url_configured: settings.notify_url_configured,
            engine: Mutex::new(engine),
            asked: Mutex::default(),
            posting: Mutex::default(),
        })
    }

    /// Asks for something about a payment. The result comes with the number of the call. `wait` is in milliseconds; none
    /// stands for the default.
    pub fn call(
        &self,
        call: u64,
        payment_request_id: String,
        request: Request,
        wait: Option<i64>,
        now: Now,
    ) -> Result<Vec<Output>> {
        let request = self.request(request, now)?;
        let id = match &request {
            engine::Request::Pay(order) | engine::Request::Start(order) => {
                order.order.payment_request_id.as_str().into()
            }
            _ => payment_request_id.into(),
        };
        Ok(self.handle(Input::Call { call: CallId(call), id, request, wait }, now))
    }

    /// Hands in a verified notification. The result says what it changed.
    pub fn notified(
        &self,
        call: u64,
        payment_request_id: Option<String>,
        refund_request_id: Option<String>,
        body: String,
        now: Now,
    ) -> Result<Vec<Output>> {
        let body = Object::parse(body.as_bytes())?;
        let id = payment_request_id.map(Into::into);
        Ok(self.handle(Input::Notified { call: CallId(call), id, refund_request_id, body }, now))
    }

    /// Does a store operation, and keeps its answer until [`performed`](Engine::performed).
    pub async fn perform(&self, job: u64) {
        let operation = locked(&self.asked).get(&job).map(|asked| Arc::clone(&asked.operation));
        let Some(operation) = operation else { return };
        let answer = operation.perform(&*self.store).await;
        if let Some(asked) = locked(&self.asked).get_mut(&job) {
            asked.answer = Some(answer);
        }
    }

    /// A store operation is over. One without an answer may have written.
    pub fn performed(&self, job: u64, now: Now) -> Vec<Output> {
        let Some(Asked { operation, answer }) = locked(&self.asked).remove(&job) else { return Vec::new() };
        let answer = answer.unwrap_or_else(|| {
            let error = Error::new(ErrorCode::InternalPanic, "the store operation ended without an answer");
            operation.failed(StoreError::MaybeWritten(error))
        });
        self.handle(Input::Stored { job: JobId(job), answer }, now)
    }

    /// Signs the request of a post, now.
    pub fn sign(&self, post: u64, now: i64) -> Result<SignedRequest> {
        let posting = locked(&self.posting);
        let unknown = || Error::new(ErrorCode::InternalPanic, "there is no such request");
        let Posting { path, body } = posting.get(&post).ok_or_else(unknown)?;
        Ok(self.merchant.sign_request(path, body.expose(), now)?.into())
    }

    /// An answer arrived. What can't be verified says nothing about the payment.
    pub fn answered(
        &self,
        post: u64,
        status: u16,
        headers: Vec<Header>,
        body: Vec<u8>,
        now: Now,
    ) -> Vec<Output> {
        let Some(Posting { path, .. }) = locked(&self.posting).remove(&post) else { return Vec::new() };
        let answer = match self.merchant.verify_response(&path, pairs(&headers), &body) {
            Ok(response) => PostAnswer::Verified {
                body: response.body,
                signed_at: response.signed_at_ms,
                tracer_id: response.tracer_id,
                text_replaced: response.text_replaced,
            },
            Err(error) => PostAnswer::Unanswered {
                certainty: Certainty::Unknown,
                unverified: Unverified::suggested(&error, &body),
                error: explain_answer(error, status, pairs(&headers), &body),
            },
        };
        self.handle(Input::Posted { post: PostId(post), answer }, now)
    }

    /// No answer came, for a reason of this code. `sent` is false only if it is certain that nothing was sent.
    pub fn unanswered(
        &self,
        post: u64,
        sent: bool,
        code: String,
        reason: String,
        hint: String,
        now: Now,
    ) -> Vec<Output> {
        locked(&self.posting).remove(&post);
        let certainty = if sent { Certainty::Unknown } else { Certainty::NotSent };
        let error = Error::new(of_code(&code).code(), reason).with_hint(hint);
        let answer = PostAnswer::Unanswered { certainty, unverified: None, error };
        self.handle(Input::Posted { post: PostId(post), answer }, now)
    }

    /// Time passed.
    pub fn time(&self, now: Now) -> Vec<Output> {
        self.handle(Input::Time, now)
    }

    /// Gives everything back.
    pub fn stop(&self, now: Now) -> Vec<Output> {
        self.handle(Input::Close, now)
    }

    /// How long to sleep at most before the time is handed in, in milliseconds.
    pub fn sleep(&self) -> i64 {
        locked(&self.engine).sleep()
    }

    /// The time at the gateway, once two of its answers have confirmed each other.
    pub fn gateway_time(&self, now: Now) -> Option<i64> {
        locked(&self.engine).gateway_time(self.merchant.client_id(), now.into())
    }

    /// A verified answer about nothing that is in hand tells the gateway's time too.
    pub fn hear(&self, signed_at: Option<i64>, sent: Now, received: Now) {
        locked(&self.engine).hear(self.merchant.client_id(), signed_at, sent.into(), received.into());
    }

    /// The alerts that nobody has acknowledged, as JSON.
    pub async fn open_alerts(&self) -> Result<String> {
        let found = Alerts::of(&*self.store, self.merchant.client_id(), self.merchant.protocol()).await?;
        let alerts = found.alerts.iter().map(|open| {
            let named = Object::new().with("payment_request_id", open.payment_request_id.as_str());
            named.with("alert", open.alert.to_json()).into()
        });
        let all = Object::new().with("alerts", Json::Array(alerts.collect()));
        Ok(all.with("unreadable", unreadable(&found.unreadable)).to_string())
    }

    /// The ids of the payments on which something is left to be done, as JSON.
    pub async fn unfinished(&self) -> Result<String> {
        let found = Unfinished::of(&*self.store, self.merchant.client_id()).await?;
        let ids = found.ids.iter().map(|id| Json::from(&**id)).collect();
        let all = Object::new().with("ids", Json::Array(ids));
        Ok(all.with("unreadable", unreadable(&found.unreadable)).to_string())
    }
}

impl Engine {
    fn request(&self, request: Request, now: Now) -> Result<engine::Request> {
        Ok(match request {
            Request::Pay { request, wallet, fresh } => {
                engine::Request::Pay(Box::new(self.order(&request, wallet, fresh, now)?))
            }
            Request::Start { request } => {
                engine::Request::Start(Box::new(self.order(&request, None, false, now)?))
            }
            Request::Resume => engine::Request::Resume,
            Request::Finish => engine::Request::Finish,
            Request::Cancel => engine::Request::Cancel,
            Request::Refund { request } => {
                let request = api::RefundRequest::from_json(Object::parse(request.as_bytes())?);
                engine::Request::refund(&self.merchant, &request)?
            }
            Request::Reverse => engine::Request::Reverse,
            Request::Resolve { refund_request_id, resolved, who, note } => {
                engine::Request::Resolve { refund_request_id, resolved: resolved.into(), who, note }
            }
            Request::Acknowledge { number, who } => {
                engine::Request::Acknowledge { numbers: vec![number], who }
            }
            Request::TakeUp => engine::Request::TakeUp,
            Request::Status => engine::Request::Status,
        })
    }

    fn order(&self, request: &str, wallet: Option<String>, fresh: bool, now: Now) -> Result<PayOrder> {
        let request = api::PayRequest::from_json(Object::parse(request.as_bytes())?);
        let terms = PayTerms { wallet, fresh, notify_url_configured: self.notify_url_configured };
        let now = locked(&self.engine).time(self.merchant.client_id(), now.into());
        Ok(PayOrder::checked(&self.merchant, &request, terms, now)?)
    }

    fn handle(&self, input: Input, now: Now) -> Vec<Output> {
        let outputs = locked(&self.engine).handle(input, now.into());
        outputs.into_iter().filter_map(|output| self.keep(output)).collect()
    }

    /// Keeps what Kotlin only names.
    fn keep(&self, output: engine::Output) -> Option<Output> {
        Some(match output {
            engine::Output::Store { job: JobId(job), operation } => {
                let asked = Asked { operation: Arc::new(operation), answer: None };
                locked(&self.asked).insert(job, asked);
                Output::Store { job }
            }
            engine::Output::Post { post: PostId(post), path, body, deadline, .. } => {
                locked(&self.posting).insert(post, Posting { path, body });
                Output::Post { post, deadline }
            }
            engine::Output::Observed { id, entry } => {
                Output::Observed { payment_request_id: id.to_string(), entry: entry.to_json().to_string() }
            }
            engine::Output::Result { call: CallId(call), result } => match result {
                Ok(result) => Output::Answer { call, result: Some(text(&result)), error: None },
                Err(error) => Output::Answer { call, result: None, error: Some(to_json(&error).to_string()) },
            },
            engine::Output::Closed => Output::Closed,
            _ => return None,
        })
    }
}

fn text(result: &CallResult) -> String {
    let json: Json = match result {
        CallResult::Payment(result) | CallResult::TakenUp(Some(result)) => result.to_json().into(),
        CallResult::Refund(result) => result.to_json().into(),
        CallResult::Reverse(result) => result.to_json().into(),
        CallResult::Notified(result) => result.to_json().into(),
        _ => Json::Null,
    };
    json.to_string()
}

fn unreadable(records: &[store::Unreadable]) -> Json {
    let record = |unreadable: &store::Unreadable| {
        let named = Object::new().with("payment_request_id", unreadable.id.as_str());
        named.with("error", to_json(&unreadable.error)).into()
    };
    Json::Array(records.iter().map(record).collect())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
