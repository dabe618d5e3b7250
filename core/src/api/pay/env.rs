//! Where the order is placed: till, terminal, device, and the extended information.

use std::fmt;

use crate::api::declare::{model, words};
use crate::api::model::{Case, Field, Kind, Member, Need, Path, Rule};
use crate::api::time::Time;
use crate::error::Result;
use crate::json::{Json, Object};

use super::china::ChinaExtraTransInfo;

/// Alipay requires the till where the customer stands at one; Alipay+ takes it and no longer asks for it.
const AT_THE_TILL: Need = Need::AMS.and(Need::PAYMENT_CODE.or(Need::ORDER_CODE));

words! {
    /// On what the merchant's side runs.
    pub enum TerminalType {
        /// A web site.
        Web = "WEB",
        /// A web page on a mobile phone.
        Wap = "WAP",
        /// An app.
        App = "APP",
        /// An app within a wallet.
        MiniApp = "MINI_APP",
    }

    /// The operating system of the customer's device.
    pub enum OsType {
        /// iOS.
        Ios = "IOS",
        /// Android.
        Android = "ANDROID",
    }
}

model! {
    /// The environment of the order. Source: Alipay, pay (consumer-presented mode), order.env.
    pub struct Env {
        /// On what the merchant's side runs.
        terminal_type: TerminalType = "terminalType" {},
        /// The operating system of the customer's device.
        os_type: OsType = "osType" {},
        /// The User-Agent header with which the wallet opened the merchant's page. Required for an entry code.
        user_agent: String = "userAgent" { need: Need::ENTRY_CODE },
        /// A token of the customer's device.
        device_token_id: String = "deviceTokenId" { max: 64 },
        /// The IP address of the customer's device.
        client_ip: String = "clientIp" { max: 64 },
        /// A cookie of the customer's device.
        cookie_id: String = "cookieId" {},
        /// The till. AMS requires it for payment code and order code.
        store_terminal_id: String = "storeTerminalId" { need: AT_THE_TILL, shown: true },
        /// When the till sent the request, with milliseconds. Left out, it is the time of the request.
        store_terminal_request_time: Time = "storeTerminalRequestTime" { need: AT_THE_TILL },
        /// Information for special cases, sent as JSON text in a string.
        extend_info: ExtendInfo = "extendInfo" { max: 2048 },
    }

    /// The members of [`ExtendInfo`].
    pub struct ExtendMembers {
        /// What Alipay in China asks to know about the trade.
        china_extra_trans_info: ChinaExtraTransInfo = "chinaExtraTransInfo" {},
    }
}

/// `extendInfo`: a text of at most 2048 characters, which holds a JSON object.
///
/// The page declares the field as a text and describes members of it; the SDKs of the gateway write the object
/// as JSON text into the string, and so does this type. On reading, an object that was not put into a string
/// is taken as well, and a text that is not a JSON object is kept as it is.
#[derive(Clone, PartialEq, Eq)]
pub enum ExtendInfo {
    /// An object of members.
    Members(Box<ExtendMembers>),
    /// A text of another form.
    Text(String),
}

impl From<ChinaExtraTransInfo> for ExtendInfo {
    fn from(info: ChinaExtraTransInfo) -> Self {
        ExtendMembers::new().china_extra_trans_info(info).into()
    }
}

impl From<ExtendMembers> for ExtendInfo {
    fn from(members: ExtendMembers) -> Self {
        ExtendInfo::Members(Box::new(members))
    }
}

impl fmt::Debug for ExtendInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExtendInfo::Members(members) => members.fmt(f),
            ExtendInfo::Text(text) => text.show(&Rule::PLAIN, f),
        }
    }
}

impl ExtendInfo {
    fn text(&self) -> String {
        match self {
            ExtendInfo::Members(members) => members.to_json().to_string(),
            ExtendInfo::Text(text) => text.clone(),
        }
    }
}

impl Member for ExtendInfo {
    const KIND: Kind = Kind::JsonText;
    const FIELDS: &'static [Field] = ExtendMembers::FIELDS;

    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(ExtendMembers::from_json(object).into()),
            Json::String(text) => Ok(match Object::parse(text.as_bytes()) {
                Ok(object) => ExtendMembers::from_json(object).into(),
                Err(_) => ExtendInfo::Text(text),
            }),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            ExtendInfo::Members(members) => Member::is_empty(&**members),
            ExtendInfo::Text(text) => text.is_empty(),
        }
    }

    fn write(&self) -> Json {
        self.text().into()
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        if let ExtendInfo::Members(members) = self {
            members.check_at(at, case)?;
        }
        self.text().check(rule, at, case)
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
