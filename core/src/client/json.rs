//! The results of the client as JSON, in the form of [`crate::dialect`].

use super::{Notified, PaymentResult, RefundResult, ReverseResult};
use crate::dialect::{Ended as _, alerts, optional, outcome, timeline};
use crate::json::{Json, Object};

impl PaymentResult {
    /// The result as JSON; its members are the fields of this type, with `code` and `reason` beside the outcome.
    pub fn to_json(&self) -> Object {
        let result = Object::new().with("payment_request_id", self.payment_request_id.as_str());
        self.outcome
            .put_into(result)
            .with("payment_id", optional(self.payment_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("timeline", timeline(&self.timeline))
            .with(
                "warnings",
                Json::Array(self.warnings.iter().map(|warning| warning.to_json().into()).collect()),
            )
    }
}

impl RefundResult {
    /// The result as JSON; its members are the fields of this type, with `code` beside the outcome.
    pub fn to_json(&self) -> Object {
        let result = Object::new()
            .with("payment_request_id", self.payment_request_id.as_str())
            .with("refund_request_id", self.refund_request_id.as_str());
        self.outcome
            .put_into(result)
            .with("refund_id", optional(self.refund_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("left", Json::Number(self.left.to_string()))
    }
}

impl ReverseResult {
    /// The result as JSON; its members are the fields of this type, with `code` beside the outcome.
    pub fn to_json(&self) -> Object {
        let result = Object::new().with("payment_request_id", self.payment_request_id.as_str());
        self.outcome
            .put_into(result)
            .with("refund_request_id", optional(self.refund_request_id.as_deref()))
            .with("refund_id", optional(self.refund_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("left", Json::Number(self.left.to_string()))
            .with("timeline", timeline(&self.timeline))
    }
}

impl Notified {
    /// The same as JSON: `kind` is `taken`, `refund_taken`, `unknown` or `other`, and the first two
    /// have an outcome, which is `null` while there is none.
    pub fn to_json(&self) -> Object {
        match self {
            Notified::Taken { outcome: ended } => outcome(ended.as_ref()).with("kind", "taken"),
            Notified::RefundTaken { refund_request_id, outcome: ended } => outcome(ended.as_ref())
                .with("kind", "refund_taken")
                .with("refund_request_id", refund_request_id.as_str()),
            Notified::Unknown { payment_request_id } => Object::new()
                .with("kind", "unknown")
                .with("payment_request_id", optional(payment_request_id.as_deref())),
            Notified::Other => Object::new().with("kind", "other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::{AlertKind, Outcome};
    use crate::refund::RefundOutcome;
    use crate::reverse::ReverseOutcome;

    #[test]
    fn a_result_has_one_form_in_every_language() {
        let result = PaymentResult {
            payment_request_id: "p".into(),
            outcome: Outcome::Failed { code: "USER_BALANCE_NOT_ENOUGH".into() },
            payment_id: None,
            alerts: vec![AlertKind::IdMismatch],
            timeline: Vec::new(),
            warnings: Vec::new(),
        };
        assert_eq!(
            result.to_json().to_string(),
            concat!(
                r#"{"payment_request_id":"p","outcome":"failed","code":"USER_BALANCE_NOT_ENOUGH","reason":null,"#,
                r#""payment_id":null,"alerts":["id_mismatch"],"timeline":[],"warnings":[]}"#
            )
        );
        let refund = RefundResult {
            payment_request_id: "p".into(),
            refund_request_id: "r".into(),
            outcome: RefundOutcome::Refunded,
            refund_id: Some("g".into()),
            alerts: Vec::new(),
            left: 5,
        };
        assert_eq!(
            refund.to_json().to_string(),
            concat!(
                r#"{"payment_request_id":"p","refund_request_id":"r","outcome":"refunded","code":null,"#,
                r#""refund_id":"g","alerts":[],"left":5}"#
            )
        );
        let reverse = ReverseResult {
            payment_request_id: "p".into(),
            outcome: ReverseOutcome::Refused { code: "REFUND_WINDOW_EXCEED".into() },
            refund_request_id: Some("reverse-p".into()),
            refund_id: None,
            alerts: vec![AlertKind::RefundFailed],
            left: 5,
            timeline: Vec::new(),
        };
        assert_eq!(
            reverse.to_json().to_string(),
            concat!(
                r#"{"payment_request_id":"p","outcome":"refused","code":"REFUND_WINDOW_EXCEED","#,
                r#""refund_request_id":"reverse-p","refund_id":null,"alerts":["refund_failed"],"left":5,"timeline":[]}"#
            )
        );
        let taken = Notified::Taken { outcome: Some(Outcome::Succeeded) };
        assert_eq!(
            taken.to_json().to_string(),
            r#"{"outcome":"succeeded","code":null,"reason":null,"kind":"taken"}"#
        );
        assert_eq!(
            Notified::Taken { outcome: None }.to_json().to_string(),
            r#"{"outcome":null,"kind":"taken"}"#
        );
    }
}
