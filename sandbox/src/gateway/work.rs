//! The way of a call through the network and the books.

use super::{Books, Call, Chosen, Config, Timer, Travelling};
use crate::behaviour::{self, Network};
use crate::fault::Fault;
use crate::ledger::{Course, Key, Order, RefundOrder, Wallet};
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
}

/// Sends a call through the network: a fault chosen by header, one that was injected, or the payment code's.
pub(super) fn travel(books: &mut Books, call: Call, chosen: Chosen, now_ms: i64) -> Travel {
    let id = call.body.get("paymentRequestId").and_then(|id| id.as_str());
    let fault = match chosen.or_else(|| books.injections.take(call.operation, id)) {
        Some(fault) => Some(fault),
        None => match network_of(&call) {
            Some(Network::First(fault)) => {
                let key = (call.protocol, id.unwrap_or_default().to_owned());
                books.struck.insert(key).then_some(fault)
            }
            Some(Network::Every(fault)) => Some(fault),
            Some(Network::OvertakenByCancel) => {
                let key = (call.protocol, id.unwrap_or_default().to_owned());
                if books.struck.contains(&key) {
                    None
                } else {
                    let ticket = books.ticket();
                    books.overtaken.entry(key).or_default().push(Travelling { ticket, call });
                    return Travel::UnderWay(ticket);
                }
            }
            Some(Network::Works) | None => None,
        },
    };
    match fault {
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

/// What the payment code of a pay call does to the network.
fn network_of(call: &Call) -> Option<Network> {
    if call.operation != Operation::Pay {
        return None;
    }
    let code = call.body.get("paymentMethod")?.get("paymentMethodId")?.as_str()?;
    Some(behaviour::chosen_by(code)?.network)
}

/// Carries out a call that arrived.
pub(super) fn carry_out(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Reply {
    let done = match call.operation {
        Operation::Pay => pay(books, call, config, now_ms),
        Operation::InquiryPayment => inquire(books, call, config, now_ms),
        Operation::Cancel => cancel(books, call, config, now_ms),
        Operation::Refund => refund(books, call, now_ms),
        Operation::InquiryRefund => inquire_refund(books, call, now_ms),
        Operation::NotifyPayment => Err(Illegal { code: Code::ApiInvalid, path: "".into() }),
    };
    done.unwrap_or_else(|illegal| protocol::refusal(&illegal))
}

fn pay(books: &mut Books, call: &Call, config: &Config, now_ms: i64) -> Result<Reply, Illegal> {
    let request = protocol::pay_request(call.protocol, &call.body)?;
    let id = request.request_id.into_owned();
    let customer =
        call.customer.or_else(|| books.customers.get(&id).copied()).unwrap_or(books.default_customer);
    let course = match &request.code {
        Some(code) => behaviour::chosen_by(code).map_or(Course::of(Wallet::PaysAtOnce), |row| row.course),
        None => customer.course(),
    };
    let by_customer = request.code.is_none();
    let order = Order {
        request_id: id,
        amount: request.amount,
        key_parameters: request.key_parameters,
        scenario: request.scenario,
        course,
        expiry_asked_ms: request.expiry_asked_ms,
        notify_url: request.notify_url.map(Into::into),
        redirect_url: request.redirect_url.map(Into::into),
        form: customer.form(),
    };
    let (code, at) = books.ledger_mut(call.protocol).pay(order, now_ms);
    if let Some(at) = at {
        if by_customer
            && let Some(acts) = books.ledger(call.protocol).at(at).filter(|payment| payment.sends == 1)
            && let Some(acts_ms) = acts.customer_acts_ms()
        {
            books.set_timer(acts_ms, Timer::Customer(call.protocol, at));
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
            books.struck.insert(key);
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

fn refund(books: &mut Books, call: &Call, now_ms: i64) -> Result<Reply, Illegal> {
    let request = protocol::refund_request(call.protocol, &call.body)?;
    let order =
        RefundOrder { request_id: request.request_id.clone().into_owned(), amount: request.amount.clone() };
    let ledger = books.ledger_mut(call.protocol);
    let (code, at) = ledger.refund(request.subject.key(), order, now_ms);
    let refund = at.and_then(|at| ledger.refunds().get(at));
    let refund = refund.and_then(|refund| ledger.at(refund.payment).map(|payment| (refund, payment)));
    Ok(protocol::refund_reply(call.protocol, code, refund))
}

fn inquire_refund(books: &mut Books, call: &Call, now_ms: i64) -> Result<Reply, Illegal> {
    let (request_id, refund_id) = protocol::refund_subject(&call.body)?;
    let ledger = books.ledger_mut(call.protocol);
    let found = ledger
        .inquire_refund(request_id.as_deref(), refund_id.as_deref(), now_ms)
        .and_then(|at| ledger.refunds().get(at));
    match found {
        Some(refund) => Ok(protocol::inquiry_refund_reply(refund)),
        None => Err(Illegal { code: Code::OrderNotExist, path: "".into() }),
    }
}
