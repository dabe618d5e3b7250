//! What a router is made from, and the checks that a configuration must pass before it routes anything.

use serde::{Deserialize, Serialize};

use super::{NumberedWallet, Router, RoutingRules};
use crate::error::{Error, ErrorCode, Result};
use crate::payment_code::{MAX_DIGITS, MIN_DIGITS};

/// The names of the two wallets whose codes are known by their length, not by a routing number.
const ALIPAY_WALLETS: [&str; 2] = ["ALIPAY_CN", "ALIPAY_HK"];

/// A wallet that the merchant or acquirer integrates without Alipay+ or Alipay in between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectWallet {
    /// The wallet's name as the gateways write it, such as `ALIPAY_CN` or `MPAY`.
    pub wallet: String,
    /// The three digits by which its codes are known (the fourth to sixth of the code). Only `ALIPAY_CN` and
    /// `ALIPAY_HK` can do without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_number: Option<String>,
    /// The fewest digits its codes have, 16 to 24; 16 where it is not given. Only rule set `ams` reads it: the
    /// rules of Alipay+ know a routing number in codes of 24 digits only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u8>,
}

/// The settings of a router. As JSON it reads
/// `{"alipay_plus": true, "ruleset": "alipay_plus", "direct": [{"wallet": "MPAY", "routing_number": "003"}]}`,
/// where each member may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RouterConfig {
    /// Whether Alipay+ is integrated, as it is unless said otherwise. Rule set `ams` does not read it.
    pub alipay_plus: bool,
    /// Whose rules are followed.
    pub ruleset: RoutingRules,
    /// The directly integrated wallets; of AlipayCN and AlipayHK the first listed is preferred.
    pub direct: Vec<DirectWallet>,
}

impl Default for RouterConfig {
    fn default() -> Self {
        RouterConfig { alipay_plus: true, ruleset: RoutingRules::default(), direct: Vec::new() }
    }
}

impl RouterConfig {
    pub(super) fn into_router(self) -> Result<Router> {
        let mut by_number: Vec<NumberedWallet> = Vec::new();
        let mut alipay: Vec<String> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for (index, direct) in self.direct.into_iter().enumerate() {
            let refuse = |reason: String| {
                Err(Error::new(ErrorCode::RouterConfiguration, reason).with_path(format!("direct[{index}]")))
            };
            let DirectWallet { wallet, routing_number, min_length } = direct;
            if !is_name(&wallet) {
                return refuse("a wallet's name has 1 to 64 visible ASCII characters".to_owned());
            }
            if seen.contains(&wallet) {
                return refuse(format!("{wallet} is listed twice"));
            }
            let min_length = usize::from(min_length.unwrap_or(16));
            if !(MIN_DIGITS..=MAX_DIGITS).contains(&min_length) {
                return refuse(format!("the min_length of {wallet} is {min_length}, not 16 to 24"));
            }
            let is_alipay = ALIPAY_WALLETS.contains(&wallet.as_str());
            match routing_number.as_deref().map(three_digits) {
                None if is_alipay => {}
                None => return refuse(format!("{wallet} has no routing_number")),
                Some(None) => return refuse(format!("the routing_number of {wallet} is not three digits")),
                Some(Some(number)) => {
                    if let Some(other) = by_number.iter().find(|other| other.number == number) {
                        return refuse(format!("{wallet} has the routing_number of {}", other.wallet));
                    }
                    by_number.push(NumberedWallet { number, min_length, wallet: wallet.clone() });
                }
            }
            if is_alipay {
                alipay.push(wallet.clone());
            }
            seen.push(wallet);
        }
        by_number.sort_by_key(|wallet| wallet.number);
        Ok(Router { alipay_plus: self.alipay_plus, ruleset: self.ruleset, by_number, alipay })
    }
}

fn is_name(wallet: &str) -> bool {
    (1..=64).contains(&wallet.len()) && wallet.bytes().all(|byte| byte.is_ascii_graphic())
}

fn three_digits(text: &str) -> Option<[u8; 3]> {
    let number: [u8; 3] = text.as_bytes().try_into().ok()?;
    number.iter().all(u8::is_ascii_digit).then_some(number)
}
