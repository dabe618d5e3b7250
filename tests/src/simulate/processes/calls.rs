//! What the tills ask, and what they do with what they are told.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::engine::{CallId, CallResult, Input, Notified};
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::payment::{AlertKind, Outcome};
use alipay_instore::store::PaymentRecord;

use super::super::tally::count;
use super::cashier::Asked;
use super::process::Process;
use super::shell::Shell;
use super::world::{Happening, World};

/// So often a till tries for one payment.
const MOST_TRIES: u32 = 40;

impl<S: Shell> World<'_, S> {
    /// Somebody at a till asks one of the processes.
    pub(super) fn asks(&mut self, till: usize, asked: Asked) {
        let up: Vec<usize> = (0..self.processes.len())
            .filter(|at| self.processes.get(*at).is_some_and(Process::is_up))
            .collect();
        let process = self.chance.pick(&up, usize::MAX);
        let Some(of) = self.tills.get_mut(till) else { return };
        if process == usize::MAX {
            return self.queue.put(self.now.saturating_add(1_000), Happening::Asks(till, asked));
        }
        let Ok(request) = asked.request(&of.plan, &of.id, &of.merchant, of.begins, !of.tried) else {
            return self.breaks(till, "the simulation could not build a request");
        };
        match &asked {
            Asked::Pay => {
                of.tried = true;
                of.promises.is_asked_again();
            }
            Asked::Refund(id, value) => {
                of.promises.refunds_asked.insert(id.clone(), *value);
                of.promises.settled = true;
            }
            Asked::Reverse => {
                of.promises.settled = true;
                of.promises.reverse_asked = true;
            }
            _ => {}
        }
        count(&mut self.tally.checks, asked.name());
        let id = Arc::clone(&of.id);
        self.calls = self.calls.saturating_add(1);
        let call = CallId(self.calls);
        let wait: i64 = of.chance.pick(&[180_000, 180_000, 30_000, 5_000], 180_000);
        self.note(till, || format!("process {process} is asked to {}", asked.name()));
        let Some(of) = self.processes.get_mut(process) else { return };
        // The store may take a minute to say how it stands.
        let patience = wait.saturating_add(75_000);
        of.asked.insert(call, (till, asked, patience));
        let life = of.life;
        self.hand_in(
            process,
            life,
            Input::Call { call, id, request, wait: Some(Duration::from_millis(wait.unsigned_abs())) },
        );
    }

    pub(super) fn told(&mut self, process: usize, call: CallId, result: Result<CallResult, Error>) {
        let result = self.shell.result(result);
        let Some(of) = self.processes.get_mut(process) else { return };
        let Some((till, asked, patience)) = of.asked.remove(&call) else {
            return self.breaks(0, "a call got a second result");
        };
        let heard = of.heard.remove(&call).unwrap_or(self.now);
        let late = self.now > heard.max(of.paused_until).saturating_add(patience);
        self.note(till, || {
            let brief = match &result {
                Ok(CallResult::Payment(report)) => format!("{:?} stored {}", report.outcome, report.stored),
                Ok(other) => format!("{other:?}").chars().take(100).collect(),
                Err(error) => format!("{} charged {}", error.code(), error.may_have_charged()),
            };
            format!("process {process} answers {}: {brief}", asked.name())
        });
        if late {
            return self.breaks(till, "a call did not end in time");
        }
        self.is_told((process, till), call, asked, &result);
    }

    fn is_told(
        &mut self,
        (by, till): (usize, usize),
        call: CallId,
        asked: Asked,
        result: &Result<CallResult, Error>,
    ) {
        if let Asked::Notification(number, attempt) = asked {
            let taken = matches!(result, Ok(CallResult::Notified(Notified::Taken { .. })));
            count(
                &mut self.tally.checks,
                if taken { "notifications stored" } else { "notifications refused" },
            );
            self.told_of_alerts(till, call, result);
            return self.acknowledge(number, attempt, taken);
        }
        let standing = self.standing(till);
        let Some(of) = self.tills.get_mut(till) else { return };
        if let Err(promise) = of.promises.tells(by, &asked, result, standing.as_ref()) {
            return self.breaks(till, promise);
        }
        match result {
            Ok(CallResult::Payment(report)) => {
                if !report.stored {
                    count(&mut self.tally.troubles, "told before it was stored");
                }
                let alerts: Vec<u32> = report.alerts.iter().map(|alert| alert.number).collect();
                if !alerts.is_empty() && self.chance.in_1000(100) {
                    self.later(till, Asked::Acknowledge(alerts), 60_000);
                }
                match &report.outcome {
                    None => self.again(till, asked),
                    Some(Outcome::Succeeded) => self.follows(till),
                    Some(Outcome::Unresolved { .. }) if self.chance.in_1000(300) => {
                        self.later(till, Asked::Resolve, 60_000);
                    }
                    Some(_) => {}
                }
            }
            Ok(CallResult::Refund(report)) if report.outcome.is_none() => self.again(till, asked),
            Ok(CallResult::Reverse(report)) if report.outcome.is_none() => self.again(till, asked),
            Ok(_) => {}
            Err(error) => {
                count(&mut self.tally.checks, error.code().as_str());
                let lost = matches!(error.code(), ErrorCode::StoreFailed | ErrorCode::PaymentInterrupted);
                if lost && asked.is_repeated() {
                    self.again(till, asked);
                }
            }
        }
    }

    /// Who brings a late notification is told the alerts that it raised.
    fn told_of_alerts(&mut self, till: usize, call: CallId, result: &Result<CallResult, Error>) {
        let Some((revision, alerts)) = self.notices.remove(&call) else { return };
        let Ok(CallResult::Notified(Notified::Taken { alerts: told, payment_request_id, .. })) = result
        else {
            return;
        };
        let now = self.storage.stored(payment_request_id).map_or(0, |stored| stored.revision);
        let Some(record) = self.storage.record(payment_request_id) else { return };
        // Nobody else has written meanwhile, so what is new was raised by this notification.
        let late = |kind| matches!(kind, AlertKind::LateEvidence | AlertKind::ConflictingEvidence);
        let new = record.alerts().iter().skip(alerts).filter(|alert| late(alert.kind)).count();
        if now == revision.saturating_add(1) && new > 0 {
            count(&mut self.tally.checks, "notifications that raised an alert");
            if told.len() < new {
                self.breaks(till, "an alert of a late notification reached nobody");
            }
        }
    }

    /// The customer has paid: some want something back.
    fn follows(&mut self, till: usize) {
        let calm = self.calm;
        let Some(of) = self.tills.get_mut(till).filter(|of| !of.followed && !calm) else { return };
        of.followed = true;
        let (id, whole) = (Arc::clone(&of.id), of.plan.amount.value());
        let (mut asks, mut twice) = (Vec::new(), 0);
        if of.chance.in_1000(250) {
            for number in 0..=of.chance.below(3) {
                let value = of.chance.below(whole).max(1);
                let value = if of.plan.amount.currency().code() == "IDR" {
                    value.div_ceil(100).saturating_mul(100)
                } else {
                    value
                };
                let refund = Asked::Refund(format!("r{number}-{id}"), value.min(whole));
                if of.chance.in_1000(200) {
                    twice += 1;
                    asks.push((refund.clone(), 100));
                }
                asks.push((refund, 60_000));
            }
        }
        if of.chance.in_1000(100) {
            asks.push((Asked::Reverse, 60_000));
        }
        for _ in 0..twice {
            count(&mut self.tally.troubles, "two ask for one refund");
        }
        for (asked, latest) in asks {
            self.later(till, asked, latest);
        }
    }

    fn again(&mut self, till: usize, asked: Asked) {
        let Some(of) = self.tills.get_mut(till) else { return };
        of.tries = of.tries.saturating_add(1);
        if of.tries < MOST_TRIES {
            // A payment that is to be cancelled is not paid meanwhile.
            self.later(till, asked, 20_000);
        }
    }

    fn later(&mut self, till: usize, asked: Asked, latest: i64) {
        let after = self.chance.between(10, latest);
        self.queue.put(self.now.saturating_add(after), Happening::Asks(till, asked));
    }

    pub(super) fn tally_end(&mut self, record: Option<&PaymentRecord>) {
        let outcome = record.and_then(|record| record.payment().outcome());
        count(&mut self.tally.outcomes, outcome.map_or("never begun", |outcome| outcome.as_str()));
        let Some(record) = record else { return };
        for alert in record.alerts() {
            count(&mut self.tally.alerts, alert.kind.as_str());
        }
        if record.alerts().iter().any(|alert| alert.kind == AlertKind::NotStored) {
            count(&mut self.tally.checks, "ended with an alert that a result was not stored");
        }
        let ledger = record.ledger();
        for refund in ledger.iter().flat_map(|ledger| ledger.refunds()) {
            let name = match refund.outcome().map(|outcome| outcome.as_str()) {
                Some("refunded") => "refund: refunded",
                Some("failed") => "refund: failed",
                Some("unresolved") => "refund: unresolved",
                _ => "refund: other",
            };
            count(&mut self.tally.outcomes, name);
        }
        if let Some(reverse) = ledger.and_then(|ledger| ledger.reverse()) {
            let name = match reverse.state() {
                "reversed" => "reverse: reversed",
                "refused" => "reverse: refused",
                _ => "reverse: unresolved",
            };
            count(&mut self.tally.outcomes, name);
        }
    }
}
