//! One payment in hand: what waits is applied, what is applied is saved, what is saved is sent, and then it waits for its
//! next deadline, or leaves.

use std::sync::Arc;
use std::time::Duration;

use super::change::{self, Change};
use super::io::{CallId, Output, StoreOperation};
use super::live::{Goal, Live};
use super::traffic::Class;
use super::{Engine, Job, Timer, report};
use crate::error::Error;
use crate::gateway::Operation;
use crate::payment::Certainty;
use crate::store::{Part, PaymentRecord, Stored};
use crate::time::Timestamp;
use crate::timeline::{TimelineEntry, TimelineEvent};

impl Engine {
    /// Works on a payment in hand, and then on what follows from it.
    pub(super) fn on(&mut self, id: &str, work: impl FnOnce(&mut Engine, &mut Live)) {
        let Some(mut live) = self.live.take(id) else { return };
        work(self, &mut live);
        self.follow(live);
    }

    /// The same, where it need not be in hand yet.
    pub(super) fn on_any(&mut self, id: &Arc<str>, work: impl FnOnce(&mut Engine, &mut Live)) {
        let mut live = self.live.take(id).unwrap_or_else(|| Box::new(Live::new(Arc::clone(id))));
        work(self, &mut live);
        self.follow(live);
    }

    /// What follows from any change of a payment in hand.
    pub(super) fn follow(&mut self, mut live: Box<Live>) {
        if self.closing {
            self.save_before_the_end(&mut live);
            self.live.put(live);
            return;
        }
        if live.look_again && !live.is_asking() && !live.backing_off && !live.refused && live.revision > 0 {
            self.load(&mut live);
        }
        self.apply_what_waits(&mut live);
        self.save(&mut live);
        self.launch(&mut live);
        if live.due.is_some() && live.mine && live.busy.is_none() && !live.sends_first() {
            // What it waited for has left.
            let class = class_of(&live);
            self.want_slot(&mut live, class);
        }
        self.finish_calls(&mut live);
        self.watch_end(&mut live);
        self.set_deadline(&mut live);
        if live.saving.is_none()
            && let Some((class, merchant)) = live.slot.take()
            && let Some(trade) = self.trades.get_mut(&merchant)
        {
            trade.traffic.give_back(class);
        }
        if self.leaves(&mut live) {
            for timer in [Timer::Wake, Timer::Retry, Timer::Poll, Timer::Unstored, Timer::Interrupted] {
                self.timers.clear(&timer(Arc::clone(&live.id)));
            }
            return;
        }
        self.live.put(live);
    }

    /// The payment's time: the gateway's, or this machine's.
    pub(super) fn time_of(&self, live: &Live) -> Timestamp {
        let merchant = live.record.as_ref().and_then(|record| self.trade_of(record));
        let trade = merchant.and_then(|merchant| self.trades.get(&merchant));
        trade.map_or(self.now.wall, |trade| trade.clock.at(self.now))
    }

    /// A record is here, as the store has it.
    pub(super) fn take_in(&mut self, live: &mut Live, stored: &Stored) -> Result<(), Error> {
        // Also of a record that is refused: it has to be given back.
        live.mine = stored.owner.as_deref() == Some(&*self.config.owner);
        let mut record = PaymentRecord::decode(stored.entry.text.expose())?;
        // What was never stored here knows nothing that could be compared: a payment that ended before is no news.
        let known = live.record.as_ref().filter(|_| live.revision > 0 || record.payment.outcome().is_none());
        let news = known.map(|known| news(known, &record)).unwrap_or_default();
        let trade = self.trade_of(&record).ok_or_else(|| {
            let code = crate::error::ErrorCode::ConfigUnknownClient;
            Error::new(code, "the payment belongs to a merchant that is not configured here")
        })?;
        if let Some(trade) = self.trades.get(&trade) {
            record.share_policy(&trade.policy);
        }
        (live.phase, live.alerts) = (record.payment.state().name(), record.alerts().len());
        for call in &mut live.calls {
            if let Goal::Notified { alerts, .. } = &mut call.goal {
                *alerts = live.alerts;
            }
        }
        live.record = Some(Box::new(record));
        live.revision = stored.revision;
        live.attempted.clear();
        live.new_pays.clear();
        live.failures = 0;
        live.failing_since = None;
        live.events.clear();
        for event in news {
            self.observed(live, event);
        }
        Ok(())
    }

