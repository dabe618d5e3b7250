//! Which system a scanned payment code is paid with: Alipay+, Alipay, or a wallet that is integrated directly.
//!
//! A [`Router`] is made once from a [`RouterConfig`] and asked for every code; it allocates nothing per code
//! and says which rule decided. The routing numbers of wallets are configuration: no public list names them.
//! Whether a text is a payment code at all is [`crate::payment_code`]'s part.

mod config;
mod rules;

pub use crate::words::{RoutingRule, RoutingRules, Target};
pub use config::{DirectWallet, RouterConfig};

use crate::error::{Error, ErrorCode, Result};
use crate::json::{Json, Object};
use crate::payment_code::PaymentCode;

/// Where a code goes, and why. The names are borrowed from the [`Router`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Route<'r> {
    /// The system that takes the payment.
    pub target: Target,
    /// The wallet, where [`Target::Wallet`] takes it.
    pub wallet: Option<&'r str>,
    /// The rule that decided.
    pub rule: RoutingRule,
    /// Directly integrated wallets that issue codes of the same shape. AlipayCN and AlipayHK both issue codes
    /// of 17 to 19 digits: with both direct, the one that is listed second is the alternative.
    pub alternatives: &'r [String],
}

impl Route<'_> {
    /// The same as a JSON object, equal in every language.
    pub fn to_json(&self) -> Object {
        let others = self.alternatives.iter().map(|wallet| Json::from(wallet.as_str()));
        Object::new()
            .with("target", self.target.as_str())
            .with("wallet", self.wallet.map_or(Json::Null, Json::from))
            .with("rule", self.rule.as_str())
            .with("alternatives", Json::Array(others.collect()))
    }
}

/// Routes payment codes by one configuration. Cheap to share between threads.
///
/// ```
/// use alipay_instore::routing::{DirectWallet, Router, RouterConfig, RoutingRule, Target};
///
/// let mpay = DirectWallet { wallet: "MPAY".into(), routing_number: Some("003".into()), min_length: None };
/// let router = Router::new(RouterConfig { direct: vec![mpay], ..RouterConfig::default() })?;
///
/// let route = router.route("281003020000000000125733\r\n")?;
/// assert_eq!((route.target, route.wallet), (Target::Wallet, Some("MPAY")));
/// assert_eq!(router.route("2893612204263667830")?.rule, RoutingRule::AlipayPlus19);
/// # Ok::<(), alipay_instore::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Router {
    alipay_plus: bool,
    ruleset: RoutingRules,
    /// Ordered by routing number, each number once.
    by_number: Vec<NumberedWallet>,
    /// The first listed of AlipayCN and AlipayHK, and the other one behind it.
    alipay: Vec<String>,
}

#[derive(Clone, Debug)]
struct NumberedWallet {
    number: [u8; 3],
    min_length: usize,
    wallet: String,
}

impl Router {
    /// Checks a configuration and makes its router.
    ///
    /// # Errors
    ///
    /// `router.configuration`, which names the wallet at fault.
    pub fn new(config: RouterConfig) -> Result<Self> {
        config.into_router()
    }

    /// Makes a router from the JSON of a [`RouterConfig`]; unknown and doubled fields are refused.
    ///
    /// # Errors
    ///
    /// `router.configuration`, with the place in the text or the wallet at fault.
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str::<RouterConfig>(text)
            .map_err(|error| Error::new(ErrorCode::RouterConfiguration, error.to_string()))?
            .into_router()
    }

    /// Routes a scanned text.
    ///
    /// # Errors
    ///
    /// Those of [`PaymentCode::new`], and `code.unroutable` where no configured system takes the code.
    pub fn route(&self, scanned: &str) -> Result<Route<'_>> {
        self.route_digits(PaymentCode::digits_of(scanned)?)
    }

    /// Routes a code that was checked before.
    ///
    /// # Errors
    ///
    /// `code.unroutable` where no configured system takes the code.
    pub fn route_code(&self, code: &PaymentCode) -> Result<Route<'_>> {
        self.route_digits(code.as_bytes())
    }

    fn route_digits(&self, code: &[u8]) -> Result<Route<'_>> {
        match self.ruleset {
            RoutingRules::AlipayPlus | RoutingRules::AlipayPlus2023_08 => self.by_alipay_plus_rules(code),
            RoutingRules::Ams => Some(self.by_ams_rules(code)),
        }
        .ok_or_else(|| {
            Error::new(ErrorCode::CodeUnroutable, format!("no rule takes a code of {} digits", code.len()))
        })
    }

    /// Routes many scanned texts, one result each, in their order. Nothing is allocated for a code that has a
    /// route.
    pub fn route_many<'r, I>(&'r self, scanned: I) -> impl Iterator<Item = Result<Route<'r>>>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
        I::IntoIter: 'r,
    {
        scanned.into_iter().map(|text| self.route(text.as_ref()))
    }
}

#[cfg(test)]
mod tests;
