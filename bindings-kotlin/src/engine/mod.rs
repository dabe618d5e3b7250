//! The engine, as the shell in Kotlin drives it: each call says what happened, and answers with what is to be done now.
//!
//! What is to be stored or posted stays here and is named by its number, so that a payment code crosses only within a
//! signed request. Results, steps and errors cross as JSON.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use alipay_instore::engine::{self, Config, Limits, StoreOperation};
use alipay_instore::json::{Json, Object};
use alipay_instore::merchant;
use alipay_instore::payment::{Policy, Secret};
use alipay_instore::store::{self, Alerts, Unfinished};

use crate::failure::{Result, to_json};
use crate::flat::Numbered;
use crate::merchant::Merchant;
use crate::millis::duration;
use crate::store::Store;

mod calls;
mod outputs;

pub(crate) use calls::{
    answered, begin, call, gateway_time, hear, notified, performed, sign, stop, time, unanswered,
};

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
    /// How many requests may be under way.
    pub in_flight: u32,
    /// How many may begin in a second, in the long run.
    pub per_second: u32,
    /// How many may begin at once after a pause.
    pub burst: u32,
}

struct Asked {
    operation: Arc<StoreOperation>,
    /// It was begun, and its store is at work.
    doing: Option<Doing>,
    answer: Option<engine::StoreAnswer>,
}

type Doing = Pin<Box<dyn Future<Output = engine::StoreAnswer> + Send>>;

struct Posting {
    path: String,
    body: Secret,
}

/// The engine of one client.
#[derive(uniffi::Object)]
pub struct Engine(Numbered<Running>);

/// An engine, and what it asked for and is not over.
pub(crate) struct Running {
    merchant: merchant::Merchant,
    store: Arc<dyn store::Store>,
    notify_url_configured: bool,
    engine: Mutex<engine::Engine>,
    asked: Mutex<HashMap<u64, Asked>>,
    posting: Mutex<HashMap<u64, Arc<Posting>>>,
}

#[uniffi::export]
impl Engine {
    /// An engine for this merchant that keeps its payments in this store.
    #[uniffi::constructor]
    pub fn new(merchant: Arc<Merchant>, store: Arc<Store>, settings: EngineSettings) -> Result<Self> {
        let mut config = Config::new(settings.owner).paced(duration(settings.owner_timeout), settings.pace);
        config.claims = settings.claims;
        config.request_timeout = duration(settings.request_timeout);
        let limits = Limits {
            in_flight: usize::try_from(settings.in_flight).unwrap_or(usize::MAX),
            per_second: settings.per_second,
            burst: settings.burst,
        };
        let mut engine = engine::Engine::new(config);
        engine.add_merchant(merchant.0.client_id(), Policy::from_json(&settings.policy)?, limits)?;
        Ok(Engine(Numbered::new(Running {
            merchant: merchant::Merchant::clone(&merchant.0),
            store: Arc::clone(&store.0),
            notify_url_configured: settings.notify_url_configured,
            engine: Mutex::new(engine),
            asked: Mutex::default(),
            posting: Mutex::default(),
        })))
    }

    /// The number by which flat calls name it.
    pub fn number(&self) -> i64 {
        self.0.number()
    }

    /// Waits for the end of a store operation that was begun by the flat call `ENGINE_BEGIN`, and keeps its answer until
    /// `ENGINE_PERFORMED`.
    pub async fn perform(&self, job: u64) {
        let doing = locked(&self.0.asked).get_mut(&job).and_then(|asked| asked.doing.take());
        let Some(doing) = doing else { return };
        let answer = doing.await;
        self.0.answer(job, answer);
    }

    /// The alerts that nobody has acknowledged, as JSON.
    pub async fn open_alerts(&self) -> Result<String> {
        let found =
            Alerts::of(&*self.0.store, self.0.merchant.client_id(), self.0.merchant.protocol()).await?;
        let alerts = found.alerts.iter().map(|open| {
            let named = Object::new().with("payment_request_id", open.payment_request_id.as_str());
            named.with("alert", open.alert.to_json()).into()
        });
        let all = Object::new().with("alerts", Json::Array(alerts.collect()));
        Ok(all.with("unreadable", unreadable(&found.unreadable)).to_string())
    }

    /// The ids of the payments on which something is left to be done, as JSON.
    pub async fn unfinished(&self) -> Result<String> {
        let found = Unfinished::of(&*self.0.store, self.0.merchant.client_id()).await?;
        let ids = found.ids.iter().map(|id| Json::from(&**id)).collect();
        let all = Object::new().with("ids", Json::Array(ids));
        Ok(all.with("unreadable", unreadable(&found.unreadable)).to_string())
    }
}

impl Running {
    /// Begins a store operation, and says whether it is over at once.
    fn begin(&self, job: u64) -> bool {
        let operation = locked(&self.asked).get(&job).map(|asked| Arc::clone(&asked.operation));
        let Some(operation) = operation else { return true };
        let store = Arc::clone(&self.store);
        let mut doing: Doing = Box::pin(async move { operation.perform(&*store).await });
        // Whoever waits for it polls it again, so that it is woken then.
        match doing.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => {
                self.answer(job, answer);
                true
            }
            Poll::Pending => {
                if let Some(asked) = locked(&self.asked).get_mut(&job) {
                    asked.doing = Some(doing);
                }
                false
            }
        }
    }

    fn answer(&self, job: u64, answer: engine::StoreAnswer) {
        if let Some(asked) = locked(&self.asked).get_mut(&job) {
            asked.answer = Some(answer);
        }
    }
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
