//! Calls of the host: what each asks for, and when it has its result.

use std::sync::Arc;
use std::time::Duration;

use super::change::Change;
use super::io::{CallId, PayOrder, Request, StoreOperation};
use super::live::{Call, Goal, Live};
use super::results::{CallResult, Notified};
use super::saves::{COMES_AGAIN, MAY_NOT_BE_STORED, load_failed};
use super::unstored::{INTERRUPTED_AFTER, UNSTORED_AFTER};
use super::{Engine, Job, Timer, report};
use crate::api::Scenario;
use crate::error::{Error, ErrorCode};
use crate::json::Object;
use crate::payment::Payment;
use crate::store::{PaymentRecord, StoreError, Stored};

/// How long a caller waits for a payment by payment code.
const WAIT: Duration = Duration::from_secs(180);
/// A record that could not be loaded is loaded again after this time.
const LOAD_AGAIN: Duration = Duration::from_secs(1);
/// And so much longer than the customer has, for other payments.
const WAIT_AFTER_CLOSING: Duration = Duration::from_secs(120);

/// A notification of a refund whose payment is looked for.
#[derive(Clone, Debug)]
pub(super) struct RefundNotice {
    call: CallId,
    refund_request_id: String,
    body: Object,
}

impl Engine {
    pub(super) fn call(&mut self, call: CallId, id: Arc<str>, request: Request, wait: Option<Duration>) {
        if self.closing {
            let fresh = matches!(&request, Request::Pay(order) | Request::Start(order) if order.fresh);
            let error = Error::new(ErrorCode::ClientClosed, "the client is closed");
            return self.result(call, Err(error.with_money(!fresh, !fresh)));
        }
        let (goal, change, pay) = match request {
            Request::Pay(order) => (Goal::Payment, None, Some(order)),
            Request::Start(order) => (Goal::Started, None, Some(order)),
            Request::Resume => (Goal::Payment, None, None),
            Request::Finish => (Goal::Everything, None, None),
            Request::Cancel => (Goal::Payment, Some(Change::Cancel), None),
            Request::Refund { request, stated } => {
                let Some(refund) = request.refund_request_id.clone() else {
                    let error = Error::new(ErrorCode::RequestMissing, "the field is required");
                    return self.result(call, Err(error.with_path("refundRequestId")));
                };
                (Goal::Refund(refund), Some(Change::Refund { request, stated }), None)
            }
            Request::Reverse => (Goal::Reverse, Some(Change::Reverse), None),
            Request::Resolve { refund_request_id, resolved, who, note } => {
                (Goal::Done, Some(Change::Resolve { refund_request_id, resolved, who, note }), None)
            }
            Request::Acknowledge { numbers, who } => {
                (Goal::Done, Some(Change::Acknowledge { numbers, who }), None)
            }
            Request::TakeUp => (Goal::TakenUp { driven: false }, None, None),
            Request::Status => (Goal::Status, None, None),
        };
        let wait = match (&pay, wait) {
            (_, Some(wait)) => Some(wait),
            (Some(order), None) => Some(self.default_wait(order)),
            (None, None) => Some(WAIT),
        };
        // What only has to be stored waits for the store, and for no longer than it may fail.
        let wait = if goal.is_stored() { Some(INTERRUPTED_AFTER) } else { wait };
        if let Some(wait) = wait {
            self.timers.set(Timer::Call(call), self.now.monotonic.saturating_add(wait));
        }
        self.calls.insert(call, Arc::clone(&id));
        let warnings = pay.as_ref().map(|order| order.warnings.clone()).unwrap_or_default();
        let fresh = pay.as_ref().is_some_and(|order| order.fresh);
        let timeline = Vec::new();
        let overdue = false;
        let new = Call { call, goal, fresh, overdue, change, pay, code_ignored: false, warnings, timeline };
        self.on_any(&id, |engine, live| engine.join(live, new));
    }

    fn default_wait(&self, order: &PayOrder) -> Duration {
        let closing =
            self.trades.get(&order.merchant).map_or(Duration::ZERO, |trade| trade.policy.closing_time);
        match order.order.scenario {
            Scenario::PaymentCode => WAIT,
            Scenario::OrderCode | Scenario::EntryCode => closing.saturating_add(WAIT_AFTER_CLOSING),
        }
    }

