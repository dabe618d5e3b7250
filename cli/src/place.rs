//! Where payments are kept: a folder, a database, or nowhere.
//!
//! A folder has one folder a protocol, and in it `till.json`, which names the settings of the merchant, and `payments`, the
//! library's file store. Without `--store` it is a SQLite database in the folder where the platform keeps the state of
//! programs.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use alipay_instore::ErrorCode;
use alipay_instore::gateway::Protocol;
use alipay_instore::store::{FileStore, MemoryStore, PaymentRecord, Store, StoreError};
use alipay_instore_store_sql::{Settings, SqlStore};
use etcetera::BaseStrategy as _;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::failure::{Failure, Result};

const PAYMENTS: &str = "payments";

/// What `--store` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A folder, which remembers the settings too.
    Folder(PathBuf),
    /// A database.
    Database(String),
    /// Nothing outlives the process.
    Nowhere,
}

impl std::str::FromStr for Place {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "none" => Place::Nowhere,
            _ if text.contains("://") => Place::Database(text.to_owned()),
            _ => Place::Folder(PathBuf::from(text)),
        })
    }
}

impl Place {
    /// What `--store` says, or where payments are kept without it.
    pub(crate) fn given_or_usual(given: Option<&Place>) -> Result<Self> {
        given.cloned().map_or_else(Place::usual, Ok)
    }

    /// Where payments are kept if nothing is said: `$XDG_STATE_HOME/alipay-instore/payments.db`, or what stands for that on
    /// the platform.
    fn usual() -> Result<Self> {
        let hint = "say --store DIR or --store URL";
        let base = etcetera::choose_base_strategy()
            .map_err(|_| Failure::usage("this user has no home directory to keep payments in", hint))?;
        let file =
            base.state_dir().unwrap_or_else(|| base.data_dir()).join("alipay-instore").join("payments.db");
        let path = file.to_str();
        let path = path.ok_or_else(|| Failure::usage("the path of the home directory is not UTF-8", hint))?;
        Ok(Place::Database(sqlite_url(path)))
    }

    /// The store. A SQLite database is made where there is none, and brought up to date; the tables of a server are
    /// everybody's, so that only `store migrate` changes them. `listens`: whether the process lives long enough to be told
    /// of what others save.
    pub(crate) async fn open(
        &self,
        protocol: Protocol,
        listens: bool,
    ) -> alipay_instore::Result<Arc<dyn Store>> {
        Ok(match self {
            Place::Folder(folder) => Arc::new(FileStore::open(folder_of(folder, protocol).join(PAYMENTS))?),
            Place::Database(url) => Arc::new(database(url, url.starts_with("sqlite:"), listens).await?),
            Place::Nowhere => Arc::new(MemoryStore::default()),
        })
    }

    /// Every store of the place that is there: of a folder one a protocol.
    pub(crate) async fn stores(&self) -> Result<Vec<Arc<dyn Store>>> {
        let mut stores = Vec::new();
        match self {
            Place::Folder(folder) => {
                for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
                    if folder_of(folder, protocol).join(PAYMENTS).exists() {
                        stores.push(self.open(protocol, false).await?);
                    }
                }
                if stores.is_empty() {
                    return Err(no_payments());
                }
            }
            Place::Database(_) | Place::Nowhere => stores.push(self.open(Protocol::Ams, false).await?),
        }
        Ok(stores)
    }
}

/// The database of a URL; `migrates` makes its tables, or brings them up to date.
pub(crate) async fn database(url: &str, migrates: bool, listens: bool) -> alipay_instore::Result<SqlStore> {
    let settings = Settings::new(url)?.migrates(migrates).listens(listens);
    SqlStore::open(&settings).await.map_err(|error| match error.code() {
        ErrorCode::StoreSchema => error.with_hint("run `alipay-instore store migrate` with the same --store"),
        _ => error,
    })
}

/// The part of a folder that belongs to a protocol.
pub(crate) fn folder_of(folder: &Path, protocol: Protocol) -> PathBuf {
    folder.join(protocol.as_str())
}

pub(crate) fn no_payments() -> Failure {
    let reason = "the folder of --store holds no payments of this command";
    Failure::new("cli.store", reason, "name the folder that `pay --store` was given")
}

/// What is stored of a payment.
pub(crate) async fn record(store: &dyn Store, id: &str) -> Result<Option<PaymentRecord>> {
    let stored = store.load(id).await.map_err(StoreError::into_error)?;
    Ok(stored.map(|stored| PaymentRecord::decode(stored.entry.text.expose())).transpose()?)
}

/// What would have a meaning in the path of a URL.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b':');

fn sqlite_url(path: &str) -> String {
    format!("sqlite://{}", utf8_percent_encode(path, ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_its_spelling() {
        for (text, place) in [
            ("none", Place::Nowhere),
            ("till", Place::Folder("till".into())),
            ("./none", Place::Folder("./none".into())),
            ("mysql://a/b", Place::Database("mysql://a/b".into())),
        ] {
            assert_eq!(text.parse(), Ok(place));
        }
    }

    #[tokio::test]
    async fn any_path_can_be_the_database() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["plain", "a b?c#d%41", "Übung"] {
            let file = folder.path().join(name).join("payments.db");
            let place = Place::Database(sqlite_url(file.to_str().unwrap()));
            place.open(Protocol::Ams, false).await.unwrap();
            assert!(file.exists(), "{name}");
        }
    }
}
