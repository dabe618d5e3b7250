//! `store`: what is in a store, and what a person does about it.

use std::time::Duration;

use alipay_instore::client::{Clock as _, SystemClock};
use alipay_instore::refund::Resolved;
use alipay_instore::store::{Columns, PaymentRecord, Query, StoreError, list_all, read_all};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::{self, Output};
use crate::paint::{Paint, Tone};
use crate::place::{self, Place};
use crate::render;
use crate::table::Table;
use crate::till::{StoreOptions, Till};

#[derive(Debug, Subcommand)]
pub(crate) enum Store {
    /// List the payments of a store.
    List {
        #[command(flatten)]
        store: Where,
        /// Only those that have not ended.
        #[arg(long)]
        open: bool,
    },
    /// Show all that is stored of a payment, without its payment code.
    Show {
        #[command(flatten)]
        store: Where,
        /// The id of the payment.
        #[arg(long, value_name = "ID")]
        id: String,
    },
    /// List the alerts that nobody has acknowledged. The status is 1 if there are any.
    Alerts {
        #[command(flatten)]
        store: Where,
    },
    /// Say that somebody has taken care of an alert.
    Acknowledge {
        #[command(flatten)]
        store: StoreOptions,
        /// The id of the payment.
        #[arg(long, value_name = "ID")]
        id: String,
        /// The number of the alert, as `store alerts` shows it.
        #[arg(long, value_name = "NUMBER")]
        alert: u32,
        /// Who took care of it.
        #[arg(long, value_name = "NAME")]
        who: String,
    },
    /// Record what a person found out about a payment or a refund that ended as unresolved.
    Resolve {
        #[command(flatten)]
        store: StoreOptions,
        /// The id of the payment.
        #[arg(long, value_name = "ID")]
        id: String,
        /// The refund, if it is about one.
        #[arg(long, value_name = "ID")]
        refund_id: Option<String>,
        /// Whether the payment, or the refund, was made.
        #[arg(long = "as", value_enum)]
        resolved: ResolvedName,
        /// Who found it out.
        #[arg(long, value_name = "NAME")]
        who: String,
        /// How.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Remove payments that ended long ago. One with an open alert, or young enough to be refunded, stays.
    Purge {
        #[command(flatten)]
        store: Where,
        /// Only those that did not change for this number of days.
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
        older_than: u32,
    },
    /// Make the tables of a database, or bring those of an earlier version up to date. Nothing happens if that was done.
    Migrate {
        #[command(flatten)]
        store: Where,
    },
    /// Whether a store can be used: its version, its settings, a write, and every record. The status is 1 if a record
    /// can't be read.
    Check {
        #[command(flatten)]
        store: Where,
    },
}

/// The store that a command looks at: no merchant is needed for it.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// A folder, or the URL of a database, such as sqlite:///var/lib/till/payments.db. Without it the one that the command
    /// keeps for this user.
    #[arg(long, value_name = "DIR|URL")]
    store: Option<Place>,
}

