//! The properties of the contract of a store, checked against one that a host wrote.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::store;
use alipay_instore::store::kit::{Fixture, Opened, PROPERTIES};
use napi::bindgen_prelude::{Function, Promise};
use napi::threadsafe_function::ThreadsafeFunction;
use napi::{Env, Status};
use napi_derive::napi;

use crate::call::{Abort, Promised, run};
use crate::store::Store;

/// Answers with the number of the store that it opened.
type Open = ThreadsafeFunction<String, Promise<u32>, String, Status, false, true>;
type Stores = HashMap<u32, Arc<dyn store::Store>>;

/// The stores that JavaScript has opened, on their way to the property that asked for them.
#[napi]
#[derive(Default)]
pub struct StoreKit(Arc<Mutex<Stores>>);

#[napi]
impl StoreKit {
    #[napi(constructor, catch_unwind)]
    pub fn new() -> Self {
        StoreKit::default()
    }

    /// The names of all properties.
    #[napi(catch_unwind)]
    pub fn properties(&self) -> Vec<String> {
        PROPERTIES.iter().map(|property| property.name.to_owned()).collect()
    }

    /// Hands a store over under this number.
    #[napi(catch_unwind)]
    pub fn add(&self, number: u32, store: &Store) {
        locked(&self.0).insert(number, Arc::clone(&store.0));
    }

    /// Checks a property, and says what the store did that the contract does not allow.
    #[napi(catch_unwind, ts_return_type = "Promise<string | null>")]
    pub fn check<'env>(
        &self,
        env: &'env Env,
        property: String,
        #[napi(ts_arg_type = "(property: string) => Promise<number>")] open: Function<
            '_,
            String,
            Promise<u32>,
        >,
        abort: &Abort,
    ) -> Promised<'env, Option<String>> {
        let open: Open = open.build_threadsafe_function().weak::<true>().build()?;
        let opened = OpenedByJavaScript { property, open, stores: Arc::clone(&self.0) };
        run(env, abort, async move {
            let property = PROPERTIES.iter().find(|property| property.name == opened.property);
            let unknown =
                || Error::new(ErrorCode::ConfigInvalid, "there is no such property").with_path("property");
            Ok(property.ok_or_else(unknown)?.check(&opened).await.err().map(|broken| broken.to_string()))
        })
    }
}

struct OpenedByJavaScript {
    property: String,
    open: Open,
    stores: Arc<Mutex<Stores>>,
}

impl Fixture for OpenedByJavaScript {
    fn open(&self) -> Opened<'_> {
        Box::pin(async move {
            let why = |error: napi::Error| error.reason.clone();
            let opening = self.open.call_async(self.property.clone()).await.map_err(why)?;
            let number = opening.await.map_err(why)?;
            locked(&self.stores).remove(&number).ok_or_else(|| "no store was given".to_owned())
        })
    }
}

fn locked(stores: &Mutex<Stores>) -> MutexGuard<'_, Stores> {
    stores.lock().unwrap_or_else(PoisonError::into_inner)
}
