//! The request itself, in the shape it has in JSON, and the three ways to begin one.

use std::fmt;

use crate::amount::Amount;
use crate::api::declare::{model, words};
use crate::api::id::PaymentRequestId;
use crate::api::model::{Case, Form, Kind, Member, Need, Path, Rule};
use crate::api::time::Time;
use crate::currency::Currency;
use crate::error::{Error, ErrorCode, Result};
use crate::json::Json;
use crate::payment_code::PaymentCode;

use super::order::Order;

/// The payment method of every in-store payment.
pub const CONNECT_WALLET: &str = "CONNECT_WALLET";

/// How customer and merchant find each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Scenario {
    /// The customer shows a payment code and the till scans it.
    PaymentCode,
    /// The till shows a code of this order and the customer scans it.
    OrderCode,
    /// The customer scans the shop's code and pays on the merchant's page.
    EntryCode,
}

impl Scenario {
    /// The word of the protocol.
    pub fn as_str(self) -> &'static str {
        match self {
            Scenario::PaymentCode => "PaymentCode",
            Scenario::OrderCode => "OrderCode",
            Scenario::EntryCode => "EntryCode",
        }
    }

    /// The scenario of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Scenario::PaymentCode, Scenario::OrderCode, Scenario::EntryCode]
            .into_iter()
            .find(|scenario| scenario.as_str() == word)
    }
}

impl std::str::FromStr for Scenario {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        Scenario::from_word(word).ok_or_else(|| {
            Error::new(ErrorCode::RequestInvalid, "there is no such scenario")
                .with_hint("the scenarios are PaymentCode, OrderCode and EntryCode")
        })
    }
}

words! {
    /// The product of AMS.
    pub enum ProductCode {
        /// In-store payment, the only product of this library.
        InStorePayment = "IN_STORE_PAYMENT",
    }
}

model! {
    /// A request to `pay`, of both protocols and all scenarios.
    ///
    /// Begin with [`for_payment_code`](Self::for_payment_code), [`for_order_code`](Self::for_order_code) or
    /// [`for_entry_code`](Self::for_entry_code), or read JSON with [`from_json`](Self::from_json). What a
    /// protocol demands and what follows from other fields is put in and checked by [`check`](Self::check): the
    /// product code, the flag of in-store payments, the order's amount, the time of the till.
    ///
    /// ```
    /// use alipay_instore::amount::{Amount, Rules};
    /// use alipay_instore::api::pay::{Env, Merchant, Order, PayOptions, Store};
    /// use alipay_instore::api::{PayRequest, PaymentRequestId};
    /// use alipay_instore::gateway::Protocol;
    /// use alipay_instore::payment_code::PaymentCode;
    ///
    /// # fn main() -> alipay_instore::Result<()> {
    /// let (now_ms, random) = (1_740_041_509_090, [7; 16]); // both come from the host
    /// let store = Store::new().reference_store_id("S1").store_name("Harbour").store_mcc("5814");
    /// let merchant = Merchant::new()
    ///     .reference_merchant_id("M1")
    ///     .merchant_mcc("5814")
    ///     .merchant_name("Coffee House")
    ///     .store(store);
    /// let request = PayRequest::for_payment_code(
    ///     PaymentRequestId::new(now_ms, "TILL7", random),
    ///     Amount::from_major("19.99", "USD", None, Rules::Alipay)?,
    ///     PaymentCode::new("281006020000000000125733")?,
    ///     Order::new()
    ///         .order_description("Two coffees")
    ///         .merchant(merchant)
    ///         .env(Env::new().store_terminal_id("TILL7")),
    /// )
    /// .payment_notify_url("https://shop.example/notify");
    /// let checked = request.check(Protocol::Ams, now_ms, &PayOptions::default())?;
    /// assert_eq!(checked.amount.to_string(), "19.99 USD");
    ///
    /// // Alipay+ asks for more, and says what is missing.
    /// let error = request.check(Protocol::AlipayPlus, now_ms, &PayOptions::default()).unwrap_err();
    /// assert_eq!(error.code(), "request.missing");
    /// assert_eq!(error.path(), Some("settlementStrategy.settlementCurrency"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// `paymentFactor.isAuthorization`, which the documents have withdrawn, can be read and written through
    /// `extra` alone.
    /// Source: Alipay, pay (consumer-presented mode); Alipay+, Accept a payment, step 2.
    pub struct PayRequest {
        /// The product; put in for AMS, refused for Alipay+.
        product_code: ProductCode = "productCode" { need: Need::AMS },
        /// One id for each attempt to pay.
        payment_request_id: PaymentRequestId = "paymentRequestId" { max: 64, need: Need::ALWAYS, shown: true },
        /// Where the gateway sends notifications.
        payment_notify_url: String = "paymentNotifyUrl" { max: 2048, form: Form::Url },
        /// Where the customer goes after paying.
        payment_redirect_url: String = "paymentRedirectUrl" { max: 2048, form: Form::Url },
        /// After this time the payment does not succeed any more.
        payment_expiry_time: Time = "paymentExpiryTime" {},
        /// The scenario.
        payment_factor: PaymentFactor = "paymentFactor" { need: Need::ALWAYS },
        /// What the customer pays.
        payment_amount: Amount = "paymentAmount" { need: Need::ALWAYS },
        /// With what the customer pays.
        payment_method: PaymentMethod = "paymentMethod" { need: Need::ALWAYS },
        /// AMS: the account that the merchant is paid into, where it is not that of the contract.
        pay_to_method: PayToMethod = "payToMethod" {},
        /// AMS: the authentication of the customer that belongs to this payment.
        payment_verification_data: PaymentVerificationData = "paymentVerificationData" {},
        /// In which currency the merchant is paid.
        settlement_strategy: SettlementStrategy = "settlementStrategy" { need: Need::ALIPAY_PLUS },
        /// Where the merchant is, for some regions of AMS: two letters.
        merchant_region: String = "merchantRegion" { max: 2, form: Form::Region, shown: true },
        /// What is paid for.
        order: Order = "order" { need: Need::ALWAYS },
        /// Alipay+: the regions whose wallets may pay, two letters each.
        allowed_psp_regions: [String] = "allowedPspRegions" { form: Form::Region, shown: true },
        /// Alipay+: where the customer is, two letters.
        user_region: String = "userRegion" { max: 2, form: Form::Region, shown: true },
    }

    /// What kind of payment it is.
    pub struct PaymentFactor {
        /// `PaymentCode`, `OrderCode` or `EntryCode`; see [`Scenario`].
        in_store_payment_scenario: Scenario = "inStorePaymentScenario" { need: Need::ALWAYS },
        /// Put in for Alipay+.
        is_in_store_payment: bool = "isInStorePayment" { need: Need::ALIPAY_PLUS },
        /// Whether it is paid on a cashier page.
        is_cashier_payment: bool = "isCashierPayment" {},
        /// Who shows the code to whom.
        presentment_mode: String = "presentmentMode" { shown: true },
    }

    /// With what the customer pays.
    pub struct PaymentMethod {
        /// Always `CONNECT_WALLET` in a store.
        payment_method_type: String = "paymentMethodType" { max: 64, need: Need::ALWAYS, shown: true },
        /// The payment code that was scanned. Required with a payment code, refused otherwise.
        payment_method_id: PaymentCode = "paymentMethodId" { max: 128, need: Need::PAYMENT_CODE },
        /// The customer's id at the wallet. AMS no longer asks for it.
        customer_id: String = "customerId" {},
        /// Alipay+: more about the payment method.
        payment_method_meta_data: PaymentMethodMetaData = "paymentMethodMetaData" {},
    }

    /// More about the payment method.
    pub struct PaymentMethodMetaData {
        /// The client that the customer authorised.
        auth_client_id: String = "authClientId" {},
    }

    /// The account that the merchant is paid into. Source: Alipay, pay (consumer-presented mode), payToMethod; the
    /// fields are those of paymentMethod in the SDKs of the gateway.
    pub struct PayToMethod {
        /// The kind of account: `CONNECT_WALLET` in a store.
        payment_method_type: String = "paymentMethodType" { max: 64, shown: true },
        /// The account.
        payment_method_id: String = "paymentMethodId" { max: 128 },
    }

    /// The authentication of the customer. Source: Alipay, pay (consumer-presented mode),
    /// paymentVerificationData; the fields are named by the SDKs of the gateway.
    pub struct PaymentVerificationData {
        /// The id of the request that began the authentication.
        verify_request_id: String = "verifyRequestId" { shown: true },
        /// The code that the customer got for it, which is a secret.
        authentication_code: String = "authenticationCode" {},
    }

    /// How the merchant is paid.
    pub struct SettlementStrategy {
        /// The currency; Alipay+ requires it.
        settlement_currency: Currency = "settlementCurrency" { max: 3, need: Need::ALIPAY_PLUS },
    }
}

