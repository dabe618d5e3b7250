//! `notify`: posts a notification to a notify URL as the gateway would, correct or wrong on purpose, and says whether the
//! handler did right.

use std::path::{Path, PathBuf};
use std::time::Duration;

use alipay_instore::gateway::Protocol;
use alipay_instore::json::MAX_BYTES;
use alipay_instore::keys::{self, SigningKey, VerifyingKey};
use alipay_instore::message::NotifyUrl;
use alipay_instore::signature::Content;
use alipay_instore_sandbox::{Notice, Posted, Wrong};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::paint::{Paint, Tone};
use crate::request::{new_id, price};
use crate::till::{Connection, ProtocolName};

const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(crate) struct Notify {
    /// The notify URL to post to.
    #[arg(long, value_name = "URL")]
    to: String,
    /// The sandbox.json of a sandbox, whose gateway key signs. The gateway's real key is its own secret.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// The protocol that the gateway speaks.
    #[arg(long, value_enum)]
    protocol: ProtocolName,
    /// The payment that it is about; without it one that nobody made.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// What was paid.
    #[arg(long, default_value = "19.99")]
    amount: String,
    /// The currency: three letters of ISO 4217.
    #[arg(long, default_value = "USD")]
    currency: String,
    /// What it says of the payment.
    #[arg(long, value_enum, default_value_t = Told::Paid)]
    result: Told,
    /// The path that is signed, where a proxy changes it on the way; without it that of the URL.
    #[arg(long)]
    path: Option<String>,
    /// What is wrong with it, such as unsigned; `all` posts every wrong one, one after the other.
    #[arg(long, value_name = "WHAT", value_parser = wrong)]
    wrong: Option<Wrongs>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Told {
    /// It was paid.
    Paid,
    /// The wallet refused it.
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrongs {
    One(Wrong),
    All,
}

fn wrong(name: &str) -> Result<Wrongs, String> {
    if name == "all" {
        return Ok(Wrongs::All);
    }
    name.parse().map(Wrongs::One).map_err(|_| {
        let names: Vec<_> = Wrong::ALL.iter().map(|(_, name, _)| *name).collect();
        format!("one of: all, {}", names.join(", "))
    })
}

/// Both sides' keys, as the sandbox keeps them.
struct Sides {
    gateway: SigningKey,
    stranger: SigningKey,
    merchant: VerifyingKey,
}

/// What came back.
struct Answer {
    status: u16,
    says_success: bool,
    signature: &'static str,
}

impl Answer {
    /// As the gateways read it: Alipay+ wants a signature, AMS does not.
    fn acknowledges(&self, protocol: Protocol) -> bool {
        let signed = protocol == Protocol::Ams || self.signature == "valid";
        (200..300).contains(&self.status) && self.says_success && signed
    }
}

impl Notify {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let protocol = Protocol::from(self.protocol);
        let url = NotifyUrl::parse(&self.to)?;
        if url.as_str().starts_with('/') {
            return Err(Failure::usage("--to is only a path", "pass the whole URL, with its host"));
        }
        let connection = Connection::read(Some(&self.config), protocol)?;
        let sides = sides(&self.config)?;
        let amount = price(&self.amount, &self.currency)?;
        let now = connection.clock.now();
        let id = match &self.id {
            Some(id) => id.clone(),
            None => new_id(now)?.as_str().to_owned(),
        };
        let value = amount.value().to_string();
        let notice = Notice {
            protocol,
            client_id: connection.merchant.client_id(),
            payment_request_id: &id,
            currency: amount.currency().code(),
            value: &value,
            paid: self.result == Told::Paid,
            path: self.path.as_deref().unwrap_or(url.path()),
            now_ms: now.as_millis(),
        };
        let kinds: Vec<Option<Wrong>> = match self.wrong {
            None => vec![None],
            Some(Wrongs::One(wrong)) => vec![Some(wrong)],
            Some(Wrongs::All) => Wrong::ALL.iter().map(|(wrong, ..)| Some(*wrong)).collect(),
        };
        let http = http(&self.to)?;
        let (mut exit, mut rows) = (Exit::Done, Vec::new());
        let paint = Paint::for_stdout();
        for kind in kinds {
            let posted = notice.post(&sides.gateway, &sides.stranger, kind)?;
            let answer = post(&http, &self.to, posted, &notice, &sides.merchant).await?;
            let acknowledged = answer.acknowledges(protocol);
            let right = acknowledged == kind.is_none();
            exit = if right { exit } else { Exit::No };
            let name = kind.map_or("correct", Wrong::as_str);
            let verdict = match (acknowledged, right) {
                (true, true) => "acknowledged, as it should be",
                (true, false) => "ACKNOWLEDGED: the handler believes what it can't verify",
                (false, true) => "refused, as it should be",
                (false, false) => "REFUSED: it would come again and again",
            };
            let tone = if right { Tone::Good } else { Tone::Bad };
            let verdict = paint.text(tone, verdict);
            output.human(format_args!(
                "{name:<14} HTTP {}, signature {}: {verdict}",
                answer.status, answer.signature
            ));
            rows.push(json!({
                "notification": name, "http_status": answer.status, "says_success": answer.says_success,
                "signature": answer.signature, "acknowledged": acknowledged, "as_it_should_be": right,
            }));
        }
        output.machine(&json!({"payment_request_id": id, "sent": rows}));
        Ok(exit)
    }
}

fn sides(config: &Path) -> Result<Sides> {
    let failed = |error| Failure::io("the files of the sandbox", &error);
    let settings: Value = std::fs::read(config)
        .map_err(failed)
        .and_then(|text| serde_json::from_slice(&text).map_err(|_| missing("sandbox.json")))?;
    let beside = |name: &str| -> Result<Vec<u8>> {
        let file = settings.get(name).and_then(Value::as_str).filter(|file| !file.contains(['/', '\\']));
        std::fs::read(config.with_file_name(file.ok_or_else(|| missing(name))?)).map_err(failed)
    };
    let stranger = keys::generate(2048)?;
    Ok(Sides {
        gateway: SigningKey::load(zeroize::Zeroizing::new(beside("gateway_private_key")?))?,
        stranger: SigningKey::load(stranger.private_pem.as_bytes())?,
        merchant: VerifyingKey::load(beside("merchant_public_key")?)?,
    })
}

fn missing(what: &str) -> Failure {
    let hint = "pass the sandbox.json that `alipay-instore sandbox` wrote";
    Failure::new("cli.file", format!("{what} can't be read from the file of --config"), hint)
}

/// Loopback is called straight, whatever proxy the environment names.
fn http(url: &str) -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
    let host =
        reqwest::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    let here = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    let builder = if here { builder.no_proxy() } else { builder };
    builder
        .build()
        .map_err(|_| Failure::new("cli.network", "HTTP can't be set up", "check certificates and proxies"))
}

async fn post(
    http: &reqwest::Client,
    url: &str,
    posted: Posted,
    notice: &Notice<'_>,
    merchant: &VerifyingKey,
) -> Result<Answer> {
    let unanswered = || {
        let hint = "start the handler, and check the URL";
        Failure::new("cli.network", "the notify URL does not answer", hint)
    };
    let failed = |_: reqwest::Error| unanswered();
    let mut request = http.post(url).body(posted.body);
    for (name, value) in posted.headers {
        request = request.header(name, value);
    }
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len().saturating_add(chunk.len()) > MAX_BYTES {
            return Err(unanswered());
        }
        body.extend_from_slice(&chunk);
    }
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content = Content {
        method: "POST",
        path: notice.path,
        client_id: notice.client_id,
        time: header("response-time"),
        body: &body,
    };
    let signature = match header("signature") {
        "" => "absent",
        given if merchant.verify(given, content).is_ok() => "valid",
        _ => "wrong",
    };
    let says_success = serde_json::from_slice::<Value>(&body)
        .is_ok_and(|body| body.pointer("/result/resultStatus").is_some_and(|status| status == "S"));
    Ok(Answer { status, says_success, signature })
}
