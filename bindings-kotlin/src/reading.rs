//! What a verified message says, for hosts with HTTP of their own, and when the gateway signed its answers.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::gateway_time;
use alipay_instore::payment;
use alipay_instore::reply::{self, Ours};

use crate::failure::{Result, of_code};
use crate::mirror::{Operation, Protocol};

/// Reads the body of a message whose signature was verified; `ours` and the answer are JSON text.
#[uniffi::export]
pub fn read_verified(
    protocol: Protocol,
    operation: Operation,
    body: Vec<u8>,
    ours: String,
) -> Result<String> {
    let ours = Ours::from_json(&ours)?;
    Ok(reply::read_verified(protocol.into(), operation.into(), &body, &ours)?.to_string())
}

/// What an answer that could not be verified suggests.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Unverified {
    /// It was not signed, and its body names this result code.
    pub unsigned_code: Option<String>,
    /// It was signed, but by none of the configured keys.
    pub wrong_key: bool,
}

impl From<payment::Unverified> for Unverified {
    fn from(unverified: payment::Unverified) -> Self {
        match unverified {
            payment::Unverified::Unsigned { result_code } => {
                Unverified { unsigned_code: Some(result_code), wrong_key: false }
            }
            payment::Unverified::WrongKey => Unverified { unsigned_code: None, wrong_key: true },
        }
    }
}

/// What the unverified body of an answer suggests, by the code of the error that it met.
#[uniffi::export]
pub fn suggested_by(code: String, body: Vec<u8>) -> Option<Unverified> {
    payment::Unverified::suggested(&of_code(&code), &body).map(Into::into)
}

/// When the gateway signed an answer.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Timing {
    /// The `Response-Time` of the answer.
    pub signed_at: Option<i64>,
    /// It was signed more than a minute before its request was sent.
    pub stale: bool,
}

/// The gateway's time, as far as verified answers have told it.
#[derive(uniffi::Object)]
pub struct GatewayTime(Mutex<gateway_time::GatewayTime>);

#[uniffi::export]
impl GatewayTime {
    /// One that knows nothing yet.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "UniFFI calls the constructor by its name")]
    pub fn new() -> Self {
        GatewayTime(Mutex::new(gateway_time::GatewayTime::new()))
    }

    /// How old an answer is, judged by what earlier answers told; and then it tells its time itself. `sent` and `received`
    /// are readings of a monotonic clock.
    pub fn timing(
        &self,
        signed_at: Option<i64>,
        sent: i64,
        received: i64,
        sent_by_wall_clock: i64,
    ) -> Timing {
        let Some(at) = signed_at else { return Timing { signed_at, stale: false } };
        let mut time = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, sent) = (Timestamp::from_millis(at), reading(sent));
        let stale = time.is_stale(at, sent, Timestamp::from_millis(sent_by_wall_clock));
        time.observe(at, sent, reading(received));
        Timing { signed_at, stale }
    }

    /// The gateway's time at this reading of the monotonic clock, once two answers have confirmed each other.
    pub fn at(&self, monotonic: i64) -> Option<i64> {
        let time = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        time.at(reading(monotonic)).map(Timestamp::as_millis)
    }
}

/// A reading in milliseconds, counted from an origin so long ago that it is a duration: what the clock of the JVM shows may be
/// negative.
fn reading(milliseconds: i64) -> Duration {
    const ORIGIN: i64 = -(1 << 62);
    Duration::from_millis(u64::try_from(milliseconds.saturating_sub(ORIGIN)).unwrap_or(0))
}