impl PayRequest {
    /// A payment by the code that the customer shows.
    pub fn for_payment_code(id: PaymentRequestId, amount: Amount, code: PaymentCode, order: Order) -> Self {
        let mut request = Self::in_scenario(Scenario::PaymentCode, id, amount, order);
        request.payment_method = request.payment_method.map(|method| method.payment_method_id(code));
        request
    }

    /// A payment by a code of this order, which the till shows.
    pub fn for_order_code(id: PaymentRequestId, amount: Amount, order: Order) -> Self {
        Self::in_scenario(Scenario::OrderCode, id, amount, order)
    }

    /// A payment by the shop's code. The order's [`Env`](super::Env) must hold the `User-Agent` of the request
    /// with which the wallet opened the merchant's page.
    pub fn for_entry_code(id: PaymentRequestId, amount: Amount, order: Order) -> Self {
        Self::in_scenario(Scenario::EntryCode, id, amount, order)
    }

    fn in_scenario(scenario: Scenario, id: PaymentRequestId, amount: Amount, order: Order) -> Self {
        Self::new()
            .payment_request_id(id)
            .payment_factor(PaymentFactor::new().in_store_payment_scenario(scenario))
            .payment_amount(amount)
            .payment_method(PaymentMethod::new().payment_method_type(CONNECT_WALLET))
            .order(order)
    }

    /// The scenario, if it is set.
    pub fn scenario(&self) -> Option<Scenario> {
        self.payment_factor.as_ref()?.in_store_payment_scenario
    }

    /// The payment code, if it is set.
    pub fn payment_code(&self) -> Option<&PaymentCode> {
        self.payment_method.as_ref()?.payment_method_id.as_ref()
    }
}

impl Member for Scenario {
    const KIND: Kind = Kind::Word;

    fn read(json: Json) -> Result<Self, Json> {
        let scenario = json.scalar().and_then(|word| Scenario::from_word(&word));
        scenario.ok_or(json)
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, _at: &Path<'_>, _case: Case) -> Result<()> {
        Ok(())
    }

    fn misread(_json: &Json, at: &Path<'_>) -> Error {
        at.invalid("must be PaymentCode, OrderCode or EntryCode")
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
