//! Payment codes and their routes.

use alipay_instore::{payment_code, routing};

use crate::failure::Result;
use crate::mirror::{Rule, Target};

/// A payment code and how it is shown.
#[derive(uniffi::Record)]
pub struct PaymentCode {
    /// The digits, a secret.
    pub digits: String,
    /// The form for logs and screens.
    pub masked: String,
}

/// Checks a scanned text.
#[uniffi::export]
pub fn read_payment_code(text: String) -> Result<PaymentCode> {
    let code = payment_code::PaymentCode::new(&text)?;
    Ok(PaymentCode { digits: code.expose().to_owned(), masked: code.masked() })
}

/// Where a code goes, and why.
#[derive(uniffi::Record)]
pub struct Route {
    /// The system.
    pub target: Target,
    /// The wallet, where a wallet takes it.
    pub wallet: Option<String>,
    /// The rule that decided.
    pub rule: Rule,
    /// Wallets that issue codes of the same shape.
    pub alternatives: Vec<String>,
}

/// Routes codes by one configuration.
#[derive(uniffi::Object)]
pub struct Router(routing::Router);

#[uniffi::export]
impl Router {
    /// Reads the JSON of a configuration.
    #[uniffi::constructor]
    pub fn from_json(text: String) -> Result<Self> {
        Ok(Router(routing::Router::from_json(&text)?))
    }

    /// Routes a scanned text.
    pub fn route(&self, scanned: String) -> Result<Route> {
        let route = self.0.route(&scanned)?;
        Ok(Route {
            target: route.target.into(),
            wallet: route.wallet.map(str::to_owned),
            rule: route.rule.into(),
            alternatives: route.alternatives.to_vec(),
        })
    }
}
