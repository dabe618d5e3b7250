//! Times of the messages: RFC 3339 text with an offset, and milliseconds since the epoch.
//!
//! The times of `chinaExtraTransInfo` are of another form and are not read here.

use std::fmt;

use crate::error::{Error, ErrorCode, Result};
use crate::time::{parse_rfc3339, rfc3339};

/// A time as a message carries it, with the instant it names.
///
/// The text is kept as it came, since the offset is part of what the other side said. Half-hour offsets such as
/// `+05:30` and `+08:30` are valid. Two times are compared by [`epoch_ms`](Time::epoch_ms), never by their texts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Time {
    text: String,
    epoch_ms: Option<i64>,
}

impl Time {
    /// Takes a text of any form; [`epoch_ms`](Time::epoch_ms) says whether it could be read.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let epoch_ms = parse_rfc3339(&text);
        Time { text, epoch_ms }
    }

    /// The time a number of milliseconds after the epoch, in UTC.
    ///
    /// # Errors
    /// `payment.time` outside the years 1970 to 9999.
    pub fn from_epoch_ms(epoch_ms: i64) -> Result<Self> {
        Ok(Time { text: rfc3339(epoch_ms)?, epoch_ms: Some(epoch_ms) })
    }

    /// The text as it came or will be sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Milliseconds since the epoch; nothing if the text is not an RFC 3339 time.
    pub fn epoch_ms(&self) -> Option<i64> {
        self.epoch_ms
    }

    /// Milliseconds since the epoch, for a host that can't go on without them.
    ///
    /// # Errors
    /// `message.field` if the text is not an RFC 3339 time.
    pub fn to_epoch_ms(&self) -> Result<i64> {
        self.epoch_ms.ok_or_else(|| {
            Error::new(ErrorCode::MessageField, "the time is not of the form 2019-11-27T12:01:01+08:00")
        })
    }
}

impl From<&str> for Time {
    fn from(text: &str) -> Self {
        Time::new(text)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}
