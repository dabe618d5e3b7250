//! Clocks other than this machine's, for tests and demonstrations.

use std::sync::Arc;

use alipay_instore::client;
use napi_derive::napi;

/// A clock that a client can be given.
#[napi]
pub struct Clock {
    pub(crate) shared: Arc<dyn client::Clock>,
    #[cfg(feature = "sandbox")]
    pub(crate) sandbox: Option<alipay_instore_sandbox::Clock>,
}

#[napi]
impl Clock {
    /// At `origin` it shows real time, and from then on it runs faster by the factor `speed`.
    #[napi(factory, catch_unwind)]
    pub fn fast(origin: i64, speed: u32) -> Clock {
        Clock {
            shared: Arc::new(client::FastClock::new(origin, speed)),
            #[cfg(feature = "sandbox")]
            sandbox: None,
        }
    }

    #[napi(catch_unwind)]
    pub fn now(&self) -> i64 {
        self.shared.now()
    }
}