    /// One more caller for a payment, in hand or not.
    fn join(&mut self, live: &mut Live, call: Call) {
        if live.refused {
            let error = Error::new(ErrorCode::SnapshotInconsistent, "the record can't be used here");
            return self.result(call.call, Err(error.with_money(true, true)));
        }
        let fresh = live.record.is_none() && live.busy.is_none() && live.revision == 0 && !live.mine;
        match &call.pay {
            Some(order) if fresh => {
                let Some(trade) = self.trades.get(&order.merchant) else {
                    let error =
                        Error::new(ErrorCode::ConfigUnknownClient, "the merchant is not configured here");
                    return self.result(call.call, Err(error));
                };
                let now = trade.clock.at(self.now);
                let payment = Payment::new(Arc::clone(&trade.policy), order.order.clone());
                let record = PaymentRecord::new(payment, &order.merchant, order.stated.clone(), now);
                live.record = Some(Box::new(record));
                live.mine = true;
                live.todo.push_back(Change::Begin);
                live.calls.push(call);
            }
            _ => {
                live.calls.push(call);
                self.check_same(live);
                // What it stands at may be older than what others have stored.
                if live.record.is_none() && live.busy.is_none() {
                    self.load(live);
                }
            }
        }
    }

    /// Every caller who states a payment has to state the one that is stored.
    pub(super) fn check_same(&mut self, live: &mut Live) {
        let Some(record) = &live.record else { return };
        let mut wrong = Vec::new();
        live.calls.retain_mut(|call| {
            let Some(order) = &call.pay else { return true };
            let stated = record.extras.stated.as_ref();
            // An earlier version did not keep what was stated: the id alone has to do.
            let same = stated.is_none_or(|stated| stated.is_same(&order.stated));
            call.code_ignored = stated.is_some_and(|stated| !stated.has_same_code(&order.stated));
            if !same {
                wrong.push(call.call);
            } else if live.revision > 0 {
                call.pay = None;
            }
            same
        });
        let error = (!wrong.is_empty()).then(|| report::id_reused(record));
        for (call, error) in wrong.into_iter().zip(error.into_iter().cycle()) {
            self.result(call, Err(error));
        }
    }

    /// A record was loaded or taken.
    pub(super) fn loaded(
        &mut self,
        live: &mut Live,
        answer: Result<Option<Stored>, StoreError>,
        taken: bool,
    ) {
        let stored = match answer {
            Ok(Some(stored)) => stored,
            Ok(None) => return self.unknown(live),
            Err(error) => return self.not_loaded(live, error),
        };
        let had = live.mine;
        if let Err(error) = self.rebase(live, &stored) {
            return self.refuse(live, &error);
        }
        self.check_same(live);
        if live.mine && !had {
            live.is_taken_over();
        }
        match stored.owner {
            // The store knows better than the last beat told: somebody lives who has it.
            Some(owner) if taken && !live.mine => self.lives(owner),
            _ => self.take_if_free(live, &stored),
        }
    }

    /// The store does not say how it stands. What is in hand is looked at again a little later.
    fn not_loaded(&mut self, live: &mut Live, error: StoreError) {
        let error = load_failed(error).with_money(true, true);
        let in_hand = live.record.is_some() || live.mine || !live.todo.is_empty();
        let (told, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut live.calls).into_iter().partition(|call| !in_hand || call.goal.is_stored());
        live.calls = waiting;
        for call in told {
            self.result(call.call, Err(error.clone()));
        }
        if in_hand {
            live.look_again = true;
            live.backing_off = true;
            let at = self.now.monotonic.saturating_add(LOAD_AGAIN);
            self.timers.set(Timer::Retry(Arc::clone(&live.id)), at);
        }
    }

    /// Takes a record over that has to be driven here, if nobody seems to drive it.
    pub(super) fn take_if_free(&mut self, live: &mut Live, stored: &Stored) {
        if !live.mine && self.wants_to_drive(live) && self.is_free(stored.owner.as_deref()) {
            self.take(live);
        }
    }

