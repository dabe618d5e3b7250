//! The store.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::store::{Answer, Entry, Heartbeats, Page, Query, Store, StoreError, Stored};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::sync::broadcast::Receiver;

use crate::batch::Batches;
use crate::database::Database;
use crate::durability;
use crate::failure::{Failure, cut_short, too_slow};
use crate::listener::{self, Listener};
use crate::migration;
use crate::settings::{Settings, Target};
use crate::statements::{self, Statements};

/// How often an operation is tried that certainly did not happen.
const ATTEMPTS: u32 = 5;

/// Keeps records in a database. Clones share their connections.
pub struct SqlStore {
    pub(crate) shared: Arc<Shared>,
    /// Where this clone hears of records that others saved.
    ids: Option<Arc<Mutex<Receiver<String>>>>,
}

/// What clones and operations share.
pub(crate) struct Shared {
    pub(crate) database: Database,
    pub(crate) statements: Statements,
    /// Writers of new records, and of records that their owners replace.
    pub(crate) inserts: Option<Arc<Batches>>,
    pub(crate) saves: Option<Arc<Batches>>,
    runtime: Handle,
    listener: Option<Listener>,
    /// Records of which an owner may not have been told, because the connection was lost.
    owed: Lock<HashMap<String, Vec<String>>>,
}

impl SqlStore {
    /// The store in the database of this URL: see [`Settings::new`].
    ///
    /// # Errors
    /// `store.url`; `store.schema` if the tables are missing, older or newer; `store.durability` if the settings of the
    /// database would lose payments; `store.failed` if the database can't be used.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Self::open(&Settings::new(url)?).await
    }

    /// Makes the tables in the database of this URL, or brings those of an earlier version up to date. Nothing happens
    /// if that was done. The user of the database needs the right to make tables.
    ///
    /// # Errors
    /// As [`SqlStore::connect`].
    pub async fn migrate(url: &str) -> Result<(), Error> {
        Self::open(&Settings::new(url)?.migrates(true).listens(false)).await.map(|_| ())
    }

    /// The store in the database that the settings name.
    ///
    /// # Errors
    /// As [`SqlStore::connect`].
    pub async fn open(settings: &Settings) -> Result<Self, Error> {
        let runtime = Handle::try_current().map_err(|_| {
            let error = Error::new(ErrorCode::StoreFailed, "there is no tokio runtime");
            error.with_hint("connect within the runtime that the store is to work in")
        })?;
        if let Some(file) = settings.target.file() {
            if settings.migrates {
                migration::make_file(&file)?;
            } else if !file.exists() {
                return Err(migration::missing());
            }
        }
        let channel = format!("{}saved", settings.prefix);
        let listener = match &settings.target {
            Target::Postgres(options) if settings.listens => {
                Listener::start(options, &channel, &runtime).await?
            }
            _ => None,
        };
        let database = Database::open(settings, listener.is_some()).await?;
        if settings.migrates {
            migration::run(&database, &settings.prefix).await?;
        }
        migration::check(&database, &settings.prefix).await?;
        durability::check(&database).await?;
        let statements = Statements::new(database.dialect(), &settings.prefix, database.skips);
        let owed = Lock::default();
        let ids = listener.as_ref().map(|listener| Arc::new(Mutex::new(listener.subscribe())));
        let inserts = database.batches(|| statements::insert_many(&settings.prefix));
        let saves = database.batches(|| statements::save_many(&settings.prefix));
        let shared = Shared { database, statements, inserts, saves, runtime, listener, owed };
        Ok(SqlStore { shared: Arc::new(shared), ids })
    }

    /// Carries out an operation on its own, so that one that nobody waits for any more does not leave a connection in
    /// the middle of something.
    fn run<T, F, Doing>(&self, writes: bool, operation: F) -> Answer<'static, T>
    where
        T: Send + 'static,
        F: Fn(Arc<Shared>) -> Doing + Send + Sync + 'static,
        Doing: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        let unknown = if writes { StoreError::MaybeWritten } else { StoreError::NotWritten };
        let task = self.shared.runtime.spawn(async move {
            let limit = shared.database.patience();
            let attempts = shared.attempts(operation);
            tokio::time::timeout(limit, attempts).await.unwrap_or_else(|_| Err(unknown(too_slow())))
        });
        Box::pin(async move { task.await.unwrap_or_else(|_| Err(unknown(cut_short()))) })
    }
}

impl Shared {
    /// Tries it again where it certainly did not happen: another transaction went first, or the connection was dead.
    async fn attempts<T, Doing>(
        self: &Arc<Self>,
        operation: impl Fn(Arc<Shared>) -> Doing,
    ) -> Result<T, StoreError>
    where
        Doing: Future<Output = Result<T, Failure>>,
    {
        let dialect = self.database.dialect();
        let mut attempt = 1;
        loop {
            let failure = match operation(Arc::clone(self)).await {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            if failure.lost_connection(dialect) {
                self.database.note_lost();
            }
            if attempt >= ATTEMPTS || !failure.may_be_repeated(dialect) {
                return Err(failure.store_error(dialect));
            }
            tokio::time::sleep(Duration::from_millis(10) * attempt).await;
            attempt += 1;
        }
    }

    /// Notes records of which this owner is going to be told.
    pub(crate) fn owe(&self, owner: &str, ids: &[String]) {
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        owed.entry(owner.to_owned()).or_default().extend_from_slice(ids);
    }

    /// The records of which this owner may not have been told.
    pub(crate) fn owed(&self, owner: &str) -> Vec<String> {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner).get(owner).cloned().unwrap_or_default()
    }

