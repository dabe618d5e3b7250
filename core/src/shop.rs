//! The shop of a till, stated once: who sells, where, and at which terminal. Every sale then needs only what is sold.
//!
//! ```
//! use alipay_instore::Timestamp;
//! use alipay_instore::amount::Amount;
//! use alipay_instore::api::PaymentRequestId;
//! use alipay_instore::payment_code::PaymentCode;
//! use alipay_instore::shop::Shop;
//!
//! # fn main() -> alipay_instore::Result<()> {
//! let shop = Shop::new("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7");
//! let (now, random) = (Timestamp::from_millis(1_740_041_509_090), [7; 16]); // both come from the host
//! let id = PaymentRequestId::new(now, "TILL7", random);
//! let code = PaymentCode::new("281006020000000000125733")?;
//! let request = shop.payment_code(id, Amount::parse("19.99 USD")?, code, "Two coffees");
//! assert_eq!(request.to_json().object("order").unwrap().text("orderDescription").unwrap(), "Two coffees");
//! # Ok(())
//! # }
//! ```

use crate::amount::Amount;
use crate::api::pay::{Env, Order, OrderMerchant, OrderStore, PayRequest, SettlementStrategy};
use crate::api::{PaymentRequestId, Scenario};
use crate::currency::Currency;
use crate::error::{Error, ErrorCode, Result};
use crate::json::{Json, Object};
use crate::payment_code::PaymentCode;

/// Who sells, where, and at which terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    merchant_id: String,
    merchant_name: String,
    mcc: String,
    store: Option<(String, String)>,
    store_mcc: Option<String>,
    terminal: Option<String>,
    settlement_currency: Option<Currency>,
    notify_url: Option<String>,
    redirect_url: Option<String>,
}

impl Shop {
    /// A merchant by its id at the acquirer, its name, and its merchant category code (ISO 18245, four digits).
    pub fn new(id: impl Into<String>, name: impl Into<String>, mcc: impl Into<String>) -> Self {
        Shop {
            merchant_id: id.into(),
            merchant_name: name.into(),
            mcc: mcc.into(),
            store: None,
            store_mcc: None,
            terminal: None,
            settlement_currency: None,
            notify_url: None,
            redirect_url: None,
        }
    }

    /// The store in which the customer pays, by its id and its name.
    #[must_use]
    pub fn store(mut self, id: impl Into<String>, name: impl Into<String>) -> Self {
        self.store = Some((id.into(), name.into()));
        self
    }

    /// The category code of the store, where it differs from that of the merchant.
    #[must_use]
    pub fn store_mcc(mut self, mcc: impl Into<String>) -> Self {
        self.store_mcc = Some(mcc.into());
        self
    }

    /// The terminal of the till. It also begins the ids that the client makes.
    #[must_use]
    pub fn terminal(mut self, id: impl Into<String>) -> Self {
        self.terminal = Some(id.into());
        self
    }

    /// The currency in which the merchant is paid. Alipay+ requires it.
    #[must_use]
    pub fn settlement_currency(mut self, currency: Currency) -> Self {
        self.settlement_currency = Some(currency);
        self
    }

    /// Where the gateway sends notifications: a public URL.
    #[must_use]
    pub fn notify_url(mut self, url: impl Into<String>) -> Self {
        self.notify_url = Some(url.into());
        self
    }

    /// Where the customer goes after paying on the merchant's page (entry code).
    #[must_use]
    pub fn redirect_url(mut self, url: impl Into<String>) -> Self {
        self.redirect_url = Some(url.into());
        self
    }

    /// The id of the terminal, if it was stated.
    pub fn terminal_id(&self) -> Option<&str> {
        self.terminal.as_deref()
    }

    /// A sale by the payment code that the customer shows.
    pub fn payment_code(
        &self,
        id: PaymentRequestId,
        amount: Amount,
        code: PaymentCode,
        description: &str,
    ) -> PayRequest {
        let order = self.order(&id, description, None);
        self.complete(PayRequest::for_payment_code(id, amount, code, order))
    }

    /// A sale by a code of this order, which the till shows.
    pub fn order_code(&self, id: PaymentRequestId, amount: Amount, description: &str) -> PayRequest {
        let order = self.order(&id, description, None);
        self.complete(PayRequest::for_order_code(id, amount, order))
    }

    /// A sale by the shop's own code. `user_agent` is the `User-Agent` header with which the wallet opened the
    /// merchant's page.
    pub fn entry_code(
        &self,
        id: PaymentRequestId,
        amount: Amount,
        description: &str,
        user_agent: &str,
    ) -> PayRequest {
        let order = self.order(&id, description, Some(user_agent));
        self.complete(PayRequest::for_entry_code(id, amount, order))
    }

