//! The parts that the answers of all APIs have in common: the result, the customer, the settlement.

use std::fmt;

use crate::error::Result as Checked;
use crate::json::Json;
use crate::result_code::Status;

use super::declare::model;
use super::members::DecimalText;
use super::model::{Case, Field, Kind, Member, Path, Rule};
use super::time::Time;

model! {
    /// The result of a call, or of a payment.
    pub struct ApiResult {
        /// `S`, `F` or `U`, as it came; see [`status`](Self::status).
        result_status: String = "resultStatus" { shown: true },
        /// What happened, as a code; codes that are not documented must be expected.
        result_code: String = "resultCode" { max: 64, shown: true },
        /// The same in words.
        result_message: String = "resultMessage" { max: 256 },
    }

    /// The customer at the wallet. Source: Alipay, pay (consumer-presented mode), pspCustomerInfo.
    pub struct PspCustomerInfo {
        /// The wallet's name.
        psp_name: String = "pspName" { max: 64, shown: true },
        /// The customer's id at the wallet.
        psp_customer_id: String = "pspCustomerId" { max: 64 },
        /// The customer's id as it may be shown.
        display_customer_id: String = "displayCustomerId" { max: 64 },
    }

    /// The rate between the payment's currency and that of the settlement.
    pub struct SettlementQuote {
        /// The rate's id.
        quote_id: String = "quoteId" { max: 64, shown: true },
        /// Both currencies, in letters or numbers, as the gateway writes them.
        quote_currency_pair: String = "quoteCurrencyPair" { max: 16, shown: true },
        /// The rate, as its decimal text.
        quote_price: DecimalText = "quotePrice" {},
        /// From when it holds.
        quote_start_time: Time = "quoteStartTime" {},
        /// Until when it holds.
        quote_expiry_time: Time = "quoteExpiryTime" {},
        /// Whether it is guaranteed.
        guaranteed: bool = "guaranteed" {},
        /// Alipay+: the currency that the unit counts.
        base_currency: String = "baseCurrency" { shown: true },
        /// Alipay+: for how many of the base currency the price is.
        quote_unit: String = "quoteUnit" { shown: true },
    }
}

impl ApiResult {
    /// The status by its letter, which is compared exactly; another letter, or none, counts as unknown.
    pub fn status(&self) -> Status {
        Status::from_letter(self.letter())
    }

    /// The status letter as it came; empty where there is none.
    pub fn letter(&self) -> &str {
        self.result_status.as_deref().unwrap_or_default()
    }

    /// The code; empty where there is none.
    pub fn code(&self) -> &str {
        self.result_code.as_deref().unwrap_or_default()
    }
}

/// The result of the payment itself, in Alipay+'s `paymentResult`: an object, or the status letter alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PaymentResult(pub ApiResult);

impl fmt::Debug for PaymentResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Member for PaymentResult {
    const KIND: Kind = Kind::Object;
    const FIELDS: &'static [Field] = ApiResult::FIELDS;

    fn read(json: Json) -> Result<Self, Json> {
        if json.scalar().is_some() {
            return String::read(json).map(|letter| PaymentResult(ApiResult::new().result_status(letter)));
        }
        ApiResult::read(json).map(PaymentResult)
    }

    fn write(&self) -> Json {
        self.0.write()
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Checked<()> {
        self.0.check(rule, at, case)
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(rule, f)
    }
}
