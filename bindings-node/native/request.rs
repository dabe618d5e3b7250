//! Requests before they are sent: their ids, their check, and the texts of `chinaExtraTransInfo`.

use alipay_instore::Timestamp;
use alipay_instore::amount::minimum;
use alipay_instore::api::pay::{CheckedPay, ChinaOrder, Flight, Hotel, PayOptions, SoldGoods};
use alipay_instore::api::{PayRequest, PaymentRequestId};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::Object;
use napi_derive::napi;

use crate::failure::{now_or, raise};
use crate::merchant::Merchant;
use crate::money::Amount;

/// What the check of a request has to know beside it.
#[napi(object, object_to_js = false)]
pub struct CheckInput {
    pub wallet: Option<String>,
    pub notify_url_configured: Option<bool>,
}

/// Checks a request as `pay` does.
pub(crate) fn check(
    merchant: &Merchant,
    request: &str,
    input: CheckInput,
    now: Timestamp,
) -> Result<CheckedPay> {
    let options = PayOptions {
        notify_url_configured: input.notify_url_configured.unwrap_or(false),
        wallet: input.wallet,
        ..merchant.0.pay_options()
    };
    PayRequest::from_json(Object::parse(request.as_bytes())?).check(merchant.0.protocol(), now, &options)
}

/// The body that would be sent, as JSON without its expiry.
#[napi(catch_unwind)]
pub fn check_pay(
    merchant: &Merchant,
    request: String,
    input: CheckInput,
    now: Option<i64>,
) -> napi::Result<String> {
    check(merchant, &request, input, now_or(now)).map(|checked| checked.body.to_string()).map_err(raise)
}

/// An id for a new attempt to pay.
#[napi(catch_unwind)]
pub fn new_payment_request_id(terminal: String, now: Option<i64>) -> napi::Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .map_err(|_| raise(Error::new(ErrorCode::InternalPanic, "the system gives no random bytes")))?;
    Ok(PaymentRequestId::new(now_or(now), &terminal, random).as_str().to_owned())
}

/// The smallest amount that a wallet takes.
#[napi(catch_unwind)]
pub fn wallet_minimum(wallet: String) -> Option<Amount> {
    minimum::of(&wallet).map(Amount::from)
}

#[napi(object, object_to_js = false)]
pub struct HotelInput {
    pub name: String,
    pub checkin: String,
    pub checkout: String,
}

#[napi(object, object_to_js = false)]
pub struct FlightInput {
    pub number: String,
    pub departure: String,
}

#[napi(object, object_to_js = false)]
pub struct GoodsInput {
    pub sku: String,
    pub quantity: i64,
}

/// What is sold to a customer from China, as lists.
#[napi(object, object_to_js = false)]
pub struct ChinaInput {
    pub hotels: Vec<HotelInput>,
    pub flights: Vec<FlightInput>,
    pub admission_notice_urls: Vec<String>,
    pub goods: Vec<GoodsInput>,
    pub total_quantity: Option<i64>,
    pub other: bool,
}

/// The members of `chinaExtraTransInfo` as JSON.
#[napi(catch_unwind)]
pub fn china_extra_trans_info(input: ChinaInput) -> napi::Result<String> {
    // JavaScript has checked that no quantity is below zero.
    let count = |quantity: i64| u64::try_from(quantity).unwrap_or(0);
    let order = ChinaOrder {
        hotels: input.hotels.into_iter().map(Hotel::from).collect(),
        flights: input.flights.into_iter().map(Flight::from).collect(),
        admission_notice_urls: input.admission_notice_urls,
        goods: input
            .goods
            .into_iter()
            .map(|goods| SoldGoods { sku: goods.sku, quantity: count(goods.quantity) })
            .collect(),
        total_quantity: input.total_quantity.map(count),
        other: input.other,
    };
    order.to_texts().map(|info| info.to_json().to_string()).map_err(raise)
}

impl From<HotelInput> for Hotel {
    fn from(HotelInput { name, checkin, checkout }: HotelInput) -> Self {
        Hotel { name, checkin, checkout }
    }
}

impl From<FlightInput> for Flight {
    fn from(FlightInput { number, departure }: FlightInput) -> Self {
        Flight { number, departure }
    }
}
