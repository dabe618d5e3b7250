//! What happens to a payment in words: a line a step, with what was decided and why, and the JSON of results.
//!
//! The words explain the machine's decisions; they never make one. Both protocols give a code the same meaning.

use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::pay::Warning;
use alipay_instore::client::{PaymentResult, RefundResult, ReverseResult, TimelineEntry, TimelineEvent};
use alipay_instore::currency::Currency;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::{Json, Object};
use alipay_instore::payment::{Certainty, Outcome};
use alipay_instore::refund::RefundOutcome;
use alipay_instore::result_code::{Meaning, advice, meaning};
use alipay_instore::reverse::ReverseOutcome;
use alipay_instore::store::Alert;
use serde_json::Value;

/// Seconds with one decimal, such as `12.3 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{}.{} s", duration.as_secs(), duration.subsec_millis() / 100)
}

/// Tells the steps of one payment one after the other, and remembers which requests are still without an answer:
/// that is why the next one is sent.
#[derive(Debug, Default)]
pub(crate) struct Teller {
    open: Vec<(Operation, u32, Timestamp)>,
}

impl Teller {
    /// A step as one line.
    pub(crate) fn line(&mut self, step: &TimelineEntry) -> String {
        let mut line = format!("{:>9}  {}", seconds(step.elapsed), event(&step.event));
        match &step.event {
            TimelineEvent::Sent { operation, send_id, .. } => {
                for (silent, _, at) in &self.open {
                    let since = seconds(step.at.saturating_since(*at));
                    line.push_str(&format!(": no answer to {} for {since}", silent.as_str()));
                }
                // Said once.
                self.open.clear();
                self.open.push((*operation, *send_id, step.at));
            }
            TimelineEvent::Answered { send_id, .. } | TimelineEvent::Unanswered { send_id, .. } => {
                self.open.retain(|(_, open, _)| open != send_id);
            }
            _ => {}
        }
        line
    }
}

fn event(event: &TimelineEvent) -> String {
    match event {
        TimelineEvent::Sent { operation, attempt, .. } => {
            let again = if *attempt > 1 { format!(", time {attempt}") } else { String::new() };
            format!("-> {}{again}", operation.as_str())
        }
        TimelineEvent::Answered { operation, took, result_status, result_code, payment_status, .. } => {
            let payment = payment_status.as_ref().map(|word| format!(", payment {word}")).unwrap_or_default();
            let why = match (operation, payment_status) {
                (Operation::Inquiry, Some(word)) if result_status == "S" => of_inquiry(word),
                _ => of_meaning(*operation, meaning(Protocol::Ams, *operation, result_status, result_code)),
            };
            format!(
                "<- {}: {result_status} {result_code}{payment} (after {}): {why}",
                operation.as_str(),
                seconds(*took)
            )
        }
        TimelineEvent::Unanswered { operation, took, certainty, error, .. } => {
            let why = match certainty {
                Certainty::NotSent => "nothing left this machine",
                Certainty::Unknown => "whether it was carried out is open",
            };
            let (operation, took) = (operation.as_str(), seconds(*took));
            format!("xx {operation}: {} (after {took}): {}; {why}", error.code(), error.reason())
        }
        TimelineEvent::Notified => "<- notification: verified and stored".into(),
        TimelineEvent::CancelRequested => "-- the till cancels".into(),
        TimelineEvent::Resumed => "-- resumed from the store".into(),
        TimelineEvent::Presented { form } => format!("-- for the customer: {}", shown(form)),
        TimelineEvent::Alerted { kind, detail } => format!("!! {}: {detail}", kind.as_str()),
        TimelineEvent::Concluded { outcome } => format!("== {}", of_outcome(outcome)),
        TimelineEvent::RefundConcluded { refund_request_id, outcome } => {
            format!("== refund {refund_request_id}: {}", of_refund(outcome))
        }
        TimelineEvent::ReverseConcluded { outcome } => format!("== {}", of_reverse(outcome)),
        // A kind of step that is newer than these words has a name at least.
        other => format!("-- {}", other.name()),
    }
}

