//! The way of a call through the network and the books.

use super::{Books, Call, Chosen, Config, Timer, Travelling};
use crate::Protocol;
use crate::behaviour::{self, Network};
use crate::fault::Fault;
use crate::ledger::{Course, Key, Order, RefundOrder, RefundState, Scanned, State, Waits, Wallet};
use crate::protocol::{self, Illegal, Operation, Reply};
use crate::result::Code;

/// How long after a cancel the pay that it overtook arrives.
const OVERTAKEN_BY_MS: i64 = 1_000;
/// How long after the first copy of a doubled request the second arrives.
const DOUBLED_AFTER_MS: i64 = 100;

/// What the network does with a call.
pub(super) enum Travel {
    /// It arrives, and its reply meets this fault.
    Arrived(Call, Option<Fault>),
    Lost,
    UnderWay(u64),
    /// It does not arrive, but an answer comes.
    Stopped(Call, Stopped),
}

/// What answers in the place of the books.
pub(super) enum Stopped {
    /// Something in front of the gateway, with this HTTP status.
    ByPage(u16),
    /// The gateway, which can't tell who asks.
    Refused(Code),
    /// Somebody who recorded an answer.
    Replayed,
}

impl Stopped {
    /// What the one who asks sees.
    pub(super) fn words(&self) -> String {
        match self {
            Stopped::ByPage(status) => format!("stopped by a page, HTTP {status}"),
            Stopped::Refused(code) => format!("refused without a signature, {}", code.name()),
            Stopped::Replayed => "answered with an old answer".into(),
        }
    }
}

/// Sends a call through the network: a fault chosen by header, one that was injected, or the payment code's.
pub(super) fn travel(books: &mut Books, call: Call, chosen: Chosen, now_ms: i64) -> Travel {
    let text = |name: &str| call.body.get(name).and_then(|id| id.as_str());
    let id = text("paymentRequestId");
    let fault = match chosen.or_else(|| books.injections.take(call.operation, id)) {
        Some(fault) => Some(fault),
        None => match network_of(books, &call) {
            Network::First(fault) => {
                let key = (call.protocol, Operation::Pay, id.unwrap_or_default().to_owned());
                books.struck.insert(key).then_some(fault)
            }
            Network::FirstOf(operation, fault) if operation == call.operation => {
                let own = if operation == Operation::Refund { text("refundRequestId") } else { id };
                // A request that names its payment by the gateway's id is the first of that name.
                let own = own.or_else(|| text("paymentId")).unwrap_or_default().to_owned();
                books.struck.insert((call.protocol, operation, own)).then_some(fault)
            }
            Network::Every(fault) => Some(fault),
            Network::OvertakenByCancel => {
                let id = id.unwrap_or_default().to_owned();
                if books.struck.contains(&(call.protocol, Operation::Pay, id.clone())) {
                    None
                } else {
                    let ticket = books.ticket();
                    let held = books.overtaken.entry((call.protocol, id)).or_default();
                    held.push(Travelling { ticket, call });
                    return Travel::UnderWay(ticket);
                }
            }
            Network::FirstOf(..) | Network::Works => None,
        },
    };
    match fault {
        Some(Fault::Page(status)) => Travel::Stopped(call, Stopped::ByPage(status)),
        Some(Fault::ClientInvalid) => Travel::Stopped(call, Stopped::Refused(Code::ClientInvalid)),
        Some(Fault::KeyNotFound) => Travel::Stopped(call, Stopped::Refused(Code::KeyNotFound)),
        Some(Fault::SignatureInvalid) => Travel::Stopped(call, Stopped::Refused(Code::SignatureInvalid)),
        Some(Fault::Replayed) => Travel::Stopped(call, Stopped::Replayed),
        Some(Fault::RequestLost) => Travel::Lost,
        Some(Fault::RequestDelayed(ms)) => {
            let ticket = books.ticket();
            let at = now_ms.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
            books.set_timer(at, Timer::Arrival(Box::new(Travelling { ticket, call })));
            Travel::UnderWay(ticket)
        }
        Some(Fault::Doubled) => {
            let copy = Call {
                protocol: call.protocol,
                operation: call.operation,
                path: call.path.clone(),
                body: call.body.clone(),
                agent_token: None,
                customer: call.customer,
            };
            let at = now_ms.saturating_add(DOUBLED_AFTER_MS);
            // Nobody waits for the copy's reply, hence no ticket.
            books.set_timer(at, Timer::Arrival(Box::new(Travelling { ticket: 0, call: copy })));
            Travel::Arrived(call, None)
        }
        other => Travel::Arrived(call, other),
    }
}

