//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/env.toml by `make generate`; do not edit.

use std::fmt;

use super::ChinaExtraTransInfo;
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
use crate::api::pay::ExtendInfo;
use crate::api::time::Time;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// On what the merchant's side runs.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TerminalType {
    /// A web site.
    ///
    /// `WEB`
    Web,
    /// A web page on a mobile phone.
    ///
    /// `WAP`
    Wap,
    /// An app.
    ///
    /// `APP`
    App,
    /// An app within a wallet.
    ///
    /// `MINI_APP`
    MiniApp,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl TerminalType {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            TerminalType::Web => "WEB",
            TerminalType::Wap => "WAP",
            TerminalType::App => "APP",
            TerminalType::MiniApp => "MINI_APP",
            TerminalType::Other(word) => word,
        }
    }
}

impl From<&str> for TerminalType {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("WEB") {
            return TerminalType::Web;
        }
        if word.eq_ignore_ascii_case("WAP") {
            return TerminalType::Wap;
        }
        if word.eq_ignore_ascii_case("APP") {
            return TerminalType::App;
        }
        if word.eq_ignore_ascii_case("MINI_APP") {
            return TerminalType::MiniApp;
        }
        TerminalType::Other(word.to_owned())
    }
}

impl Member for TerminalType {
    fn read(json: Json) -> Result<Self, Json> {
        match json.scalar() {
            Some(word) if !word.is_empty() => Ok(Self::from(word.as_ref())),
            _ => Err(json),
        }
    }

    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {
        match self {
            TerminalType::Other(_) => Err(at.invalid("must be one of: WEB WAP APP MINI_APP")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The operating system of the customer's device.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OsType {
    /// iOS.
    ///
    /// `IOS`
    Ios,
    /// Android.
    ///
    /// `ANDROID`
    Android,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl OsType {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            OsType::Ios => "IOS",
            OsType::Android => "ANDROID",
            OsType::Other(word) => word,
        }
    }
}

impl From<&str> for OsType {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("IOS") {
            return OsType::Ios;
        }
        if word.eq_ignore_ascii_case("ANDROID") {
            return OsType::Android;
        }
        OsType::Other(word.to_owned())
    }
}

impl Member for OsType {
    fn read(json: Json) -> Result<Self, Json> {
        match json.scalar() {
            Some(word) if !word.is_empty() => Ok(Self::from(word.as_ref())),
            _ => Err(json),
        }
    }

    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {
        match self {
            OsType::Other(_) => Err(at.invalid("must be one of: IOS ANDROID")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The environment of the order. Source: Alipay, pay (consumer-presented mode), order.env.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Env {
    /// On what the merchant's side runs.
    ///
    /// In JSON `terminalType`.
    pub terminal_type: Option<TerminalType>,
    /// The operating system of the customer's device.
    ///
    /// In JSON `osType`.
    pub os_type: Option<OsType>,
    /// The User-Agent header with which the wallet opened the merchant's page. Required for an entry code.
    ///
    /// In JSON `userAgent`.
    pub user_agent: Option<String>,
    /// A token of the customer's device. At most 64 characters.
    ///
    /// In JSON `deviceTokenId`.
    pub device_token_id: Option<String>,
    /// The IP address of the customer's device. At most 64 characters.
    ///
    /// In JSON `clientIp`.
    pub client_ip: Option<String>,
    /// A cookie of the customer's device.
    ///
    /// In JSON `cookieId`.
    pub cookie_id: Option<String>,
    /// The till. AMS requires it for payment code and order code.
    ///
    /// In JSON `storeTerminalId`.
    pub store_terminal_id: Option<String>,
    /// When the till sent the request, with milliseconds. Left out, it is the time of the request.
    ///
    /// In JSON `storeTerminalRequestTime`.
    pub store_terminal_request_time: Option<Time>,
    /// Information for special cases, sent as JSON text in a string. At most 2048 characters.
    ///
    /// In JSON `extendInfo`.
    pub extend_info: Option<ExtendInfo>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl Env {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "terminalType",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field { name: "osType", kind: Kind::Word, list: false, max: None, need: Need::NEVER, fields: &[] },
        Field {
            name: "userAgent",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::ENTRY_CODE,
            fields: &[],
        },
        Field {
            name: "deviceTokenId",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "clientIp",
            kind: Kind::Text,
            list: false,
            max: Some(64),
            need: Need::NEVER,
            fields: &[],
        },
        Field { name: "cookieId", kind: Kind::Text, list: false, max: None, need: Need::NEVER, fields: &[] },
        Field {
            name: "storeTerminalId",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::AMS.and(Need::PAYMENT_CODE).or(Need::AMS.and(Need::ORDER_CODE)),
            fields: &[],
        },
        Field {
            name: "storeTerminalRequestTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::AMS.and(Need::PAYMENT_CODE).or(Need::AMS.and(Need::ORDER_CODE)),
            fields: &[],
        },
        Field {
            name: "extendInfo",
            kind: Kind::JsonText,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: ExtendMembers::FIELDS,
        },
    ];

    const TERMINAL_TYPE: Rule = Rule::PLAIN;
    const OS_TYPE: Rule = Rule::PLAIN;
    const USER_AGENT: Rule = Rule { need: Need::ENTRY_CODE, ..Rule::PLAIN };
    const DEVICE_TOKEN_ID: Rule = Rule { max: 64, ..Rule::PLAIN };
    const CLIENT_IP: Rule = Rule { max: 64, ..Rule::PLAIN };
    const COOKIE_ID: Rule = Rule::PLAIN;
    const STORE_TERMINAL_ID: Rule = Rule {
        need: Need::AMS.and(Need::PAYMENT_CODE).or(Need::AMS.and(Need::ORDER_CODE)),
        shown: true,
        ..Rule::PLAIN
    };
    const STORE_TERMINAL_REQUEST_TIME: Rule =
        Rule { need: Need::AMS.and(Need::PAYMENT_CODE).or(Need::AMS.and(Need::ORDER_CODE)), ..Rule::PLAIN };
    const EXTEND_INFO: Rule = Rule { max: 2048, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// On what the merchant's side runs.
    #[must_use]
    pub fn terminal_type(mut self, value: impl Into<TerminalType>) -> Self {
        self.terminal_type = Some(value.into());
        self
    }

    /// The operating system of the customer's device.
    #[must_use]
    pub fn os_type(mut self, value: impl Into<OsType>) -> Self {
        self.os_type = Some(value.into());
        self
    }

    /// The User-Agent header with which the wallet opened the merchant's page. Required for an entry code.
    #[must_use]
    pub fn user_agent(mut self, value: impl Into<String>) -> Self {
        self.user_agent = Some(value.into());
        self
    }

    /// A token of the customer's device. At most 64 characters.
    #[must_use]
    pub fn device_token_id(mut self, value: impl Into<String>) -> Self {
        self.device_token_id = Some(value.into());
        self
    }

    /// The IP address of the customer's device. At most 64 characters.
    #[must_use]
    pub fn client_ip(mut self, value: impl Into<String>) -> Self {
        self.client_ip = Some(value.into());
        self
    }

    /// A cookie of the customer's device.
    #[must_use]
    pub fn cookie_id(mut self, value: impl Into<String>) -> Self {
        self.cookie_id = Some(value.into());
        self
    }

    /// The till. AMS requires it for payment code and order code.
    #[must_use]
    pub fn store_terminal_id(mut self, value: impl Into<String>) -> Self {
        self.store_terminal_id = Some(value.into());
        self
    }

    /// When the till sent the request, with milliseconds. Left out, it is the time of the request.
    #[must_use]
    pub fn store_terminal_request_time(mut self, value: impl Into<Time>) -> Self {
        self.store_terminal_request_time = Some(value.into());
        self
    }

    /// Information for special cases, sent as JSON text in a string. At most 2048 characters.
    #[must_use]
    pub fn extend_info(mut self, value: impl Into<ExtendInfo>) -> Self {
        self.extend_info = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            terminal_type: Slot::take("terminalType", &Self::TERMINAL_TYPE, &mut object),
            os_type: Slot::take("osType", &Self::OS_TYPE, &mut object),
            user_agent: Slot::take("userAgent", &Self::USER_AGENT, &mut object),
            device_token_id: Slot::take("deviceTokenId", &Self::DEVICE_TOKEN_ID, &mut object),
            client_ip: Slot::take("clientIp", &Self::CLIENT_IP, &mut object),
            cookie_id: Slot::take("cookieId", &Self::COOKIE_ID, &mut object),
            store_terminal_id: Slot::take("storeTerminalId", &Self::STORE_TERMINAL_ID, &mut object),
            store_terminal_request_time: Slot::take(
                "storeTerminalRequestTime",
                &Self::STORE_TERMINAL_REQUEST_TIME,
                &mut object,
            ),
            extend_info: Slot::take("extendInfo", &Self::EXTEND_INFO, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.terminal_type.put("terminalType", &mut object);
        self.os_type.put("osType", &mut object);
        self.user_agent.put("userAgent", &mut object);
        self.device_token_id.put("deviceTokenId", &mut object);
        self.client_ip.put("clientIp", &mut object);
        self.cookie_id.put("cookieId", &mut object);
        self.store_terminal_id.put("storeTerminalId", &mut object);
        self.store_terminal_request_time.put("storeTerminalRequestTime", &mut object);
        self.extend_info.put("extendInfo", &mut object);
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
                "terminalType" => return Err(misplaced(&self.terminal_type, json, &at)),
                "osType" => return Err(misplaced(&self.os_type, json, &at)),
                "userAgent" => return Err(misplaced(&self.user_agent, json, &at)),
                "deviceTokenId" => return Err(misplaced(&self.device_token_id, json, &at)),
                "clientIp" => return Err(misplaced(&self.client_ip, json, &at)),
                "cookieId" => return Err(misplaced(&self.cookie_id, json, &at)),
                "storeTerminalId" => return Err(misplaced(&self.store_terminal_id, json, &at)),
                "storeTerminalRequestTime" => {
                    return Err(misplaced(&self.store_terminal_request_time, json, &at));
                }
                "extendInfo" => return Err(misplaced(&self.extend_info, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.terminal_type.check(&Self::TERMINAL_TYPE, &at.member("terminalType"), case));
        found.add(self.os_type.check(&Self::OS_TYPE, &at.member("osType"), case));
        found.add(self.user_agent.check(&Self::USER_AGENT, &at.member("userAgent"), case));
        found.add(self.device_token_id.check(&Self::DEVICE_TOKEN_ID, &at.member("deviceTokenId"), case));
        found.add(self.client_ip.check(&Self::CLIENT_IP, &at.member("clientIp"), case));
        found.add(self.cookie_id.check(&Self::COOKIE_ID, &at.member("cookieId"), case));
        found.add(self.store_terminal_id.check(
            &Self::STORE_TERMINAL_ID,
            &at.member("storeTerminalId"),
            case,
        ));
        found.add(self.store_terminal_request_time.check(
            &Self::STORE_TERMINAL_REQUEST_TIME,
            &at.member("storeTerminalRequestTime"),
            case,
        ));
        found.add(self.extend_info.check(&Self::EXTEND_INFO, &at.member("extendInfo"), case));
        found.into_result()
    }
}

impl Member for Env {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(Env::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.terminal_type.is_set()
            && !self.os_type.is_set()
            && !self.user_agent.is_set()
            && !self.device_token_id.is_set()
            && !self.client_ip.is_set()
            && !self.cookie_id.is_set()
            && !self.store_terminal_id.is_set()
            && !self.store_terminal_request_time.is_set()
            && !self.extend_info.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        Env::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Env");
        if self.terminal_type.is_set() {
            shown.field("terminal_type", &Shown(&self.terminal_type, &Self::TERMINAL_TYPE));
        }
        if self.os_type.is_set() {
            shown.field("os_type", &Shown(&self.os_type, &Self::OS_TYPE));
        }
        if self.user_agent.is_set() {
            shown.field("user_agent", &Shown(&self.user_agent, &Self::USER_AGENT));
        }
        if self.device_token_id.is_set() {
            shown.field("device_token_id", &Shown(&self.device_token_id, &Self::DEVICE_TOKEN_ID));
        }
        if self.client_ip.is_set() {
            shown.field("client_ip", &Shown(&self.client_ip, &Self::CLIENT_IP));
        }
        if self.cookie_id.is_set() {
            shown.field("cookie_id", &Shown(&self.cookie_id, &Self::COOKIE_ID));
        }
        if self.store_terminal_id.is_set() {
            shown.field("store_terminal_id", &Shown(&self.store_terminal_id, &Self::STORE_TERMINAL_ID));
        }
        if self.store_terminal_request_time.is_set() {
            shown.field(
                "store_terminal_request_time",
                &Shown(&self.store_terminal_request_time, &Self::STORE_TERMINAL_REQUEST_TIME),
            );
        }
        if self.extend_info.is_set() {
            shown.field("extend_info", &Shown(&self.extend_info, &Self::EXTEND_INFO));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The members of `extend_info`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ExtendMembers {
    /// What Alipay in China asks to know about the trade.
    ///
    /// In JSON `chinaExtraTransInfo`.
    pub china_extra_trans_info: Option<ChinaExtraTransInfo>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl ExtendMembers {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[Field {
        name: "chinaExtraTransInfo",
        kind: Kind::Object,
        list: false,
        max: None,
        need: Need::NEVER,
        fields: ChinaExtraTransInfo::FIELDS,
    }];

    const CHINA_EXTRA_TRANS_INFO: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// What Alipay in China asks to know about the trade.
    #[must_use]
    pub fn china_extra_trans_info(mut self, value: impl Into<ChinaExtraTransInfo>) -> Self {
        self.china_extra_trans_info = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            china_extra_trans_info: Slot::take(
                "chinaExtraTransInfo",
                &Self::CHINA_EXTRA_TRANS_INFO,
                &mut object,
            ),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.china_extra_trans_info.put("chinaExtraTransInfo", &mut object);
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
                "chinaExtraTransInfo" => return Err(misplaced(&self.china_extra_trans_info, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.china_extra_trans_info.check(
            &Self::CHINA_EXTRA_TRANS_INFO,
            &at.member("chinaExtraTransInfo"),
            case,
        ));
        found.into_result()
    }
}

impl Member for ExtendMembers {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(ExtendMembers::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty() && !self.china_extra_trans_info.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        ExtendMembers::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for ExtendMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ExtendMembers");
        if self.china_extra_trans_info.is_set() {
            shown.field(
                "china_extra_trans_info",
                &Shown(&self.china_extra_trans_info, &Self::CHINA_EXTRA_TRANS_INFO),
            );
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
