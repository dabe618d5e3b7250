//! The rules themselves, over digits that [`crate::payment_code`] has checked: 16 to 24 of them, 25 to 30 first.
//!
//! They are written on bytes. The regular expressions of the public page are the oracle of the shared vectors,
//! where another engine evaluates them.

use super::{NumberedWallet, Route, Router, RoutingRule, RoutingRules, Target};

/// The digits of a code in the Code Generation and Circulation Protocol (CGCP), and so of every code that
/// carries a routing number under the rules of Alipay+.
const CGCP_DIGITS: usize = 24;

impl Router {
    pub(super) fn by_alipay_plus_rules(&self, code: &[u8]) -> Option<Route<'_>> {
        if self.alipay_plus && self.is_alipay_plus_19(code) {
            return Some(to(Target::AlipayPlus, RoutingRule::AlipayPlus19));
        }
        // A routing number counts only in codes of 24 digits: in a shorter code of AlipayCN the same place
        // can hold the same three digits by chance.
        if code.len() == CGCP_DIGITS
            && let Some(direct) = self.numbered(code)
        {
            return Some(to_wallet(&direct.wallet, RoutingRule::DirectWallet));
        }
        if (17..=23).contains(&code.len())
            && let Some((first, others)) = self.alipay.split_first()
        {
            let ambiguous = (17..=19).contains(&code.len());
            let alternatives = if ambiguous { others } else { &[] };
            return Some(Route { alternatives, ..to_wallet(first, RoutingRule::DirectAlipay) });
        }
        if !self.alipay_plus {
            return None;
        }
        let rule = if code.len() == CGCP_DIGITS { RoutingRule::Cgcp } else { RoutingRule::Fallback };
        Some(to(Target::AlipayPlus, rule))
    }

    pub(super) fn by_ams_rules(&self, code: &[u8]) -> Route<'_> {
        match self.numbered(code) {
            Some(direct) if code.len() >= direct.min_length => {
                to_wallet(&direct.wallet, RoutingRule::DirectWallet)
            }
            _ => to(Target::Alipay, RoutingRule::AlipayDefault),
        }
    }

    /// Two markers, not check digits: the third digit is 9 and the sixth from the end is 6.
    fn is_alipay_plus_19(&self, code: &[u8]) -> bool {
        let [first, second, b'9', _, _, _, _, _, _, _, _, _, _, b'6', _, _, _, _, _] = code else {
            return false;
        };
        self.ruleset != RoutingRules::AlipayPlus2023_08 || [*first, *second] == *b"28"
    }

    fn numbered(&self, code: &[u8]) -> Option<&NumberedWallet> {
        let number: &[u8; 3] = code.get(3..6)?.try_into().ok()?;
        let place = self.by_number.binary_search_by_key(number, |direct| direct.number).ok()?;
        self.by_number.get(place)
    }
}

fn to<'r>(target: Target, rule: RoutingRule) -> Route<'r> {
    Route { target, wallet: None, rule, alternatives: &[] }
}

fn to_wallet(wallet: &str, rule: RoutingRule) -> Route<'_> {
    Route { target: Target::Wallet, wallet: Some(wallet), rule, alternatives: &[] }
}
