//! `sign`: the value of a message's `Signature` header.

use std::path::PathBuf;

use alipay_instore::keys::SigningKey;
use alipay_instore::signature::Content;
use clap::Args;
use serde_json::json;

use crate::exit::Exit;
use crate::failure::Result;
use crate::input;
use crate::output::Output;

/// What is signed beside the body. Both `sign` and `verify` take it.
#[derive(Debug, Args)]
pub(super) struct Signed {
    /// The HTTP method.
    #[arg(long, default_value = "POST")]
    pub(super) method: String,
    /// The path, such as /ams/api/v1/payments/pay.
    #[arg(long)]
    pub(super) path: String,
    /// The client id.
    #[arg(long)]
    pub(super) client_id: String,
    /// The text of the Request-Time or Response-Time header.
    #[arg(long)]
    pub(super) time: String,
    /// The file with the body, or - for standard input.
    #[arg(long, value_name = "FILE|-")]
    pub(super) body: PathBuf,
}

impl Signed {
    pub(super) fn content<'a>(&'a self, body: &'a [u8]) -> Content<'a> {
        Content { method: &self.method, path: &self.path, client_id: &self.client_id, time: &self.time, body }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Sign {
    /// The file with the private key, in any usual spelling.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The version of the key.
    #[arg(long, default_value_t = 1)]
    key_version: u32,
    #[command(flatten)]
    signed: Signed,
}

impl Sign {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let key = SigningKey::load(&*input::content(&self.key, "--key")?)?;
        let body = input::content(&self.signed.body, "--body")?;
        let header = key.sign(self.signed.content(&body), self.key_version)?;
        output.result(
            &header,
            &json!({
                "signature": header,
                "key_version": self.key_version,
                "key_fingerprint": key.fingerprint(),
            }),
        );
        Ok(Exit::Done)
    }
}
