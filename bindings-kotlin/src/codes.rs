//! Payment codes and their routes.

use std::sync::{Mutex, PoisonError};

use alipay_instore::payment_code;
use alipay_instore::{routing, wallet};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};
use crate::mirror::{RoutingRule, Target};

/// A payment code and how it is shown.
#[derive(uniffi::Record)]
pub struct PaymentCode {
    /// The digits, a secret.
    pub digits: String,
    /// The form for logs and screens.
    pub masked: String,
    /// The word for its form.
    pub kind: String,
    /// The routing number, where the form has one.
    pub routing_number: Option<String>,
}

impl From<payment_code::PaymentCode> for PaymentCode {
    fn from(code: payment_code::PaymentCode) -> Self {
        PaymentCode {
            digits: code.expose().to_owned(),
            masked: code.masked(),
            kind: code.kind().as_str().to_owned(),
            routing_number: code.routing_number().map(str::to_owned),
        }
    }
}

/// Checks a scanned text.
#[uniffi::export]
pub fn read_payment_code(text: String) -> Result<PaymentCode> {
    Ok(payment_code::PaymentCode::new(&text)?.into())
}

/// Reads what a scanner or a cashier delivered.
#[uniffi::export]
pub fn scan_payment_code(scanned: Vec<u8>) -> Result<PaymentCode> {
    Ok(payment_code::PaymentCode::from_scan(Zeroizing::new(scanned))?.into())
}

/// A line of a scanner: a code, or why it is none.
#[derive(uniffi::Record)]
pub struct ScannedLine {
    /// The code.
    pub code: Option<PaymentCode>,
    /// What is wrong with the line.
    pub failure: Option<LineFailure>,
}

/// What is wrong with a line, field by field: an error that is a value and is not thrown.
#[derive(uniffi::Record)]
pub struct LineFailure {
    /// The stable code.
    pub code: String,
    /// What was found.
    pub reason: String,
    /// What to do about it.
    pub hint: String,
    /// What was probably scanned, where that is known.
    pub scanned_as: Option<String>,
}

/// The codes of a stream that never ends.
#[derive(uniffi::Object)]
pub struct ScannedLines(Mutex<payment_code::ScannedLines>);

#[uniffi::export]
impl ScannedLines {
    /// A reader at the beginning of a line.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "UniFFI calls the constructor by its name")]
    pub fn new() -> Self {
        ScannedLines(Mutex::new(payment_code::ScannedLines::new()))
    }

    /// Takes what arrived, and gives the lines that ended with it.
    pub fn push(&self, arrived: Vec<u8>) -> Vec<ScannedLine> {
        let arrived = Zeroizing::new(arrived);
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(&arrived).into_iter().map(line).collect()
    }

    /// Ends the line that is begun.
    pub fn finish(&self) -> Option<ScannedLine> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).finish().map(line)
    }
}

fn line(read: alipay_instore::Result<payment_code::PaymentCode>) -> ScannedLine {
    match read.map_err(Failure::from) {
        Ok(code) => ScannedLine { code: Some(code.into()), failure: None },
        Err(Failure::Failed { code, reason, hint, scanned_as, .. }) => {
            ScannedLine { code: None, failure: Some(LineFailure { code, reason, hint, scanned_as }) }
        }
    }
}

/// The name of the wallet with this `pspId`.
#[uniffi::export]
pub fn wallet_of_psp_id(psp_id: String) -> Option<String> {
    wallet::of_psp_id(&psp_id).map(str::to_owned)
}

/// Where a code goes, and why.
#[derive(uniffi::Record)]
pub struct Route {
    /// The system.
    pub target: Target,
    /// The wallet, where a wallet takes it.
    pub wallet: Option<String>,
    /// The rule that decided.
    pub rule: RoutingRule,
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
