//! The payment machine without HTTP: events go in, numbered actions come out. A gateway of three lines answers.

use std::time::Duration;

use alipay_instore::api::Scenario;
use alipay_instore::json::Object;
use alipay_instore::payment::{Action, Event, Payment, PaymentOrder, Policy, Timing};
use alipay_instore::{Amount, Protocol, Result, Timestamp};

fn main() -> Result<()> {
    let request = Object::parse(br#"{"paymentRequestId":"TILL7-1"}"#)?;
    let prefix = "/ams/api/v1".to_owned();
    let amount = Amount::parse("19.99 USD")?;
    let order =
        PaymentOrder::new("TILL7-1".to_owned(), amount, Scenario::PaymentCode, None, prefix, &request);
    let mut payment = Payment::new(Policy::preset(Protocol::Ams), order);

    // A host stores the snapshot before it carries an action out: after a crash it goes on from there.
    let began = Timestamp::parse("2026-11-21T12:57:00Z").unwrap_or_default();
    let mut now = began;
    let mut actions = payment.begin(now)?;
    while let Some(numbered) = actions.pop() {
        let passed = now.saturating_since(began).as_millis();
        println!("{passed:>5} ms  stored {} bytes", payment.snapshot().len());
        if let Action::Send { send_id, operation, path, .. } = numbered.action {
            println!("{passed:>5} ms  {} to {path}", operation.as_str());
            now = now.saturating_add(Duration::from_millis(800));
            let body = answer()?;
            actions =
                payment.handle(Event::Reply { send_id, operation, body, timing: Timing::default() }, now)?;
        }
    }
    println!(
        "{:>5} ms  {}",
        now.saturating_since(began).as_millis(),
        payment.outcome().map_or("open", |outcome| outcome.as_str())
    );
    Ok(())
}

/// What a gateway says of a payment that it has made. A real host verifies the signature first.
fn answer() -> Result<Object> {
    Object::parse(
        br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026",
            "paymentAmount":{"currency":"USD","value":"1999"}}"#,
    )
}
