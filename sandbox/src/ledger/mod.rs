//! The gateway's book: who paid what, what was given back, and what each repeated request is told.
//!
//! Pure: no socket, no clock, no lock. One book serves one protocol; entries come only from requests that
//! arrived. The idempotency rules are those of the pages "Idempotency" (AMS) and "pay" (Alipay+): the first
//! final result of an id is repeated to every copy, and a copy that differs in a key parameter is refused.

mod payment;
mod refund;
mod window;

use std::collections::{HashMap, HashSet};

pub(crate) use payment::{Course, Form, Money, Order, Payment, Scanned, Scenario, State, Wallet};
pub(crate) use refund::{Refund, RefundOrder, RefundState, Waits};

use crate::Protocol;
use crate::result::Code;

/// How a request names a payment. `paymentId` wins where both are given.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key<'a> {
    RequestId(&'a str),
    PaymentId(&'a str),
}

/// The book of one protocol.
#[derive(Debug)]
pub(crate) struct Ledger {
    protocol: Protocol,
    /// Whether a cancel for an id that was never seen closes the id, so that a late pay is refused.
    cancel_closes_unknown: bool,
    payments: Vec<Payment>,
    by_request: HashMap<String, usize>,
    by_payment: HashMap<String, usize>,
    refunds: Vec<Refund>,
    by_refund_request: HashMap<String, usize>,
    by_refund: HashMap<String, usize>,
    closed_ids: HashSet<String>,
}

impl Ledger {
    pub(crate) fn new(protocol: Protocol, cancel_closes_unknown: bool) -> Self {
        Ledger {
            protocol,
            cancel_closes_unknown,
            payments: Vec::new(),
            by_request: HashMap::new(),
            by_payment: HashMap::new(),
            refunds: Vec::new(),
            by_refund_request: HashMap::new(),
            by_refund: HashMap::new(),
            closed_ids: HashSet::new(),
        }
    }

    pub(crate) fn payments(&self) -> &[Payment] {
        &self.payments
    }

    pub(crate) fn refunds(&self) -> &[Refund] {
        &self.refunds
    }

    pub(crate) fn at(&self, at: usize) -> Option<&Payment> {
        self.payments.get(at)
    }

    pub(crate) fn find(&self, key: Key<'_>) -> Option<usize> {
        match key {
            Key::RequestId(id) => self.by_request.get(id).copied(),
            Key::PaymentId(id) => self.by_payment.get(id).copied(),
        }
    }

    /// A pay request arrived. The answer, and the place of its entry; none if another request owns the id.
    pub(crate) fn pay(&mut self, order: Order, now_ms: i64) -> (Code, Option<usize>) {
        if let Some(&at) = self.by_request.get(&order.request_id) {
            let Some(payment) = self.payments.get_mut(at) else { return (Code::SystemError, None) };
            if !payment.repeats(&order) {
                return (Code::RepeatReqInconsistent, None);
            }
            payment.sent(now_ms);
            return (payment.pay_answer(), Some(at));
        }
        let at = self.payments.len();
        let payment_id = self.number(now_ms, at, "1");
        let closed = self.closed_ids.remove(&order.request_id);
        self.by_request.insert(order.request_id.clone(), at);
        self.by_payment.insert(payment_id.clone(), at);
        let mut payment = Payment::place(self.protocol, payment_id, order, now_ms);
        if closed {
            payment.close_before_pay(now_ms);
        }
        payment.sent(now_ms);
        let answer = payment.pay_answer();
        self.payments.push(payment);
        (answer, Some(at))
    }

    /// The payment that an inquiry, a cancel or a refund finds: not an order whose code nobody has scanned.
    fn find_known(&mut self, key: Key<'_>, now_ms: i64) -> Option<usize> {
        let at = self.find(key)?;
        let payment = self.payments.get_mut(at)?;
        payment.settle(now_ms);
        payment.known(now_ms).then_some(at)
    }

    /// An inquiry arrived.
    pub(crate) fn inquire(&mut self, key: Key<'_>, now_ms: i64) -> Option<usize> {
        let at = self.find_known(key, now_ms)?;
        self.payments.get_mut(at)?.inquired(now_ms);
        Some(at)
    }

    /// A cancel arrived. A cancel that overtook its pay finds no order; a late pay then goes through unless
    /// this ledger was told to close such ids, which is why a till has to repeat the cancel.
    pub(crate) fn cancel(&mut self, key: Key<'_>, now_ms: i64) -> (Code, Option<usize>) {
        if let Some((at, payment)) =
            self.find_known(key, now_ms).and_then(|at| self.payments.get_mut(at).map(|found| (at, found)))
        {
            return (payment.cancel(now_ms), Some(at));
        }
        match key {
            Key::RequestId(id) if self.cancel_closes_unknown => {
                match self.by_request.get(id).and_then(|at| self.payments.get_mut(*at)) {
                    Some(unscanned) => unscanned.close_before_pay(now_ms),
                    None => drop(self.closed_ids.insert(id.to_owned())),
                }
                (Code::Success, None)
            }
            _ => (Code::OrderNotExist, None),
        }
    }

    /// A refund arrived. The answer, and the place of the refund's entry, if there is one.
    pub(crate) fn refund(&mut self, key: Key<'_>, order: RefundOrder, now_ms: i64) -> (Code, Option<usize>) {
        let payment_at = self.find_known(key, now_ms);
        if let Some(&at) = self.by_refund_request.get(&order.request_id) {
            if !self.refunds.get(at).is_some_and(|refund| refund.repeats(&order, payment_at)) {
                return (Code::RepeatReqInconsistent, None);
            }
            self.refund_asked(at, now_ms);
            return (self.refunds.get(at).map_or(Code::SystemError, Refund::answer), Some(at));
        }
        let Some((payment_at, payment)) =
            payment_at.and_then(|at| self.payments.get_mut(at).map(|found| (at, found)))
        else {
            return (Code::OrderNotExist, None);
        };
        let course = payment.order.course;
        let state = match judge_refund(payment, &order, now_ms)
            .map(|()| (payment.refund_end(), course.refund_takes_ms))
        {
            Err(code) | Ok((Some(code), None)) => RefundState::Failed(code),
            Ok((end, Some(ms))) => RefundState::Processing(Waits::Until(now_ms.saturating_add(ms), end)),
            Ok((None, None)) if course.refund_asks > 0 => {
                RefundState::Processing(Waits::Asks(course.refund_asks))
            }
            Ok((None, None)) => RefundState::Succeeded,
        };
        match state {
            RefundState::Processing(_) => {
                payment.refunding = payment.refunding.saturating_add(order.amount.value)
            }
            RefundState::Succeeded => payment.refunded = payment.refunded.saturating_add(order.amount.value),
            RefundState::Failed(_) => {}
        }
        let at = self.refunds.len();
        let refund_id = self.number(now_ms, at, "2");
        self.by_refund_request.insert(order.request_id.clone(), at);
        self.by_refund.insert(refund_id.clone(), at);
        let finished_ms = (!matches!(state, RefundState::Processing(_))).then_some(now_ms);
        let refund = Refund { order, refund_id, payment: payment_at, placed_ms: now_ms, finished_ms, state };
        let answer = refund.answer();
        self.refunds.push(refund);
        (answer, Some(at))
    }

    /// A refund inquiry arrived, by `refundRequestId` or, which wins, `refundId`.
    pub(crate) fn inquire_refund(
        &mut self,
        request_id: Option<&str>,
        refund_id: Option<&str>,
        now_ms: i64,
    ) -> Option<usize> {
        let at = match (refund_id, request_id) {
            (Some(id), _) => *self.by_refund.get(id)?,
            (None, id) => *self.by_refund_request.get(id?)?,
        };
        self.refund_asked(at, now_ms);
        Some(at)
    }

    fn refund_asked(&mut self, at: usize, now_ms: i64) {
        match self.refunds.get_mut(at) {
            Some(Refund { state: RefundState::Processing(Waits::Asks(asks)), .. }) if *asks > 1 => {
                *asks = asks.saturating_sub(1);
            }
            Some(Refund { state: RefundState::Processing(Waits::Asks(_)), .. }) => {
                self.finish_refund(at, None, now_ms);
            }
            _ => self.settle_refund(at, now_ms),
        }
    }

    /// Lets a refund end whose time has come.
    pub(crate) fn settle_refund(&mut self, at: usize, now_ms: i64) {
        let state = self.refunds.get(at).map(|refund| refund.state);
        if let Some(RefundState::Processing(Waits::Until(time, end))) = state
            && time <= now_ms
        {
            self.finish_refund(at, end, time);
        }
    }

    fn finish_refund(&mut self, at: usize, refused: Option<Code>, at_ms: i64) {
        let Some(refund) = self.refunds.get_mut(at) else { return };
        refund.state = refused.map_or(RefundState::Succeeded, RefundState::Failed);
        refund.finished_ms = Some(at_ms);
        if let Some(payment) = self.payments.get_mut(refund.payment) {
            payment.refunding = payment.refunding.saturating_sub(refund.order.amount.value);
            if refused.is_none() {
                payment.refunded = payment.refunded.saturating_add(refund.order.amount.value);
            }
        }
    }

    /// The customer scans the order's code now.
    pub(crate) fn scan(&mut self, at: usize, now_ms: i64) {
        if let Some(payment) = self.payments.get_mut(at) {
            payment.scan(now_ms);
        }
    }

    /// The customer acts now, in the wallet.
    pub(crate) fn customer(&mut self, at: usize, pays: bool, now_ms: i64) {
        if let Some(payment) = self.payments.get_mut(at) {
            payment.scan(now_ms);
            if pays { payment.capture(now_ms) } else { payment.fail(Code::ProcessFail, now_ms) }
        }
    }

    /// Lets one payment's due events happen.
    pub(crate) fn settle(&mut self, at: usize, now_ms: i64) {
        if let Some(payment) = self.payments.get_mut(at) {
            payment.settle(now_ms);
        }
    }

    /// Lets every payment's due events happen.
    pub(crate) fn settle_all(&mut self, now_ms: i64) {
        for payment in &mut self.payments {
            payment.settle(now_ms);
        }
        for at in 0..self.refunds.len() {
            self.settle_refund(at, now_ms);
        }
    }

    /// A number like the gateways' own, of 40 digits: the day, the product, a running number.
    fn number(&self, now_ms: i64, at: usize, kind: &str) -> String {
        let product = match self.protocol {
            Protocol::Ams => "1940108001001",
            Protocol::AlipayPlus => "1140108001001",
        };
        format!("{}{product}{kind}{at:018}", crate::protocol::day(now_ms))
    }
}

fn judge_refund(payment: &Payment, order: &RefundOrder, now_ms: i64) -> Result<(), Code> {
    if payment.looks_in_process() {
        return Err(Code::OrderStatusInvalid);
    }
    match payment.state {
        State::Cancelled => return Err(Code::OrderIsCanceled),
        State::Processing | State::Failed(_) | State::Closed => return Err(Code::OrderStatusInvalid),
        State::Succeeded => {}
    }
    if order.amount.currency != payment.order.amount.currency {
        return Err(Code::CurrencyNotSupport);
    }
    let spent = payment.refunded.saturating_add(payment.refunding).saturating_add(order.amount.value);
    if spent > payment.captured {
        return Err(Code::RefundAmountExceed);
    }
    if now_ms >= window::refund_until(payment.finished_ms.unwrap_or(now_ms)) {
        return Err(Code::RefundWindowExceed);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
