//! Whether everything fits together before the first payment: settings, keys, store, the way to the gateway, its answer,
//! the clocks, and the notify URL. Nothing is sent here; `Client::check` does that, as a shell in another language can.
//!
//! One signed inquiry for an id that nobody used tells most of it: how far it came says which of the things on its way is
//! wrong. Nothing is charged, and no payment of the store is touched.

mod inquiry;
mod notify_url;
mod report;

pub use inquiry::inquiry;
pub use report::{Check, CheckReport};

pub use crate::{CheckName, CheckStatus};

use crate::error::{Error, Result};
use crate::merchant::Merchant;
use crate::payment::{Certainty, Unverified};
use crate::store::{Query, Store, StoreError};

/// The way that requests to the gateway take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// No proxy is used.
    Direct,
    /// By a proxy.
    ByProxy,
    /// The host's own HTTP client decides.
    Unknown,
}

/// Why the inquiry has no answer that can be trusted.
#[derive(Debug)]
pub struct Met {
    /// What was met.
    pub error: Error,
    /// Whether it is certain that nothing was sent.
    pub certainty: Certainty,
    /// What an answer that can't be trusted suggests.
    pub unverified: Option<Unverified>,
}

/// Writes to the store, and reads it: a sign of life of an owner that nobody else is. Forgetting it leaves nothing behind.
///
/// # Errors
/// What the store says.
pub async fn try_store(store: &dyn Store, owner: &str) -> Result<()> {
    store.beat(owner).await.map_err(StoreError::into_error)?;
    store.forget(owner, None).await.map_err(StoreError::into_error)?;
    let one = Query { limit: 1, ..Query::default() };
    store.list(&one).await.map(drop).map_err(StoreError::into_error)
}

impl CheckReport {
    /// Where there is a merchant, settings and keys can be read. What is entered next is what the store says, the outcome of
    /// [`inquiry`], and what answers at the notify URL.
    pub fn of(merchant: &Merchant) -> Self {
        let mut report = CheckReport::unchecked();
        report.pass(
            CheckName::Configuration,
            format!("{}, client id {}", merchant.gateway(), merchant.client_id()),
        );
        report.pass(CheckName::Keys, keys_in_words(merchant));
        report
    }

    /// The store took a write and could be read, or not.
    pub fn store(&mut self, met: Result<(), &Error>) {
        match met {
            Ok(()) => self.pass(CheckName::Store, "takes a write, and can be read"),
            Err(error) => self.met(CheckName::Store, error),
        }
    }
}

fn keys_in_words(merchant: &Merchant) -> String {
    let gateway_keys: Vec<_> =
        merchant.gateway_keys().iter().map(|(_, key)| short(key.fingerprint())).collect();
    format!(
        "signing key {} with version {}, the gateway's {}",
        merchant.signing_fingerprint().map_or("none", short),
        merchant.key_version(),
        gateway_keys.join(", ")
    )
}

/// So much of a fingerprint as tells keys apart.
fn short(fingerprint: &str) -> &str {
    fingerprint.get(..16).unwrap_or(fingerprint)
}
