//! The calls of a client by their names, with arguments and results as JSON: what the packages for other languages go through. So
//! a call is made in one way for all of them, and a new one needs nothing between their own method and that of the core.

use std::borrow::Cow;
use std::time::Duration;

use super::{Client, PayCall};
use crate::api::{PayRequest, RefundRequest};
use crate::error::{Error, ErrorCode, Result};
use crate::json::{Json, Object};

impl Client {
    /// Makes the call of this name, whose arguments have the names of the method's parameters, and none are left out but those that
    /// can be. `wait_ms` says how long it waits, in milliseconds, as [`waiting`](Self::waiting) does; -1 is unlimited. Calls
    /// without a result have none here.
    ///
    /// # Errors
    /// Those of the method; `request.invalid` for a call that does not exist, or without an argument that it needs.
    pub async fn call_by_name(&self, name: &str, arguments: Object) -> Result<Option<Object>> {
        let mut given = Arguments(arguments);
        let client = given.waiting(self);
        let result = match name {
            "pay" => {
                let (request, how) = (given.pay_request()?, given.pay_call());
                client.pay_with(&request, &how).await?.to_json()
            }
            "start" => {
                let (request, how) = (given.pay_request()?, given.pay_call());
                client.start_with(&request, &how).await?.to_json()
            }
            "status" => client.status(&given.payment()?).await?.to_json(),
            "resume" => client.resume(&given.payment()?).await?.to_json(),
            "resume_all" => client.resume_all().await?.to_json(),
            "run_worker" => {
                client.run_worker().await?;
                return Ok(None);
            }
            "cancel" => client.cancel(&given.payment()?).await?.to_json(),
            "refund" => {
                let request = RefundRequest::from_json(given.object("request")?);
                client.refund(&given.payment()?, &request).await?.to_json()
            }
            "reverse" => client.reverse(&given.payment()?).await?.to_json(),
            "resolve" => {
                let (payment, refund) = (given.payment()?, given.optional("refund_request_id"));
                let (resolved, who, note) =
                    (given.text("resolved")?, given.text("who")?, given.text("note")?);
                client.resolve(&payment, refund.as_deref(), resolved.parse()?, &who, &note).await?;
                return Ok(None);
            }
            "inquire" => client.inquire(&given.payment()?).await?.to_json(),
            "inquire_refund" => client.inquire_refund(&given.text("refund_request_id")?).await?.to_json(),
            "call" => client.call(&given.text("path")?, &given.object("body")?).await?.to_json(),
            "check" => client.check().await.to_json(),
            "alerts" => client.alerts().await?.to_json(),
            "acknowledge_alert" => {
                // Alerts count from 1: no payment has one of number 0.
                let number = given.text("number")?.parse().unwrap_or(0);
                client.acknowledge_alert(&given.payment()?, number, &given.text("who")?).await?;
                return Ok(None);
            }
            _ => {
                let reason = format!("a client has no call {name}");
                return Err(Error::new(ErrorCode::RequestInvalid, reason));
            }
        };
        Ok(Some(result))
    }
}

/// What is left of them is not looked at.
struct Arguments(Object);

impl Arguments {
    fn optional(&self, name: &str) -> Option<String> {
        self.0.text(name).map(Cow::into_owned)
    }

    fn text(&self, name: &str) -> Result<String> {
        self.optional(name).ok_or_else(|| missing(name))
    }

    fn object(&mut self, name: &str) -> Result<Object> {
        match self.0.take(name) {
            Some(Json::Object(object)) => Ok(object),
            _ => Err(missing(name)),
        }
    }

    fn payment(&self) -> Result<String> {
        self.text("payment_request_id")
    }

    fn pay_request(&mut self) -> Result<PayRequest> {
        self.object("request").map(PayRequest::from_json)
    }

    fn pay_call(&self) -> PayCall {
        let fresh = matches!(self.0.get("fresh"), Some(Json::Bool(true)));
        PayCall { wallet: self.optional("wallet"), fresh }
    }

    fn waiting(&self, client: &Client) -> Client {
        let wait = self.optional("wait_ms").and_then(|text| text.parse::<i64>().ok());
        let limit = |ms| u64::try_from(ms).map_or(Duration::MAX, Duration::from_millis);
        wait.map_or_else(|| client.clone(), |ms| client.waiting(limit(ms)))
    }
}

fn missing(name: &str) -> Error {
    Error::new(ErrorCode::RequestInvalid, format!("the call has no {name}")).with_path(name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::gateway::Protocol;
    use crate::merchant::fixture;
    use crate::store::MemoryStore;

    fn client() -> Client {
        let builder = Client::builder(fixture::merchant(Protocol::Ams), Arc::new(MemoryStore::new()));
        builder.notify_url_configured(true).build().unwrap()
    }

    #[tokio::test]
    async fn a_call_has_the_error_of_its_method() {
        let client = client();
        let by_name = client.call_by_name("status", Object::new().with("payment_request_id", "p1")).await;
        assert_eq!(by_name.unwrap_err(), client.status("p1").await.unwrap_err());
    }

    #[tokio::test]
    async fn what_is_missing_is_named() {
        let client = client();
        for (name, missing) in [("status", "payment_request_id"), ("pay", "request"), ("call", "path")] {
            let error = client.call_by_name(name, Object::new()).await.unwrap_err();
            assert_eq!((error.code(), error.path()), (ErrorCode::RequestInvalid, Some(missing)), "{name}");
        }
        let error = client.call_by_name("refuse", Object::new()).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::RequestInvalid);
    }

    #[tokio::test]
    async fn lists_and_results_are_json() {
        let client = client();
        let found = client.call_by_name("alerts", Object::new()).await.unwrap().unwrap();
        assert_eq!(found.to_string(), r#"{"alerts":[],"unreadable":[]}"#);
        let found = client.call_by_name("resume_all", Object::new()).await.unwrap().unwrap();
        assert_eq!(found.to_string(), r#"{"payments":[],"driven_elsewhere":0}"#);
    }
}
