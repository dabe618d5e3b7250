//! Engines on one store, in time that the test sets: what a caller is told, and what leaves.

mod callers;
mod failures;
mod processes;
mod refunds;

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::amount::Amount;
use crate::api::{PayRequest, RefundRequest, Scenario};
use crate::error::ErrorCode;
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::payment::{AlertKind, Certainty, Outcome, PaymentOrder};
use crate::store::{Answer, MemoryStore, PaymentRecord, Stated, Store, StoreError};
use crate::time::{duration, instant, milliseconds};

const MERCHANT: &str = "merchant-1";
/// When every test begins. These tests count all times in milliseconds.
const START: i64 = 1_795_303_736_000;

/// How the store behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Weather {
    #[default]
    Fine,
    /// Every write fails, and nothing is written.
    NotWritten,
    /// Every write fails after it was done.
    MaybeWritten,
    /// Nothing is answered.
    Hangs,
}

struct Posted {
    post: PostId,
    operation: Operation,
    body: String,
}

/// A process: an engine and its shell.
struct Process {
    engine: Engine,
    store: MemoryStore,
    weather: Weather,
    /// The store answers a save so much later, and what it has still to answer.
    save_takes: i64,
    unanswered: Vec<(i64, Input)>,
    posts: Vec<Posted>,
    results: HashMap<CallId, Result<CallResult>>,
    events: Vec<&'static str>,
    calls: u64,
    /// The wall clock is so far ahead of the time of the test.
    ahead: i64,
    closed: bool,
}

/// Processes on one store, and the time.
struct World {
    now: i64,
    store: MemoryStore,
}

impl World {
    fn new() -> Self {
        World { now: 0, store: MemoryStore::new() }
    }

    fn process(&self, name: &str) -> Process {
        self.process_with(Config::new(name), Limits::default())
    }

    fn process_with(&self, config: Config, limits: Limits) -> Process {
        self.process_over(Protocol::Ams, config, limits)
    }

    fn process_over(&self, protocol: Protocol, config: Config, limits: Limits) -> Process {
        let mut engine = Engine::new(config);
        engine.add_merchant(MERCHANT, Policy::preset(protocol), limits).unwrap();
        let mut process = Process {
            engine,
            store: self.store.clone(),
            weather: Weather::Fine,
            save_takes: 0,
            unanswered: Vec::new(),
            posts: Vec::new(),
            results: HashMap::new(),
            events: Vec::new(),
            calls: 0,
            ahead: 0,
            closed: false,
        };
        process.put(Input::Time, self.now);
        process
    }

    /// Time passes; each process is woken when it asked for it.
    fn pass(&mut self, time: i64, processes: &mut [&mut Process]) {
        let end = self.now + time;
        while self.now < end {
            let next = |process: &mut &mut Process| {
                let answers = process.unanswered.iter().map(|(at, _)| at - self.now);
                answers.chain([milliseconds(process.engine.sleep())]).min().unwrap_or(i64::MAX).max(1)
            };
            let sleep = processes.iter_mut().map(next).min().unwrap_or(i64::MAX);
            self.now = end.min(self.now + sleep);
            for process in &mut *processes {
                let now = self.now;
                let answered: Vec<_> = process.unanswered.extract_if(.., |(at, _)| *at <= now).collect();
                for (_, answer) in answered {
                    process.put(answer, now);
                }
                process.put(Input::Time, now);
            }
        }
    }

    fn record(&self, id: &str) -> PaymentRecord {
        let stored = done(self.store.load(id)).unwrap().expect("it is stored");
        PaymentRecord::decode(stored.entry.text.expose()).unwrap()
    }

    fn outcome(&self, id: &str) -> Option<Outcome> {
        self.record(id).payment().outcome().cloned()
    }
}

/// A memory store answers at once.
fn done<T>(answer: Answer<'_, T>) -> Result<T, StoreError> {
    let mut answer = pin!(answer);
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the memory store waits for nothing"),
    }
}

