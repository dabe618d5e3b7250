//! The shipped stores, and those that a shop wrote in PHP.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use alipay_instore::client::{Clock as _, SystemClock};
use alipay_instore::error::Result;
use alipay_instore::store::{self, FileStore, MemoryStore, StoreError};
use alipay_instore_store_sql::{Settings, SqlStore};
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;
use ext_php_rs::types::Zval;

use crate::error::{OrRaise as _, guard};
use crate::host::Server;
use crate::process::{self, PerProcess};

/// Numbers only what is in one object.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Where payments are kept.
#[php_class]
#[php(name = "AlipayInstore\\Native\\Store", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct Store {
    pub(crate) source: Arc<Source>,
    /// Serves a store in PHP; the shipped ones have none.
    pub(crate) server: Option<Server>,
}

/// What a store was made of, to be opened in each process.
pub(crate) struct Source {
    kind: Kind,
    here: PerProcess<Arc<dyn store::Store>>,
    /// Tells stores apart that are not the same one.
    pub(crate) identity: String,
}

enum Kind {
    Memory,
    File(String),
    Sql(Box<Settings>),
    InPhp(Arc<dyn store::Store>),
}

impl Store {
    fn new(kind: Kind, identity: String) -> Self {
        Store { source: Arc::new(Source { kind, here: PerProcess::new(), identity }), server: None }
    }
}

impl Source {
    /// Whether its client stays for the next request. What is in memory ends with its object, and PHP's own stores can't be
    /// called after it.
    pub(crate) fn lasts(&self) -> bool {
        !matches!(self.kind, Kind::Memory | Kind::InPhp(_))
    }

    /// The store of this process.
    pub(crate) fn open(&self) -> Result<Arc<dyn store::Store>> {
        self.here.get_or_try_init(|| self.opened()).cloned()
    }

    fn opened(&self) -> Result<Arc<dyn store::Store>> {
        match &self.kind {
            Kind::Memory => Ok(Arc::new(MemoryStore::new())),
            Kind::InPhp(store) => Ok(Arc::clone(store)),
            Kind::File(folder) => Ok(Arc::new(FileStore::open(folder)?)),
            Kind::Sql(settings) => {
                let settings = Settings::clone(settings);
                Ok(Arc::new(process::wait(async move { SqlStore::open(&settings).await })?))
            }
        }
    }
}

#[php_impl]
impl Store {
    /// Keeps payments in memory, for tests.
    pub fn memory() -> PhpResult<Self> {
        guard(|| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            Ok(Store::new(Kind::Memory, format!("memory {number}")))
        })
    }

    /// Keeps each payment in a file of one folder.
    pub fn file(folder: String) -> PhpResult<Self> {
        guard(|| {
            let identity = format!("file {folder}");
            let store = Store::new(Kind::File(folder), identity);
            store.source.open().or_raise()?;
            Ok(store)
        })
    }

    /// Keeps payments in a database. It connects at the first call.
    pub fn sql(url: &str, prefix: Option<&str>, connections: Option<u32>, migrate: bool) -> PhpResult<Self> {
        guard(|| {
            let mut settings = Settings::new(url).or_raise()?.migrates(migrate);
            if let Some(prefix) = prefix {
                settings = settings.prefix(prefix).or_raise()?;
            }
            if let Some(connections) = connections {
                settings = settings.connections(connections);
            }
            let identity = format!("sql {url} {prefix:?} {connections:?} {migrate}");
            Ok(Store::new(Kind::Sql(Box::new(settings)), identity))
        })
    }

    /// A store in PHP: one function, called with the number 0, the name of an operation and its arguments as JSON.
    pub fn of_host(serve: &Zval) -> PhpResult<Self> {
        guard(|| {
            let server = Server::new(serve);
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let store = Store::new(Kind::InPhp(server.store()), format!("in PHP {number}"));
            Ok(Store { server: Some(server), ..store })
        })
    }

    /// Removes finished payments that were last changed a number of milliseconds ago, and tells how many.
    pub fn purge(&self, older_than: i64, limit: usize) -> PhpResult<u64> {
        guard(|| {
            let store = self.source.open().or_raise()?;
            let now = SystemClock.now();
            let before = now.saturating_sub(Duration::from_millis(u64::try_from(older_than).unwrap_or(0)));
            process::wait(
                async move { store.purge(before, now, limit).await.map_err(StoreError::into_error) },
            )
            .or_raise()
        })
    }
}
