//! Stores: the core's own, and one that a host wrote in JavaScript.

use std::sync::Arc;

use alipay_instore::client::clock::BoxFuture;
use alipay_instore::client::{self, PaymentStore, Stored};
use alipay_instore::error::{Error, ErrorCode, Result};
use napi::bindgen_prelude::{FnArgs, Function, Promise};
use napi::threadsafe_function::ThreadsafeFunction;
use napi::{Env, Status};
use napi_derive::napi;

use crate::failure::{guard_future, raise};

/// A store that clients share.
#[napi]
pub struct Store(pub(crate) Arc<dyn PaymentStore>);

#[napi(object)]
pub struct StoredRecord {
    pub revision: i64,
    pub snapshot: String,
}

/// What the JavaScript side answers; it never rejects, so that the cause of a failure stays with it.
#[napi(object, object_to_js = false)]
pub struct StoreReply {
    pub record: Option<StoredRecord>,
    pub ids: Option<Vec<String>>,
    /// `conflict`, or anything else for a failure.
    pub failure: Option<String>,
    pub reason: Option<String>,
}

type Arguments = FnArgs<(String, String, i64, String)>;
type Answering = Promise<StoreReply>;
/// Weak, so that an idle client does not keep the process alive.
type Call = ThreadsafeFunction<Arguments, Answering, Arguments, Status, false, true>;

#[napi]
impl Store {
    #[napi(factory, catch_unwind)]
    pub fn memory() -> Store {
        Store(Arc::new(client::MemoryStore::new()))
    }

    #[napi(factory, catch_unwind)]
    pub fn file(folder: String) -> napi::Result<Store> {
        client::FileStore::open(folder)
            .map(|store| Store(Arc::new(store) as Arc<dyn PaymentStore>))
            .map_err(raise)
    }

    /// A store of the host's: one function, called with the operation (`put`, `get`, `ids`), the id, the expected
    /// revision and the snapshot.
    #[napi(factory, catch_unwind)]
    pub fn of_host(
        #[napi(
            ts_arg_type = "(operation: string, id: string, expectedRevision: number, snapshot: string) => Promise<StoreReply>"
        )]
        call: Function<'_, Arguments, Answering>,
    ) -> napi::Result<Store> {
        let call: Call = call.build_threadsafe_function().weak::<true>().build()?;
        Ok(Store(Arc::new(HostStore(call))))
    }

    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn put<'env>(
        &self,
        env: &'env Env,
        id: String,
        expected_revision: i64,
        snapshot: String,
    ) -> napi::Result<napi::bindgen_prelude::PromiseRaw<'env, ()>> {
        let store = Arc::clone(&self.0);
        let revision = u64::try_from(expected_revision).unwrap_or(u64::MAX);
        env.spawn_future(async move {
            guard_future(async move { store.put(&id, revision, &snapshot).await }).await.map_err(raise)
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<StoredRecord | null>")]
    pub fn get<'env>(
        &self,
        env: &'env Env,
        id: String,
    ) -> napi::Result<napi::bindgen_prelude::PromiseRaw<'env, Option<StoredRecord>>> {
        let store = Arc::clone(&self.0);
        env.spawn_future(async move {
            let stored = guard_future(async move { store.get(&id).await }).await.map_err(raise)?;
            Ok(stored.map(|stored| StoredRecord {
                revision: i64::try_from(stored.revision).unwrap_or(i64::MAX),
                snapshot: stored.snapshot,
            }))
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<Array<string>>")]
    pub fn ids<'env>(
        &self,
        env: &'env Env,
    ) -> napi::Result<napi::bindgen_prelude::PromiseRaw<'env, Vec<String>>> {
        let store = Arc::clone(&self.0);
        env.spawn_future(async move { guard_future(async move { store.ids().await }).await.map_err(raise) })
    }
}

struct HostStore(Call);

impl HostStore {
    async fn ask(&self, operation: &str, id: &str, revision: u64, snapshot: &str) -> Result<StoreReply> {
        let revision = i64::try_from(revision).unwrap_or(i64::MAX);
        let arguments = (operation.to_owned(), id.to_owned(), revision, snapshot.to_owned());
        let gone = |_| Error::new(ErrorCode::StoreFailed, "the store's JavaScript can't be reached any more");
        let reply = self.0.call_async(arguments.into()).await.map_err(gone)?.await.map_err(gone)?;
        match reply.failure.as_deref() {
            None => Ok(reply),
            Some(failure) => {
                let code = match failure {
                    "conflict" => ErrorCode::StoreConflict,
                    _ => ErrorCode::StoreFailed,
                };
                Err(Error::new(code, reply.reason.unwrap_or_else(|| "the store failed".to_owned())))
            }
        }
    }
}

impl PaymentStore for HostStore {
    fn put<'a>(
        &'a self,
        id: &'a str,
        expected_revision: u64,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.ask("put", id, expected_revision, snapshot).await.map(drop) })
    }

    fn get<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Stored>>> {
        Box::pin(async move {
            let record = self.ask("get", id, 0, "").await?.record;
            let wrong = |_| Error::new(ErrorCode::StoreCorrupt, "the revision is negative");
            record
                .map(|record| {
                    Ok(Stored {
                        revision: u64::try_from(record.revision).map_err(wrong)?,
                        snapshot: record.snapshot,
                    })
                })
                .transpose()
        })
    }

    fn ids(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async move { Ok(self.ask("ids", "", 0, "").await?.ids.unwrap_or_default()) })
    }
}