impl Process {
    fn put(&mut self, input: Input, now: i64) {
        let clocks = Now { wall: instant(START + now + self.ahead), monotonic: duration(now) };
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let mut answers = Vec::new();
            for output in self.engine.handle(input, clocks) {
                match output {
                    Output::Store { job, operation } => {
                        let later = matches!(operation, StoreOperation::Save { .. }) && self.save_takes > 0;
                        let answer = self.stored(operation).map(|answer| Input::Stored { job, answer });
                        if later {
                            self.unanswered.extend(answer.map(|answer| (now + self.save_takes, answer)));
                        } else {
                            answers.extend(answer);
                        }
                    }
                    Output::Post { post, operation, body, .. } => {
                        self.posts.push(Posted { post, operation, body: body.expose().to_owned() });
                    }
                    Output::Observed { entry, .. } => self.events.push(entry.event.name()),
                    Output::Result { call, result } => {
                        assert!(self.results.insert(call, result).is_none(), "a call has one result");
                    }
                    Output::Closed => self.closed = true,
                }
            }
            answers.reverse();
            inputs.extend(answers);
        }
    }

    fn stored(&self, operation: StoreOperation) -> Option<StoreAnswer> {
        let failed = || Error::new(ErrorCode::StoreFailed, "the disk is full");
        let write = |answer: Answer<'_, ()>| match self.weather {
            Weather::Fine => done(answer),
            Weather::NotWritten => Err(StoreError::NotWritten(failed())),
            Weather::MaybeWritten | Weather::Hangs => match done(answer) {
                Err(StoreError::Conflict(found)) => Err(StoreError::Conflict(found)),
                _ => Err(StoreError::MaybeWritten(failed())),
            },
        };
        let away = self.weather != Weather::Fine;
        let down = || StoreError::NotWritten(failed());
        if self.weather == Weather::Hangs {
            return None;
        }
        let store = &self.store;
        // The memory store does its work when it is called, so it is only called if it may.
        Some(match operation {
            StoreOperation::Insert { entry, owner } if self.weather != Weather::NotWritten => {
                StoreAnswer::Done(write(store.insert(&entry, owner.as_deref())))
            }
            StoreOperation::Save { entry, expected, by } if self.weather != Weather::NotWritten => {
                StoreAnswer::Done(write(store.save(&entry, expected, by.as_deref())))
            }
            StoreOperation::Insert { .. } | StoreOperation::Save { .. } => StoreAnswer::Done(Err(down())),
            StoreOperation::Load { .. } | StoreOperation::Take { .. } | StoreOperation::FindRefund { .. }
                if away =>
            {
                StoreAnswer::Record(Err(down()))
            }
            StoreOperation::Claim { .. } | StoreOperation::Touched { .. } if away => {
                StoreAnswer::Records(Err(down()))
            }
            StoreOperation::Load { id } => StoreAnswer::Record(done(store.load(&id))),
            StoreOperation::Take { id, owner } => StoreAnswer::Record(done(store.take(&id, &owner))),
            StoreOperation::Claim { owner, now, limit } => {
                StoreAnswer::Records(done(store.claim(&owner, now, limit)))
            }
            StoreOperation::Touched { owner, limit } => {
                StoreAnswer::Records(done(store.touched(&owner, limit)))
            }
            StoreOperation::Release { id, owner } => StoreAnswer::Done(done(store.release(&id, &owner))),
            StoreOperation::Beat { owner } => StoreAnswer::Beat(done(store.beat(&owner))),
            StoreOperation::Forget { owner, beats } => StoreAnswer::Done(done(store.forget(&owner, beats))),
            StoreOperation::GatewayTime { merchant } => {
                StoreAnswer::Time(done(store.gateway_time(&merchant)))
            }
            StoreOperation::FindRefund { refund_request_id } => {
                StoreAnswer::Record(done(store.find_refund(&refund_request_id)))
            }
        })
    }

    fn call(&mut self, world: &World, id: &str, request: Request) -> CallId {
        self.calls += 1;
        let call = CallId(self.calls);
        self.put(Input::Call { call, id: id.into(), request, wait: None }, world.now);
        call
    }

    fn pay(&mut self, world: &World, id: &str) -> CallId {
        self.call(world, id, Request::Pay(order(id, Scenario::PaymentCode, "1999", CODE)))
    }

    fn notify(&mut self, world: &World, id: &str, body: &str) -> CallId {
        self.calls += 1;
        let call = CallId(self.calls);
        let body = object(body);
        self.put(Input::Notified { call, id: Some(id.into()), refund_request_id: None, body }, world.now);
        call
    }

    /// The gateway answers the request that was posted first.
    fn answer(&mut self, world: &World, operation: Operation, body: &str) {
        let at = self.posts.iter().position(|posted| posted.operation == operation);
        let posted = self.posts.remove(at.expect("it was posted"));
        let answer = PostAnswer::Verified {
            body: object(body),
            signed_at: Some(instant(START + world.now)),
            tracer_id: None,
            text_replaced: false,
        };
        self.put(Input::Posted { post: posted.post, answer }, world.now);
    }

    fn no_answer(&mut self, world: &World, operation: Operation, certainty: Certainty) {
        let at = self.posts.iter().position(|posted| posted.operation == operation);
        let posted = self.posts.remove(at.expect("it was posted"));
        let error = Error::new(ErrorCode::TransportTimeout, "silence");
        let answer = PostAnswer::Unanswered { certainty, unverified: None, error };
        self.put(Input::Posted { post: posted.post, answer }, world.now);
    }

    fn operations(&self) -> Vec<Operation> {
        self.posts.iter().map(|posted| posted.operation).collect()
    }

    #[track_caller]
    fn payment(&self, call: CallId) -> &PaymentResult {
        match self.results.get(&call) {
            Some(Ok(CallResult::Payment(report))) => report,
            other => panic!("no payment, but {other:?}"),
        }
    }

    /// The same without what this process saw on the way.
    #[track_caller]
    fn ended(&self, call: CallId) -> PaymentResult {
        PaymentResult { timeline: Vec::new(), ..self.payment(call).clone() }
    }

    #[track_caller]
    fn error(&self, call: CallId) -> &Error {
        match self.results.get(&call) {
            Some(Err(error)) => error,
            other => panic!("no error, but {other:?}"),
        }
    }
}