    /// Applies a change to the record in hand. `by` is told if it does not fit.
    pub(super) fn apply(&mut self, live: &mut Live, mut change: Change, by: Option<CallId>) {
        let now = self.time_of(live);
        let Some(record) = &live.record else { return };
        let mut next = record.clone();
        match change::apply(&mut next, &mut change, now) {
            Ok(events) => {
                live.seen_at = now;
                if matches!(change, Change::Notified { .. }) && says_nothing_new(record, &next) {
                    return;
                }
                let updated = std::mem::replace(&mut next.extras.updated, record.extras.updated);
                let untouched = **record == *next;
                next.extras.updated = updated;
                let known = live.undone_pays();
                live.record = Some(next);
                live.events.extend(events);
                if live.mine {
                    let new = live.undone_pays().into_iter().filter(|pay| !known.contains(pay));
                    live.new_pays.extend(new.filter(|_| !matches!(change, Change::Resumed)));
                }
                if !untouched {
                    live.applied.push((change, by));
                }
            }
            Err(error) => {
                let error = report::about(error, live);
                if let Some(at) = by.and_then(|by| live.calls.iter().position(|call| call.call == by)) {
                    let call = live.calls.remove(at);
                    self.result(call.call, Err(error));
                } else if live.revision == 0 {
                    // It can't begin. Whether an earlier call has begun it is in the store.
                    live.unbegun = Some(error.with_money(false, false));
                    live.record = None;
                    live.mine = false;
                    live.todo.clear();
                    self.load(live);
                }
            }
        }
    }

    fn apply_what_waits(&mut self, live: &mut Live) {
        // The time is told by whoever drives it.
        live.due = live.due.filter(|_| live.mine);
        if live.record.is_none() {
            let asked = live.calls.iter().any(|call| call.change.is_some() || call.goal.is_stored());
            let needed = !live.todo.is_empty() || live.due.is_some() || asked;
            if needed && live.busy.is_none() && !live.backing_off && !live.refused {
                self.load(live);
            }
            return;
        }
        if live.busy.is_some() {
            return;
        }
        if self.is_to_be_taken_first(live) {
            return;
        }
        self.apply_calls(live);
        self.settle_unsent(live);
        // What can send something waits for a slot; what is known already does not.
        while let Some(change) = live.todo.front() {
            let sends = matches!(change, Change::Begin | Change::Resumed);
            if sends && live.mine && live.slot.is_none() {
                let class = class_of(live);
                return self.want_slot(live, class);
            }
            if let Some(change) = live.todo.pop_front() {
                let needless = !live.mine && live.revision > 0 && !change.is_evidence();
                if !needless {
                    self.apply(live, change, None);
                }
            }
        }
        if live.mine {
            self.tick(live);
        }
    }

    /// Tells the machine of the time, if that is due: with a slot, since something may follow that is to be sent.
    fn tick(&mut self, live: &mut Live) {
        let now = self.time_of(live);
        let wakeup = live.record.as_ref().and_then(|record| record.next_wakeup());
        live.due = live.due.filter(|_| wakeup.is_some_and(|at| at <= now));
        let Some(since) = live.due else { return };
        if live.sends_first() && self.now.monotonic < self.hangs_from(since) {
            return;
        }
        if live.slot.is_some() {
            live.due = None;
            self.apply(live, Change::Tick, None);
        } else {
            let class = class_of(live);
            self.want_slot(live, class);
        }
    }

    /// From when a store that has not answered since `since` counts as one that hangs: then the machine decides without it.
    fn hangs_from(&self, since: Duration) -> Duration {
        since.saturating_add(self.config.dead_after)
    }