    /// The owner was told.
    pub(crate) fn paid(&self, owner: &str) {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner).remove(owner);
    }
}

impl Clone for SqlStore {
    fn clone(&self) -> Self {
        let ids = self.shared.listener.as_ref().map(|listener| Arc::new(Mutex::new(listener.subscribe())));
        SqlStore { shared: Arc::clone(&self.shared), ids }
    }
}

impl fmt::Debug for SqlStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlStore")
            .field("database", &self.shared.database.dialect().name())
            .finish_non_exhaustive()
    }
}

impl Store for SqlStore {
    fn insert<'a>(&'a self, entry: &'a Entry, owner: Option<&'a str>) -> Answer<'a, ()> {
        let (entry, owner) = (Arc::new(entry.clone()), owner.map(str::to_owned));
        self.run(true, move |shared| {
            let (entry, owner) = (Arc::clone(&entry), owner.clone());
            async move { shared.insert(&entry, owner).await }
        })
    }

    fn load<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Stored>> {
        let id = id.to_owned();
        self.run(false, move |shared| {
            let id = id.clone();
            async move { shared.load(&id).await }
        })
    }

    fn save<'a>(&'a self, entry: &'a Entry, expected: u64, by: Option<&'a str>) -> Answer<'a, ()> {
        let (entry, by) = (Arc::new(entry.clone()), by.map(str::to_owned));
        self.run(true, move |shared| {
            let (entry, by) = (Arc::clone(&entry), by.clone());
            async move { shared.save(&entry, expected, by.as_deref()).await }
        })
    }

    fn take<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, Option<Stored>> {
        let (id, owner) = (id.to_owned(), owner.to_owned());
        self.run(true, move |shared| {
            let (id, owner) = (id.clone(), owner.clone());
            async move { shared.take(&id, &owner).await }
        })
    }

    fn claim<'a>(&'a self, owner: &'a str, now: Timestamp, limit: usize) -> Answer<'a, Vec<Stored>> {
        let owner = owner.to_owned();
        self.run(true, move |shared| {
            let owner = owner.clone();
            async move { shared.claim(&owner, now, limit).await }
        })
    }

    fn touched<'a>(&'a self, owner: &'a str, limit: usize) -> Answer<'a, Vec<Stored>> {
        let owner = owner.to_owned();
        self.run(true, move |shared| {
            let owner = owner.clone();
            async move { shared.touched(&owner, limit).await }
        })
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, ()> {
        let (id, owner) = (id.to_owned(), owner.to_owned());
        self.run(true, move |shared| {
            let (id, owner) = (id.clone(), owner.clone());
            async move { shared.release(&id, &owner).await }
        })
    }

    fn beat<'a>(&'a self, owner: &'a str) -> Answer<'a, Heartbeats> {
        let owner = owner.to_owned();
        self.run(true, move |shared| {
            let owner = owner.clone();
            async move { shared.beat(&owner).await }
        })
    }

    fn forget<'a>(&'a self, owner: &'a str, beats: Option<u64>) -> Answer<'a, ()> {
        let owner = owner.to_owned();
        self.run(true, move |shared| {
            let owner = owner.clone();
            async move { shared.forget(&owner, beats).await }
        })
    }

    fn list<'a>(&'a self, query: &'a Query) -> Answer<'a, Page> {
        let query = Arc::new(query.clone());
        self.run(false, move |shared| {
            let query = Arc::clone(&query);
            async move { shared.list(&query).await }
        })
    }

    fn purge(&self, before: Timestamp, now: Timestamp, limit: usize) -> Answer<'_, u64> {
        self.run(true, move |shared| async move { shared.purge(before, now, limit).await })
    }

    fn gateway_time<'a>(&'a self, merchant: &'a str) -> Answer<'a, Option<Timestamp>> {
        let merchant = merchant.to_owned();
        self.run(false, move |shared| {
            let merchant = merchant.clone();
            async move { shared.gateway_time(&merchant).await }
        })
    }

    fn find_refund<'a>(&'a self, refund_request_id: &'a str) -> Answer<'a, Option<Stored>> {
        let id = refund_request_id.to_owned();
        self.run(false, move |shared| {
            let id = id.clone();
            async move { shared.find_refund(&id).await }
        })
    }

    fn watch(&self) -> Option<Answer<'_, Vec<String>>> {
        let ids = self.ids.as_ref()?;
        Some(Box::pin(async move { listener::next(&mut *ids.lock().await).await }))
    }
}
