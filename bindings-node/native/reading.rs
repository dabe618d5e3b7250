//! What a verified message says, and why one does not verify.

use alipay_instore::diagnosis::{Alternatives, BodyChange, Finding};
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::reply;
use napi_derive::napi;

use crate::failure::raise;
use crate::merchant::{Header, Merchant, pairs};

/// The reading as JSON; `ours` is JSON too.
#[napi(catch_unwind)]
pub fn read_verified(protocol: String, operation: String, body: &[u8], ours: String) -> napi::Result<String> {
    read(&protocol, &operation, body, &ours).map_err(raise)
}

fn read(protocol: &str, operation: &str, body: &[u8], ours: &str) -> Result<String> {
    let (protocol, operation): (Protocol, Operation) = (protocol.parse()?, operation.parse()?);
    let ours = reply::Ours::from_json(ours)?;
    reply::read_verified(protocol, operation, body, &ours).map(|reading| reading.to_string())
}

/// Other values that the caller holds possible.
#[napi(object, object_to_js = false)]
pub struct AlternativesInput {
    pub paths: Vec<String>,
    pub client_ids: Vec<String>,
    pub times: Vec<String>,
}

/// One thing that was found.
#[napi(object, object_from_js = false)]
pub struct FindingOutput {
    pub kind: String,
    /// What the signature verifies with, where that is another value.
    pub value: Option<String>,
    pub text: String,
}

impl From<Finding> for FindingOutput {
    fn from(finding: Finding) -> Self {
        let text = finding.to_string();
        let (kind, value) = match finding {
            Finding::Verifies => ("verifies", None),
            Finding::Unreadable(error) => ("unreadable", Some(error.code().as_str().to_owned())),
            Finding::OtherKeyLength { bits } => ("other_key_length", Some(bits.to_string())),
            Finding::OtherKeyVersion(version) => ("other_key_version", Some(version.to_string())),
            Finding::OtherQuery(path) => ("other_query", Some(path)),
            Finding::OtherPrefix(path) => ("other_prefix", Some(path)),
            Finding::OtherPath(path) => ("other_path", Some(path)),
            Finding::OtherClientId(id) => ("other_client_id", Some(id)),
            Finding::OtherTime(time) => ("other_time", Some(time)),
            Finding::BodyRewritten(change) => ("body_rewritten", Some(changed(change).to_owned())),
            // `Unexplained`, and what the text alone says.
            _ => ("unexplained", None),
        };
        FindingOutput { kind: kind.to_owned(), value, text }
    }
}

fn changed(change: BodyChange) -> &'static str {
    match change {
        BodyChange::TrimmedEnd => "trimmed_end",
        BodyChange::WithoutByteOrderMark => "without_byte_order_mark",
        BodyChange::Compacted => "compacted",
        BodyChange::LineFeeds => "line_feeds",
        // The text says what it is.
        _ => "other",
    }
}

#[napi]
impl Merchant {
    #[napi(catch_unwind)]
    pub fn explain_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: &[u8],
        alternatives: AlternativesInput,
    ) -> Vec<FindingOutput> {
        let paths = borrowed(&alternatives.paths);
        let client_ids = borrowed(&alternatives.client_ids);
        let times = borrowed(&alternatives.times);
        let alternatives = Alternatives { paths: &paths, client_ids: &client_ids, times: &times };
        let found = self.0.explain_notification(notify_url.as_deref(), pairs(&headers), body, alternatives);
        found.findings.into_iter().map(FindingOutput::from).collect()
    }
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