    /// A pay that was overtaken before it left, by a cancel or by its expiry, is known not to be sent. Whether another
    /// process may have sent it is known to the machine.
    fn settle_unsent(&mut self, live: &mut Live) {
        let undone = live.undone_pays();
        let mut overtaken = Vec::new();
        for pays in [&mut live.unsent_pays, &mut live.new_pays] {
            overtaken.extend(pays.extract_if(.., |pay| !undone.contains(pay)));
        }
        if !live.mine {
            return;
        }
        for send_id in overtaken {
            let (part, operation, certainty) = (Part::Payment, Operation::Pay, Certainty::NotSent);
            self.apply(live, Change::NoReply { part, send_id, operation, certainty, unverified: None }, None);
        }
    }

    /// Its deadline has passed, or it is due to be looked at.
    pub(super) fn wake(&mut self, live: &mut Live) {
        if !live.mine {
            return;
        }
        let now = self.time_of(live);
        let wakeup = live.record.as_ref().map(|record| record.next_wakeup().is_some_and(|at| at <= now));
        if wakeup.is_some() && now < live.seen_at {
            // The clock was set back: the machine moves its deadlines.
            self.apply(live, Change::Tick, None);
        } else if wakeup.unwrap_or(true) {
            live.due.get_or_insert(self.now.monotonic);
        }
    }

    fn set_deadline(&mut self, live: &mut Live) {
        let wake = Timer::Wake(Arc::clone(&live.id));
        let now = self.time_of(live);
        let Some(record) = live.record.as_ref().filter(|_| live.mine) else {
            if !live.mine {
                self.timers.clear(&wake);
                self.poll_later(live);
            }
            return;
        };
        match record.next_wakeup() {
            Some(at) if live.due.is_none() => {
                // By the step's own time: if the clock was set, the machine is told so.
                let wait = if now < live.seen_at { Duration::ZERO } else { at.saturating_since(now) };
                self.timers.set(wake, self.now.monotonic.saturating_add(wait));
            }
            _ => {
                let hangs = live.due.map(|since| self.hangs_from(since));
                match hangs.filter(|from| *from > self.now.monotonic) {
                    Some(from) => self.timers.set(wake, from),
                    None => self.timers.clear(&wake),
                }
            }
        }
        let idle = live.is_idle()
            && !live.waiting
            && live.due.is_none()
            && live.calls.iter().all(|call| call.goal == Goal::Payment);
        let resident =
            if live.calls.is_empty() { self.config.resident } else { self.config.resident_awaited };
        if self.live.whole() >= resident && idle && !live.is_finished() && now >= live.seen_at {
            // It only waits: its row is enough, unless it is due.
            live.record = live.record.take().filter(|record| record.next_wakeup().is_none_or(|at| at <= now));
        }
    }

    /// Looks again later at what another process drives, if somebody waits for it.
    fn poll_later(&mut self, live: &Live) {
        let waits = live.calls.iter().any(|call| !call.goal.is_stored());
        if waits && live.busy.is_none() && live.is_saved() {
            let at = self.now.monotonic.saturating_add(self.config.look_every);
            self.timers.set(Timer::Poll(Arc::clone(&live.id)), at);
        }
    }

    /// Looks at a payment that another process drives.
    pub(super) fn poll(&mut self, live: &mut Live) {
        if !live.mine && live.busy.is_none() && live.saving.is_none() {
            self.load(live);
        }
    }

    pub(super) fn load(&mut self, live: &mut Live) {
        live.look_again = false;
        let id = Arc::clone(&live.id);
        live.busy = Some(self.store(Job::Load(Arc::clone(&id)), StoreOperation::Load { id }));
    }

    pub(super) fn take(&mut self, live: &mut Live) {
        let (id, owner) = (Arc::clone(&live.id), Arc::clone(&self.config.owner));
        live.busy = Some(self.store(Job::Take(Arc::clone(&id)), StoreOperation::Take { id, owner }));
    }

    /// Waits for a slot, unless it has one or waits already.
    pub(super) fn want_slot(&mut self, live: &mut Live, class: Class) {
        if live.slot.is_some() || live.waiting {
            return;
        }
        let merchant = live.record.as_ref().and_then(|record| self.trade_of(record));
        if let Some(trade) = merchant.and_then(|merchant| self.trades.get_mut(&merchant)) {
            live.waiting = true;
            trade.traffic.wait(class, Arc::clone(&live.id));
        }
    }