fn of_meaning(operation: Operation, meaning: Meaning) -> &'static str {
    match (operation, meaning) {
        (Operation::Cancel, Meaning::Succeeded) => "cancelled; had it been paid, the money is given back",
        (Operation::Refund | Operation::RefundInquiry, Meaning::Succeeded) => "the money is given back",
        (_, Meaning::Succeeded) => "accepted",
        (_, Meaning::PaymentRefused) => "the payment is refused",
        (Operation::Pay, Meaning::RequestRefused) => "the request is refused, so nothing was paid by it",
        (_, Meaning::RequestRefused) => "refused, which says nothing about the payment",
        (_, Meaning::InProcess) => "the gateway is at work: ask again",
        (_, Meaning::Unknown) => "the outcome is still open",
        (_, Meaning::Closed) => "the order is closed",
        (_, Meaning::IdTaken) => "another request owns this id",
        (_, Meaning::NotFound) => "no such order, or not yet",
        (_, Meaning::WindowExceeded) => "too late to cancel: a refund is left",
        (_, Meaning::StatusConflict) => "the order's state does not allow it: look what it is",
        (_, Meaning::MerchantBalanceNotEnough) => "the merchant's balance does not cover it: try again",
        (_, Meaning::RefundRefused) => "the refund is refused",
    }
}

/// The word of `paymentStatus`, or the letter of `paymentResult`.
fn of_inquiry(word: &str) -> &'static str {
    match word {
        "SUCCESS" | "S" => "the payment is made",
        "FAIL" | "F" => "the payment failed, for good",
        "CANCELLED" => "the order is cancelled",
        _ => "not decided yet: ask again",
    }
}

/// What the customer is to see: addresses and codes, which are no secrets.
pub(crate) fn shown(form: &Object) -> String {
    let redirect = form.object("redirectActionForm");
    if let Some(url) = redirect.and_then(|form| form.text("redirectUrl")) {
        let method = redirect.and_then(|form| form.text("method")).unwrap_or_default();
        return format!("redirect {method} {url}");
    }
    if let Some(code) = order_code(form) {
        return format!("order code {code}");
    }
    if let Some(url) = form.text("paymentUrl") {
        return format!("page {url}");
    }
    form.iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

/// What a customer can scan of it: an order's code, or the page that the wallet is to open. A form that has to be posted is
/// none.
pub(crate) fn scannable(form: &Object) -> Option<String> {
    let page = || {
        let redirect = form.object("redirectActionForm")?;
        let posted = redirect.text("method").is_some_and(|method| method.eq_ignore_ascii_case("POST"));
        redirect.text("redirectUrl").filter(|_| !posted).map(|url| url.into_owned())
    };
    order_code(form).or_else(page).or_else(|| form.text("paymentUrl").map(|url| url.into_owned()))
}

fn order_code(form: &Object) -> Option<String> {
    let details = form.object("orderCodeForm")?.get("codeDetails")?.as_array()?;
    let codes = details.iter().filter_map(Json::as_object);
    codes.filter_map(|detail| detail.text("codeValue")).map(|code| code.into_owned()).next()
}

/// An outcome with its reason.
pub(crate) fn of_outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Succeeded => "succeeded: paid".into(),
        Outcome::Failed { code } if code.starts_with(|first: char| first.is_ascii_uppercase()) => {
            let advice = advice(Protocol::Ams, Operation::Pay, "F", code);
            format!("failed: not paid, {code}: {}", advice.cashier_en)
        }
        Outcome::Failed { code } => format!("failed: not paid, {code}"),
        Outcome::Cancelled => "cancelled: not paid".into(),
        Outcome::Refunded => "refunded: the money was given back".into(),
        Outcome::Unresolved { reason } => format!("unresolved: needs manual review, {}", reason.as_str()),
    }
}

pub(crate) fn of_refund(outcome: &RefundOutcome) -> String {
    match outcome {
        RefundOutcome::Refunded => "refunded: the money was given back".into(),
        RefundOutcome::OrderCancelled => "nothing to give back: the order is cancelled".into(),
        RefundOutcome::Failed { code } => format!("refused, {code}"),
        RefundOutcome::Unresolved => "unresolved: needs manual review".into(),
    }
}

pub(crate) fn of_reverse(outcome: &ReverseOutcome) -> String {
    match outcome {
        ReverseOutcome::Reversed => "reversed: the whole amount was given back".into(),
        ReverseOutcome::Refused { code } => format!("not reversed, {code}: what was left stands"),
        ReverseOutcome::Unresolved => "unresolved: needs manual review".into(),
    }
}

/// Every alert in a line of its own.
fn alerts(text: &mut String, alerts: &[Alert]) {
    for alert in alerts.iter().filter(|alert| alert.acknowledged.is_none()) {
        text.push_str(&format!("\nalert {}: {}: {}", alert.number, alert.kind.as_str(), alert.detail));
    }
}

