//! Stores: the core's own, and one that a host wrote in JavaScript.

use std::sync::Arc;

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::payment::Secret;
use alipay_instore::store::host::{self, Host, HostFailure, HostStore};
use alipay_instore::store::{self, FileStore, MemoryStore};
use alipay_instore_store_sql::{Settings, SqlStore};
use napi::bindgen_prelude::{FnArgs, Function, Promise, PromiseRaw, block_on};
use napi::threadsafe_function::ThreadsafeFunction;
use napi::{Env, Status};
use napi_derive::napi;

use crate::failure::{guard_future, raise, to_json};

/// A store that clients share.
#[napi]
pub struct Store(pub(crate) Arc<dyn store::Store>);

/// How a database is used.
#[napi(object, object_to_js = false)]
pub struct SqlInput {
    /// What the names of the tables begin with.
    pub prefix: Option<String>,
    /// How many connections are open at most.
    pub connections: Option<u32>,
    /// Whether to make the tables, or to bring them up to date.
    pub migrate: bool,
}

/// How an operation ended. The JavaScript of a host's store never rejects, so that the cause of a failure stays with it.
#[napi(object)]
#[derive(Default)]
pub struct StoreReply {
    /// The answer as JSON.
    pub answer: Option<String>,
    /// `conflict`, `not_written`, or anything else where something may be written.
    pub failure: Option<String>,
    /// The record that a conflict found, as JSON.
    pub found: Option<String>,
    /// Why a host's store failed.
    pub reason: Option<String>,
    /// The error of a store of the core, as JSON.
    pub error: Option<String>,
}

type Arguments = FnArgs<(String, String)>;
type Answering = Promise<StoreReply>;
/// Weak, so that an idle client does not keep the process alive.
type Call = ThreadsafeFunction<Arguments, Answering, Arguments, Status, false, true>;

#[napi]
impl Store {
    #[napi(factory, catch_unwind)]
    pub fn memory() -> Store {
        Store(Arc::new(MemoryStore::new()))
    }

    #[napi(factory, catch_unwind)]
    pub fn file(folder: String) -> napi::Result<Store> {
        FileStore::open(folder).map(|store| Store(Arc::new(store))).map_err(raise)
    }

    /// Connects to the database of a URL, and returns when that is done.
    #[napi(factory, catch_unwind)]
    pub fn sql(url: String, settings: SqlInput) -> napi::Result<Store> {
        let open = async move {
            let mut wanted = Settings::new(&url)?.migrates(settings.migrate);
            if let Some(prefix) = settings.prefix {
                wanted = wanted.prefix(&prefix)?;
            }
            if let Some(connections) = settings.connections {
                wanted = wanted.connections(connections);
            }
            SqlStore::open(&wanted).await
        };
        block_on(open).map(|store| Store(Arc::new(store))).map_err(raise)
    }

    /// A store of the host's: one function, called with the name of the operation and its arguments as JSON.
    #[napi(factory, catch_unwind)]
    pub fn of_host(
        #[napi(ts_arg_type = "(operation: string, arguments: string) => Promise<StoreReply>")] call: Function<
            '_,
            Arguments,
            Answering,
        >,
    ) -> napi::Result<Store> {
        let call: Call = call.build_threadsafe_function().weak::<true>().build()?;
        Ok(Store(Arc::new(HostStore::new(InJavaScript(call)))))
    }

    /// Does an operation with this store; arguments and answer are JSON.
    #[napi(catch_unwind, ts_return_type = "Promise<StoreReply>")]
    pub fn perform<'env>(
        &self,
        env: &'env Env,
        operation: String,
        arguments: String,
    ) -> napi::Result<PromiseRaw<'env, StoreReply>> {
        let store = Arc::clone(&self.0);
        env.spawn_future(async move {
            let performed = async move {
                let arguments = Secret::new(arguments);
                Ok(StoreReply::from(host::perform(&*store, &operation, &arguments).await))
            };
            guard_future(performed).await.map_err(raise)
        })
    }
}

impl From<Result<Secret, HostFailure>> for StoreReply {
    fn from(performed: Result<Secret, HostFailure>) -> Self {
        let nothing = StoreReply::default();
        let failed = |failure: &str, error: Error| StoreReply {
            failure: Some(failure.to_owned()),
            error: Some(to_json(&error).to_string()),
            ..StoreReply::default()
        };
        match performed {
            Ok(answer) => StoreReply { answer: Some(answer.expose().to_owned()), ..nothing },
            Err(HostFailure::Conflict(found)) => {
                let found = found.map(|found| found.expose().to_owned());
                StoreReply { failure: Some("conflict".to_owned()), found, ..nothing }
            }
            Err(HostFailure::NotWritten(error)) => failed("not_written", error),
            Err(HostFailure::MaybeWritten(error)) => failed("maybe_written", error),
        }
    }
}

struct InJavaScript(Call);

impl Host for InJavaScript {
    async fn call(&self, operation: &'static str, arguments: Secret) -> Result<Secret, HostFailure> {
        let gone = |_| {
            let reason = "the store's JavaScript can't be reached any more";
            HostFailure::MaybeWritten(Error::new(ErrorCode::StoreFailed, reason))
        };
        let arguments = (operation.to_owned(), arguments.expose().to_owned());
        let reply = self.0.call_async(arguments.into()).await.map_err(gone)?.await.map_err(gone)?;
        let failed = || {
            let reason = reply.reason.unwrap_or_else(|| "the store failed".to_owned());
            Error::new(ErrorCode::StoreFailed, reason)
        };
        match reply.failure.as_deref() {
            None => Ok(Secret::new(reply.answer.unwrap_or_default())),
            Some("conflict") => Err(HostFailure::Conflict(reply.found.map(Secret::new))),
            Some("not_written") => Err(HostFailure::NotWritten(failed())),
            Some(_) => Err(HostFailure::MaybeWritten(failed())),
        }
    }
}
