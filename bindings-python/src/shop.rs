//! The shop of a till, as JSON.

use alipay_instore::json::Object;
use alipay_instore::shop::Shop;
use pyo3::prelude::*;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard};

fn read(shop: &str) -> alipay_instore::Result<Shop> {
    Shop::from_json(&Object::parse(shop.as_bytes())?)
}

/// Refuses a shop that can't be used.
#[pyfunction]
pub(crate) fn check_shop(shop: Text) -> PyResult<()> {
    guard(|| read(&shop).map(drop).or_raise())
}

/// The body of pay for a sale, as JSON. It may hold the payment code.
#[pyfunction]
pub(crate) fn sale_request(shop: Text, sale: Text) -> PyResult<String> {
    guard(|| {
        let sale = Object::parse(sale.as_bytes()).or_raise()?;
        let request = read(&shop).and_then(|shop| shop.sale_from_json(&sale)).or_raise()?;
        Ok(request.to_json().to_string())
    })
}
