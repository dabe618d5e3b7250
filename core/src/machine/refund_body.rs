//! The bodies of refunds and of inquiries for them.

use crate::amount::Amount;
use crate::gateway::Protocol;
use crate::json::Object;

/// The body of a refund. AMS knows a payment by its own id only, so without one there is no body.
pub(crate) fn body(
    protocol: Protocol,
    payment_request_id: &str,
    payment_id: Option<&str>,
    refund_request_id: &str,
    amount: Amount,
) -> Option<Object> {
    let body = match (protocol, payment_id) {
        (_, Some(payment_id)) => Object::new().with("paymentId", payment_id),
        (Protocol::AlipayPlus, None) => Object::new().with("paymentRequestId", payment_request_id),
        (Protocol::Ams, None) => return None,
    };
    let amount =
        Object::new().with("currency", amount.currency().code()).with("value", amount.value().to_string());
    Some(body.with("refundRequestId", refund_request_id).with("refundAmount", amount))
}

/// The body of an inquiry for a refund.
pub(crate) fn inquiry_body(refund_request_id: &str) -> Object {
    Object::new().with("refundRequestId", refund_request_id)
}
