//! What a call answers, as bytes: numbers with the highest byte first, texts and arrays behind their length.

use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::payment_code::{self, CodeKind};
use alipay_instore::reply::NotificationKind;
use alipay_instore::routing::{RoutingRule, Target};
use alipay_instore::{Error, Protocol, amount};

use crate::millis::milliseconds;

/// The bytes of an answer.
pub(crate) struct Answer(Vec<u8>);

/// What can be part of an answer.
pub(crate) trait Put {
    /// Writes it.
    fn put(&self, answer: &mut Answer);
}

impl Answer {
    /// An answer that begins with this byte.
    pub(crate) fn beginning(status: u8) -> Self {
        let mut bytes = Vec::with_capacity(128);
        bytes.push(status);
        Answer(bytes)
    }

    /// The whole of an answer.
    pub(crate) fn of(status: u8, value: &impl Put) -> Vec<u8> {
        let mut answer = Answer::beginning(status);
        value.put(&mut answer);
        answer.0
    }

    /// Its bytes.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// An answer that was made before.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        Answer(bytes)
    }

    /// An array behind its length.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Values behind their number.
    pub(crate) fn list<T: Put>(&mut self, values: impl ExactSizeIterator<Item = T>) {
        self.length(values.len());
        for value in values {
            value.put(self);
        }
    }

    /// What does not fit into 32 bits is longer than any array of the JVM: the reader refuses the answer.
    fn length(&mut self, length: usize) {
        u32::try_from(length).unwrap_or(u32::MAX).put(self);
    }
}

macro_rules! put_numbers {
    ($($number:ty)+) => {$(
        impl Put for $number {
            fn put(&self, answer: &mut Answer) {
                answer.0.extend_from_slice(&self.to_be_bytes());
            }
        }
    )+};
}

put_numbers!(u8 u16 u32 i32 u64 i64);

/// Milliseconds since the epoch.
impl Put for Timestamp {
    fn put(&self, answer: &mut Answer) {
        self.as_millis().put(answer);
    }
}

/// Milliseconds.
impl Put for Duration {
    fn put(&self, answer: &mut Answer) {
        milliseconds(*self).put(answer);
    }
}

impl Put for bool {
    fn put(&self, answer: &mut Answer) {
        u8::from(*self).put(answer);
    }
}

impl Put for str {
    fn put(&self, answer: &mut Answer) {
        answer.bytes(self.as_bytes());
    }
}

impl Put for String {
    fn put(&self, answer: &mut Answer) {
        self.as_str().put(answer);
    }
}

impl<T: Put + ?Sized> Put for &T {
    fn put(&self, answer: &mut Answer) {
        (*self).put(answer);
    }
}

impl<T: Put> Put for Option<T> {
    fn put(&self, answer: &mut Answer) {
        self.is_some().put(answer);
        if let Some(value) = self {
            value.put(answer);
        }
    }
}

impl<A: Put, B: Put> Put for (A, B) {
    fn put(&self, answer: &mut Answer) {
        self.0.put(answer);
        self.1.put(answer);
    }
}

macro_rules! put_words {
    ($($word:ty)+) => {$(
        impl Put for $word {
            fn put(&self, answer: &mut Answer) {
                self.as_str().put(answer);
            }
        }
    )+};
}

put_words!(CodeKind NotificationKind Protocol RoutingRule Target);

impl Put for Error {
    fn put(&self, answer: &mut Answer) {
        self.code().as_str().put(answer);
        self.category().as_str().put(answer);
        self.retryable().put(answer);
        self.reason().put(answer);
        self.hint().put(answer);
        self.path().put(answer);
        self.scanned_as().map(|what| what.as_str()).put(answer);
        let http = self.http();
        http.map(|http| http.status).put(answer);
        http.and_then(|http| http.content_type.as_deref()).put(answer);
        self.payment_request_id().put(answer);
        self.may_have_charged().put(answer);
        self.may_have_refunded().put(answer);
    }
}

impl Put for amount::Amount {
    fn put(&self, answer: &mut Answer) {
        self.value().put(answer);
        self.currency().code().put(answer);
    }
}

impl Put for payment_code::PaymentCode {
    fn put(&self, answer: &mut Answer) {
        self.expose().put(answer);
        self.masked().put(answer);
        self.kind().put(answer);
        self.routing_number().put(answer);
    }
}
