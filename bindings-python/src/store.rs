//! Stores: the shipped ones, and any Python object that keeps the contract.
//!
//! A new shipped store is a `shipped_store!` here, and a kind of [`Source`].

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::{Clock as _, SystemClock};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::store::host::HostStore;
use alipay_instore::store::{FileStore as CoreFileStore, MemoryStore as CoreMemoryStore, Store, StoreError};
use pyo3::prelude::*;

use crate::error::{OrRaise as _, guard};
use crate::host::{Failures, Own};
use crate::process::PerProcess;
use crate::task::block_on;

macro_rules! shipped_store {
    ($(#[$doc:meta])* $name:ident of $core:ident { $($field:ident: $kind:ty),* } open |$store:ident| $open:expr; methods { $($methods:tt)* }) => {
        $(#[$doc])*
        #[pyclass(module = "alipay_instore", frozen)]
        pub(crate) struct $name { $($field: $kind,)* here: PerProcess<$core> }

        impl $name {
            fn open(&self) -> Result<$core> {
                let $store = self;
                self.here.get_or_try_init(|| $open).cloned()
            }
        }

        #[pymethods]
        impl $name {
            $($methods)*

            /// Removes finished payments that were last changed more than a number of seconds ago, at most `limit` of them,
            /// and tells how many. One that can still be refunded stays for 365 days, and one with an alert that nobody
            /// has acknowledged stays for ever.
            #[pyo3(signature = (*, older_than, limit = 1_000))]
            fn purge(&self, py: Python<'_>, older_than: f64, limit: usize) -> PyResult<u64> {
                guard(|| {
                    let store = self.open().or_raise()?;
                    let age = Duration::try_from_secs_f64(older_than).map_err(|_| {
                        let error = Error::new(ErrorCode::ConfigInvalid, "older_than is not a number of seconds");
                        crate::error::raise(&error.with_path("older_than"))
                    })?;
                    let now = SystemClock.now();
                    let before = now.saturating_sub(i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
                    block_on(py, async move {
                        store.purge(before, now, limit).await.map_err(StoreError::into_error)
                    })
                })
            }
        }
    };
}

shipped_store! {
    /// Keeps payments in memory. Everything is lost with the process: a payment that was under way can't be resumed
    /// then, and its outcome has to be found out by hand. A process that was forked begins with an empty store.
    MemoryStore of CoreMemoryStore {} open |_store| Ok::<_, Error>(CoreMemoryStore::new());
    methods {
        #[new]
        fn new() -> PyResult<Self> {
            guard(|| Ok(MemoryStore { here: PerProcess::new() }))
        }

        fn __repr__(&self) -> PyResult<&'static str> {
            guard(|| Ok("MemoryStore()"))
        }
    }
}

shipped_store! {
    /// Keeps each payment in a file of its own in one folder, readable for its owner only, written so that a power
    /// cut leaves the old record or the new one. Any number of processes of one machine share the folder, which must
    /// not be on a network file system.
    FileStore of CoreFileStore { folder: PathBuf } open |store| CoreFileStore::open(store.folder.clone());
    methods {
        #[new]
        #[pyo3(signature = (folder, /))]
        fn new(folder: PathBuf) -> PyResult<Self> {
            guard(|| {
                let store = FileStore { folder, here: PerProcess::new() };
                store.open().or_raise()?;
                Ok(store)
            })
        }

        /// The folder.
        #[getter]
        fn folder(&self) -> PyResult<PathBuf> {
            guard(|| Ok(self.folder.clone()))
        }

        fn __repr__(&self) -> PyResult<String> {
            guard(|| Ok(format!("FileStore({:?})", self.folder)))
        }
    }
}

/// What a client was given as its store, to be opened in each process.
pub(crate) enum Source {
    Memory(Py<MemoryStore>),
    File(Py<FileStore>),
    Own(Own),
}

impl Source {
    /// `store` is a shipped store, or what carries out an operation of a host's store; see [`Own`].
    pub(crate) fn new(store: Bound<'_, PyAny>, start: Option<Py<PyAny>>) -> Self {
        if let Ok(memory) = store.cast::<MemoryStore>() {
            return Source::Memory(memory.clone().unbind());
        }
        match store.cast::<FileStore>() {
            Ok(file) => Source::File(file.clone().unbind()),
            Err(_) => Source::Own(Own::new(store.unbind(), start)),
        }
    }

    pub(crate) fn open(&self) -> Result<Arc<dyn Store>> {
        Ok(match self {
            Source::Memory(memory) => Arc::new(memory.get().open()?),
            Source::File(file) => Arc::new(file.get().open()?),
            Source::Own(own) => Arc::new(HostStore::new(own.clone())),
        })
    }

    /// What the host's store raised.
    pub(crate) fn failures(&self) -> Failures {
        match self {
            Source::Own(own) => own.failures(),
            Source::Memory(_) | Source::File(_) => Failures::default(),
        }
    }
}
