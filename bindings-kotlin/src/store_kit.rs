//! The properties of the contract of a store, checked against one that a host wrote.

use std::sync::Arc;

use alipay_instore::store::kit::{Fixture, Opened, PROPERTIES};
use alipay_instore::{Error, ErrorCode};

use crate::failure::Result;
use crate::store::Store;

/// Opens the store that is tested, in Kotlin.
#[uniffi::export(with_foreign)]
pub trait StoreOpener: Send + Sync {
    /// Opens it once more; none if that failed.
    fn open(&self) -> Option<Arc<Store>>;
}

/// The names of all properties.
#[uniffi::export]
pub fn store_properties() -> Vec<String> {
    PROPERTIES.iter().map(|property| property.name.to_owned()).collect()
}

/// Checks a property, and says what the store did that the contract does not allow.
#[uniffi::export]
pub async fn check_store_property(property: String, opener: Arc<dyn StoreOpener>) -> Result<Option<String>> {
    let known = PROPERTIES.iter().find(|known| known.name == property);
    let unknown = || Error::new(ErrorCode::ConfigInvalid, "there is no such property").with_path("property");
    let known = known.ok_or_else(unknown)?;
    Ok(known.check(&OpenedByKotlin(opener)).await.err().map(|broken| broken.to_string()))
}

struct OpenedByKotlin(Arc<dyn StoreOpener>);

impl Fixture for OpenedByKotlin {
    fn open(&self) -> Opened<'_> {
        let opened = self.0.open().map(|store| Arc::clone(&store.0));
        Box::pin(std::future::ready(opened.ok_or_else(|| "it raised an exception".to_owned())))
    }
}