const CODE: &str = "281006020000000000125733";
const PAID: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026"}"#;
const IN_PROCESS: &str = r#"{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"}}"#;
const DECLINED: &str = r#"{"result":{"resultStatus":"F","resultCode":"USER_BALANCE_NOT_ENOUGH"}}"#;
const DONE: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#;
const INQUIRED_PAID: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"SUCCESS",
    "paymentId":"2026","paymentAmount":{"currency":"USD","value":"1999"}}"#;

fn notified(id: &str, status: &str) -> String {
    format!(
        r#"{{"notifyType":"PAYMENT_RESULT","result":{{"resultStatus":"{status}","resultCode":"X"}},
        "paymentRequestId":"{id}","paymentId":"2026","paymentAmount":{{"currency":"USD","value":"1999"}}}}"#
    )
}

fn object(text: &str) -> Object {
    Object::parse(text.as_bytes()).unwrap()
}

fn order(id: &str, scenario: Scenario, value: &str, code: &str) -> Box<PayOrder> {
    let body = object(&format!(
        r#"{{"paymentRequestId":"{id}","paymentAmount":{{"currency":"USD","value":"{value}"}},
        "paymentMethod":{{"paymentMethodId":"{code}"}}}}"#
    ));
    let stated = Stated::of_pay(&PayRequest::from_json(body.clone()));
    let amount = Amount::from_minor(value, "USD").unwrap();
    let order = PaymentOrder::new(id.into(), amount, scenario, None, "/ams/api/v1".into(), &body);
    Box::new(PayOrder { merchant: MERCHANT.into(), order, stated, fresh: true, warnings: Vec::new() })
}

fn refund(id: &str, value: &str) -> Request {
    let request =
        RefundRequest::new().refund_request_id(id).refund_amount(Amount::from_minor(value, "USD").unwrap());
    let stated = Stated::of_refund(&request);
    Request::Refund { request: Box::new(request), stated }
}
