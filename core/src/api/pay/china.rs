//! `chinaExtraTransInfo`: what Alipay in China asks to know about hotels, flights, studies and goods.
//!
//! Its values are texts of their own forms: several values are joined by a vertical bar, and its times are not
//! ISO 8601. Source: Alipay, pay (consumer-presented mode), order.env.extendInfo.

use jiff::civil::{Date, DateTime};

use crate::api::model::{Case, Path};
use crate::error::{Error, ErrorCode, Result};

use super::ChinaExtraTransInfo;

const HOTEL: &str = "1";
const FLIGHT: &str = "2";
const STUDY: &str = "3";
const TRADE: &str = "4";
const OTHER: &str = "5";

impl ChinaExtraTransInfo {
    /// The rules beyond those of the fields.
    pub(in crate::api) fn check_more(&self, at: &Path<'_>, _case: Case) -> Result<()> {
        let types: Vec<&str> = self.business_type.as_deref().unwrap_or_default().split('|').collect();
        for (index, kind) in types.iter().enumerate() {
            if ![HOTEL, FLIGHT, STUDY, TRADE, OTHER].contains(kind)
                || types.iter().take(index).any(|t| t == kind)
            {
                return Err(at
                    .member("businessType")
                    .invalid("must be of the digits 1 to 5, each once, joined by |"));
            }
        }
        let lists = [
            (HOTEL, "hotelName", &self.hotel_name, is_text as fn(&str) -> bool, "hotelName"),
            (HOTEL, "checkinTime", &self.checkin_time, is_date, "hotelName"),
            (HOTEL, "checkoutTime", &self.checkout_time, is_date, "hotelName"),
            (FLIGHT, "flightNumber", &self.flight_number, is_text, "flightNumber"),
            (FLIGHT, "departureTime", &self.departure_time, is_minute, "flightNumber"),
            (STUDY, "admissionNoticeUrl", &self.admission_notice_url, is_url, "admissionNoticeUrl"),
            (TRADE, "goodsInfo", &self.goods_info, is_goods, "goodsInfo"),
        ];
        let mut first = ("", 0);
        for (kind, name, text, fits, length_of) in lists {
            let at = at.member(name);
            let Some(text) =
                asked(text.as_ref().filter(|text| !text.is_empty()), types.contains(&kind), &at)?
            else {
                continue;
            };
            let mut count = 0;
            for value in text.split('|') {
                if !fits(value) {
                    return Err(at.invalid("holds a value that does not have the documented form"));
                }
                count += 1;
            }
            if name == length_of {
                first = (name, count);
            } else if count != first.1 {
                return Err(at.invalid(&format!("has {count} values, {} has {}", first.0, first.1)));
            }
        }
        let at = at.member("totalQuantity");
        match asked(self.total_quantity.as_ref(), types.contains(&TRADE), &at)? {
            Some(0) => Err(at.invalid("must be greater than zero")),
            _ => Ok(()),
        }
    }
}

/// A field goes with its business type: with it the field is required, without it the field is refused.
fn asked<'a, T>(value: Option<&'a T>, chosen: bool, at: &Path<'_>) -> Result<Option<&'a T>> {
    match (value, chosen) {
        (None, true) => Err(at.missing()),
        (Some(_), false) => Err(at.forbidden("belongs to a business type that was not chosen")),
        (value, _) => Ok(value),
    }
}

fn is_text(value: &str) -> bool {
    !value.trim().is_empty()
}

fn is_date(value: &str) -> bool {
    value.len() == 10 && Date::strptime("%Y-%m-%d", value).is_ok()
}

fn is_minute(value: &str) -> bool {
    value.len() == 16 && DateTime::strptime("%Y-%m-%d %H:%M", value).is_ok()
}

fn is_url(value: &str) -> bool {
    value.split_once("://").is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty())
        && !value.contains(char::is_whitespace)
}

fn is_goods(value: &str) -> bool {
    value.split_once('^').is_some_and(|(name, quantity)| {
        is_text(name)
            && !quantity.is_empty()
            && quantity.bytes().all(|byte| byte.is_ascii_digit())
            && quantity.bytes().any(|byte| byte != b'0')
    })
}

