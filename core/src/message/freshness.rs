//! How old a notification may be.

use std::time::Duration;

use crate::error::{Error, ErrorCode, Result};
use crate::time::Timestamp;

/// How old a notification may be, and how far ahead its time may lie.
///
/// A notification that was captured can be replayed only within this window; and within it a repetition changes
/// nothing, since a payment's result is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The greatest age.
    pub max_age: Duration,
    /// How far the gateway's clock may run ahead of ours.
    pub max_ahead: Duration,
}

impl Default for Freshness {
    /// 26 hours back, since the gateway resends for more than 24 ("Alipay, notifyPayment"), and ten minutes ahead.
    fn default() -> Self {
        Freshness { max_age: Duration::from_secs(26 * 60 * 60), max_ahead: Duration::from_secs(10 * 60) }
    }
}

impl Freshness {
    /// From milliseconds, as settings of other languages give them; the default where there is none.
    ///
    /// # Errors
    /// `config.invalid` for a negative number.
    pub fn from_millis(max_age: Option<i64>, max_ahead: Option<i64>) -> Result<Self> {
        let default = Freshness::default();
        let duration = |milliseconds: Option<i64>, default| match milliseconds.map(u64::try_from) {
            None => Ok(default),
            Some(Ok(milliseconds)) => Ok(Duration::from_millis(milliseconds)),
            Some(Err(_)) => {
                Err(Error::new(ErrorCode::ConfigInvalid, "a time is negative").with_path("freshness"))
            }
        };
        Ok(Freshness {
            max_age: duration(max_age, default.max_age)?,
            max_ahead: duration(max_ahead, default.max_ahead)?,
        })
    }

    pub(crate) fn check(self, sent_at: Timestamp, now: Timestamp) -> Result<()> {
        let age = now.saturating_since(sent_at);
        if age > self.max_age {
            let reason = format!("the notification is {} s old", age.as_secs());
            return Err(Error::new(ErrorCode::NotificationStale, reason));
        }
        let ahead = sent_at.saturating_since(now);
        if ahead > self.max_ahead {
            let reason = format!("the notification's time lies {} s ahead", ahead.as_secs());
            return Err(Error::new(ErrorCode::NotificationFuture, reason));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_time_is_refused() {
        assert_eq!(Freshness::from_millis(None, None), Ok(Freshness::default()));
        let seconds = |age, ahead| Freshness {
            max_age: Duration::from_secs(age),
            max_ahead: Duration::from_secs(ahead),
        };
        assert_eq!(Freshness::from_millis(Some(60_000), Some(0)), Ok(seconds(60, 0)));
        for (age, ahead) in [(Some(-1), None), (None, Some(-1))] {
            let error = Freshness::from_millis(age, ahead).unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), ("config.invalid", Some("freshness")));
        }
    }
}
