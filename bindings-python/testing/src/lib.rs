//! The sandbox gateway as a Python object: started on threads of its own, spoken to over HTTP like the real one.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use alipay_instore_sandbox::{Clock, Options, Running, Sandbox as Gateway};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};

/// How long `stop` waits for answers that are being sent.
const PATIENCE: Duration = Duration::from_secs(3);

/// A gateway that answers on this machine until it is stopped.
#[pyclass(module = "alipay_instore_testing", frozen)]
struct Sandbox {
    base_url: String,
    clock: Clock,
    running: Mutex<Option<(Runtime, Running)>>,
}

/// A panic ends here, as the `InternalError` of the package that this one is used through.
fn guard<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    let caught = catch_unwind(AssertUnwindSafe(|| {
        #[cfg(feature = "panic-test")]
        panic_test::panic_if_armed();
        work()
    }));
    caught.unwrap_or_else(|_| Err(Python::attach(panicked)))
}

fn panicked(py: Python<'_>) -> PyErr {
    let error = py.import("alipay_instore").and_then(|package| {
        let words = ("internal.panic", "the sandbox panicked; standard error says where");
        package.getattr("InternalError")?.call1(words)
    });
    error.map_or_else(|error| error, PyErr::from_value)
}

#[pymethods]
impl Sandbox {
    /// Starts a gateway whose keys and `sandbox.json` lie in `folder`. With `now` (milliseconds since the epoch) its
    /// clock stands still until it is advanced; otherwise it runs `speed` times as fast as real time.
    #[new]
    #[pyo3(signature = (folder, *, listen = "127.0.0.1:0", tls = false, speed = 1, now = None, client_id = None))]
    fn new(
        py: Python<'_>,
        folder: PathBuf,
        listen: &str,
        tls: bool,
        speed: u32,
        now: Option<i64>,
        client_id: Option<String>,
    ) -> PyResult<Self> {
        guard(|| {
            let listen: SocketAddr = listen
                .parse()
                .map_err(|_| PyValueError::new_err("listen is not an address such as 127.0.0.1:0"))?;
            let mut options = Options { listen, tls, speed, ..Options::new(folder) };
            options.clock = now.map(Clock::manual);
            if let Some(client_id) = client_id {
                options.client_id = client_id;
            }
            py.detach(|| {
                let runtime = Builder::new_multi_thread()
                    .worker_threads(2)
                    .thread_name("alipay-sandbox")
                    .enable_all()
                    .build()?;
                let running = runtime.block_on(Gateway::start(options))?;
                let (base_url, clock) = (running.base_url().to_owned(), running.clock());
                Ok(Sandbox { base_url, clock, running: Mutex::new(Some((runtime, running))) })
            })
            .map_err(|error: std::io::Error| PyOSError::new_err(error.to_string()))
        })
    }

    /// Such as `http://127.0.0.1:40123`.
    #[getter]
    fn base_url(&self) -> PyResult<&str> {
        guard(|| Ok(&*self.base_url))
    }

    /// The time of the gateway, in milliseconds since the epoch.
    fn now(&self) -> PyResult<i64> {
        guard(|| Ok(self.clock.now_ms()))
    }

    /// Moves the gateway's clock forward by a number of milliseconds.
    fn advance(&self, milliseconds: i64) -> PyResult<()> {
        guard(|| {
            self.clock.advance(milliseconds);
            Ok(())
        })
    }

    /// Ends it: no new connections, answers that are being sent still sent.
    fn stop(&self, py: Python<'_>) -> PyResult<()> {
        guard(|| {
            let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some((runtime, running)) = running {
                py.detach(|| {
                    runtime.block_on(async { tokio::time::timeout(PATIENCE, running.stop()).await.ok() });
                    runtime.shutdown_timeout(PATIENCE);
                });
            }
            Ok(())
        })
    }
}

#[pymodule(gil_used = false)]
mod _sandbox {
    #[pymodule_export]
    use super::Sandbox;
    #[cfg(feature = "panic-test")]
    #[pymodule_export]
    use super::panic_test::_arm_panic;
}

/// Makes any export panic, for the tests.
#[cfg(feature = "panic-test")]
mod panic_test {
    use std::sync::atomic::{AtomicBool, Ordering};

    use pyo3::prelude::*;

    static ARMED: AtomicBool = AtomicBool::new(false);

    /// The next export panics.
    #[pyfunction]
    pub(crate) fn _arm_panic() {
        ARMED.store(true, Ordering::SeqCst);
    }

    #[allow(clippy::panic, reason = "it is what this is for")]
    pub(crate) fn panic_if_armed() {
        if ARMED.swap(false, Ordering::SeqCst) {
            std::panic::panic_any("armed by a test");
        }
    }
}