    /// Gives slots to whoever waits, as long as there are any.
    pub(super) fn give_slots(&mut self) {
        if self.closing {
            return;
        }
        let waiting = self.trades.iter().filter(|(_, trade)| trade.traffic.has_waiting());
        let waiting: Vec<_> = waiting.map(|(merchant, _)| Arc::clone(merchant)).collect();
        for merchant in waiting {
            while let Some(trade) = self.trades.get_mut(&merchant) {
                let Some((class, id)) = trade.traffic.next(self.now.monotonic) else {
                    let at = trade.traffic.next_token(self.now.monotonic);
                    if let Some(at) = at {
                        self.timers.set(Timer::Tokens(Arc::clone(&merchant)), at);
                    }
                    break;
                };
                if self.live.has_slot(&id, (class, Arc::clone(&merchant))) {
                    self.on(&id, |_, _| {});
                } else {
                    // It has left meanwhile, or somebody else has it.
                    trade.traffic.give_back(class);
                }
            }
        }
    }

    /// Tells observers what is stored by now.
    pub(super) fn observe(&mut self, live: &mut Live) {
        for event in std::mem::take(&mut live.events) {
            self.observed(live, event);
        }
    }

    pub(super) fn observed(&mut self, live: &mut Live, event: TimelineEvent) {
        let at = self.time_of(live);
        let begun = live.record.as_ref().and_then(|record| record.payment.begun_at());
        let elapsed = begun.map_or(Duration::ZERO, |begun| at.saturating_since(begun));
        let entry = TimelineEntry { at, elapsed, event };
        for call in &mut live.calls {
            call.timeline.push(entry.clone());
        }
        self.outputs.push(Output::Observed { id: Arc::clone(&live.id), entry });
    }
}

/// What the next step of a payment will send: an inquiry, or something that goes first.
pub(super) fn class_of(live: &Live) -> Class {
    let Some(record) = &live.record else { return Class::Inquiry };
    match record.payment.state().name() {
        "awaiting_customer" => Class::Inquiry,
        // An inquiry that is late by more than the clocks may differ is followed by the cancel.
        "confirming" => {
            let late = record
                .payment
                .expiry()
                .map(|expiry| expiry.saturating_add(record.payment.policy().clock_margin));
            if late.is_some_and(|late| live.seen_at >= late) { Class::Urgent } else { Class::Inquiry }
        }
        _ => Class::Urgent,
    }
}

pub(super) fn is_inquiry(operation: Operation) -> bool {
    matches!(operation, Operation::Inquiry | Operation::RefundInquiry)
}

/// What another process has found out.
fn news(known: &PaymentRecord, stored: &PaymentRecord) -> Vec<TimelineEvent> {
    let alerts = stored.alerts().iter().skip(known.alerts().len());
    let alerts =
        alerts.map(|alert| TimelineEvent::Alerted { kind: alert.kind, detail: alert.detail.clone() });
    let ended = stored.payment.outcome().filter(|_| known.payment.outcome().is_none());
    let form = stored.form().filter(|_| known.extras.form.is_none());
    let form = form.map(|form| TimelineEvent::Presented { form });
    form.into_iter()
        .chain(alerts)
        .chain(ended.map(|outcome| TimelineEvent::Concluded { outcome: outcome.clone() }))
        .collect()
}

/// A notification that changes nothing writes nothing.
fn says_nothing_new(before: &PaymentRecord, after: &PaymentRecord) -> bool {
    let refunds = |record: &PaymentRecord| {
        record.ledger.as_ref().map(|ledger| {
            let refunds = ledger.refunds().iter();
            let of = |refund: &crate::refund::Refund| {
                (refund.state(), refund.given_back(), refund.spent(), refund.refund_id().map(str::to_owned))
            };
            (refunds.map(of).collect::<Vec<_>>(), ledger.reverse().map(|reverse| reverse.state()))
        })
    };
    before.payment.is_same_but_for_time(&after.payment)
        && before.extras.alerts == after.extras.alerts
        && before.extras.undone == after.extras.undone
        && refunds(before) == refunds(after)
}

/// Whether a send is about the payment itself.
pub(super) fn is_of_payment(part: &Part) -> bool {
    *part == Part::Payment
}
