//! What nobody drives any more, after a crash, a deployment or a restart.

use super::{Client, PaymentResult, result_or_error, unexpected};
use crate::engine::{CallResult, Request};
use crate::error::{Error, ErrorCode, Result};
use crate::json::{Json, Object};
use crate::store::Unfinished;

/// One payment that was looked at.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Recovered {
    /// The payment.
    pub payment_request_id: String,
    /// How it stands; this process drives it from now on.
    pub result: Result<PaymentResult>,
}

/// What [`Client::resume_all`] took up.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Recovery {
    /// The payments that this process drives from now on, and those that could not be taken up, each with its error.
    pub payments: Vec<Recovered>,
    /// How many open payments other processes drive.
    pub driven_elsewhere: usize,
}

impl Client {
    /// Resumes every stored payment, refund and reverse that is open and that nobody drives, and returns at once: they
    /// go on in the background. What could not be read or taken is in the list, and stops nothing else.
    ///
    /// A client does this by itself for what is due, unless its [`claims`](super::ClientBuilder::claims) are off.
    ///
    /// # Errors
    /// An error of the store while listing; `config.invalid` outside a tokio runtime.
    pub async fn resume_all(&self) -> Result<Recovery> {
        self.shell().start()?;
        let unfinished = Unfinished::of(&**self.store(), self.merchant().client_id()).await?;
        let mut recovery = Recovery::default();
        for id in unfinished.ids {
            let taken = match self.shell().call(&id, Request::TakeUp, None).await {
                Ok(CallResult::TakenUp(Some(result))) => Ok(result),
                Ok(CallResult::TakenUp(None)) => {
                    recovery.driven_elsewhere = recovery.driven_elsewhere.saturating_add(1);
                    continue;
                }
                // The same merchant's, at the other gateway.
                Err(error) if error.code() == ErrorCode::ConfigUnknownClient => continue,
                Ok(other) => Err(unexpected(&other)),
                Err(error) => Err(error),
            };
            recovery.add(&id, taken);
        }
        for unreadable in unfinished.unreadable {
            recovery.add(&unreadable.id, Err(unreadable.error));
        }
        Ok(recovery)
    }

    /// Drives what is due and nobody drives, until the client is closed: after a crash, a deployment, or a process that
    /// ended after one page. Any number of workers share one store.
    ///
    /// # Errors
    /// `config.invalid` outside a tokio runtime, or if the client's claims are off.
    pub async fn run_worker(&self) -> Result<()> {
        self.shell().work().await
    }
}

impl Recovered {
    fn to_json(&self) -> Json {
        let named = Object::new().with("payment_request_id", self.payment_request_id.as_str());
        result_or_error(named, self.result.as_ref().map(PaymentResult::to_json)).into()
    }
}

impl Recovery {
    /// `{"payments":[{"payment_request_id":…,"result":…,"error":…}],"driven_elsewhere":…}`. Of `result` and `error` one is `null`.
    pub fn to_json(&self) -> Object {
        let payments = self.payments.iter().map(Recovered::to_json).collect();
        let elsewhere = Json::Number(self.driven_elsewhere.to_string());
        Object::new().with("payments", Json::Array(payments)).with("driven_elsewhere", elsewhere)
    }

    fn add(&mut self, id: &str, result: Result<PaymentResult, Error>) {
        let known = self.payments.iter().any(|known| known.payment_request_id == id);
        if !known {
            self.payments.push(Recovered { payment_request_id: id.to_owned(), result });
        }
    }
}
