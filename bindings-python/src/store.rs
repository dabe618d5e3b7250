//! Stores: the shipped ones, and any Python object with `put`, `get` and `ids`.
//!
//! A call of a store that has begun is carried to its end, also when the payment it belongs to is stopped in
//! between, and the next call for the same record waits for it. So a payment that was cancelled can be resumed at
//! once, and finds what was stored last.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use alipay_instore::client::clock::BoxFuture;
use alipay_instore::client::{
    FileStore as CoreFileStore, MemoryStore as CoreMemoryStore, PaymentStore, Stored,
};
use alipay_instore::error::{Error, ErrorCode, Result};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use tokio::sync::{Mutex as Gate, OwnedMutexGuard, oneshot};

use crate::error::{OrRaise as _, from_store, guard, panicked};
use crate::process::PerProcess;
use crate::task::block_on;

/// Carries each call to its end, one after the other for a record.
struct Whole {
    store: Arc<dyn PaymentStore>,
    gates: Mutex<HashMap<String, Arc<Gate<()>>>>,
}

impl Whole {
    fn new(store: impl PaymentStore + 'static) -> Arc<Self> {
        Arc::new(Whole { store: Arc::new(store), gates: Mutex::default() })
    }

    async fn enter(&self, id: &str) -> OwnedMutexGuard<()> {
        let gate = {
            let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever uses a gate holds it; the others can go.
            if gates.len() >= 1024 {
                gates.retain(|_, gate| Arc::strong_count(gate) > 1);
            }
            Arc::clone(gates.entry(id.to_owned()).or_default())
        };
        gate.lock_owned().await
    }
}

async fn carried<T: Send + 'static>(call: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    // A task of its own, which nobody aborts.
    match tokio::spawn(call).await {
        Ok(result) => result,
        Err(error) if error.is_panic() => Err(panicked()),
        Err(_) => Err(Error::new(ErrorCode::StoreFailed, "the store's work was cut short")),
    }
}

impl PaymentStore for Whole {
    fn put<'a>(
        &'a self,
        id: &'a str,
        expected_revision: u64,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<()>> {
        let store = Arc::clone(&self.store);
        let (record, text) = (id.to_owned(), zeroize::Zeroizing::new(snapshot.to_owned()));
        Box::pin(async move {
            let gate = self.enter(id).await;
            carried(async move {
                let result = store.put(&record, expected_revision, &text).await;
                drop(gate);
                result
            })
            .await
        })
    }

    fn get<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Stored>>> {
        let (store, record) = (Arc::clone(&self.store), id.to_owned());
        Box::pin(async move {
            let gate = self.enter(id).await;
            carried(async move {
                let result = store.get(&record).await;
                drop(gate);
                result
            })
            .await
        })
    }

    fn ids(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        let store = Arc::clone(&self.store);
        Box::pin(carried(async move { store.ids().await }))
    }
}

/// Revision and snapshot.
type Record = (u64, String);

fn record(stored: Option<Stored>) -> Option<Record> {
    stored.map(|stored| (stored.revision, stored.snapshot))
}

macro_rules! shipped_store {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* } open |$store:ident| $open:expr; methods { $($methods:tt)* }) => {
        $(#[$doc])*
        #[pyclass(module = "alipay_instore", frozen)]
        pub(crate) struct $name { $($field: $kind,)* here: PerProcess<Arc<Whole>> }

        impl $name {
            fn open(&self) -> Result<Arc<Whole>> {
                let $store = self;
                self.here.get_or_try_init(|| $open.map(Whole::new)).map(Arc::clone)
            }
        }

        #[pymethods]
        impl $name {
            $($methods)*

            /// Writes a record if its revision is still the expected one; 0 expects that there is none yet. The new
            /// revision is one more. Raises StoreError with code store.conflict if it is another one.
            #[pyo3(signature = (id, expected_revision, snapshot, /))]
            fn put(&self, py: Python<'_>, id: String, expected_revision: u64, snapshot: String) -> PyResult<()> {
                guard(|| {
                    let store = self.open().or_raise()?;
                    block_on(py, async move { store.put(&id, expected_revision, &snapshot).await })
                })
            }

            /// Reads a record: its revision and its snapshot, or None.
            #[pyo3(signature = (id, /))]
            fn get(&self, py: Python<'_>, id: String) -> PyResult<Option<Record>> {
                guard(|| {
                    let store = self.open().or_raise()?;
                    block_on(py, async move { store.get(&id).await.map(record) })
                })
            }

            /// The ids of all records.
            fn ids(&self, py: Python<'_>) -> PyResult<Vec<String>> {
                guard(|| {
                    let store = self.open().or_raise()?;
                    block_on(py, async move { store.ids().await })
                })
            }
        }
    };
}