/// What the payment's code does to the network of a call. A code that another payment has used does nothing.
fn network_of(books: &Books, call: &Call) -> Network {
    if call.operation == Operation::Pay {
        let text = |pointer: &str| call.body.pointer(pointer).and_then(|text| text.as_str());
        let code = text("/paymentMethod/paymentMethodId").unwrap_or_default();
        let id = text("/paymentRequestId").unwrap_or_default();
        if books.codes.refuse(code, call.protocol, id, books.settings.every_code_once) {
            return Network::Works;
        }
        return behaviour::chosen_by(code).map_or(Network::Works, |row| row.network);
    }
    let subject = protocol::subject(&call.body).ok();
    let at = subject.and_then(|subject| books.ledger(call.protocol).find(subject.key()));
    let struck = at.and_then(|at| books.networks.get(&(call.protocol, at)));
    struck.map_or(Network::Works, |(operation, fault)| Network::FirstOf(*operation, *fault))
}

/// Carries out a call that arrived.
pub(super) fn carry_out(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Reply {
    let done = match call.operation {
        Operation::Pay => pay(books, call, config, now_ms),
        Operation::InquiryPayment => inquire(books, call, config, now_ms),
        Operation::Cancel => cancel(books, call, config, now_ms),
        Operation::Refund => refund(books, call, config, now_ms),
        Operation::InquiryRefund => inquire_refund(books, call, config, now_ms),
        Operation::NotifyPayment | Operation::NotifyRefund => {
            Err(Illegal { code: Code::ApiInvalid, path: "".into() })
        }
    };
    done.unwrap_or_else(|illegal| protocol::refusal(&illegal))
}

fn pay(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Result<Reply, Illegal> {
    let request = protocol::pay_request(call.protocol, &call.body)?;
    let id = request.request_id.into_owned();
    let known = books.ledger(call.protocol).find(Key::RequestId(&id)).is_some();
    let used = |code: &str| books.codes.refuse(code, call.protocol, &id, books.settings.every_code_once);
    let used = !known && request.code.as_deref().is_some_and(used);
    let mut notes = request.notes;
    if used {
        notes.push("the payment code had been used for another payment".into());
    }
    let customer =
        call.customer.or_else(|| books.customers.get(&id).copied()).unwrap_or(books.default_customer);
    let row = request.code.as_deref().and_then(behaviour::chosen_by);
    let (course, scanned) = match &request.code {
        Some(_) if used => (Course::of(Wallet::RefusesAtOnce(Code::InvalidCode)), Scanned::AtOnce),
        Some(_) => (row.map_or(Course::of(Wallet::PaysAtOnce), |row| row.course), Scanned::AtOnce),
        None => (customer.course(), customer.scanned()),
    };
    let order = Order {
        request_id: id.clone(),
        amount: request.amount,
        key_parameters: request.key_parameters,
        scenario: request.scenario,
        course,
        expiry_asked_ms: request.expiry_asked_ms,
        notify_url: request.notify_url.map(Into::into),
        redirect_url: request.redirect_url.map(Into::into),
        form: course.form.unwrap_or(customer.form()),
        scanned,
        notes,
    };
    let (code, at) = books.ledger_mut(call.protocol).pay(order, now_ms);
    if let Some(at) = at {
        if let Some(first) = books.ledger(call.protocol).at(at).filter(|payment| payment.sends == 1) {
            // A payment that was closed before its wallet saw the code has not used it.
            let judged = !matches!(first.state, State::Closed | State::Cancelled);
            if let Some(acts_ms) = first.customer_acts_ms() {
                books.set_timer(acts_ms, Timer::Customer(call.protocol, at));
            }
            if let Some(scanned) = request.code.filter(|_| judged && !used) {
                books.codes.used(&scanned, call.protocol, &id);
            }
            if let Some(Network::FirstOf(operation, fault)) = row.filter(|_| !used).map(|row| row.network) {
                books.networks.insert((call.protocol, at), (operation, fault));
            }
        }
        books.follow_up(call.protocol, at, config, now_ms);
    }
    let payment = at.and_then(|at| books.ledger(call.protocol).at(at));
    Ok(protocol::pay_reply(call.protocol, code, payment, &config.base_url))
}

fn inquire(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Result<Reply, Illegal> {
    let subject = protocol::subject(&call.body)?;
    let Some(at) = books.ledger_mut(call.protocol).inquire(subject.key(), now_ms) else {
        return Err(Illegal { code: Code::OrderNotExist, path: "".into() });
    };
    books.follow_up(call.protocol, at, config, now_ms);
    let ledger = books.ledger(call.protocol);
    let payment = ledger.at(at).ok_or(Illegal { code: Code::SystemError, path: "".into() })?;
    Ok(protocol::inquiry_reply(call.protocol, payment, ledger.refunds(), at))
}

fn cancel(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Result<Reply, Illegal> {
    let subject = protocol::subject(&call.body)?;
    let (code, at) = books.ledger_mut(call.protocol).cancel(subject.key(), now_ms);
    if let Key::RequestId(id) = subject.key() {
        let key = (call.protocol, id.to_owned());
        if let Some(held) = books.overtaken.remove(&key) {
            books.struck.insert((key.0, Operation::Pay, key.1));
            for travelling in held {
                let at = now_ms.saturating_add(OVERTAKEN_BY_MS);
                books.set_timer(at, Timer::Arrival(Box::new(travelling)));
            }
        }
    }
    if let Some(at) = at {
        books.follow_up(call.protocol, at, config, now_ms);
    }
    let payment = at.and_then(|at| books.ledger(call.protocol).at(at));
    Ok(protocol::cancel_reply(call.protocol, code, payment, now_ms))
}

fn refund(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Result<Reply, Illegal> {
    let request = protocol::refund_request(call.protocol, &call.body)?;
    let otherwise = books.settings.refund_notify_url.clone().filter(|_| call.protocol == Protocol::Ams);
    let order = RefundOrder {
        request_id: request.request_id.clone().into_owned(),
        amount: request.amount.clone(),
        notify_url: request.notify_url.map(Into::into).or(otherwise),
    };
    let ledger = books.ledger_mut(call.protocol);
    let before = ledger.refunds().len();
    let (code, at) = ledger.refund(request.subject.key(), order, now_ms);
    if let Some(at) = at {
        let state = ledger.refunds().get(at).filter(|_| at >= before).map(|refund| refund.state);
        if let Some(RefundState::Processing(Waits::Until(time, _))) = state {
            books.set_timer(time, Timer::Refund(call.protocol, at));
        }
        books.follow_up_refund(call.protocol, at, config, now_ms);
    }
    let ledger = books.ledger(call.protocol);
    let refund = at.and_then(|at| ledger.refunds().get(at));
    let refund = refund.and_then(|refund| ledger.at(refund.payment).map(|payment| (refund, payment)));
    Ok(protocol::refund_reply(call.protocol, code, refund))
}

fn inquire_refund(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Result<Reply, Illegal> {
    let (request_id, refund_id) = protocol::refund_subject(&call.body)?;
    let ledger = books.ledger_mut(call.protocol);
    let at = ledger
        .inquire_refund(request_id.as_deref(), refund_id.as_deref(), now_ms)
        .ok_or(Illegal { code: Code::OrderNotExist, path: "".into() })?;
    books.follow_up_refund(call.protocol, at, config, now_ms);
    let refund = books.ledger(call.protocol).refunds().get(at);
    let refund = refund.ok_or(Illegal { code: Code::SystemError, path: "".into() })?;
    Ok(protocol::inquiry_refund_reply(refund))
}
