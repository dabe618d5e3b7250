//! `verify`: whether a signature fits, and if not, why.

use std::path::PathBuf;

use alipay_instore::diagnosis::{self, Alternatives, Message};
use alipay_instore::keys::VerifyingKey;
use alipay_instore::signature::VerifyingKeys;
use clap::Args;
use serde_json::json;

use super::explain::to_json;
use super::sign::Signed;
use crate::exit::Exit;
use crate::failure::Result;
use crate::input;
use crate::output::{self, Output};

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The file with the signer's public key.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The value of the Signature header.
    #[arg(long, value_name = "HEADER")]
    signature: String,
    #[command(flatten)]
    signed: Signed,
}

impl Verify {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let key = VerifyingKey::load(&*input::content(&self.key, "--key")?)?;
        let body = input::content(&self.signed.body, "--body")?;
        let content = self.signed.content(&body);
        let fingerprint = key.fingerprint().to_owned();
        let keys = VerifyingKeys::single(key);
        let Err(error) = keys.verify(&self.signature, content) else {
            let json = json!({"verified": true, "key_fingerprint": fingerprint});
            output.result(format_args!("verified with the key {fingerprint}"), &json);
            return Ok(Exit::Done);
        };
        let Signed { method, path, client_id, time, .. } = &self.signed;
        let message = Message { method, path, client_id, body: &body };
        let headers = [("Signature", &self.signature), ("Request-Time", time)];
        let diagnosis = diagnosis::explain(&keys, message, headers, Alternatives::default());
        output.result(
            format_args!(
                "not verified\n{}: {}\n{diagnosis}hint: {}",
                error.code(),
                error.reason(),
                error.hint()
            ),
            &json!({
                "verified": false,
                "error": output::of_error(&error),
                "diagnosis": to_json(&diagnosis),
                "key_fingerprint": fingerprint,
            }),
        );
        Ok(Exit::No)
    }
}