/// A payment's result in human words.
pub(crate) fn result(result: &PaymentResult) -> String {
    let ended = result.outcome.as_ref().map_or_else(|| in_progress(result), of_outcome);
    let mut text = format!("{}  {ended}", result.payment_request_id);
    if result.code_ignored {
        text.push_str("\nthe payment goes on with the payment code of the first call");
    }
    if !result.stored {
        text.push_str("\nthe store did not take it: keep this result");
    }
    alerts(&mut text, &result.alerts);
    for warning in &result.warnings {
        text.push_str("\nwarning: ");
        text.push_str(&of_warning(warning));
    }
    text
}

fn in_progress(result: &PaymentResult) -> String {
    let money = if result.may_have_charged { "the customer may have paid" } else { "nothing was paid yet" };
    format!("in progress ({}): {money}; `resume` waits for it", result.phase)
}

fn of_warning(warning: &Warning) -> String {
    match warning {
        Warning::OrderAmountDiffers { order, payment } => {
            format!("the customer sees {order} as the order's amount, and pays {payment}")
        }
        Warning::BelowMinimum { wallet, payment, minimum } => {
            format!("{wallet} may refuse {payment}: it takes {minimum} or more")
        }
        Warning::OffStep { wallet, payment, step } => {
            format!("{wallet} may refuse {payment}: it takes multiples of {step}")
        }
        Warning::FieldMissing { path } => format!("{path} is missing, which some pages require"),
        Warning::DefaultExpiry { expiry } => {
            format!("no expiry was stated, so the payment expires at {}", instant((*expiry).as_millis()))
        }
        Warning::ExpiryCapped { asked, expiry } => {
            let (asked, sent) = (instant((*asked).as_millis()), instant((*expiry).as_millis()));
            format!("Alipay+ allows no expiry as late as {asked}; the payment expires at {sent}")
        }
        other => other.to_json().to_string(),
    }
}

/// An instant as the gateways write it.
fn instant(ms: i64) -> String {
    Timestamp::from_millis(ms).to_rfc3339().unwrap_or_else(|_| format!("{ms} ms since 1970"))
}

/// The same as JSON: the form that every language has, without the steps, which were told on the way.
pub(crate) fn result_json(protocol: Protocol, result: &PaymentResult) -> Value {
    of_protocol(protocol, result.to_json())
}

fn of_protocol(protocol: Protocol, mut result: Object) -> Value {
    result.take("timeline");
    let mut json = value(&result);
    if let Some(members) = json.as_object_mut() {
        members.insert("protocol".into(), protocol.as_str().into());
    }
    json
}

/// An object of the library as a value of this command.
pub(crate) fn value(object: &Object) -> Value {
    serde_json::from_str(&object.to_string()).unwrap_or_default()
}

/// A reverse's result in words.
pub(crate) fn reverse(result: &ReverseResult) -> String {
    let way = match &result.refund_request_id {
        Some(id) => format!(" by refund {id}"),
        None => String::new(),
    };
    let ended = result.outcome.as_ref().map_or_else(|| IN_PROGRESS.to_owned(), of_reverse);
    let mut text = format!("{}  {ended}{way}", result.payment_request_id);
    alerts(&mut text, &result.alerts);
    text
}

/// Of a refund or a reverse that the call did not wait for any longer.
const IN_PROGRESS: &str = "in progress: `resume` waits for it";

/// A refund's result in words.
pub(crate) fn refund(result: &RefundResult, currency: Currency) -> String {
    let ended = result.outcome.as_ref().map_or_else(|| IN_PROGRESS.to_owned(), of_refund);
    let mut text =
        format!("{}  {ended}; {} minor units of {currency} left", result.refund_request_id, result.left);
    alerts(&mut text, &result.alerts);
    text
}

/// A reverse's result as JSON.
pub(crate) fn reverse_json(protocol: Protocol, result: &ReverseResult) -> Value {
    of_protocol(protocol, result.to_json())
}

/// A refund's result as JSON.
pub(crate) fn refund_json(protocol: Protocol, result: &RefundResult) -> Value {
    of_protocol(protocol, result.to_json())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_customer_is_to_see() {
        let shown = |text: &str| shown(&Object::parse(text.as_bytes()).unwrap());
        assert_eq!(
            shown(r#"{"redirectActionForm":{"method":"GET","redirectUrl":"http://w/1"}}"#),
            "redirect GET http://w/1"
        );
        assert_eq!(shown(r#"{"orderCodeForm":{"codeDetails":[{"codeValue":"281"}]}}"#), "order code 281");
        assert_eq!(shown(r#"{"challengeActionForm":{}}"#), "challengeActionForm");
    }

    #[test]
    fn seconds_have_one_decimal() {
        let of = |milliseconds| seconds(Duration::from_millis(milliseconds));
        assert_eq!([of(0), of(12_345), of(99)], ["0.0 s", "12.3 s", "0.0 s"]);
    }
}