    /// Whether it has to be driven here if nobody else does it.
    pub(super) fn wants_to_drive(&self, live: &Live) -> bool {
        let waits = live.calls.iter().any(|call| match &call.goal {
            Goal::Refund(_) | Goal::Reverse => call.change.is_some() || !live.is_finished(),
            Goal::TakenUp { .. } => !live.is_finished(),
            goal => !goal.is_stored() && !live.is_finished(),
        });
        self.is_alive() && waits
    }

    /// Whether somebody asks for something that is to be sent while it is not known yet who drives the record. Entered before
    /// this process has taken it, it would count as something that an earlier owner may have sent.
    pub(super) fn is_to_be_taken_first(&self, live: &Live) -> bool {
        let asked = |call: &Call| call.change.is_some() && !call.goal.is_stored();
        !live.mine && live.revision > 0 && !self.knows_owners() && live.calls.iter().any(asked)
    }

    /// Nothing is stored under this id. Who pays begins, unless that was tried.
    fn unknown(&mut self, live: &mut Live) {
        let unbegun = live.unbegun.take();
        let calls = std::mem::take(&mut live.calls);
        live.todo.clear();
        live.mine = false;
        live.record = None;
        live.revision = 0;
        for call in calls {
            let result = match (&call.goal, &call.pay, &unbegun) {
                (_, Some(_), None) => {
                    self.join(live, call);
                    continue;
                }
                // Nothing was stored when it was looked for; another process may have begun it since.
                (_, Some(_), Some(error)) => Err(error.clone().with_money(!call.fresh, false)),
                (Goal::Notified { .. }, ..) => Ok(CallResult::Notified(Notified::Unknown)),
                _ => Err(Error::new(ErrorCode::RequestUnknownPayment, "no payment of this id is stored")),
            };
            self.result(call.call, result);
        }
    }

    /// Applies what callers ask for. Until it is known whether another payment is stored under this id, only a cancel
    /// makes sense whichever it is.
    pub(super) fn apply_calls(&mut self, live: &mut Live) {
        let born = live.revision > 0;
        let asked = live.calls.iter_mut().filter_map(|call| {
            let change = call.change.take_if(|change| born || matches!(change, Change::Cancel))?;
            Some((call.call, change))
        });
        let asked: Vec<_> = asked.collect();
        for (call, change) in asked {
            // A cancel before the payment has begun leaves nothing to begin.
            if matches!(change, Change::Cancel) && live.revision == 0 {
                live.todo.retain(|todo| !matches!(todo, Change::Begin));
            }
            // Also what a notification before it raised, and could not be stored.
            let stored = live.alerts;
            if let Some(Call { goal: Goal::Notified { alerts, .. }, .. }) =
                live.calls.iter_mut().find(|waiting| waiting.call == call)
            {
                *alerts = stored;
            }
            self.apply(live, change, Some(call));
        }
    }

    /// Tells every caller whose goal is reached.
    pub(super) fn finish_calls(&mut self, live: &mut Live) {
        if live.calls.is_empty() || !live.is_saved() || live.busy.is_some() {
            return;
        }
        let (mine, finished) = (live.mine, live.is_finished());
        let Some(record) = live.record.as_deref() else { return };
        let knows_owners = self.knows_owners();
        let unsent = live.mine
            && record.payment.outcome().is_none()
            && !(live.unsent_pays.is_empty() && live.new_pays.is_empty());
        let (ended, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut live.calls).into_iter().partition(|call| {
                // Who drives it is not known before the first beat.
                let known = mine || finished || knows_owners;
                call.change.is_none()
                    && (call.overdue || report::has_ended(record, &call.goal))
                    // Before the first beat a pay is stored and may not leave: who ends then would lose the sale.
                    && !(unsent && call.pay.is_some())
                    && (known || !matches!(call.goal, Goal::TakenUp { .. }))
            });
        live.calls = waiting;
        for mut call in ended {
            if let Goal::TakenUp { driven } = &mut call.goal {
                *driven = mine && !finished;
            }
            self.result(call.call, Ok(report::of(record, call, true)));
        }
    }

