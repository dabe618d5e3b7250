//! `resume`: the payments, refunds and reverses of a store that a process left without a result.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::{Observer, TimelineEntry};
use alipay_instore::store::{PaymentRecord, Query, list_all};
use clap::Args;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::{self, Output};
use crate::render;
use crate::till::{StoreOptions, Till};

#[derive(Debug, Args)]
pub(crate) struct Resume {
    #[command(flatten)]
    store: StoreOptions,
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
        let mut all = Vec::new();
        let tills = Till::stored(&self.store, false, Some(&observer)).await?;
        for till in tills.iter().cloned().map(Arc::new) {
            // The result of those that are open; where none is, of all.
            for finished in [false, true] {
                let page =
                    list_all(&*till.store, Query { finished: Some(finished), ..Query::default() }).await?;
                for id in page.records.into_iter().map(|columns| columns.id) {
                    if self.id.as_ref().is_some_and(|only| **only != *id) {
                        continue;
                    }
                    let till = Arc::clone(&till);
                    match till.record(&id).await {
                        Ok(Some(record)) if !till.owns(&record) => continue,
                        _ => {}
                    }
                    tasks.spawn(async move {
                        let ended = one(&till, &id, !finished).await;
                        (id, ended)
                    });
                }
                for unreadable in page.unreadable.into_iter().filter(|_| !finished && self.id.is_none()) {
                    all.push(failed(&unreadable.id, &unreadable.error.into()));
                }
            }
        }
        while let Some(done) = tasks.join_next().await {
            if let Ok((id, ended)) = done {
                all.push(ended.unwrap_or_else(|failure| failed(&id, &failure)));
            }
        }
        for till in &tills {
            till.client.close().await;
        }
        if all.is_empty() {
            let hint = "name the store and the merchant that `pay` was given";
            return Err(Failure::new(
                "request.unknown_payment",
                "there is no such payment in the store",
                hint,
            ));
        }
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

async fn one(till: &Till, id: &str, open: bool) -> Result<Ended> {
    let before = till.record(id).await?;
    let was_open: Vec<String> = before
        .as_ref()
        .and_then(PaymentRecord::ledger)
        .into_iter()
        .flat_map(|ledger| ledger.refunds())
        .filter(|refund| refund.outcome().is_none())
        .map(|refund| refund.order().refund_request_id.clone())
        .collect();
    let reversing = before
        .as_ref()
        .and_then(|record| record.ledger()?.reverse())
        .is_some_and(|reverse| reverse.outcome().is_none());
    let paying = before.as_ref().is_none_or(|record| record.payment().outcome().is_none());
    let result = match open {
        true => till.client.waiting(Duration::MAX).finish(id).await?,
        false => till.client.status(id).await?,
    };
    let record = till.record(id).await?;
    let ledger = record.as_ref().and_then(PaymentRecord::ledger);
    let mut text = render::result(&result);
    let mut exit = Exit::of_payment(result.outcome.as_ref());
    let mut refunds = Vec::new();
    for refund in ledger.into_iter().flat_map(|ledger| ledger.refunds()) {
        let id = &refund.order().refund_request_id;
        if let Some(outcome) = refund.outcome().filter(|_| was_open.contains(id)) {
            text.push_str(&format!("\n  refund {id}: {}", render::of_refund(outcome)));
            refunds.push(json!({"refund_request_id": id, "outcome": outcome.as_str()}));
        }
    }
    let reverse = ledger.and_then(|ledger| ledger.reverse()).filter(|_| reversing);
    let reverse = reverse.and_then(|reverse| reverse.outcome());
    if let Some(outcome) = reverse {
        text.push_str(&format!("\n  {}", render::of_reverse(outcome)));
        exit = exit.worse(Exit::of_reverse(Some(outcome)));
    }
    let mut json = render::result_json(till.client.merchant().protocol(), &result);
    if let Some(members) = json.as_object_mut() {
        members.insert("resumed".into(), paying.into());
        members.insert("refunds".into(), refunds.into());
        members.insert("reverse".into(), reverse.map(|outcome| outcome.as_str()).into());
    }
    Ok(Ended { text, json, exit, resumed: open })
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
pub(super) struct Progress(pub(super) Output);

impl Observer for Progress {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        let elapsed = render::seconds(step.elapsed);
        self.0.progress(format_args!("{payment_request_id} {elapsed:>9}  {}", step.event.name()));
    }
}
