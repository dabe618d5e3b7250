//! Times of the messages: RFC 3339 text with an offset, and the instant that it names.
//!
//! The times of `chinaExtraTransInfo` are of another form and are not read here.

use std::fmt;

use crate::error::{Error, ErrorCode, Result};
use crate::time::Timestamp;

/// A time as a message carries it, with the instant it names.
///
/// The text is kept as it came, since the offset is part of what the other side said. Half-hour offsets such as
/// `+05:30` and `+08:30` are valid. Two times are compared by [`timestamp`](Time::timestamp), never by their texts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Time {
    text: String,
    timestamp: Option<Timestamp>,
}

impl Time {
    /// Takes a text of any form; [`timestamp`](Time::timestamp) says whether it could be read.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let timestamp = Timestamp::parse(&text);
        Time { text, timestamp }
    }

    /// The text as it came or will be sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The instant that it names; nothing if the text is not an RFC 3339 time.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp
    }

    /// The same, for a host that can't go on without it.
    ///
    /// # Errors
    /// `message.field` if the text is not an RFC 3339 time.
    pub fn to_timestamp(&self) -> Result<Timestamp> {
        self.timestamp.ok_or_else(|| {
            Error::new(ErrorCode::MessageField, "the time is not of the form 2019-11-27T12:01:01+08:00")
        })
    }
}

impl TryFrom<Timestamp> for Time {
    type Error = Error;

    /// The instant in UTC; `payment.time` outside the years 1970 to 9999.
    fn try_from(timestamp: Timestamp) -> Result<Self> {
        Ok(Time { text: timestamp.to_rfc3339()?, timestamp: Some(timestamp) })
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
