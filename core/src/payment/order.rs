//! What is to be paid. Fixed when the payment is made, checked by [`api`](crate::api) before.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::api::Scenario;
use crate::json::Object;
use crate::machine::derived_id;
use crate::machine::secret::Secret;
use crate::time::Timestamp;

/// The order as the machine needs it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentOrder {
    /// The id of this attempt to pay; never used for another one.
    pub payment_request_id: String,
    /// What the customer pays.
    pub amount: Amount,
    /// How the customer and the shop meet.
    pub scenario: Scenario,
    /// The expiry that the caller asked for.
    pub payment_expiry_time: Option<Timestamp>,
    /// The path of the gateway's APIs, such as `/ams/api/v1`; the names of the APIs follow it.
    pub api_prefix: String,
    /// The id of the refund that the machine may have to make.
    pub refund_request_id: String,
    /// The body of pay without its expiry; gone once the payment has begun.
    pub(super) request: Option<Secret>,
}

impl PaymentOrder {
    /// An order whose request body was built and checked before. The body carries no `paymentExpiryTime`: the
    /// machine sets it when the payment begins. Without a refund id of the caller's one is derived.
    pub fn new(
        payment_request_id: String,
        amount: Amount,
        scenario: Scenario,
        payment_expiry_time: Option<Timestamp>,
        api_prefix: String,
        request: &Object,
    ) -> Self {
        let refund_request_id = derived_id("refund-", &payment_request_id);
        PaymentOrder {
            payment_request_id,
            amount,
            scenario,
            payment_expiry_time,
            api_prefix,
            refund_request_id,
            request: Some(Secret::new(request.to_string())),
        }
    }

    /// Uses this id for the refund that the machine may have to make.
    #[must_use]
    pub fn with_refund_request_id(mut self, refund_request_id: String) -> Self {
        self.refund_request_id = refund_request_id;
        self
    }
}
