//! What Alipay in China asks to know, as lists.

use alipay_instore::api::pay;

use crate::failure::Result;

/// A stay at a hotel.
#[derive(uniffi::Record)]
pub struct Hotel {
    /// The hotel's name.
    pub name: String,
    /// The day of arrival.
    pub checkin: String,
    /// The day of departure.
    pub checkout: String,
}

/// A flight.
#[derive(uniffi::Record)]
pub struct Flight {
    /// The flight's number.
    pub number: String,
    /// The departure.
    pub departure: String,
}

/// Goods of one kind.
#[derive(uniffi::Record)]
pub struct SoldGoods {
    /// The name of the SKU.
    pub sku: String,
    /// How many.
    pub quantity: u64,
}

/// What is sold.
#[derive(uniffi::Record)]
pub struct ChinaOrder {
    /// Stays at hotels.
    pub hotels: Vec<Hotel>,
    /// Flights.
    pub flights: Vec<Flight>,
    /// URLs of admission notices of schools.
    pub admission_notice_urls: Vec<String>,
    /// Goods.
    pub goods: Vec<SoldGoods>,
    /// The number of all goods together; left out, it is their sum.
    pub total_quantity: Option<u64>,
    /// Whether there is something else too.
    pub other: bool,
}

impl From<ChinaOrder> for pay::ChinaOrder {
    fn from(order: ChinaOrder) -> Self {
        let ChinaOrder { hotels, flights, admission_notice_urls, goods, total_quantity, other } = order;
        pay::ChinaOrder {
            hotels: hotels
                .into_iter()
                .map(|Hotel { name, checkin, checkout }| pay::Hotel { name, checkin, checkout })
                .collect(),
            flights: flights
                .into_iter()
                .map(|Flight { number, departure }| pay::Flight { number, departure })
                .collect(),
            admission_notice_urls,
            goods: goods
                .into_iter()
                .map(|SoldGoods { sku, quantity }| pay::SoldGoods { sku, quantity })
                .collect(),
            total_quantity,
            other,
        }
    }
}

/// The `chinaExtraTransInfo` of an order, as JSON text.
#[uniffi::export]
pub fn china_texts(order: ChinaOrder) -> Result<String> {
    Ok(pay::ChinaOrder::from(order).to_texts()?.to_json().to_string())
}
