//! Whether everything fits together before the first payment: settings, keys, store, the way to the gateway, its answer,
//! the clocks, and the notify URL.
//!
//! One signed inquiry for an id that nobody used tells most of it: how far it came says which of the things on its way is
//! wrong. Nothing is charged, and no payment of the store is touched.

mod inquiry;
mod notify_url;
mod report;

pub use report::{Check, CheckReport};

pub use crate::{CheckName, CheckStatus};

use super::Client;
use crate::error::Result;
use crate::store::{Query, StoreError};

impl Client {
    /// Checks everything that a payment needs, and says what is wrong and what to do about it.
    ///
    /// It writes to the store and removes it again, asks the gateway about an id that nobody used, and posts an unsigned
    /// notification to the notify URL, which a correct handler refuses. It takes at most as long as two requests may.
    pub async fn check(&self) -> CheckReport {
        let mut report = CheckReport::new();
        let merchant = self.merchant();
        report.pass(
            CheckName::Configuration,
            format!("{}, client id {}", merchant.gateway(), merchant.client_id()),
        );
        report.pass(CheckName::Keys, self.keys_in_words());
        match self.try_store().await {
            Ok(()) => report.pass(CheckName::Store, "takes a write, and can be read"),
            Err(error) => report.error(CheckName::Store, &error),
        }
        self.check_gateway(&mut report).await;
        self.check_notify_url(&mut report).await;
        report
    }

    fn keys_in_words(&self) -> String {
        let merchant = self.merchant();
        let gateway_keys: Vec<_> =
            merchant.gateway_keys().iter().map(|(_, key)| short(key.fingerprint())).collect();
        format!(
            "signing key {} with version {}, the gateway's {}",
            merchant.signing_fingerprint().map_or("none", short),
            merchant.key_version(),
            gateway_keys.join(", ")
        )
    }

    /// A sign of life is a write, and forgetting it leaves nothing behind.
    async fn try_store(&self) -> Result<()> {
        let owner = format!("check-{}", self.new_id()?);
        let store = self.store();
        store.beat(&owner).await.map_err(StoreError::into_error)?;
        store.forget(&owner, None).await.map_err(StoreError::into_error)?;
        let one = Query { limit: 1, ..Query::default() };
        store.list(&one).await.map(drop).map_err(StoreError::into_error)
    }
}

/// So much of a fingerprint as tells keys apart.
fn short(fingerprint: &str) -> &str {
    fingerprint.get(..16).unwrap_or(fingerprint)
}
