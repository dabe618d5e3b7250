//! `chinaExtraTransInfo`: its texts, made from lists.

use alipay_instore::api::pay::{ChinaOrder, Flight, Hotel, SoldGoods};
use pyo3::prelude::*;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard};

/// The texts as JSON. A hotel is its name, arrival and departure; a flight its number and departure; goods are their
/// SKU and quantity.
#[pyfunction]
pub(crate) fn china_texts(
    hotels: Vec<(Text, Text, Text)>,
    flights: Vec<(Text, Text)>,
    admission_notice_urls: Vec<Text>,
    goods: Vec<(Text, u64)>,
    total_quantity: Option<u64>,
    other: bool,
) -> PyResult<String> {
    guard(|| {
        let order = ChinaOrder {
            hotels: hotels
                .into_iter()
                .map(|(name, checkin, checkout)| Hotel {
                    name: name.into(),
                    checkin: checkin.into(),
                    checkout: checkout.into(),
                })
                .collect(),
            flights: flights
                .into_iter()
                .map(|(number, departure)| Flight { number: number.into(), departure: departure.into() })
                .collect(),
            admission_notice_urls: admission_notice_urls.into_iter().map(String::from).collect(),
            goods: goods.into_iter().map(|(sku, quantity)| SoldGoods { sku: sku.into(), quantity }).collect(),
            total_quantity,
            other,
        };
        Ok(order.to_texts().or_raise()?.to_json().to_string())
    })
}
