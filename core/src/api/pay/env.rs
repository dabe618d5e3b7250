//! The extended information of an order, an object that is sent as text.

use std::fmt;

use crate::api::model::{Case, Member, Path, Rule};
use crate::error::Result;
use crate::json::{Json, Object};

use super::{ChinaExtraTransInfo, ExtendMembers};

/// `extendInfo`: a text of at most 2048 characters, which holds a JSON object.
///
/// The page declares the field as a text and describes members of it; the SDKs of the gateway write the object
/// as JSON text into the string, and so does this type. On reading, an object that was not put into a string
/// is taken as well, and a text that is not a JSON object is kept as it is.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
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