    /// A caller has waited as long as it wanted. The payment goes on.
    pub(super) fn waited_long_enough(&mut self, call: CallId) {
        let Some(id) = self.calls.get(&call).cloned() else { return };
        self.on(&id, |engine, live| {
            let Some(at) = live.calls.iter().position(|waiting| waiting.call == call) else { return };
            if live.calls.get(at).is_some_and(|waiting| waiting.goal.is_stored() && waiting.pay.is_none()) {
                let waiting = live.calls.remove(at);
                let error = report::interrupted(live, &waiting, "the store did not answer in time");
                let error = match waiting.goal {
                    Goal::Status => error,
                    Goal::Notified { .. } => error.with_hint(COMES_AGAIN),
                    _ => error.with_hint(MAY_NOT_BE_STORED),
                };
                return engine.result(call, Err(error));
            }
            let known = live.record.is_some() && live.revision > 0;
            if let Some(waiting) = live.calls.get_mut(at)
                && !waiting.overdue
                && (!known || waiting.change.is_some())
            {
                // What it asked for may be stored in a moment.
                waiting.overdue = true;
                let at = engine.now.monotonic.saturating_add(UNSTORED_AFTER);
                engine.timers.set(Timer::Call(call), at);
                if live.record.is_none() && live.revision > 0 && live.busy.is_none() {
                    engine.load(live);
                }
                return;
            }
            let waiting = live.calls.remove(at);
            let saved = live.is_saved();
            let result = match &live.record {
                Some(_) if waiting.change.is_some() => {
                    let error = Error::new(ErrorCode::PaymentInterrupted, "the store did not answer in time");
                    let hint = "this call changed nothing: call again with the same ids";
                    Err(report::about(error.with_hint(hint), live))
                }
                // An end that is not stored may still become another one: whoever calls again is told.
                Some(record) if live.revision > 0 && !saved && report::has_ended(record, &waiting.goal) => {
                    Ok(report::under_way(record, waiting, live.phase))
                }
                Some(record) if live.revision > 0 => Ok(report::of(record, waiting, saved)),
                Some(_) if live.applied.is_empty() => {
                    // It never left the queue, and nothing is stored: it is not begun any more.
                    if live.calls.is_empty() {
                        live.todo.clear();
                        live.record = None;
                        live.mine = false;
                    }
                    let error =
                        Error::new(ErrorCode::PaymentInterrupted, "there was no free slot to send it");
                    Err(Engine::nothing_sent(error, &waiting))
                }
                _ => Err(report::interrupted(live, &waiting, "the store did not answer in time")),
            };
            engine.result(call, result);
        });
    }

    /// A verified notification: it is applied, and carried out by whoever drives the payment.
    pub(super) fn notified(
        &mut self,
        call: CallId,
        id: Option<Arc<str>>,
        refund_request_id: Option<String>,
        body: Object,
    ) {
        match (id, refund_request_id) {
            // A refund notification names only the refund; where it names a payment too, the refund decides.
            (_, Some(refund_request_id)) => {
                let operation = StoreOperation::FindRefund { refund_request_id: refund_request_id.clone() };
                let notice = RefundNotice { call, refund_request_id, body };
                self.store(Job::FindRefund(Box::new(notice)), operation);
            }
            (Some(id), None) => self.tell(call, &id, None, body),
            (None, None) => self.result(call, Ok(CallResult::Notified(Notified::Unknown))),
        }
    }

    pub(super) fn refund_found(&mut self, notice: RefundNotice, answer: Result<Option<Stored>, StoreError>) {
        let RefundNotice { call, refund_request_id, body } = notice;
        match answer {
            Ok(Some(stored)) => {
                let id = Arc::clone(&stored.entry.columns.id);
                self.tell(call, &id, Some(refund_request_id), body);
            }
            Ok(None) => self.result(call, Ok(CallResult::Notified(Notified::Unknown))),
            Err(error) => self.result(call, Err(load_failed(error))),
        }
    }

    fn tell(&mut self, call: CallId, id: &Arc<str>, refund_request_id: Option<String>, body: Object) {
        self.calls.insert(call, Arc::clone(id));
        let change = Change::Notified { refund_request_id: refund_request_id.clone(), body };
        self.on_any(id, |engine, live| {
            let goal = Goal::Notified { refund_request_id, alerts: usize::MAX };
            let new = Call {
                call,
                goal,
                fresh: false,
                overdue: false,
                change: Some(change),
                pay: None,
                code_ignored: false,
                warnings: Vec::new(),
                timeline: Vec::new(),
            };
            engine.join(live, new);
        });
    }
}
