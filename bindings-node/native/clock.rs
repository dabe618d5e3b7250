//! Clocks other than this machine's, for tests: what `alipay-instore-testing` gives a client.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::client;
use alipay_instore::error::{Error, ErrorCode};
use napi_derive::napi;

use crate::failure::raise;

/// A clock that a client can be given.
#[napi]
pub struct Clock {
    pub(crate) shared: Arc<dyn client::Clock>,
    manual: Option<client::ManualClock>,
}

#[napi]
impl Clock {
    /// At `origin` it shows real time, and from then on it runs faster by the factor `speed`.
    #[napi(factory, catch_unwind)]
    pub fn fast(origin: i64, speed: u32) -> Clock {
        Clock {
            shared: Arc::new(client::FastClock::new(Timestamp::from_millis(origin), speed)),
            manual: None,
        }
    }

    /// It stands still until it is advanced.
    #[napi(factory, catch_unwind)]
    pub fn manual(now: i64) -> Clock {
        let clock = client::ManualClock::new(Timestamp::from_millis(now));
        Clock { shared: Arc::new(clock.clone()), manual: Some(clock) }
    }

    #[napi(catch_unwind)]
    pub fn now(&self) -> i64 {
        self.shared.now().as_millis()
    }

    #[napi(catch_unwind)]
    pub fn advance(&self, milliseconds: i64) -> napi::Result<()> {
        let runs = || Error::new(ErrorCode::ConfigInvalid, "the clock runs by itself and can't be advanced");
        self.manual
            .as_ref()
            .ok_or_else(runs)
            .map_err(raise)?
            .advance(Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0)));
        Ok(())
    }
}
