//! `explain`: why a message that arrived does not verify, from its headers and its body as they were received.

use std::path::PathBuf;

use alipay_instore::diagnosis::{self, Alternatives, Diagnosis, FindingCode, Message};
use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::merchant::{Merchant, SandboxSettings};
use alipay_instore::signature::VerifyingKeys;
use clap::Args;
use serde_json::Value;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::input;
use crate::output::Output;
use crate::till::ProtocolName;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The file with the signer's public key. Without it the merchant of --config or of the variables ALIPAY_INSTORE_*
    /// counts.
    #[arg(long, value_name = "FILE", requires = "path", requires = "client_id")]
    key: Option<PathBuf>,
    /// The sandbox.json of a sandbox.
    #[arg(long, value_name = "FILE", requires = "protocol", conflicts_with = "key")]
    config: Option<PathBuf>,
    /// The protocol that the gateway speaks, for --config.
    #[arg(long, value_enum)]
    protocol: Option<ProtocolName>,
    /// The HTTP method.
    #[arg(long, default_value = "POST")]
    method: String,
    /// The path that the message is verified over; for a notification the notify URL.
    #[arg(long)]
    path: Option<String>,
    /// The client id.
    #[arg(long)]
    client_id: Option<String>,
    /// A header as received, such as 'Request-Time: 1685599933871'.
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// The file with the headers as received, one a line.
    #[arg(long = "headers", value_name = "FILE|-")]
    header_file: Option<PathBuf>,
    /// The file with the body as received, or - for standard input.
    #[arg(long, value_name = "FILE|-")]
    body: PathBuf,
    /// The file with our own private or public key.
    #[arg(long, value_name = "FILE")]
    own_key: Option<PathBuf>,
    /// The file with another public key, such as sandbox=FILE.
    #[arg(long = "other-key", value_name = "NAME=FILE")]
    other_keys: Vec<String>,
    /// Another path or URL, such as the one that the web framework saw.
    #[arg(long = "other-path", value_name = "PATH")]
    other_paths: Vec<String>,
    /// Another client id.
    #[arg(long = "other-client-id", value_name = "ID")]
    other_client_ids: Vec<String>,
    /// Another text of the time header.
    #[arg(long = "other-time", value_name = "TIME")]
    other_times: Vec<String>,
}

impl Explain {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let headers = self.all_headers()?;
        let body = input::content(&self.body, "--body")?;
        let keys = self.named_keys()?;
        let [paths, client_ids, times] = [&self.other_paths, &self.other_client_ids, &self.other_times]
            .map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        let keys: Vec<_> = keys.iter().map(|(name, key)| (name.as_str(), key)).collect();
        let alternatives =
            Alternatives { paths: &paths, client_ids: &client_ids, times: &times, keys: &keys };
        let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let found = match (&self.key, &self.path, &self.client_id) {
            (Some(key), Some(path), Some(client_id)) => {
                let key = VerifyingKey::load(&*input::content(key, "--key")?)?;
                let message = Message { method: &self.method, path, client_id, body: &body };
                diagnosis::explain(&VerifyingKeys::single(key), message, pairs, alternatives)
            }
            _ => self.of_merchant(&self.merchant()?, pairs, &body, alternatives)?,
        };
        output.result(&found, &to_json(&found));
        let verifies = found.findings.iter().all(|finding| finding.code == FindingCode::Verifies);
        Ok(if verifies { Exit::Done } else { Exit::No })
    }

    fn merchant(&self) -> Result<Merchant> {
        match (&self.config, self.protocol) {
            (Some(config), Some(protocol)) => {
                Ok(SandboxSettings::from_file(config, protocol.into())?.merchant)
            }
            _ => Ok(Merchant::from_env()?),
        }
    }

    /// A message with Response-Time and without Request-Time is a response.
    fn of_merchant<'a>(
        &self,
        merchant: &Merchant,
        headers: impl Iterator<Item = (&'a str, &'a str)> + Clone,
        body: &[u8],
        alternatives: Alternatives<'_>,
    ) -> Result<Diagnosis> {
        let has = |known: &str| headers.clone().any(|(name, _)| name.eq_ignore_ascii_case(known));
        if !has("Response-Time") || has("Request-Time") {
            return Ok(merchant.explain_notification(self.path.as_deref(), headers, body, alternatives));
        }
        match &self.path {
            Some(path) => Ok(merchant.explain_response(path, headers, body, alternatives)),
            None => {
                Err(Failure::usage("the path of a response is missing", "pass the path of its API by --path"))
            }
        }
    }

    fn all_headers(&self) -> Result<Vec<(String, String)>> {
        let mut lines = self.headers.clone();
        if let Some(file) = &self.header_file {
            let text = input::content(file, "--headers")?;
            lines.extend(String::from_utf8_lossy(&text).lines().map(str::to_owned));
        }
        // A request line or a status line has a space before its first colon, if it has one.
        let pairs = lines.iter().filter_map(|line| line.split_once(':'));
        let named = pairs.filter(|(name, _)| !name.trim().contains(' '));
        Ok(named.map(|(name, value)| (name.trim().to_owned(), value.trim_start().to_owned())).collect())
    }

    fn named_keys(&self) -> Result<Vec<(String, VerifyingKey)>> {
        let mut keys = Vec::new();
        if let Some(file) = &self.own_key {
            let text = input::content(file, "--own-key")?;
            let key = match SigningKey::load(&*text) {
                Ok(key) => key.verifying_key(),
                Err(_) => VerifyingKey::load(&*text)?,
            };
            keys.push(("own".to_owned(), key));
        }
        for named in &self.other_keys {
            let Some((name, file)) = named.split_once('=') else {
                return Err(Failure::usage(
                    "--other-key has no name",
                    "write it as NAME=FILE, such as sandbox=key.pem",
                ));
            };
            let text = input::content(std::path::Path::new(file), "--other-key")?;
            keys.push((name.to_owned(), VerifyingKey::load(&*text)?));
        }
        Ok(keys)
    }
}

/// The JSON that every language has.
pub(crate) fn to_json(diagnosis: &Diagnosis) -> Value {
    serde_json::from_str(&diagnosis.to_json().to_string()).unwrap_or_default()
}
