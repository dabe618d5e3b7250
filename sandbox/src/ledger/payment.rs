//! One payment as the gateway sees it: what was asked, what the wallet will do, and where the money is.

use super::window;
use crate::Protocol;
use crate::result::Code;

/// A sum in the smallest unit of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Money {
    pub(crate) currency: String,
    pub(crate) value: u128,
}

/// How the customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "the documents' own names")]
pub(crate) enum Scenario {
    /// The merchant scanned the customer's code.
    PaymentCode,
    /// The customer scans a code made for this order.
    OrderCode,
    /// The customer opened the merchant's page from the shop's code, or any other redirect.
    EntryCode,
}

/// When the money of a payment moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wallet {
    PaysAtOnce,
    PaysAfterInquiries(u32),
    /// Pays when the pay request arrives for the n-th time.
    PaysOnSend(u32),
    RefusesAtOnce(Code),
    RefusesAfterInquiries(u32, Code),
    /// A person decides, at a time counted from the order.
    PaysAfter(i64),
    RefusesAfter(i64, Code),
    NeverPays,
}

/// How a payment runs: the wallet's part, and what the gateway says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Course {
    pub(crate) wallet: Wallet,
    /// Answered to the first pay request, whatever really happened.
    pub(crate) first_answer: Option<Code>,
    /// The result stays hidden behind "in process" until a cancel arrives.
    pub(crate) veiled: bool,
    /// The first so many cancels are refused like this.
    pub(crate) cancel_refused: Option<(u32, Code)>,
    /// The first so many refunds are refused like this, each for its own id.
    pub(crate) refund_refused: Option<(u32, Code)>,
    /// A refund is in process until it was asked for this many times.
    pub(crate) refund_asks: u32,
    /// A refund is in process for this many milliseconds; `refund_refused` then says how it ends.
    pub(crate) refund_takes_ms: Option<i64>,
    /// The customer of a payment code has to confirm, and the answer carries this form.
    pub(crate) form: Option<Form>,
}

impl Course {
    pub(crate) const fn of(wallet: Wallet) -> Self {
        Course {
            wallet,
            first_answer: None,
            veiled: false,
            cancel_refused: None,
            refund_refused: None,
            refund_asks: 0,
            refund_takes_ms: None,
            form: None,
        }
    }
}

/// A pay request, as far as the ledger cares.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) request_id: String,
    pub(crate) amount: Money,
    /// The other parameters that a repeated request must not change, in one text.
    pub(crate) key_parameters: String,
    pub(crate) scenario: Scenario,
    pub(crate) course: Course,
    pub(crate) expiry_asked_ms: Option<i64>,
    pub(crate) notify_url: Option<String>,
    pub(crate) redirect_url: Option<String>,
    /// `GET`, `POST`, `SCAN` or `challenge`: the form that a redirect takes.
    pub(crate) form: Form,
    /// When somebody scans the order's code. Until then the gateway knows no such order.
    pub(crate) scanned: Scanned,
    /// What was accepted or decided and is worth telling.
    pub(crate) notes: Vec<String>,
}

/// When the customer scans an order's code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scanned {
    /// It needs no scan: the gateway knows the order from the first request on.
    #[default]
    AtOnce,
    /// This many milliseconds after the order was placed.
    After(i64),
    Never,
}

/// The shape in which the customer is sent to the wallet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    #[default]
    Get,
    Post,
    Scan,
    Challenge,
}

/// Where a payment stands. All but `Processing` are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Processing,
    Succeeded,
    Failed(Code),
    /// Cancelled by the merchant; money that was taken has been given back.
    Cancelled,
    /// Expired unpaid.
    Closed,
}

/// One entry of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) order: Order,
    pub(crate) payment_id: String,
    pub(crate) placed_ms: i64,
    pub(crate) expires_ms: i64,
    pub(crate) cancel_until_ms: i64,
    pub(crate) finished_ms: Option<i64>,
    /// From when on inquiry, cancel and refund find it.
    pub(crate) known_from_ms: Option<i64>,
    pub(crate) state: State,
    /// Whether the result is still hidden.
    pub(crate) veiled: bool,
    pub(crate) captured: u128,
    pub(crate) reversed: u128,
    pub(crate) refunded: u128,
    /// Refunds that are still in process.
    pub(crate) refunding: u128,
    pub(crate) sends: u32,
    pub(crate) inquiries: u32,
    pub(crate) cancels: u32,
    pub(crate) refund_refusals: u32,
}

impl Payment {
    pub(crate) fn place(protocol: Protocol, payment_id: String, order: Order, now_ms: i64) -> Self {
        let by_code = order.scenario == Scenario::PaymentCode;
        Payment {
            payment_id,
            placed_ms: now_ms,
            expires_ms: window::expiry(protocol, by_code, now_ms, order.expiry_asked_ms),
            cancel_until_ms: window::cancel_until(protocol, now_ms),
            finished_ms: None,
            known_from_ms: match order.scanned {
                Scanned::AtOnce => Some(now_ms),
                Scanned::After(ms) => Some(now_ms.saturating_add(ms)),
                Scanned::Never => None,
            },
            state: State::Processing,
            veiled: order.course.veiled,
            captured: 0,
            reversed: 0,
            refunded: 0,
            refunding: 0,
            sends: 0,
            inquiries: 0,
            cancels: 0,
            refund_refusals: 0,
            order,
        }
    }

    /// What the payment's amount comes to once everything is counted: what the merchant keeps.
    pub(crate) fn net(&self) -> u128 {
        self.captured.saturating_sub(self.reversed).saturating_sub(self.refunded)
    }

    /// Whether a request with this id is a repetition of the one that made the entry.
    pub(crate) fn repeats(&self, order: &Order) -> bool {
        self.order.amount == order.amount && self.order.key_parameters == order.key_parameters
    }

