//! What simulations and killed tills draw from: the behaviours and faults of the sandbox that they are made for.
//!
//! Drawing from another list changes every payment of a seed, so what joins these lists joins them on purpose.

use alipay_instore_sandbox::{BEHAVIOURS, Behaviour, Fault};

/// The first behaviour that is not drawn. It and those after it stand alone, each with tests of its own.
const FIRST_NOT_DRAWN: &str = "reply_in_gbk";
/// The first fault that is not drawn.
const FIRST_FAULT_NOT_DRAWN: &str = "http_403";

/// The behaviours that are drawn.
pub fn behaviours() -> &'static [Behaviour] {
    before(BEHAVIOURS, |row| row.name == FIRST_NOT_DRAWN)
}

/// The faults that are drawn, with their names and what they do.
pub fn faults() -> &'static [(Fault, &'static str, &'static str)] {
    before(Fault::ALL, |(_, name, _)| *name == FIRST_FAULT_NOT_DRAWN)
}

fn before<T>(all: &'static [T], first_not: impl Fn(&T) -> bool) -> &'static [T] {
    let end = all.iter().position(first_not).unwrap_or(all.len());
    all.get(..end).unwrap_or(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_end_where_they_are_said_to() {
        assert!(BEHAVIOURS.iter().any(|row| row.name == FIRST_NOT_DRAWN));
        assert!(Fault::ALL.iter().any(|(_, name, _)| *name == FIRST_FAULT_NOT_DRAWN));
        assert_eq!(behaviours().last().map(|row| row.name), Some("refund_merchant_balance_too_low"));
        assert_eq!(faults().last().map(|(_, name, _)| *name), Some("wrong_id"));
    }
}
