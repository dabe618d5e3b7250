//! `chinaExtraTransInfo`: its texts, made from lists.

use alipay_instore::api::pay::{ChinaOrder, Flight, Hotel, SoldGoods};
use pyo3::prelude::*;

use crate::error::{OrRaise as _, guard};

/// The texts as JSON. A hotel is its name, arrival and departure; a flight its number and departure; goods are their
/// SKU and quantity.
#[pyfunction]
pub(crate) fn china_texts(
    hotels: Vec<(String, String, String)>,
    flights: Vec<(String, String)>,
    admission_notice_urls: Vec<String>,
    goods: Vec<(String, u64)>,
    total_quantity: Option<u64>,
    other: bool,
) -> PyResult<String> {
    guard(|| {
        let order = ChinaOrder {
            hotels: hotels
                .into_iter()
                .map(|(name, checkin, checkout)| Hotel { name, checkin, checkout })
                .collect(),
            flights: flights.into_iter().map(|(number, departure)| Flight { number, departure }).collect(),
            admission_notice_urls,
            goods: goods.into_iter().map(|(sku, quantity)| SoldGoods { sku, quantity }).collect(),
            total_quantity,
            other,
        };
        Ok(order.to_texts().or_raise()?.to_json().to_string())
    })
}
