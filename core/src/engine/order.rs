//! What a caller asks for, checked before the engine takes it.

use super::{PayOrder, Request};
use crate::api::pay::PayOptions;
use crate::api::{PayRequest, RefundRequest};
use crate::error::{Error, ErrorCode, Result};
use crate::merchant::Merchant;
use crate::payment::PaymentOrder;
use crate::store::Stated;
use crate::time::Timestamp;

/// What is said beside a request to pay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayTerms {
    /// The wallet that will pay, where it is known: its minimum amount is then checked.
    pub wallet: Option<String>,
    /// The id was made for this call, and no other call has used it.
    pub fresh: bool,
    /// The notification URL is configured at the gateway, so that AMS needs none in the request.
    pub notify_url_configured: bool,
}

impl PayOrder {
    /// Checks a request to pay. `now` is the time at the gateway.
    ///
    /// Whether the expiry has passed is for the engine to say: the same call again is safe after it, too.
    ///
    /// # Errors
    /// Whatever is wrong with the request.
    pub fn checked(
        merchant: &Merchant,
        request: &PayRequest,
        terms: PayTerms,
        now: Timestamp,
    ) -> Result<Self> {
        let PayTerms { wallet, fresh, notify_url_configured } = terms;
        let options = PayOptions { notify_url_configured, wallet, ..merchant.pay_options() };
        let checked = request.check_whenever(merchant.protocol(), now, &options)?;
        // To state what would be filled in anyway is to ask for the same payment.
        let stated = match &request.payment_notify_url {
            Some(url) if options.notify_url.as_ref() == Some(url) => {
                Stated::of_pay(&PayRequest { payment_notify_url: None, ..request.clone() })
            }
            _ => Stated::of_pay(request),
        };
        let id = checked.payment_request_id.as_str().to_owned();
        let prefix = merchant.gateway().api_prefix(merchant.client_id());
        let expiry = checked.payment_expiry_time;
        let order = PaymentOrder::new(id, checked.amount, checked.scenario, expiry, prefix, &checked.body);
        Ok(PayOrder {
            merchant: merchant.client_id().into(),
            order,
            stated,
            fresh,
            warnings: checked.warnings,
        })
    }
}

impl Request {
    /// A refund of this request, which names its id.
    ///
    /// # Errors
    /// `request.missing` without an id; `request.notify_url` for a notification URL of plain http, unless the merchant
    /// allows it. The rest is checked against the stored payment.
    pub fn refund(merchant: &Merchant, request: &RefundRequest) -> Result<Self> {
        if request.refund_request_id.is_none() {
            let error = Error::new(ErrorCode::RequestMissing, "the field is required");
            return Err(error.with_path("refundRequestId"));
        }
        request.refuse_plain_http(merchant.allows_http_notify())?;
        let stated = Stated::of_refund(request);
        Ok(Request::Refund { request: Box::new(request.clone()), stated })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Amount;
    use crate::api::PaymentRequestId;
    use crate::gateway::Protocol;
    use crate::payment_code::PaymentCode;
    use crate::shop::Shop;

    fn order(shop: Shop) -> PayOrder {
        let settings = crate::merchant::fixture::builder(Protocol::Ams);
        let merchant = settings.notify_url("https://shop.example/alipay/notify").build().unwrap();
        let now = Timestamp::from_millis(1_740_041_509_090);
        let id = PaymentRequestId::new(now, "TILL7", [7; 16]);
        let code = PaymentCode::new("281006020000000000125733").unwrap();
        let request = shop.payment_code(id, Amount::parse("19.99 USD").unwrap(), code, "Two coffees");
        PayOrder::checked(&merchant, &request, PayTerms::default(), now).unwrap()
    }

    #[test]
    fn to_state_the_merchants_notify_url_asks_for_the_same_payment() {
        let shop = || Shop::new("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7");
        let silent = order(shop());
        assert!(
            silent.stated.is_same(&order(shop().notify_url("https://shop.example/alipay/notify")).stated)
        );
        assert!(!silent.stated.is_same(&order(shop().notify_url("https://shop.example/other")).stated));
    }
}
