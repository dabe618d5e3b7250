//! The check before the first payment: the shell in Kotlin sends, the core judges.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alipay_instore::Timestamp;
use alipay_instore::api::PaymentRequestId;
use alipay_instore::check::{self, CheckReport, Met, Way};
use alipay_instore::message::explain_answer;
use alipay_instore::payment::{Certainty, Unverified};
use alipay_instore::{Error, merchant};

use crate::failure::{Result, of_code};
use crate::merchant::Merchant;
use crate::message::{Header, pairs};
use crate::store::Store;

/// What to post, unsigned.
#[derive(uniffi::Record)]
pub struct PlainPost {
    /// The whole URL.
    pub url: String,
    /// The path of it.
    pub path: String,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer as it arrived.
#[derive(uniffi::Record)]
pub struct RawAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why a request has no answer.
#[derive(uniffi::Record)]
pub struct NoAnswer {
    /// Whether it is certain that nothing was sent.
    pub not_sent: bool,
    /// The code.
    pub code: String,
    /// What was met.
    pub reason: String,
    /// What to do.
    pub hint: String,
}

impl NoAnswer {
    fn error(self) -> Error {
        Error::new(of_code(&self.code).code(), self.reason).with_hint(self.hint)
    }
}

/// A check that is under way.
#[derive(uniffi::Object)]
pub struct Checking {
    merchant: merchant::Merchant,
    id: String,
    way: Way,
    report: Mutex<CheckReport>,
}

#[uniffi::export]
impl Checking {
    /// Begins with what the merchant says. Nobody may have used the id. Where the host's own HTTP client decides whether a proxy
    /// is used, that is not known.
    #[uniffi::constructor]
    pub fn new(merchant: Arc<Merchant>, unused_id: String, by_proxy: Option<bool>) -> Self {
        let way = match by_proxy {
            Some(true) => Way::ByProxy,
            Some(false) => Way::Direct,
            None => Way::Unknown,
        };
        let report = Mutex::new(CheckReport::of(&merchant.0));
        Checking { merchant: merchant::Merchant::clone(&merchant.0), id: unused_id, way, report }
    }

    /// Writes to the store, and reads it.
    pub async fn store(&self, store: Arc<Store>) {
        let met = check::try_store(&*store.0, &format!("check-{}", self.id)).await;
        self.report().store(met.as_ref().copied());
    }

    /// The body of the inquiry.
    pub fn inquiry(&self) -> Result<String> {
        Ok(check::inquiry(&self.merchant, PaymentRequestId::parse(&self.id)?)?.1)
    }

    /// The inquiry was answered; when, in milliseconds of this machine. Gives back when the answer was signed.
    pub fn answered(&self, path: String, answer: RawAnswer, sent: i64, received: i64) -> Option<i64> {
        let RawAnswer { status, headers, body } = answer;
        match self.merchant.verify_response(&path, pairs(&headers), &body) {
            Ok(response) => {
                let (sent, received) = (Timestamp::from_millis(sent), Timestamp::from_millis(received));
                self.report().answered(&self.merchant, self.way, &response, sent, received);
                response.signed_at.map(Timestamp::as_millis)
            }
            Err(error) => {
                let unverified = Unverified::suggested(&error, &body);
                let error = explain_answer(error, status, pairs(&headers), &body);
                let met = Met { error, certainty: Certainty::Unknown, unverified };
                self.report().unanswered(&self.merchant, self.way, met);
                None
            }
        }
    }

    /// The inquiry has no answer.
    pub fn unanswered(&self, met: NoAnswer) {
        let certainty = if met.not_sent { Certainty::NotSent } else { Certainty::Unknown };
        let met = Met { error: met.error(), certainty, unverified: None };
        self.report().unanswered(&self.merchant, self.way, met);
    }

    /// What to post to the notify URL, if anything.
    pub fn notification(&self) -> Option<PlainPost> {
        let merchant::SignedRequest { url, path, headers, body, .. } =
            self.report().notification(&self.merchant)?;
        let headers = headers.into_iter().map(|(name, value)| Header { name: name.to_owned(), value });
        Some(PlainPost { url, path, headers: headers.collect(), body })
    }

    /// It has this answer.
    pub fn notification_answered(&self, status: u16, body: Vec<u8>) {
        self.report().notification_answered(&self.merchant, status, &body);
    }

    /// It has none, by this error or because it took too long.
    pub fn notification_unanswered(&self, met: Option<NoAnswer>) {
        self.report().notification_unanswered(met.map(NoAnswer::error).as_ref());
    }

    /// The report as JSON.
    pub fn json(&self) -> String {
        self.report().to_json().to_string()
    }
}

impl Checking {
    fn report(&self) -> MutexGuard<'_, CheckReport> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
