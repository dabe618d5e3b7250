//! `notify-listen`: a small receiver that verifies, prints and acknowledges. With a store the notification is fed
//! to its payment first, and acknowledged only once that is stored.

use std::net::SocketAddr;
use std::time::Duration;

use alipay_instore::client::Notified;
use alipay_instore::diagnosis::Diagnosis;
use alipay_instore::message::NotifyUrl;
use alipay_instore::reply::NotificationKind;
use clap::Args;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::explain;
use crate::exit::Exit;
use crate::failure::Result;
use crate::output::{self, Output};
use crate::place::Place;
use crate::receiver::{Handler, Received, Receiver};
use crate::till::{MerchantOptions, Settings, Till};

/// The notify URL where none is configured.
const LOCAL_PATH: &str = "/notify";

#[derive(Debug, Args)]
pub(crate) struct NotifyListen {
    #[command(flatten)]
    merchant: MerchantOptions,
    /// Where to listen; port 0 picks a free one. Requests of every path are taken.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The public notify URL as the gateway knows it, or its path: what notifications are verified over, whatever
    /// path they arrive at here. Without it the merchant's configured one, or else /notify.
    #[arg(long, value_name = "URL")]
    notify_url: Option<String>,
    /// The store that `pay` was given: notifications are fed to its payments. Without it the one that the command keeps for
    /// this user; with `none` notifications are only verified, printed and acknowledged.
    #[arg(long, value_name = "DIR|URL|none")]
    store: Option<Place>,
    /// End after so many verified notifications.
    #[arg(long, value_name = "N")]
    count: Option<usize>,
    /// End after this number of seconds.
    #[arg(long = "for", value_name = "SECONDS")]
    seconds: Option<u64>,
}

impl NotifyListen {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let place = Place::given_or_usual(self.store.as_ref())?;
        let till = Till::open(&Settings::new(&self.merchant)?, &place, true, false, None).await?;
        let merchant = till.client.merchant().clone();
        let configured = merchant.notify_url().map(|url| url.as_str().to_owned());
        let notify_url = self.notify_url.or(configured).unwrap_or_else(|| LOCAL_PATH.to_owned());
        // A mistake in it ends the command at once, not with each notification.
        let notify_url = NotifyUrl::parse(&notify_url)?;
        let handler = Handler {
            merchant,
            clock: till.clock.clone(),
            client: (place != Place::Nowhere).then(|| till.client.clone()),
            below: "/",
            notify_url: Some(notify_url.as_str().to_owned()),
        };
        let (sender, mut arrivals) = mpsc::unbounded_channel();
        let receiver = Receiver::start(self.listen, vec![handler], sender).await?;
        let path = notify_url.path_with_query().unwrap_or_else(|| notify_url.path().to_owned());
        let url = format!("http://{}{path}", receiver.address);
        output.progress(format_args!("listening on {url}"));
        output.progress(format_args!("verifying over the path {}", notify_url.path()));
        let (mut all, mut verified) = (Vec::new(), 0);
        let end = async {
            match self.seconds {
                Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(end);
        while self.count.is_none_or(|count| verified < count) {
            let received = tokio::select! {
                received = arrivals.recv() => received,
                () = &mut end => break,
            };
            let Some(received) = received else { break };
            verified += usize::from(received.result.is_ok());
            output.human(line(&received));
            all.push(to_json(&received));
        }
        // The last answer is still on its way.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let enough = self.count.is_none_or(|count| verified >= count);
        let json = json!({"url": url, "verified": verified, "notifications": all});
        output.result(format_args!("{verified} verified, {} in all", all.len()), &json);
        Ok(if enough { Exit::Done } else { Exit::No })
    }
}

fn line(received: &Received) -> String {
    let answered = if received.status == 200 { "acknowledged" } else { "refused, it will come again" };
    match &received.result {
        Ok(taken) => {
            let notification = &taken.notification;
            let id = match notification.kind {
                NotificationKind::RefundResult => notification.refund_request_id.as_deref(),
                _ => notification.payment_request_id.as_deref(),
            };
            let id = id.unwrap_or("no id");
            let (kind, status, code) = said(received);
            format!(
                "verified  {kind}  {id}  {status} {code}  {answered}{}",
                outcome(received).map_or_else(String::new, |outcome| format!(", payment {outcome}"))
            )
        }
        Err(error) => {
            let mut line =
                format!("not taken  {}: {} ({})  {answered}", error.code(), error.reason(), error.hint());
            for text in received.diagnosis.iter().flat_map(told) {
                line.push_str("\n  ");
                line.push_str(&text);
            }
            line
        }
    }
}

/// The result and what was found, a sentence each.
fn told(diagnosis: &Diagnosis) -> impl Iterator<Item = String> {
    let findings = diagnosis.findings.iter().map(ToString::to_string);
    std::iter::once(diagnosis.summary.to_owned()).chain(findings)
}

fn to_json(received: &Received) -> Value {
    match &received.result {
        Ok(taken) => {
            let (kind, status, code) = said(received);
            json!({
                "verified": true,
                "kind": kind,
                "payment_request_id": taken.notification.payment_request_id,
                "refund_request_id": taken.notification.refund_request_id,
                "path": taken.notification.path,
                "signed_with_query": taken.notification.signed_with_query,
                "result_status": status,
                "result_code": code,
                "sent_at_ms": taken.notification.sent_at,
                "outcome": outcome(received),
                "http_status": received.status,
            })
        }
        Err(error) => {
            json!({
                "verified": false,
                "error": output::of_error(error),
                "diagnosis": received.diagnosis.as_ref().map(explain::to_json),
                "http_status": received.status,
            })
        }
    }
}

/// Kind, status letter and code: the payment's own result is in `paymentResult` (Alipay+) or `result` (AMS).
fn said(received: &Received) -> (&'static str, String, String) {
    let Ok(taken) = &received.result else { return ("", String::new(), String::new()) };
    let kind = taken.notification.kind.as_str();
    let body = &taken.notification.body;
    let result = body.object("paymentResult").or_else(|| body.object("result"));
    let text = |name: &str| {
        let text = result.and_then(|result| result.text(name)).unwrap_or_default();
        text.chars().filter(|character| !character.is_control()).take(64).collect()
    };
    (kind, text("resultStatus"), text("resultCode"))
}

/// The outcome of the payment, where it is stored here and has one now.
fn outcome(received: &Received) -> Option<&'static str> {
    match &received.result {
        Ok(taken) => match &taken.notified {
            Some(Notified::Taken { outcome: Some(outcome), .. }) => Some(outcome.as_str()),
            _ => None,
        },
        Err(_) => None,
    }
}
