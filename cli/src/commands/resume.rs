//! `resume`: the payments, refunds and reverses of a store that a process left without a result.

use std::path::PathBuf;
use std::sync::Arc;

use alipay_instore::client::{Observer, ReverseResult, TimelineEntry, refund_record};
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{Outcome, Payment};
use clap::Args;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::{self, Output};
use crate::render;
use crate::till::Till;

#[derive(Debug, Args)]
pub(crate) struct Resume {
    /// The folder that `pay` was given.
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Only the payment of this id.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

/// A payment that has its result now, or the reason why not.
struct Ended {
    text: String,
    json: Value,
    exit: Exit,
    /// Whether it had no result before.
    resumed: bool,
}

impl Resume {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let observer: Arc<dyn Observer> = Arc::new(Progress(output));
        let mut tasks = JoinSet::new();
        for till in Till::stored(&self.store, Some(&observer))? {
            let till = Arc::new(till);
            for id in till.store.ids().await? {
                // Refunds and a reverse are taken up with their payment.
                if id.starts_with(&refund_record("")) || self.id.as_ref().is_some_and(|only| *only != id) {
                    continue;
                }
                let till = Arc::clone(&till);
                tasks.spawn(async move {
                    let ended = one(&till, &id).await;
                    (id, ended)
                });
            }
        }
        let mut all = Vec::new();
        while let Some(done) = tasks.join_next().await {
            if let Ok((id, ended)) = done {
                all.push(ended.unwrap_or_else(|failure| failed(&id, &failure)));
            }
        }
        if all.is_empty() {
            let hint = "name the folder that `pay --store` was given";
            return Err(Failure::new(
                "request.unknown_payment",
                "there is no such payment in the store",
                hint,
            ));
        }
        // The result of those that were open; where none was, of all.
        if all.iter().any(|ended| ended.resumed) {
            all.retain(|ended| ended.resumed);
        }
        all.sort_by(|a, b| a.text.cmp(&b.text));
        let text: Vec<&str> = all.iter().map(|ended| ended.text.as_str()).collect();
        let json: Vec<&Value> = all.iter().map(|ended| &ended.json).collect();
        output.result(text.join("\n"), &json!({ "payments": json }));
        Ok(all.iter().fold(Exit::Done, |exit, ended| exit.worse(ended.exit)))
    }
}

async fn one(till: &Till, id: &str) -> Result<Ended> {
    let open = match till.store.get(id).await? {
        Some(stored) => Payment::restore(&stored.snapshot)?.outcome().is_none(),
        None => true,
    };
    let result = till.follow(id, till.client.resume(id).await).await?;
    let protocol = till.client.merchant().protocol();
    let mut text = render::result(&result);
    let mut json = render::result_json(protocol, &result);
    let refunds = refunds(till, id, result.outcome == Outcome::Succeeded).await?;
    for refund in &refunds {
        text.push_str(&format!(
            "\n  refund {}: {}",
            word(refund, "refund_request_id"),
            word(refund, "outcome")
        ));
    }
    let mut exit = Exit::of_payment(&result.outcome);
    let reverse = reverse(till, id).await?;
    if let Some(reverse) = &reverse {
        text.push_str(&format!("\n  {}", render::of_reverse(&reverse.outcome)));
        exit = exit.worse(Exit::of_reverse(&reverse.outcome));
    }
    let taken_up = open || !refunds.is_empty() || reverse.is_some();
    if let Some(members) = json.as_object_mut() {
        members.insert("resumed".into(), open.into());
        members.insert("refunds".into(), refunds.into());
        let reverse = reverse.map_or(Value::Null, |reverse| render::reverse_json(protocol, &reverse));
        members.insert("reverse".into(), reverse);
    }
    Ok(Ended { text, json, exit, resumed: taken_up })
}

/// The refunds that were under way.
async fn refunds(till: &Till, id: &str, paid: bool) -> Result<Vec<Value>> {
    let Some(stored) = till.store.get(&refund_record(id)).await?.filter(|_| paid) else {
        return Ok(Vec::new());
    };
    let mut done = Vec::new();
    for refund in
        RefundLedger::restore(&stored.snapshot)?.refunds().iter().filter(|one| one.outcome().is_none())
    {
        let result = till.client.resume_refund(id, &refund.order().refund_request_id).await?;
        done.push(render::refund_json(till.client.merchant().protocol(), &result));
    }
    Ok(done)
}

/// The reverse, if it was under way.
async fn reverse(till: &Till, id: &str) -> Result<Option<ReverseResult>> {
    let Some(stored) = till.store.get(&refund_record(id)).await? else { return Ok(None) };
    let ledger = RefundLedger::restore(&stored.snapshot)?;
    match ledger.reverse() {
        Some(reverse) if reverse.outcome().is_none() => Ok(Some(till.client.reverse(id).await?)),
        _ => Ok(None),
    }
}

fn word<'a>(json: &'a Value, name: &str) -> &'a str {
    json.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn failed(id: &str, failure: &Failure) -> Ended {
    Ended {
        text: format!("{id}  {}: {} ({})", failure.code, failure.reason, failure.hint),
        json: json!({"payment_request_id": id, "error": output::of(failure)}),
        exit: Exit::Failed,
        resumed: true,
    }
}

/// Several payments tell their steps at once, so each line has its id.
struct Progress(Output);

impl Observer for Progress {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        let elapsed = render::seconds(step.elapsed);
        self.0.progress(format_args!("{payment_request_id} {elapsed:>9}  {}", step.event.name()));
    }
}
