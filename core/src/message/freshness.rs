//! How old a notification may be.

use crate::error::{Error, ErrorCode, Result};

/// How old a notification may be, and how far ahead its time may lie, in milliseconds.
///
/// A notification that was captured can be replayed only within this window; and within it a repetition changes
/// nothing, since a payment's result is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The greatest age.
    pub max_age_ms: i64,
    /// How far the gateway's clock may run ahead of ours.
    pub max_ahead_ms: i64,
}

impl Default for Freshness {
    /// 26 hours back, since the gateway resends for more than 24 ("Alipay, notifyPayment"), and ten minutes ahead.
    fn default() -> Self {
        Freshness { max_age_ms: 26 * 60 * 60 * 1000, max_ahead_ms: 10 * 60 * 1000 }
    }
}

impl Freshness {
    pub(crate) fn check(self, sent_at: i64, now_ms: i64) -> Result<()> {
        let age = now_ms.saturating_sub(sent_at);
        if age > self.max_age_ms {
            let reason = format!("the notification is {} s old", age / 1000);
            return Err(Error::new(ErrorCode::NotificationStale, reason));
        }
        let ahead = sent_at.saturating_sub(now_ms);
        if ahead > self.max_ahead_ms {
            let reason = format!("the notification's time lies {} s ahead", ahead / 1000);
            return Err(Error::new(ErrorCode::NotificationFuture, reason));
        }
        Ok(())
    }
}