    /// Whether the gateway would say that the payment is still in process.
    pub(crate) fn looks_in_process(&self) -> bool {
        self.state == State::Processing || (self.veiled && self.state == State::Succeeded)
    }

    /// Whether inquiry, cancel and refund find it: not before somebody has scanned its code.
    pub(crate) fn known(&self, now_ms: i64) -> bool {
        let scanned = self.known_from_ms.is_some_and(|from| from <= now_ms);
        // A code that is scanned after its end brings no order about.
        scanned && (self.order.scanned == Scanned::AtOnce || self.known_from_ms < Some(self.expires_ms))
    }

    /// The customer scans its code now, unless that is over.
    pub(crate) fn scan(&mut self, now_ms: i64) {
        self.settle(now_ms);
        if self.state == State::Processing {
            let from = self.known_from_ms.map_or(now_ms, |from| from.min(now_ms));
            self.known_from_ms = Some(from);
        }
    }

    /// The merchant had cancelled the id before this first request for it arrived.
    pub(crate) fn close_before_pay(&mut self, now_ms: i64) {
        self.finish(State::Cancelled, now_ms);
    }

    /// The moment at which the customer acts, if that was settled in advance.
    pub(crate) fn customer_acts_ms(&self) -> Option<i64> {
        match self.order.course.wallet {
            Wallet::PaysAfter(ms) | Wallet::RefusesAfter(ms, _) => Some(self.placed_ms.saturating_add(ms)),
            _ => None,
        }
    }

    /// Lets everything happen that was due by `now_ms`: the customer's decision, then the expiry.
    pub(crate) fn settle(&mut self, now_ms: i64) {
        if self.state != State::Processing {
            return;
        }
        if let Some(at) = self.customer_acts_ms().filter(|at| *at <= now_ms && *at < self.expires_ms) {
            // Whoever pays has scanned.
            self.known_from_ms = Some(self.known_from_ms.map_or(at, |from| from.min(at)));
            match self.order.course.wallet {
                Wallet::RefusesAfter(_, code) => self.fail(code, at),
                _ => self.capture(at),
            }
        } else if now_ms >= self.expires_ms {
            self.finish(State::Closed, self.expires_ms);
        }
    }

    /// A pay request for it arrived, the first or another copy.
    pub(crate) fn sent(&mut self, now_ms: i64) {
        self.sends = self.sends.saturating_add(1);
        self.settle(now_ms);
        match self.order.course.wallet {
            Wallet::PaysAtOnce => self.capture(now_ms),
            Wallet::PaysOnSend(n) if self.sends >= n => self.capture(now_ms),
            Wallet::RefusesAtOnce(code) => self.fail(code, now_ms),
            _ => {}
        }
    }

    /// An inquiry for it arrived.
    pub(crate) fn inquired(&mut self, now_ms: i64) {
        self.inquiries = self.inquiries.saturating_add(1);
        self.settle(now_ms);
        match self.order.course.wallet {
            Wallet::PaysAfterInquiries(n) if self.inquiries >= n => self.capture(now_ms),
            Wallet::RefusesAfterInquiries(n, code) if self.inquiries >= n => self.fail(code, now_ms),
            _ => {}
        }
    }

    /// Takes the money, unless the payment has ended in some way, its time included.
    pub(crate) fn capture(&mut self, now_ms: i64) {
        if self.state == State::Processing && now_ms < self.expires_ms {
            self.captured = self.order.amount.value;
            self.finish(State::Succeeded, now_ms);
        }
    }

    /// The wallet says no.
    pub(crate) fn fail(&mut self, code: Code, now_ms: i64) {
        if self.state == State::Processing {
            self.finish(State::Failed(code), now_ms);
        }
    }

    /// A cancel for it arrived: gives back what was taken, or sees to it that nothing will be.
    pub(crate) fn cancel(&mut self, now_ms: i64) -> Code {
        self.cancels = self.cancels.saturating_add(1);
        self.settle(now_ms);
        if matches!(self.state, State::Cancelled | State::Closed) {
            return Code::Success;
        }
        self.veiled = false;
        if now_ms >= self.cancel_until_ms {
            return Code::CancelWindowExceed;
        }
        if let Some((times, code)) = self.order.course.cancel_refused
            && self.cancels <= times
        {
            return code;
        }
        match self.state {
            State::Failed(_) => Code::OrderStatusInvalid,
            // A cancel and a refund exclude each other.
            _ if self.refunded > 0 || self.refunding > 0 => Code::OrderStatusInvalid,
            _ => {
                self.reversed = self.captured;
                self.finish(State::Cancelled, now_ms);
                Code::Success
            }
        }
    }

    /// How the next refund ends, as far as the course says: `None` is success.
    pub(crate) fn refund_end(&mut self) -> Option<Code> {
        let (times, code) = self.order.course.refund_refused?;
        if self.refund_refusals >= times {
            return None;
        }
        self.refund_refusals = self.refund_refusals.saturating_add(1);
        Some(code)
    }

    fn finish(&mut self, state: State, at_ms: i64) {
        self.state = state;
        self.finished_ms = Some(at_ms);
    }

    /// What a pay request for it is answered with, now that it has been carried out.
    pub(crate) fn pay_answer(&self) -> Code {
        if self.sends == 1
            && let Some(code) = self.order.course.first_answer
        {
            return code;
        }
        if self.looks_in_process() {
            return Code::PaymentInProcess;
        }
        match self.state {
            State::Processing => Code::PaymentInProcess,
            State::Succeeded => Code::Success,
            State::Failed(code) => code,
            State::Cancelled => Code::OrderIsCanceled,
            State::Closed => Code::OrderIsClosed,
        }
    }
}
