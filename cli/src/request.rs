//! The requests that the commands send, from what little a person types: the rest is a shop that does not exist.

use alipay_instore::Timestamp;
use alipay_instore::amount::{Amount, AmountRules};
use alipay_instore::api::pay::{Env, Order, OrderMerchant, OrderStore, PayRequest, SettlementStrategy};
use alipay_instore::api::{PaymentRequestId, Scenario};
use alipay_instore::gateway::Protocol;
use alipay_instore::payment_code::PaymentCode;

use crate::failure::{Failure, Result};

/// The User-Agent that a wallet would send on opening the shop's page.
const WALLET_USER_AGENT: &str = "Mozilla/5.0 (Linux; Android 14) AlipayClient/10.5";

/// What is to be paid, and how.
pub(crate) struct Sale<'a> {
    pub(crate) id: PaymentRequestId,
    pub(crate) scenario: Scenario,
    /// Only in the payment code scenario.
    pub(crate) code: Option<PaymentCode>,
    pub(crate) amount: Amount,
    /// The order; without one it is that of the shop that does not exist.
    pub(crate) order: Option<Order>,
    pub(crate) notify_url: Option<&'a str>,
    pub(crate) redirect_url: Option<&'a str>,
}

impl Sale<'_> {
    /// The request in a protocol.
    ///
    /// # Errors
    /// A payment code that is missing, or one too many.
    pub(crate) fn request(self, protocol: Protocol) -> Result<PayRequest> {
        let order = self.order.unwrap_or_else(|| order(&self.id, self.scenario));
        let mut request = match (self.scenario, self.code) {
            (Scenario::PaymentCode, Some(code)) => {
                PayRequest::for_payment_code(self.id, self.amount, code, order)
            }
            (Scenario::PaymentCode, None) => {
                return Err(Failure::usage("missing: --code", "pass the payment code that was scanned"));
            }
            (Scenario::OrderCode | Scenario::EntryCode, Some(_)) => {
                let hint = "leave --code out, or --scenario";
                return Err(Failure::usage("--code belongs to the payment code scenario", hint));
            }
            (Scenario::OrderCode, None) => PayRequest::for_order_code(self.id, self.amount, order),
            (Scenario::EntryCode, None) => PayRequest::for_entry_code(self.id, self.amount, order),
        };
        if protocol == Protocol::AlipayPlus {
            let settlement = SettlementStrategy::new().settlement_currency(self.amount.currency());
            request = request.settlement_strategy(settlement);
        }
        if let Some(url) = self.notify_url {
            request = request.payment_notify_url(url);
        }
        if let Some(url) = self.redirect_url {
            request = request.payment_redirect_url(url);
        }
        Ok(request)
    }
}

fn order(id: &PaymentRequestId, scenario: Scenario) -> Order {
    let store = OrderStore::new()
        .reference_store_id("STORE-1")
        .store_name("Corner shop")
        .store_mcc("5411")
        .store_terminal_id("TILL-1");
    let merchant = OrderMerchant::new()
        .reference_merchant_id("MERCHANT-1")
        .merchant_mcc("5411")
        .merchant_name("Corner shop")
        .store(store);
    let env = match scenario {
        Scenario::PaymentCode | Scenario::OrderCode => Env::new().store_terminal_id("TILL-1"),
        Scenario::EntryCode => Env::new().user_agent(WALLET_USER_AGENT),
    };
    Order::new().reference_order_id(id.as_str()).order_description("Groceries").merchant(merchant).env(env)
}

/// A price as it is typed.
pub(crate) fn price(text: &str, currency: &str) -> Result<Amount> {
    Ok(Amount::from_major(text, currency, None, AmountRules::Alipay)?.nonzero()?)
}

/// A new id, with randomness of the operating system.
pub(crate) fn new_id(now: Timestamp) -> Result<PaymentRequestId> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| {
        Failure::new("cli.file", "the operating system gives no random numbers", "check the system")
    })?;
    Ok(PaymentRequestId::new(now, "cli", random))
}
