//! The shop of a till, as JSON.

use alipay_instore::json::Object;
use alipay_instore::shop::Shop;
use napi_derive::napi;

use crate::failure::raise;

fn read(shop: &str) -> alipay_instore::Result<Shop> {
    Shop::from_json(&Object::parse(shop.as_bytes())?)
}

/// Refuses a shop that can't be used.
#[napi(catch_unwind)]
pub fn check_shop(shop: String) -> napi::Result<()> {
    read(&shop).map(drop).map_err(raise)
}

/// The body of pay for a sale, as JSON. It may hold the payment code.
#[napi(catch_unwind)]
pub fn sale_request(shop: String, sale: String) -> napi::Result<String> {
    let request = Object::parse(sale.as_bytes()).and_then(|sale| read(&shop)?.sale_from_json(&sale));
    request.map(|request| request.to_json().to_string()).map_err(raise)
}
