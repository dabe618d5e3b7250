//! Payments in process, all at once, against a gateway in the same process whose messages are not signed: each is paid at
//! its third inquiry. The processor time of the gateway is taken away.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::time::Duration;

use alipay_instore::engine::{Input, Limits, PostId};
use alipay_instore::json::Object;
use alipay_instore::payment::Outcome;
use alipay_instore_sandbox::{
    Acknowledgement, Behaviour, Config, Due, Exchange, Gateway, Request, Signatures,
};

use crate::Result;
use crate::clocks::{Watch, processor, resident};
use crate::host::{CLIENT_ID, Host, Posted};

/// A request and its answer take so long, in milliseconds of the simulation.
const LATENCY: i64 = 5;
/// The rate is that of the gateway; what bounds the requests is how many are under way.
const LIMITS: Limits = Limits { in_flight: 128, per_second: 1_000_000, burst: 1_000_000 };

pub(crate) fn measure(count: &str) -> Result<()> {
    let count: usize = count.parse()?;
    let behaviour = Behaviour::named("paid_after_inquiries").ok_or("the sandbox has no such behaviour")?;
    let gateway = Gateway::new(Config::new(CLIENT_ID, Signatures::Off));
    let mut host = Host::new(LIMITS)?;
    let before = resident()?;
    let watch = Watch::start();
    let mut elsewhere = Duration::ZERO;
    for _ in 0..count {
        host.pay(Some(&behaviour.fresh_code()), Duration::MAX)?;
    }
    let mut network = Network { gateway, way: BinaryHeap::new(), answers: HashMap::new(), most: 0 };
    let mut memory = 0;
    let mut rounds = 0_u64;
    while host.ended.len() < count {
        let posting = processor();
        network.takes(&mut host)?;
        elsewhere = elsewhere.saturating_add(processor().saturating_sub(posting));
        let wakes = host.time.saturating_add(host.sleep().max(1));
        match network.next(wakes) {
            Some((at, post, answer)) => {
                host.time = at.max(host.time);
                host.answer(post, answer);
            }
            None => {
                host.time = wakes;
                host.hand_in(Input::Time);
            }
        }
        rounds += 1;
        if rounds.is_multiple_of(1 << 14) {
            memory = resident()?.max(memory);
        }
    }
    memory = resident()?.max(memory);
    let taken = watch.taken().saturating_sub(elsewhere);
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in &host.ended {
        *outcomes.entry(outcome.as_ref().map_or("in progress", Outcome::as_str)).or_default() += 1;
    }
    println!(
        "{}",
        serde_json::json!({
            "payments": count,
            "outcomes": outcomes,
            "right": outcomes.get("succeeded") == Some(&count),
            "most_in_flight": network.most,
            "processor_us_each": taken.as_secs_f64() * 1e6 / count as f64,
            "virtual_seconds": host.time / 1_000,
            "peak_bytes": memory.saturating_sub(before),
        })
    );
    Ok(())
}

struct Network {
    gateway: Gateway,
    way: BinaryHeap<Reverse<(i64, PostId)>>,
    answers: HashMap<PostId, Object>,
    most: usize,
}

impl Network {
    /// What the host has posted arrives, and its answer is on its way.
    fn takes(&mut self, host: &mut Host) -> Result<()> {
        while let Some(Posted { post, path, body, .. }) = host.posted.pop_front() {
            self.acts(host.time);
            let headers = [("Client-Id", CLIENT_ID), ("Content-Type", "application/json; charset=UTF-8")];
            let request = Request { method: "POST", path: &path, headers: &headers, body: body.as_bytes() };
            let Exchange::Answered(answer) = self.gateway.handle(host.time, &request) else {
                return Err("the gateway did not answer".into());
            };
            self.answers.insert(post, Object::parse(&answer.body)?);
            self.way.push(Reverse((host.time + LATENCY, post)));
            self.most = self.most.max(self.answers.len());
        }
        Ok(())
    }

    /// Nobody listens for the notifications of the gateway.
    fn acts(&self, now: i64) {
        for due in self.gateway.due(now) {
            if let Due::Notification(delivery) = due {
                let answer = Acknowledgement {
                    status: 200,
                    headers: &[],
                    body: br#"{"result":{"resultStatus":"S"}}"#,
                };
                self.gateway.acknowledge(now, delivery.notification, delivery.attempt, Some(answer));
            }
        }
    }

    /// The next answer that arrives until this time.
    fn next(&mut self, until: i64) -> Option<(i64, PostId, Object)> {
        let Reverse((at, _)) = *self.way.peek()?;
        if at > until {
            return None;
        }
        let Reverse((at, post)) = self.way.pop()?;
        Some((at, post, self.answers.remove(&post)?))
    }
}