    fn order(&self, id: &PaymentRequestId, description: &str, user_agent: Option<&str>) -> Order {
        let mut merchant = OrderMerchant::new()
            .reference_merchant_id(self.merchant_id.as_str())
            .merchant_name(self.merchant_name.as_str())
            .merchant_mcc(self.mcc.as_str());
        if let Some((id, name)) = &self.store {
            let mcc = self.store_mcc.as_ref().unwrap_or(&self.mcc);
            let store = OrderStore::new().reference_store_id(id.as_str()).store_name(name.as_str());
            merchant = merchant.store(store.store_mcc(mcc.as_str()));
        }
        let mut env = Env::new();
        if let Some(terminal) = &self.terminal {
            env = env.store_terminal_id(terminal.as_str());
        }
        if let Some(user_agent) = user_agent {
            env = env.user_agent(user_agent);
        }
        let order = Order::new().reference_order_id(id.as_str()).order_description(description);
        order.merchant(merchant).env(env)
    }

    fn complete(&self, mut request: PayRequest) -> PayRequest {
        if let Some(currency) = self.settlement_currency {
            request = request.settlement_strategy(SettlementStrategy::new().settlement_currency(currency));
        }
        if let Some(url) = &self.notify_url {
            request = request.payment_notify_url(url.as_str());
        }
        if let Some(url) =
            self.redirect_url.as_ref().filter(|_| request.scenario() == Some(Scenario::EntryCode))
        {
            request = request.payment_redirect_url(url.as_str());
        }
        request
    }

    /// The request of a sale that another language passes: `scenario`, `payment_request_id`, `currency` and `value` in
    /// minor units, `description`, and `code` as scanned (payment code) or `user_agent` (entry code).
    ///
    /// # Errors
    /// `request.missing` and `request.invalid`, with the member as path; the errors of the id, the amount and the code.
    pub fn sale_from_json(&self, sale: &Object) -> Result<PayRequest> {
        let text = |name: &str| match sale.get(name) {
            Some(Json::String(text)) => Ok(text.as_str()),
            None | Some(Json::Null) => {
                Err(Error::new(ErrorCode::RequestMissing, "the sale needs it").with_path(name))
            }
            Some(_) => Err(Error::new(ErrorCode::RequestInvalid, "must be a string").with_path(name)),
        };
        let id = PaymentRequestId::parse(text("payment_request_id")?)?;
        let amount = Amount::from_minor(text("value")?, text("currency")?)?;
        let description = text("description")?;
        Ok(match text("scenario")?.parse()? {
            Scenario::PaymentCode => {
                self.payment_code(id, amount, PaymentCode::from_scan(text("code")?)?, description)
            }
            Scenario::OrderCode => self.order_code(id, amount, description),
            Scenario::EntryCode => self.entry_code(id, amount, description, text("user_agent")?),
        })
    }

