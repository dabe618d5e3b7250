//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/china.toml by `make generate`; do not edit.

use std::fmt;

use crate::api::misspelt;
use crate::api::model::Case;
use crate::api::model::Field;
use crate::api::model::Found;
use crate::api::model::Kind;
use crate::api::model::Member;
use crate::api::model::Names;
use crate::api::model::Need;
use crate::api::model::Path;
use crate::api::model::Rule;
use crate::api::model::Shown;
use crate::api::model::Slot;
use crate::api::model::misplaced;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// The texts as they are sent. `ChinaOrder` makes them from lists.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ChinaExtraTransInfo {
    /// One or more of 1 hotel, 2 flight, 3 study abroad, 4 trade, 5 other, joined by `|`. At most 16
    /// characters. Required.
    ///
    /// In JSON `businessType`.
    pub business_type: Option<String>,
    /// Flight numbers. Business type 2. At most 1000 characters.
    ///
    /// In JSON `flightNumber`.
    pub flight_number: Option<String>,
    /// Departures, `yyyy-MM-dd HH:mm`, one a flight. Business type 2.
    ///
    /// In JSON `departureTime`.
    pub departure_time: Option<String>,
    /// Hotels. Business type 1. At most 1000 characters.
    ///
    /// In JSON `hotelName`.
    pub hotel_name: Option<String>,
    /// Arrivals, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1.
    ///
    /// In JSON `checkinTime`.
    pub checkin_time: Option<String>,
    /// Departures, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1.
    ///
    /// In JSON `checkoutTime`.
    pub checkout_time: Option<String>,
    /// URLs of admission notices. Business type 3. At most 1000 characters.
    ///
    /// In JSON `admissionNoticeUrl`.
    pub admission_notice_url: Option<String>,
    /// Goods as `name^quantity`. Business type 4. At most 2000 characters.
    ///
    /// In JSON `goodsInfo`.
    pub goods_info: Option<String>,
    /// The number of all goods together. Business type 4.
    ///
    /// In JSON `totalQuantity`.
    pub total_quantity: Option<u64>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl ChinaExtraTransInfo {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "businessType",
            kind: Kind::Text,
            list: false,
            max: Some(16),
            need: Need::ALWAYS,
            fields: &[],
        },
        Field {
            name: "flightNumber",
            kind: Kind::Text,
            list: false,
            max: Some(1000),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "departureTime",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "hotelName",
            kind: Kind::Text,
            list: false,
            max: Some(1000),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "checkinTime",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "checkoutTime",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "admissionNoticeUrl",
            kind: Kind::Text,
            list: false,
            max: Some(1000),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "goodsInfo",
            kind: Kind::Text,
            list: false,
            max: Some(2000),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "totalQuantity",
            kind: Kind::Integer,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const BUSINESS_TYPE: Rule = Rule { max: 16, need: Need::ALWAYS, shown: true, ..Rule::PLAIN };
    const FLIGHT_NUMBER: Rule = Rule { max: 1000, ..Rule::PLAIN };
    const DEPARTURE_TIME: Rule = Rule::PLAIN;
    const HOTEL_NAME: Rule = Rule { max: 1000, ..Rule::PLAIN };
    const CHECKIN_TIME: Rule = Rule::PLAIN;
    const CHECKOUT_TIME: Rule = Rule::PLAIN;
    const ADMISSION_NOTICE_URL: Rule = Rule { max: 1000, ..Rule::PLAIN };
    const GOODS_INFO: Rule = Rule { max: 2000, ..Rule::PLAIN };
    const TOTAL_QUANTITY: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// One or more of 1 hotel, 2 flight, 3 study abroad, 4 trade, 5 other, joined by `|`. At most 16
    /// characters. Required.
    #[must_use]
    pub fn business_type(mut self, value: impl Into<String>) -> Self {
        self.business_type = Some(value.into());
        self
    }

    /// Flight numbers. Business type 2. At most 1000 characters.
    #[must_use]
    pub fn flight_number(mut self, value: impl Into<String>) -> Self {
        self.flight_number = Some(value.into());
        self
    }

    /// Departures, `yyyy-MM-dd HH:mm`, one a flight. Business type 2.
    #[must_use]
    pub fn departure_time(mut self, value: impl Into<String>) -> Self {
        self.departure_time = Some(value.into());
        self
    }

    /// Hotels. Business type 1. At most 1000 characters.
    #[must_use]
    pub fn hotel_name(mut self, value: impl Into<String>) -> Self {
        self.hotel_name = Some(value.into());
        self
    }

    /// Arrivals, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1.
    #[must_use]
    pub fn checkin_time(mut self, value: impl Into<String>) -> Self {
        self.checkin_time = Some(value.into());
        self
    }

    /// Departures, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1.
    #[must_use]
    pub fn checkout_time(mut self, value: impl Into<String>) -> Self {
        self.checkout_time = Some(value.into());
        self
    }

    /// URLs of admission notices. Business type 3. At most 1000 characters.
    #[must_use]
    pub fn admission_notice_url(mut self, value: impl Into<String>) -> Self {
        self.admission_notice_url = Some(value.into());
        self
    }

    /// Goods as `name^quantity`. Business type 4. At most 2000 characters.
    #[must_use]
    pub fn goods_info(mut self, value: impl Into<String>) -> Self {
        self.goods_info = Some(value.into());
        self
    }

    /// The number of all goods together. Business type 4.
    #[must_use]
    pub fn total_quantity(mut self, value: impl Into<u64>) -> Self {
        self.total_quantity = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            business_type: Slot::take("businessType", &Self::BUSINESS_TYPE, &mut object),
            flight_number: Slot::take("flightNumber", &Self::FLIGHT_NUMBER, &mut object),
            departure_time: Slot::take("departureTime", &Self::DEPARTURE_TIME, &mut object),
            hotel_name: Slot::take("hotelName", &Self::HOTEL_NAME, &mut object),
            checkin_time: Slot::take("checkinTime", &Self::CHECKIN_TIME, &mut object),
            checkout_time: Slot::take("checkoutTime", &Self::CHECKOUT_TIME, &mut object),
            admission_notice_url: Slot::take("admissionNoticeUrl", &Self::ADMISSION_NOTICE_URL, &mut object),
            goods_info: Slot::take("goodsInfo", &Self::GOODS_INFO, &mut object),
            total_quantity: Slot::take("totalQuantity", &Self::TOTAL_QUANTITY, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.business_type.put("businessType", &mut object);
        self.flight_number.put("flightNumber", &mut object);
        self.departure_time.put("departureTime", &mut object);
        self.hotel_name.put("hotelName", &mut object);
        self.checkin_time.put("checkinTime", &mut object);
        self.checkout_time.put("checkoutTime", &mut object);
        self.admission_notice_url.put("admissionNoticeUrl", &mut object);
        self.goods_info.put("goodsInfo", &mut object);
        self.total_quantity.put("totalQuantity", &mut object);
        for (name, json) in self.extra.iter() {
            if object.get(name).is_none() {
                object.set(name.to_owned(), json.clone());
            }
        }
        object
    }

    pub(crate) fn check_at(&self, at: &Path<'_>, case: Case) -> Result<()> {
        for (name, json) in self.extra.iter() {
            let at = at.member(name);
            match name {
                "businessType" => return Err(misplaced(&self.business_type, json, &at)),
                "flightNumber" => return Err(misplaced(&self.flight_number, json, &at)),
                "departureTime" => return Err(misplaced(&self.departure_time, json, &at)),
                "hotelName" => return Err(misplaced(&self.hotel_name, json, &at)),
                "checkinTime" => return Err(misplaced(&self.checkin_time, json, &at)),
                "checkoutTime" => return Err(misplaced(&self.checkout_time, json, &at)),
                "admissionNoticeUrl" => return Err(misplaced(&self.admission_notice_url, json, &at)),
                "goodsInfo" => return Err(misplaced(&self.goods_info, json, &at)),
                "totalQuantity" => return Err(misplaced(&self.total_quantity, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.business_type.check(&Self::BUSINESS_TYPE, &at.member("businessType"), case));
        found.add(self.flight_number.check(&Self::FLIGHT_NUMBER, &at.member("flightNumber"), case));
        found.add(self.departure_time.check(&Self::DEPARTURE_TIME, &at.member("departureTime"), case));
        found.add(self.hotel_name.check(&Self::HOTEL_NAME, &at.member("hotelName"), case));
        found.add(self.checkin_time.check(&Self::CHECKIN_TIME, &at.member("checkinTime"), case));
        found.add(self.checkout_time.check(&Self::CHECKOUT_TIME, &at.member("checkoutTime"), case));
        found.add(self.admission_notice_url.check(
            &Self::ADMISSION_NOTICE_URL,
            &at.member("admissionNoticeUrl"),
            case,
        ));
        found.add(self.goods_info.check(&Self::GOODS_INFO, &at.member("goodsInfo"), case));
        found.add(self.total_quantity.check(&Self::TOTAL_QUANTITY, &at.member("totalQuantity"), case));
        found.add(self.check_more(at, case));
        found.into_result()
    }
}

impl Member for ChinaExtraTransInfo {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(ChinaExtraTransInfo::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.business_type.is_set()
            && !self.flight_number.is_set()
            && !self.departure_time.is_set()
            && !self.hotel_name.is_set()
            && !self.checkin_time.is_set()
            && !self.checkout_time.is_set()
            && !self.admission_notice_url.is_set()
            && !self.goods_info.is_set()
            && !self.total_quantity.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        ChinaExtraTransInfo::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for ChinaExtraTransInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ChinaExtraTransInfo");
        if self.business_type.is_set() {
            shown.field("business_type", &Shown(&self.business_type, &Self::BUSINESS_TYPE));
        }
        if self.flight_number.is_set() {
            shown.field("flight_number", &Shown(&self.flight_number, &Self::FLIGHT_NUMBER));
        }
        if self.departure_time.is_set() {
            shown.field("departure_time", &Shown(&self.departure_time, &Self::DEPARTURE_TIME));
        }
        if self.hotel_name.is_set() {
            shown.field("hotel_name", &Shown(&self.hotel_name, &Self::HOTEL_NAME));
        }
        if self.checkin_time.is_set() {
            shown.field("checkin_time", &Shown(&self.checkin_time, &Self::CHECKIN_TIME));
        }
        if self.checkout_time.is_set() {
            shown.field("checkout_time", &Shown(&self.checkout_time, &Self::CHECKOUT_TIME));
        }
        if self.admission_notice_url.is_set() {
            shown.field(
                "admission_notice_url",
                &Shown(&self.admission_notice_url, &Self::ADMISSION_NOTICE_URL),
            );
        }
        if self.goods_info.is_set() {
            shown.field("goods_info", &Shown(&self.goods_info, &Self::GOODS_INFO));
        }
        if self.total_quantity.is_set() {
            shown.field("total_quantity", &Shown(&self.total_quantity, &Self::TOTAL_QUANTITY));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