/// A stay at a hotel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hotel {
    /// The hotel's name.
    pub name: String,
    /// The day of arrival, `yyyy-MM-dd` in UTC+8.
    pub checkin: String,
    /// The day of departure, `yyyy-MM-dd` in UTC+8.
    pub checkout: String,
}

/// A flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// The flight's number.
    pub number: String,
    /// The departure, `yyyy-MM-dd HH:mm`.
    pub departure: String,
}

/// Goods of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldGoods {
    /// The name of the SKU.
    pub sku: String,
    /// How many.
    pub quantity: u64,
}

/// What is sold, as lists, from which the texts and the business types follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChinaOrder {
    /// Stays at hotels: business type 1.
    pub hotels: Vec<Hotel>,
    /// Flights: business type 2.
    pub flights: Vec<Flight>,
    /// URLs of admission notices of schools: business type 3.
    pub admission_notice_urls: Vec<String>,
    /// Goods: business type 4.
    pub goods: Vec<SoldGoods>,
    /// The number of all goods together; left out, it is their sum.
    pub total_quantity: Option<u64>,
    /// Whether there is something else too: business type 5. It is so by itself where all lists are empty.
    pub other: bool,
}

impl ChinaOrder {
    /// The texts that are sent.
    ///
    /// # Errors
    /// `request.invalid` for a value that holds a separator, `|` or, in the name of goods, `^`, and for more
    /// goods than can be counted; the path names the field. Forms and lengths are checked with the whole request.
    pub fn to_texts(&self) -> Result<ChinaExtraTransInfo> {
        let mut types: Vec<&str> = Vec::new();
        let mut info = ChinaExtraTransInfo::new();
        if !self.hotels.is_empty() {
            types.push(HOTEL);
            info.hotel_name = Some(join("hotelName", self.hotels.iter().map(|hotel| &*hotel.name))?);
            info.checkin_time = Some(join("checkinTime", self.hotels.iter().map(|hotel| &*hotel.checkin))?);
            info.checkout_time =
                Some(join("checkoutTime", self.hotels.iter().map(|hotel| &*hotel.checkout))?);
        }
        if !self.flights.is_empty() {
            types.push(FLIGHT);
            info.flight_number =
                Some(join("flightNumber", self.flights.iter().map(|flight| &*flight.number))?);
            info.departure_time =
                Some(join("departureTime", self.flights.iter().map(|flight| &*flight.departure))?);
        }
        if !self.admission_notice_urls.is_empty() {
            types.push(STUDY);
            let urls = self.admission_notice_urls.iter().map(String::as_str);
            info.admission_notice_url = Some(join("admissionNoticeUrl", urls)?);
        }
        if !self.goods.is_empty() {
            types.push(TRADE);
            self.put_goods(&mut info)?;
        }
        if self.other || types.is_empty() {
            types.push(OTHER);
        }
        Ok(info.business_type(types.join("|")))
    }

    fn put_goods(&self, info: &mut ChinaExtraTransInfo) -> Result<()> {
        if self.goods.iter().any(|goods| goods.sku.contains('^')) {
            return Err(separator("goodsInfo", '^'));
        }
        let texts: Vec<String> =
            self.goods.iter().map(|goods| format!("{}^{}", goods.sku, goods.quantity)).collect();
        info.goods_info = Some(join("goodsInfo", texts.iter().map(String::as_str))?);
        let sum = self.goods.iter().try_fold(0_u64, |sum, goods| sum.checked_add(goods.quantity));
        let total = self
            .total_quantity
            .or(sum)
            .ok_or_else(|| invalid("totalQuantity", "there are too many goods to count"))?;
        info.total_quantity = Some(total);
        Ok(())
    }
}

fn join<'a>(field: &str, values: impl Iterator<Item = &'a str>) -> Result<String> {
    let values: Vec<&str> = values.collect();
    if values.iter().any(|value| value.contains('|')) {
        return Err(separator(field, '|'));
    }
    Ok(values.join("|"))
}

fn separator(field: &str, separator: char) -> Error {
    invalid(field, format!("a value holds the separator {separator}"))
}

fn invalid(field: &str, reason: impl Into<String>) -> Error {
    Error::new(ErrorCode::RequestInvalid, reason)
        .with_path(format!("order.env.extendInfo.chinaExtraTransInfo.{field}"))
}