impl Where {
    fn place(&self) -> Result<Place> {
        Place::given_or_usual(self.store.as_ref())
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ResolvedName {
    /// It was made.
    Made,
    /// It was not made.
    NotMade,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Store {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        match self {
            Store::List { store, open } => list(&store, open, output).await,
            Store::Show { store, id } => show(&store, &id, output).await,
            Store::Alerts { store } => alerts(&store, output).await,
            Store::Acknowledge { store, id, alert, who } => {
                let till = Till::of_payment(&store, &id, None).await?;
                let done = till.client.acknowledge_alert(&id, alert, &who).await;
                till.client.close().await;
                done?;
                output.result("acknowledged", &json!({"payment_request_id": id, "alert": alert}));
                Ok(Exit::Done)
            }
            Store::Resolve { store, id, refund_id, resolved, who, note } => {
                let till = Till::of_payment(&store, &id, None).await?;
                let resolved = match resolved {
                    ResolvedName::Made => Resolved::Made,
                    ResolvedName::NotMade => Resolved::NotMade,
                };
                let done = till.client.resolve(&id, refund_id.as_deref(), resolved, &who, &note).await;
                till.client.close().await;
                done?;
                let json = json!({"payment_request_id": id, "resolved": resolved.as_str()});
                output.result(format_args!("resolved as {}", resolved.as_str()), &json);
                Ok(Exit::Done)
            }
            Store::Purge { store, older_than } => purge(&store, older_than, output).await,
            Store::Migrate { store } => migrate(&store, output).await,
            Store::Check { store } => check(&store, output).await,
        }
    }
}

async fn list(place: &Where, open: bool, output: Output) -> Result<Exit> {
    let (mut table, mut broken) =
        (Table::new(["PAYMENT", "AMOUNT", "STATE", "NEEDS", "CREATED"]), Vec::new());
    let (mut rows, mut exit) = (Vec::new(), Exit::Done);
    for store in place.place()?.stores().await? {
        let finished = open.then_some(false);
        let page = list_all(&*store, Query { finished, ..Query::default() }).await?;
        for columns in &page.records {
            table.row(cells(columns));
            rows.push(json!({
                "payment_request_id": columns.id, "state": columns.state, "outcome": columns.outcome,
                "amount": columns.amount.value().to_string(), "currency": columns.amount.currency().code(),
                "finished": columns.finished, "open_alerts": columns.open_alerts,
                "created": columns.created, "updated": columns.updated, "due_at": columns.due_at,
            }));
        }
        for unreadable in page.unreadable {
            broken.push(format!("{}  {}", unreadable.id, unreadable.error));
            rows.push(json!({
                "payment_request_id": unreadable.id, "error": output::of_error(&unreadable.error)
            }));
            exit = Exit::Failed;
        }
    }
    let mut text = if rows.is_empty() { "no payments".to_owned() } else { table.text(Paint::for_stdout()) };
    for line in broken {
        text.push('\n');
        text.push_str(&line);
    }
    output.result(text, &json!({"payments": rows}));
    Ok(exit)
}

fn cells(columns: &Columns) -> [(Tone, String); 5] {
    let (tone, needs) = match (columns.open_alerts, columns.finished) {
        (true, _) => (Tone::Bad, "manual review"),
        (false, false) => (Tone::Doubtful, "resume"),
        (false, true) => (Tone::Quiet, "-"),
    };
    // To the second, which is enough to find a payment by.
    let created = columns.created.to_rfc3339().unwrap_or_default();
    let created = created.split('.').next().unwrap_or_default().replace('T', " ");
    [
        (Tone::Plain, columns.id.to_string()),
        (Tone::Plain, columns.amount.to_string()),
        (Tone::Plain, columns.outcome.as_deref().unwrap_or(&columns.state).to_owned()),
        (tone, needs.to_owned()),
        (Tone::Plain, created),
    ]
}

async fn show(place: &Where, id: &str, output: Output) -> Result<Exit> {
    let mut found = None;
    for store in place.place()?.stores().await? {
        found = found.or(place::record(&*store, id).await?);
    }
    let Some(record) = found else {
        let reason = "no payment of this id is stored";
        return Err(Failure::new("request.unknown_payment", reason, "see `store list`"));
    };
    let json = of_record(&record);
    output.result(format_args!("{json:#}"), &json);
    Ok(Exit::Done)
}

fn of_record(record: &PaymentRecord) -> Value {
    let payment = record.payment();
    let ledger = record.ledger();
    let refunds = ledger.into_iter().flat_map(|ledger| ledger.refunds()).map(|refund| {
        json!({
            "refund_request_id": refund.order().refund_request_id,
            "amount": refund.order().amount.value().to_string(),
            "state": refund.state(),
            "refund_id": refund.refund_id(),
        })
    });
    let resolution = record.resolution().map(|resolution| {
        json!({
            "resolved": resolution.resolved.as_str(), "who": resolution.who, "note": resolution.note,
            "at": resolution.at,
        })
    });
    json!({
        "payment_request_id": record.id(),
        "client_id": record.merchant(),
        "amount": payment.order().amount.value().to_string(),
        "currency": payment.order().amount.currency().code(),
        "state": payment.state().name(),
        "payment_id": payment.payment_id(),
        "begun_at": payment.begun_at(),
        "expiry": payment.expiry(),
        "may_have_charged": record.may_have_charged(),
        "may_have_refunded": record.may_have_refunded(),
        "finished": record.is_finished(),
        "refunds": refunds.collect::<Vec<_>>(),
        "left": ledger.map(|ledger| ledger.left().to_string()),
        "reverse": ledger.and_then(|ledger| ledger.reverse()).map(|reverse| reverse.state()),
        "alerts": record.alerts().iter().map(|alert| render::value(&alert.to_json())).collect::<Vec<_>>(),
        "resolution": resolution,
    })
}

async fn alerts(place: &Where, output: Output) -> Result<Exit> {
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    for store in place.place()?.stores().await? {
        let query = Query { open_alerts: Some(true), ..Query::default() };
        let unreadable = read_all(&*store, query, |record| {
            let id = record.id();
            for alert in record.open_alerts() {
                lines.push(format!(
                    "{id}  alert {}: {}: {}",
                    alert.number,
                    alert.kind.as_str(),
                    alert.detail
                ));
                let mut row = render::value(&alert.to_json());
                if let Some(members) = row.as_object_mut() {
                    members.insert("payment_request_id".into(), id.into());
                }
                rows.push(row);
            }
        });
        let unreadable = unreadable.await?;
        for unreadable in unreadable {
            lines.push(format!("{}  {}", unreadable.id, unreadable.error));
            rows.push(json!({
                "payment_request_id": unreadable.id, "error": output::of_error(&unreadable.error)
            }));
        }
    }
    let exit = if rows.is_empty() { Exit::Done } else { Exit::No };
    let text = if lines.is_empty() { "no open alerts".to_owned() } else { lines.join("\n") };
    output.result(text, &json!({"alerts": rows}));
    Ok(exit)
}

async fn purge(place: &Where, older_than: u32, output: Output) -> Result<Exit> {
    const AT_ONCE: usize = 1_000;
    let now = SystemClock.now();
    let before = now.saturating_sub(DAY.saturating_mul(older_than));
    let mut removed: u64 = 0;
    for store in place.place()?.stores().await? {
        loop {
            let gone = store.purge(before, now, AT_ONCE).await.map_err(StoreError::into_error)?;
            removed = removed.saturating_add(gone);
            if gone == 0 {
                break;
            }
        }
    }
    output.result(format_args!("{removed} payments removed"), &json!({"removed": removed}));
    Ok(Exit::Done)
}

async fn migrate(place: &Where, output: Output) -> Result<Exit> {
    let text = match place.place()? {
        Place::Database(url) => {
            place::database(&url, true, false).await?;
            "the tables are of the newest version"
        }
        Place::Folder(_) | Place::Nowhere => "there is nothing to do: a folder has no tables",
    };
    output.result(text, &json!({"migrated": true}));
    Ok(Exit::Done)
}

async fn check(place: &Where, output: Output) -> Result<Exit> {
    let (mut payments, mut open, mut alerts) = (0_usize, 0_usize, 0_usize);
    let mut unreadable = Vec::new();
    // Opening it looks at the version of the tables and at the settings that make a write durable.
    for store in place.place()?.stores().await? {
        let owner = format!("check-{}", std::process::id());
        store.beat(&owner).await.map_err(StoreError::into_error)?;
        store.forget(&owner, None).await.map_err(StoreError::into_error)?;
        let of_store = read_all(&*store, Query::default(), |record| {
            payments += 1;
            open += usize::from(!record.is_finished());
            alerts += usize::from(record.open_alerts().next().is_some());
        });
        unreadable.extend(of_store.await?);
    }
    let mut lines = vec![format!(
        "the store can be used: {payments} payments, {open} of them open, {alerts} with alerts"
    )];
    lines.extend(unreadable.iter().map(|record| format!("{}  {}", record.id, record.error)));
    let rows = unreadable
        .iter()
        .map(|record| json!({"payment_request_id": record.id, "error": output::of_error(&record.error)}));
    let json = json!({
        "payments": payments, "open": open, "with_alerts": alerts, "unreadable": rows.collect::<Vec<_>>(),
    });
    output.result(lines.join("\n"), &json);
    Ok(if unreadable.is_empty() { Exit::Done } else { Exit::No })
}
