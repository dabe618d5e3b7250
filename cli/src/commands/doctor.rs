//! `doctor`: everything that a payment needs, a line each, with what to do about what is wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use alipay_instore::client::{Check, CheckName, CheckReport, CheckStatus, Client, Transport};
use alipay_instore::gateway::Protocol;
use alipay_instore::store::{MemoryStore, Store};
use alipay_instore::{Category, Error};
use clap::Args;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::failure::Result;
use crate::output::Output;
use crate::paint::{Paint, Tone};
use crate::place::Place;
use crate::render;
use crate::till::{Connection, ProtocolName};

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// The sandbox.json of a sandbox. Without it the merchant comes from the variables ALIPAY_INSTORE_*.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Only this protocol of the sandbox. Without it each that sandbox.json names.
    #[arg(long, value_enum, requires = "config")]
    protocol: Option<ProtocolName>,
    /// Where payments are to be kept: a folder, or the URL of a database. Without it the database of this user.
    #[arg(long, value_name = "DIR|URL|none")]
    store: Option<Place>,
}

impl Doctor {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let place = Place::given_or_usual(self.store.as_ref())?;
        let protocols = match (self.protocol, &self.config) {
            (Some(protocol), _) => vec![protocol.into()],
            (None, Some(config)) => named_in(config),
            // The variables say their protocol themselves.
            (None, None) => vec![Protocol::Ams],
        };
        let paint = Paint::for_stdout();
        let (mut healthy, mut rows) = (true, Vec::new());
        for protocol in protocols {
            let (protocol, report) = examined(self.config.as_deref(), protocol, &place, output).await;
            healthy &= report.is_healthy();
            output.human(protocol.map_or("the merchant of the variables", |protocol| protocol.as_str()));
            for check in &report.checks {
                output.human(line(check, paint));
            }
            let mut row = render::value(&report.to_json());
            if let Some(members) = row.as_object_mut() {
                members.insert("protocol".into(), protocol.map_or(Value::Null, |name| name.as_str().into()));
            }
            rows.push(row);
        }
        let sentence = match healthy {
            true => paint.text(Tone::Good, "nothing is wrong"),
            false => paint.text(Tone::Bad, "something is wrong: see the lines that failed"),
        };
        output.result(sentence, &json!({"healthy": healthy, "merchants": rows}));
        Ok(if healthy { Exit::Done } else { Exit::No })
    }
}

/// The protocols of a `sandbox.json`; of one that can't be read any one, which then says why.
fn named_in(config: &Path) -> Vec<Protocol> {
    let settings = std::fs::read(config).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    let protocols: Vec<Protocol> = settings
        .as_ref()
        .and_then(|settings| settings.get("protocols")?.as_array())
        .map(|names| names.iter().filter_map(|name| name.as_str()?.parse().ok()).collect())
        .unwrap_or_default();
    if protocols.is_empty() { vec![Protocol::Ams] } else { protocols }
}

/// The report, and the protocol, which is unknown where the variables can't be read.
async fn examined(
    config: Option<&Path>,
    protocol: Protocol,
    place: &Place,
    output: Output,
) -> (Option<Protocol>, CheckReport) {
    let known = config.map(|_| protocol);
    let connection = match Connection::read(config, protocol) {
        Ok(connection) => connection,
        Err(error) => return (known, CheckReport::failed_at(of_settings(&error), &error)),
    };
    let protocol = connection.merchant.protocol();
    output.progress(format_args!("{protocol}: asking {}", connection.merchant.gateway().base_url()));
    let (store, unopened): (Arc<dyn Store>, _) = match place.open(protocol, false).await {
        Ok(store) => (store, None),
        // Everything else can be checked all the same.
        Err(error) => (Arc::new(MemoryStore::new()), Some(error)),
    };
    let mut report = match client(connection, store) {
        Ok(client) => {
            let report = client.check().await;
            client.close().await;
            report
        }
        Err((name, error)) => CheckReport::failed_at(name, &error),
    };
    if let Some(error) = unopened {
        report.met(CheckName::Store, &error);
    }
    (Some(protocol), report)
}

fn of_settings(error: &Error) -> CheckName {
    match error.category() {
        Category::Key => CheckName::Keys,
        _ => CheckName::Configuration,
    }
}

/// What can't be made of the settings of the network: certificates are read first, the proxy's variables after them.
fn client(connection: Connection, store: Arc<dyn Store>) -> Result<Client, (CheckName, Error)> {
    let transport = Transport::new(&connection.transport).map_err(|error| (CheckName::Tls, error))?;
    Client::builder(connection.merchant, store)
        .transport(transport)
        .clock(connection.clock)
        .claims(false)
        .build()
        .map_err(|error| (CheckName::Proxy, error))
}

fn line(check: &Check, paint: Paint) -> String {
    let (tone, word) = match check.status {
        CheckStatus::Passed => (Tone::Good, "ok"),
        CheckStatus::Warned => (Tone::Doubtful, "warning"),
        CheckStatus::Failed => (Tone::Bad, "FAILED"),
        _ => (Tone::Quiet, "-"),
    };
    let word = paint.text(tone, format!("{word:<8}"));
    let mut line = format!("  {word} {:<13}  {}", check.name.as_str(), check.detail);
    if let Some(code) = check.code {
        line.push_str(&format!(" [{code}]"));
    }
    if !check.hint.is_empty() {
        line.push_str(&format!("\n{:26}{}", "", check.hint));
    }
    line
}