shipped_store! {
    /// Keeps records in memory. Everything is lost with the process: a payment that was under way can't be resumed
    /// then, and its outcome has to be found out by hand. A process that was forked begins with an empty store.
    MemoryStore {} open |_store| Ok::<_, Error>(CoreMemoryStore::new());
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
    /// Keeps each record in a file of its own in one folder, readable for its owner only, written so that a power
    /// cut leaves the old record or the new one. Several processes may share the folder.
    FileStore { folder: PathBuf } open |store| CoreFileStore::open(store.folder.clone());
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

/// A store of the host's, and how to run its calls if they are coroutines: `start(coroutine, reply)`.
pub(crate) struct Own {
    object: Arc<Py<PyAny>>,
    start: Option<Arc<Py<PyAny>>>,
    failures: Failures,
}

/// What the host's store raised last, by record, so that it can be shown as the cause.
pub(crate) type Failures = Arc<Mutex<HashMap<String, PyErr>>>;

impl Source {
    pub(crate) fn new(store: Bound<'_, PyAny>, start: Option<Py<PyAny>>) -> Self {
        if let Ok(memory) = store.cast::<MemoryStore>() {
            return Source::Memory(memory.clone().unbind());
        }
        match store.cast::<FileStore>() {
            Ok(file) => Source::File(file.clone().unbind()),
            Err(_) => Source::Own(Own {
                object: Arc::new(store.unbind()),
                start: start.map(Arc::new),
                failures: Failures::default(),
            }),
        }
    }

    pub(crate) fn open(&self) -> Result<Arc<dyn PaymentStore>> {
        Ok(match self {
            Source::Memory(memory) => memory.get().open()?,
            Source::File(file) => file.get().open()?,
            Source::Own(own) => Whole::new(Own {
                object: Arc::clone(&own.object),
                start: own.start.clone(),
                failures: Arc::clone(&own.failures),
            }),
        })
    }

    pub(crate) fn failures(&self) -> Failures {
        match self {
            Source::Own(own) => Arc::clone(&own.failures),
            Source::Memory(_) | Source::File(_) => Failures::default(),
        }
    }
}

/// Where the result of a coroutine comes back.
#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Reply(Mutex<Option<oneshot::Sender<PyResult<Py<PyAny>>>>>);

#[pymethods]
impl Reply {
    /// The coroutine returned this.
    fn returned(&self, value: Py<PyAny>) -> PyResult<()> {
        guard(|| {
            self.send(Ok(value));
            Ok(())
        })
    }

    /// The coroutine raised this.
    fn raised(&self, exception: Bound<'_, PyAny>) -> PyResult<()> {
        guard(|| {
            self.send(Err(PyErr::from_value(exception)));
            Ok(())
        })
    }
}

impl Reply {
    fn send(&self, result: PyResult<Py<PyAny>>) {
        let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(sender) = sender {
            // Nobody waits any more when the interpreter ends.
            let _ = sender.send(result);
        }
    }
}

fn gone() -> Error {
    Error::new(ErrorCode::StoreFailed, "the interpreter or its event loop ended before the store returned")
}

impl Own {
    /// Calls a method; its value is turned into a Rust one while the interpreter is attached.
    async fn call<T: Send + 'static>(
        &self,
        id: &str,
        arguments: impl FnOnce(Python<'_>) -> PyResult<(&'static str, Py<PyTuple>)> + Send + 'static,
        read: fn(&Bound<'_, PyAny>) -> PyResult<T>,
    ) -> Result<T> {
        let failed = |error: PyErr| {
            Python::try_attach(|py| {
                let told = from_store(py, &error);
                if told.code() == ErrorCode::StoreFailed {
                    let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
                    // Those that nobody asked for, since their payment was stopped.
                    if failures.len() >= 256 {
                        failures.clear();
                    }
                    failures.insert(id.to_owned(), error);
                }
                told
            })
            .unwrap_or_else(gone)
        };
        let (object, start) = (Arc::clone(&self.object), self.start.clone());
        let (sender, receiver) = oneshot::channel();
        // Python code may take its time, so it does not run on a worker of the runtime.
        let called = tokio::task::spawn_blocking(move || {
            Python::try_attach(|py| {
                let (method, arguments) = arguments(py)?;
                let value = object.bind(py).call_method1(method, arguments.bind(py))?;
                match start {
                    None => read(&value).map(Some),
                    Some(start) => {
                        start.call1(py, (value, Reply(Mutex::new(Some(sender)))))?;
                        Ok(None)
                    }
                }
            })
        });
        match called.await {
            Err(error) if error.is_panic() => return Err(panicked()),
            Err(_) | Ok(None) => return Err(gone()),
            Ok(Some(Ok(Some(value)))) => return Ok(value),
            Ok(Some(Err(error))) => return Err(failed(error)),
            Ok(Some(Ok(None))) => {}
        }
        let value = receiver.await.map_err(|_| gone())?;
        let read = Python::try_attach(|py| value.and_then(|value| read(value.bind(py))));
        read.ok_or_else(gone)?.map_err(failed)
    }
}

impl PaymentStore for Own {
    fn put<'a>(
        &'a self,
        id: &'a str,
        expected_revision: u64,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<()>> {
        let (record, text) = (id.to_owned(), zeroize::Zeroizing::new(snapshot.to_owned()));
        let arguments = move |py: Python<'_>| {
            let arguments = (record, expected_revision, text.as_str()).into_pyobject(py)?;
            Ok(("put", arguments.unbind()))
        };
        Box::pin(self.call(id, arguments, |_| Ok(())))
    }

    fn get<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Stored>>> {
        let record = id.to_owned();
        let arguments = move |py: Python<'_>| Ok(("get", (record,).into_pyobject(py)?.unbind()));
        Box::pin(self.call(id, arguments, |value| {
            let record: Option<Record> = value.extract()?;
            Ok(record.map(|(revision, snapshot)| Stored { revision, snapshot }))
        }))
    }

    fn ids(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(self.call(
            "",
            |py| Ok(("ids", PyTuple::empty(py).unbind())),
            |value| value.try_iter()?.map(|id| id?.extract()).collect(),
        ))
    }
}
