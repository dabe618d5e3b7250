//! The shop of a till, as JSON.

use alipay_instore::json::Object;
use alipay_instore::shop::Shop;

use crate::failure::Result;
use crate::flat::{Answer, Input, Outcome, Put as _};

/// Refuses a shop that can't be used.
#[uniffi::export]
pub fn check_shop(shop: String) -> Result<()> {
    Shop::from_json(&Object::parse(shop.as_bytes())?)?;
    Ok(())
}

/// The body of pay for a sale, as JSON. It may hold the payment code.
pub(crate) fn sale_request(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let (shop, sale) = input.all::<(&str, &str)>()?;
    let shop = Shop::from_json(&Object::parse(shop.as_bytes())?)?;
    shop.sale_from_json(&Object::parse(sale.as_bytes())?)?.to_json().to_string().put(answer);
    Ok(())
}
