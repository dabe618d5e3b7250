//! The arguments of a call, as bytes. Whatever is not exactly what the call takes is refused.

use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::refund::Resolved;
use alipay_instore::{AmountRules, Rounding};

use super::Stopped;
use crate::millis::duration;

/// Arguments that are still to be read.
pub(crate) struct Input<'a>(&'a [u8]);

/// What can be an argument.
pub(crate) trait Take<'a>: Sized {
    /// Reads it.
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped>;
}

impl<'a> Input<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Input(bytes)
    }

    /// The next argument.
    pub(crate) fn next<T: Take<'a>>(&mut self) -> Result<T, Stopped> {
        T::take(self)
    }

    /// All that is left; more than that is refused.
    pub(crate) fn all<T: Take<'a>>(mut self) -> Result<T, Stopped> {
        let value = self.next()?;
        self.end()?;
        Ok(value)
    }

    /// Nothing may be left.
    pub(crate) fn end(&self) -> Result<(), Stopped> {
        if self.0.is_empty() { Ok(()) } else { Err(Stopped::Malformed) }
    }

    /// How many values a list has. Each takes a byte at least, so a number beyond what is left is refused before anything is
    /// made of it.
    pub(crate) fn count(&mut self) -> Result<usize, Stopped> {
        let count = self.length()?;
        if count > self.0.len() { Err(Stopped::Malformed) } else { Ok(count) }
    }

    fn length(&mut self) -> Result<usize, Stopped> {
        usize::try_from(self.next::<u32>()?).map_err(|_| Stopped::Malformed)
    }

    fn bytes(&mut self, length: usize) -> Result<&'a [u8], Stopped> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Stopped::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }
}

macro_rules! take_numbers {
    ($($number:ty)+) => {$(
        impl<'a> Take<'a> for $number {
            fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
                let (bytes, rest) = from.0.split_first_chunk().ok_or(Stopped::Malformed)?;
                from.0 = rest;
                Ok(<$number>::from_be_bytes(*bytes))
            }
        }
    )+};
}

take_numbers!(u8 u16 u32 u64 i64);

/// Milliseconds since the epoch.
impl<'a> Take<'a> for Timestamp {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        from.next().map(Timestamp::from_millis)
    }
}

/// Milliseconds; a negative number stands for none.
impl<'a> Take<'a> for Duration {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        from.next().map(duration)
    }
}

impl<'a> Take<'a> for bool {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        match from.next::<u8>()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Stopped::Malformed),
        }
    }
}

impl<'a> Take<'a> for &'a [u8] {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        let length = from.length()?;
        from.bytes(length)
    }
}

impl<'a> Take<'a> for &'a str {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        std::str::from_utf8(from.next()?).map_err(|_| Stopped::Malformed)
    }
}

impl<'a> Take<'a> for String {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        from.next::<&str>().map(str::to_owned)
    }
}

impl<'a, T: Take<'a>> Take<'a> for Option<T> {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        if from.next()? { Ok(Some(from.next()?)) } else { Ok(None) }
    }
}

impl<'a, T: Take<'a>> Take<'a> for Vec<T> {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        (0..from.count()?).map(|_| from.next()).collect()
    }
}

macro_rules! take_tuples {
    ($(($($part:ident)*))+) => {$(
        impl<'a, $($part: Take<'a>),*> Take<'a> for ($($part,)*) {
            #[allow(unused_variables, clippy::unused_unit, reason = "the empty tuple reads nothing")]
            fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
                Ok(($(from.next::<$part>()?,)*))
            }
        }
    )+};
}

take_tuples!(() (A B) (A B C) (A B C D) (A B C D E) (A B C D E F));

macro_rules! take_words {
    ($($word:ty)+) => {$(
        impl<'a> Take<'a> for $word {
            fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
                <$word>::from_word(from.next()?).ok_or(Stopped::Malformed)
            }
        }
    )+};
}

take_words!(AmountRules Resolved Rounding);
