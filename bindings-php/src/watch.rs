//! The steps of one payment, one after the other.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client;
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;
use tokio::sync::Mutex;

use crate::error::{guard, raise_of_call};
use crate::host::Server;
use crate::process::wait;

/// Follows a payment.
#[php_class]
#[php(name = "AlipayInstore\\Native\\Watch", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct Watch {
    steps: Arc<Mutex<client::Watch>>,
    server: Option<Server>,
}

impl Watch {
    pub(crate) fn new(watch: client::Watch, server: Option<Server>) -> Self {
        Watch { steps: Arc::new(Mutex::new(watch)), server }
    }
}

#[php_impl]
impl Watch {
    /// The next step as JSON: `null` after the last, and nothing where none came within this number of milliseconds.
    pub fn next(&self, time: i64) -> PhpResult<Option<String>> {
        guard(|| {
            let (steps, time) =
                (Arc::clone(&self.steps), Duration::from_millis(u64::try_from(time).unwrap_or(0)));
            let next = async move {
                let mut steps = steps.lock().await;
                Ok(match tokio::time::timeout(time, steps.next()).await {
                    Ok(Some(step)) => Some(step.to_json().to_string()),
                    Ok(None) => Some("null".to_owned()),
                    Err(_) => None,
                })
            };
            let step = match &self.server {
                Some(server) => server.wait(next),
                None => wait(next),
            };
            step.map_err(|error| raise_of_call(&error))
        })
    }
}
