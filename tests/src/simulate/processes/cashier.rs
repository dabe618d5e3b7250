//! Who stands at the till: pays, tries again with the same id when there was no result, wants out, gives money back.

use std::sync::Arc;

use alipay_instore::amount::Amount;
use alipay_instore::api::{PayRequest, RefundRequest};
use alipay_instore::engine::{PayOrder, Request};
use alipay_instore::error::{ErrorCode, Result};
use alipay_instore::gateway::Protocol;
use alipay_instore::refund::Resolved;
use alipay_instore::store::Stated;

use super::super::plan::Plan;

/// What a call asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A payment.
    Pay,
    /// To go on with it.
    Resume,
    /// To cancel it.
    Cancel,
    /// A refund of this id and value.
    Refund(String, u64),
    /// The whole back.
    Reverse,
    /// Alerts were looked at.
    Acknowledge(Vec<u32>),
    /// A person found out its outcome.
    Resolve,
    /// A notification of the gateway: its number and its attempt.
    Notification(usize, usize),
}

impl Asked {
    /// For the table.
    pub fn name(&self) -> &'static str {
        match self {
            Asked::Pay => "pay",
            Asked::Resume => "resume",
            Asked::Cancel => "cancel",
            Asked::Refund(..) => "refund",
            Asked::Reverse => "reverse",
            Asked::Acknowledge(_) => "acknowledge",
            Asked::Resolve => "resolve",
            Asked::Notification(..) => "notification",
        }
    }

    /// Whether a result may be missing when its process dies, and has to be asked for again.
    pub fn is_repeated(&self) -> bool {
        !matches!(self, Asked::Notification(..) | Asked::Acknowledge(_) | Asked::Resolve)
    }

    /// Whether this error can be the result of such a call.
    pub fn expects(&self, code: ErrorCode) -> bool {
        use ErrorCode as Code;
        let any = matches!(code, Code::StoreFailed | Code::PaymentInterrupted | Code::ClientClosed);
        any || match self {
            Asked::Pay => code == Code::PaymentExpired,
            // What was never stored is unknown, also to whoever wants out of it.
            Asked::Resume => code == Code::RequestUnknownPayment,
            Asked::Cancel => matches!(code, Code::RequestUnknownPayment | Code::PaymentExpired),
            Asked::Refund(..) => matches!(
                code,
                Code::RequestRefundExceeds
                    | Code::RequestUnknownPayment
                    | Code::PaymentNotFinal
                    | Code::PaymentNotSucceeded
                    | Code::ReverseUnderWay
                    | Code::ReverseDone
                    | Code::RequestMissing
            ),
            Asked::Reverse => matches!(
                code,
                Code::RequestUnknownPayment
                    | Code::PaymentNotFinal
                    | Code::ReverseNothingTaken
                    | Code::ReverseAmountUnknown
                    | Code::ReverseRefundUnresolved
                    | Code::ReverseIdTaken
            ),
            // An alert that was told before it was stored.
            Asked::Acknowledge(_) => matches!(code, Code::RequestUnknownPayment | Code::RequestInvalid),
            Asked::Resolve => matches!(code, Code::RequestUnknownPayment | Code::PaymentNotUnresolved),
            Asked::Notification(..) => matches!(code, Code::PaymentNotBegun | Code::RefundNotBegun),
        }
    }

    /// The call.
    ///
    /// # Errors
    /// None: the plan is in order.
    pub fn request(
        &self,
        plan: &Plan,
        id: &str,
        merchant: &Arc<str>,
        begins: i64,
        fresh: bool,
    ) -> Result<Request> {
        Ok(match self {
            Asked::Pay => Request::Pay(Box::new(order(plan, id, merchant, begins, fresh)?)),
            Asked::Resume | Asked::Notification(..) => Request::Resume,
            Asked::Cancel => Request::Cancel,
            Asked::Reverse => Request::Reverse,
            Asked::Refund(refund, value) => {
                let amount = Amount::from_minor(&value.to_string(), plan.amount.currency().code())?;
                let request = RefundRequest::new().refund_request_id(refund.as_str()).refund_amount(amount);
                let request = match plan.protocol {
                    Protocol::Ams => request,
                    Protocol::AlipayPlus => {
                        request.payment_request_id(alipay_instore::api::PaymentRequestId::parse(id)?)
                    }
                };
                let stated = Stated::of_refund(&request);
                Request::Refund { request: Box::new(request), stated }
            }
            Asked::Acknowledge(numbers) => {
                Request::Acknowledge { numbers: numbers.clone(), who: "manager".to_owned() }
            }
            Asked::Resolve => Request::Resolve {
                refund_request_id: None,
                resolved: Resolved::Made,
                who: "manager".to_owned(),
                note: "asked the gateway's support".to_owned(),
            },
        })
    }
}

fn order(plan: &Plan, id: &str, merchant: &Arc<str>, begins: i64, fresh: bool) -> Result<PayOrder> {
    let stated = Stated::of_pay(&PayRequest::from_json(plan.body(id, plan.amount.value())?));
    let order = plan.order(id, Some(begins))?;
    Ok(PayOrder { merchant: Arc::clone(merchant), order, stated, fresh, warnings: Vec::new() })
}