    /// Reads a shop as the other languages pass it: the members are those of this type, such as `merchant_id`.
    ///
    /// # Errors
    /// `config.missing` and `config.invalid`, with the member as path; the errors of a currency.
    pub fn from_json(object: &Object) -> Result<Self> {
        const KNOWN: [&str; 10] = [
            "merchant_id",
            "merchant_name",
            "mcc",
            "store_id",
            "store_name",
            "store_mcc",
            "terminal",
            "settlement_currency",
            "notify_url",
            "redirect_url",
        ];
        if let Some((unknown, _)) = object.iter().find(|(name, _)| !KNOWN.contains(name)) {
            let reason = format!("a shop has no member of this name; it has {}", KNOWN.join(", "));
            return Err(Error::new(ErrorCode::ConfigInvalid, reason).with_path(unknown));
        }
        let text = |name: &str| match object.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Error::new(ErrorCode::ConfigInvalid, "must be a string").with_path(name)),
        };
        let required = |name: &str| {
            text(name)?
                .ok_or_else(|| Error::new(ErrorCode::ConfigMissing, "the shop needs it").with_path(name))
        };
        let mut shop = Shop::new(required("merchant_id")?, required("merchant_name")?, required("mcc")?);
        shop.store = match (text("store_id")?, text("store_name")?) {
            (Some(id), Some(name)) => Some((id, name)),
            (None, None) => None,
            (Some(_), None) => {
                return Err(
                    Error::new(ErrorCode::ConfigMissing, "the store needs a name").with_path("store_name")
                );
            }
            (None, Some(_)) => {
                return Err(
                    Error::new(ErrorCode::ConfigMissing, "the store needs an id").with_path("store_id")
                );
            }
        };
        shop.store_mcc = text("store_mcc")?;
        shop.terminal = text("terminal")?;
        shop.settlement_currency =
            text("settlement_currency")?.map(|code| Currency::from_code(&code)).transpose()?;
        shop.notify_url = text("notify_url")?;
        shop.redirect_url = text("redirect_url")?;
        Ok(shop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::pay::PayOptions;
    use crate::gateway::Protocol;
    use crate::time::Timestamp;

    const NOW: Timestamp = Timestamp::from_millis(1_740_041_509_090);

    fn id() -> PaymentRequestId {
        PaymentRequestId::parse("sale-1").unwrap()
    }

    fn amount() -> Amount {
        Amount::parse("19.99 USD").unwrap()
    }

    fn shop() -> Shop {
        Shop::new("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7")
    }

    fn check(request: &PayRequest, protocol: Protocol) -> Result<String> {
        let options = PayOptions { notify_url_configured: true, ..PayOptions::default() };
        Ok(request.check(protocol, NOW, &options)?.body.to_string())
    }

    /// The bodies are written out by hand from the pages "Alipay, pay" and "Alipay+, Accept a payment".
    #[test]
    fn a_sale_by_payment_code_has_everything_that_both_protocols_ask_for() {
        let code = PaymentCode::new("281006020000000000125733").unwrap();
        let shop = shop().settlement_currency(Currency::from_code("EUR").unwrap());
        let request = shop.payment_code(id(), amount(), code, "Two coffees");
        let order = concat!(
            r#""order":{"referenceOrderId":"sale-1","orderDescription":"Two coffees","#,
            r#""orderAmount":{"currency":"USD","value":"1999"},"merchant":{"referenceMerchantId":"M1","#,
            r#""merchantMCC":"5814","merchantName":"Coffee House","store":{"referenceStoreId":"S1","#,
            r#""storeName":"Harbour","storeMCC":"5814"}},"env":{"storeTerminalId":"TILL7","#,
        );
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let body = check(&request, protocol).unwrap();
            assert!(body.contains(order), "{body}");
            assert!(body.contains(r#""settlementStrategy":{"settlementCurrency":"EUR"}"#), "{body}");
            assert!(body.contains(r#""paymentMethodId":"281006020000000000125733""#), "{body}");
        }
    }

    #[test]
    fn the_other_scenarios() {
        let shop = shop()
            .store_mcc("5812")
            .settlement_currency(Currency::from_code("USD").unwrap())
            .redirect_url("https://shop.example/paid");
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let body = check(&shop.order_code(id(), amount(), "Tea"), protocol).unwrap();
            assert!(body.contains(r#""storeMCC":"5812""#) && !body.contains("paid"), "{body}");
            let body = check(&shop.entry_code(id(), amount(), "Tea", "Alipay/10"), protocol).unwrap();
            assert!(body.contains(r#""userAgent":"Alipay/10""#), "{body}");
            assert!(body.contains(r#""paymentRedirectUrl":"https://shop.example/paid""#), "{body}");
        }
    }

    #[test]
    fn what_alipay_plus_needs_is_named() {
        let error = check(&shop().order_code(id(), amount(), "Tea"), Protocol::AlipayPlus).unwrap_err();
        assert_eq!(error.code(), "request.missing");
        assert_eq!(error.path(), Some("settlementStrategy.settlementCurrency"));
    }

    #[test]
    fn a_sale_as_json_is_the_sale_of_the_calls() {
        let sale = |text: &str| shop().sale_from_json(&Object::parse(text.as_bytes()).unwrap());
        let rest = r#""payment_request_id":"sale-1","currency":"USD","value":"1999","description":"Tea""#;
        let by_code =
            sale(&format!(r#"{{"scenario":"PaymentCode","code":"]C1281006020000000000125733",{rest}}}"#));
        let code = PaymentCode::new("281006020000000000125733").unwrap();
        assert_eq!(by_code.unwrap(), shop().payment_code(id(), amount(), code, "Tea"));
        let order = sale(&format!(r#"{{"scenario":"OrderCode",{rest}}}"#)).unwrap();
        assert_eq!(order, shop().order_code(id(), amount(), "Tea"));
        let entry = sale(&format!(r#"{{"scenario":"EntryCode","user_agent":"Alipay/10",{rest}}}"#)).unwrap();
        assert_eq!(entry, shop().entry_code(id(), amount(), "Tea", "Alipay/10"));
        for (text, path) in [
            (format!(r#"{{"scenario":"EntryCode",{rest}}}"#), "user_agent"),
            (format!(r#"{{"scenario":"PaymentCode",{rest}}}"#), "code"),
            (format!("{{{rest}}}"), "scenario"),
        ] {
            let error = sale(&text).unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), ("request.missing", Some(path)), "{text}");
        }
    }

    #[test]
    fn a_shop_as_json() {
        let read = |text: &str| Shop::from_json(&Object::parse(text.as_bytes()).unwrap());
        let whole = r#"{"merchant_id":"M1","merchant_name":"Coffee House","mcc":"5814","store_id":"S1",
            "store_name":"Harbour","terminal":"TILL7","settlement_currency":"USD","notify_url":null}"#;
        assert_eq!(read(whole).unwrap(), shop().settlement_currency(Currency::from_code("USD").unwrap()));
        for (text, code, path) in [
            (r#"{"merchant_id":"M1","mcc":"5814"}"#, "config.missing", "merchant_name"),
            (r#"{"merchant_id":"M1","merchant_name":"C","mcc":5814}"#, "config.invalid", "mcc"),
            (
                r#"{"merchant_id":"M1","merchant_name":"C","mcc":"5814","store_id":"S"}"#,
                "config.missing",
                "store_name",
            ),
            (
                r#"{"merchant_id":"M1","merchant_name":"C","mcc":"5814","store_name":"S"}"#,
                "config.missing",
                "store_id",
            ),
            (r#"{"merchantId":"M1"}"#, "config.invalid", "merchantId"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), (code, Some(path)), "{text}");
        }
    }
}
