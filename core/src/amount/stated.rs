//! The amount that a message states.

use super::Amount;
use crate::currency::Currency;
use crate::json::{Json, Object};

/// The amount that a member of a message states, if it can be read.
///
/// Values are compared as numbers, since some messages carry them as JSON numbers or with leading zeros. Only digits
/// count: a sign, a point or an exponent is not documented.
pub(crate) fn stated(amount: &Object) -> Option<Amount> {
    let currency = amount.text("currency")?;
    let value = amount.get("value").and_then(Json::scalar)?;
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Amount::new(value.parse().ok()?, Currency::from_code(&currency).ok()?).ok()
}
