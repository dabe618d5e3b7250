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
use alipay_instore_store_sql::{Settings, SqlStore as CoreSqlStore};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard};
use crate::host::{Failures, Own};
use crate::process::PerProcess;
use crate::task::{block_on, finish};

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
                    let before = now.saturating_sub(age);
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

        fn __reduce__(&self) -> PyResult<()> {
            guard(|| Err(PyTypeError::new_err("a MemoryStore can't be pickled or copied: its payments are in this process")))
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
                // A folder that can't be used is told now; the threads of the store begin with its first use, in each process.
                CoreFileStore::open(folder.clone()).map(drop).or_raise()?;
                Ok(FileStore { folder, here: PerProcess::new() })
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

        /// A copy is one more process's view of the folder.
        fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<(Py<PyType>, (PathBuf,))> {
            guard(|| Ok((slf.get_type().unbind(), (slf.get().folder.clone(),))))
        }
    }
}

shipped_store! {
    /// Keeps payments in SQLite, PostgreSQL, MySQL or MariaDB, by URL: ``sqlite:///var/lib/till/payments.db``,
    /// ``postgresql://user:password@host/database`` or ``mysql://user:password@host/database``. Any number of processes
    /// share one database.
    SqlStore of CoreSqlStore { settings: Settings } open |store| connect(store.settings.clone());
    methods {
        /// ``prefix`` is what the names of the tables begin with, instead of ``alipay_``. ``connections`` is how many are
        /// open at most, instead of 10. With ``migrate`` the tables are made, or brought up to date.
        #[new]
        #[pyo3(signature = (url, /, *, prefix = None, connections = None, migrate = false))]
        fn new(url: Text, prefix: Option<Text>, connections: Option<u32>, migrate: bool) -> PyResult<Self> {
            guard(|| {
                let mut settings = Settings::new(&url).or_raise()?.migrates(migrate);
                if let Some(prefix) = prefix {
                    settings = settings.prefix(&prefix).or_raise()?;
                }
                if let Some(connections) = connections {
                    settings = settings.connections(connections);
                }
                let store = SqlStore { settings, here: PerProcess::new() };
                store.open().or_raise()?;
                Ok(store)
            })
        }

        fn __repr__(&self) -> PyResult<String> {
            guard(|| Ok(format!("SqlStore({:?})", self.settings.database())))
        }

        fn __reduce__(&self) -> PyResult<()> {
            guard(|| Err(PyTypeError::new_err("a SqlStore can't be pickled or copied: its URL may hold a password; open it again")))
        }
    }
}

/// Connects on the runtime, which the connections then belong to.
fn connect(settings: Settings) -> Result<CoreSqlStore> {
    Python::attach(|py| finish(py, async move { CoreSqlStore::open(&settings).await }))
}

/// What a client was given as its store, to be opened in each process.
pub(crate) enum Source {
    Memory(Py<MemoryStore>),
    File(Py<FileStore>),
    Sql(Py<SqlStore>),
    Own(Own),
}

impl Source {
    /// `store` is a shipped store, or what carries out an operation of a host's store; see [`Own`].
    pub(crate) fn new(store: Bound<'_, PyAny>, start: Option<Py<PyAny>>) -> Self {
        if let Ok(memory) = store.cast::<MemoryStore>() {
            return Source::Memory(memory.clone().unbind());
        }
        if let Ok(file) = store.cast::<FileStore>() {
            return Source::File(file.clone().unbind());
        }
        match store.cast::<SqlStore>() {
            Ok(sql) => Source::Sql(sql.clone().unbind()),
            Err(_) => Source::Own(Own::new(store.unbind(), start)),
        }
    }

    pub(crate) fn open(&self) -> Result<Arc<dyn Store>> {
        Ok(match self {
            Source::Memory(memory) => Arc::new(memory.get().open()?),
            Source::File(file) => Arc::new(file.get().open()?),
            Source::Sql(sql) => Arc::new(sql.get().open()?),
            Source::Own(own) => Arc::new(HostStore::new(own.clone())),
        })
    }

    /// What the host's store raised.
    pub(crate) fn failures(&self) -> Failures {
        match self {
            Source::Own(own) => own.failures(),
            Source::Memory(_) | Source::File(_) | Source::Sql(_) => Failures::default(),
        }
    }
}
