//! The shop of a till, as JSON.

use alipay_instore::json::Object;
use alipay_instore::shop::Shop;

use crate::failure::Result;

/// Refuses a shop that can't be used.
#[uniffi::export]
pub fn check_shop(shop: String) -> Result<()> {
    Shop::from_json(&Object::parse(shop.as_bytes())?)?;
    Ok(())
}

/// The body of pay for a sale, as JSON. It may hold the payment code.
#[uniffi::export]
pub fn sale_request(shop: String, sale: String) -> Result<String> {
    let shop = Shop::from_json(&Object::parse(shop.as_bytes())?)?;
    Ok(shop.sale_from_json(&Object::parse(sale.as_bytes())?)?.to_json().to_string())
}
