//! Messages and their parts, as plain structs.
//!
//! Generated from schema/messages/forms.toml by `make generate`; do not edit.

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
use crate::api::time::Time;
use crate::error::Error;
use crate::error::Result;
use crate::json::{Json, Object};

/// What the customer is asked for.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChallengeType {
    /// A one-time password by text message.
    ///
    /// `SMS_OTP`
    SmsOtp,
    /// The number of the card.
    ///
    /// `PLAINTEXT_CARD_NO`
    PlaintextCardNo,
    /// The expiry date of the card.
    ///
    /// `CARD_EXPIRE_DATE`
    CardExpireDate,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl ChallengeType {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            ChallengeType::SmsOtp => "SMS_OTP",
            ChallengeType::PlaintextCardNo => "PLAINTEXT_CARD_NO",
            ChallengeType::CardExpireDate => "CARD_EXPIRE_DATE",
            ChallengeType::Other(word) => word,
        }
    }
}

impl From<&str> for ChallengeType {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("SMS_OTP") {
            return ChallengeType::SmsOtp;
        }
        if word.eq_ignore_ascii_case("PLAINTEXT_CARD_NO") {
            return ChallengeType::PlaintextCardNo;
        }
        if word.eq_ignore_ascii_case("CARD_EXPIRE_DATE") {
            return ChallengeType::CardExpireDate;
        }
        ChallengeType::Other(word.to_owned())
    }
}

impl Member for ChallengeType {
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
            ChallengeType::Other(_) => {
                Err(at.invalid("must be one of: SMS_OTP PLAINTEXT_CARD_NO CARD_EXPIRE_DATE"))
            }
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Who asks.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChallengeTrigger {
    /// Alipay.
    ///
    /// `AMS`
    Ams,
    /// Somebody else.
    ///
    /// `CHANNEL`
    Channel,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl ChallengeTrigger {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            ChallengeTrigger::Ams => "AMS",
            ChallengeTrigger::Channel => "CHANNEL",
            ChallengeTrigger::Other(word) => word,
        }
    }
}

impl From<&str> for ChallengeTrigger {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("AMS") {
            return ChallengeTrigger::Ams;
        }
        if word.eq_ignore_ascii_case("CHANNEL") {
            return ChallengeTrigger::Channel;
        }
        ChallengeTrigger::Other(word.to_owned())
    }
}

impl Member for ChallengeTrigger {
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
            ChallengeTrigger::Other(_) => Err(at.invalid("must be one of: AMS CHANNEL")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// How the customer gets to the redirect URL.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectMethod {
    /// By a form that is posted, with the form's parameters.
    ///
    /// `POST`
    Post,
    /// By opening the URL.
    ///
    /// `GET`
    Get,
    /// By scanning the URL as a code.
    ///
    /// `SCAN`
    Scan,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl RedirectMethod {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            RedirectMethod::Post => "POST",
            RedirectMethod::Get => "GET",
            RedirectMethod::Scan => "SCAN",
            RedirectMethod::Other(word) => word,
        }
    }
}

impl From<&str> for RedirectMethod {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("POST") {
            return RedirectMethod::Post;
        }
        if word.eq_ignore_ascii_case("GET") {
            return RedirectMethod::Get;
        }
        if word.eq_ignore_ascii_case("SCAN") {
            return RedirectMethod::Scan;
        }
        RedirectMethod::Other(word.to_owned())
    }
}

impl Member for RedirectMethod {
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
            RedirectMethod::Other(_) => Err(at.invalid("must be one of: POST GET SCAN")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The kind of a code.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeValueType {
    /// A bar code.
    ///
    /// `BARCODE`
    Barcode,
    /// A QR code.
    ///
    /// `QRCODE`
    Qrcode,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl CodeValueType {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            CodeValueType::Barcode => "BARCODE",
            CodeValueType::Qrcode => "QRCODE",
            CodeValueType::Other(word) => word,
        }
    }
}

impl From<&str> for CodeValueType {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("BARCODE") {
            return CodeValueType::Barcode;
        }
        if word.eq_ignore_ascii_case("QRCODE") {
            return CodeValueType::Qrcode;
        }
        CodeValueType::Other(word.to_owned())
    }
}

impl Member for CodeValueType {
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
            CodeValueType::Other(_) => Err(at.invalid("must be one of: BARCODE QRCODE")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// How a code is shown.
///
/// Another word is kept as text, never mistaken for one of these. Words are compared without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DisplayType {
    /// As text.
    ///
    /// `TEXT`
    Text,
    /// As an image of middle size.
    ///
    /// `MIDDLEIMAGE`
    MiddleImage,
    /// As a small image.
    ///
    /// `SMALLIMAGE`
    SmallImage,
    /// As a big image.
    ///
    /// `BIGIMAGE`
    BigImage,
    /// A word that the documents do not list, as it came.
    Other(String),
}

impl DisplayType {
    /// The word as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            DisplayType::Text => "TEXT",
            DisplayType::MiddleImage => "MIDDLEIMAGE",
            DisplayType::SmallImage => "SMALLIMAGE",
            DisplayType::BigImage => "BIGIMAGE",
            DisplayType::Other(word) => word,
        }
    }
}

impl From<&str> for DisplayType {
    fn from(word: &str) -> Self {
        if word.eq_ignore_ascii_case("TEXT") {
            return DisplayType::Text;
        }
        if word.eq_ignore_ascii_case("MIDDLEIMAGE") {
            return DisplayType::MiddleImage;
        }
        if word.eq_ignore_ascii_case("SMALLIMAGE") {
            return DisplayType::SmallImage;
        }
        if word.eq_ignore_ascii_case("BIGIMAGE") {
            return DisplayType::BigImage;
        }
        DisplayType::Other(word.to_owned())
    }
}

impl Member for DisplayType {
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
            DisplayType::Other(_) => Err(at.invalid("must be one of: TEXT MIDDLEIMAGE SMALLIMAGE BIGIMAGE")),
            _ => Ok(()),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A challenge.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChallengeActionForm {
    /// What the customer is asked for.
    ///
    /// In JSON `challengeType`.
    pub challenge_type: Option<ChallengeType>,
    /// What is shown.
    ///
    /// In JSON `challengeRenderValue`.
    pub challenge_render_value: Option<String>,
    /// Who asks.
    ///
    /// In JSON `triggerSource`.
    pub trigger_source: Option<ChallengeTrigger>,
    /// More, as text.
    ///
    /// In JSON `extendInfo`.
    pub extend_info: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl ChallengeActionForm {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "challengeType",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "challengeRenderValue",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "triggerSource",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "extendInfo",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const CHALLENGE_TYPE: Rule = Rule::PLAIN;
    const CHALLENGE_RENDER_VALUE: Rule = Rule::PLAIN;
    const TRIGGER_SOURCE: Rule = Rule::PLAIN;
    const EXTEND_INFO: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the customer is asked for.
    #[must_use]
    pub fn challenge_type(mut self, value: impl Into<ChallengeType>) -> Self {
        self.challenge_type = Some(value.into());
        self
    }

    /// What is shown.
    #[must_use]
    pub fn challenge_render_value(mut self, value: impl Into<String>) -> Self {
        self.challenge_render_value = Some(value.into());
        self
    }

    /// Who asks.
    #[must_use]
    pub fn trigger_source(mut self, value: impl Into<ChallengeTrigger>) -> Self {
        self.trigger_source = Some(value.into());
        self
    }

    /// More, as text.
    #[must_use]
    pub fn extend_info(mut self, value: impl Into<String>) -> Self {
        self.extend_info = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            challenge_type: Slot::take("challengeType", &Self::CHALLENGE_TYPE, &mut object),
            challenge_render_value: Slot::take(
                "challengeRenderValue",
                &Self::CHALLENGE_RENDER_VALUE,
                &mut object,
            ),
            trigger_source: Slot::take("triggerSource", &Self::TRIGGER_SOURCE, &mut object),
            extend_info: Slot::take("extendInfo", &Self::EXTEND_INFO, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.challenge_type.put("challengeType", &mut object);
        self.challenge_render_value.put("challengeRenderValue", &mut object);
        self.trigger_source.put("triggerSource", &mut object);
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
                "challengeType" => return Err(misplaced(&self.challenge_type, json, &at)),
                "challengeRenderValue" => return Err(misplaced(&self.challenge_render_value, json, &at)),
                "triggerSource" => return Err(misplaced(&self.trigger_source, json, &at)),
                "extendInfo" => return Err(misplaced(&self.extend_info, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.challenge_type.check(&Self::CHALLENGE_TYPE, &at.member("challengeType"), case));
        found.add(self.challenge_render_value.check(
            &Self::CHALLENGE_RENDER_VALUE,
            &at.member("challengeRenderValue"),
            case,
        ));
        found.add(self.trigger_source.check(&Self::TRIGGER_SOURCE, &at.member("triggerSource"), case));
        found.add(self.extend_info.check(&Self::EXTEND_INFO, &at.member("extendInfo"), case));
        found.into_result()
    }
}

impl Member for ChallengeActionForm {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(ChallengeActionForm::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.challenge_type.is_set()
            && !self.challenge_render_value.is_set()
            && !self.trigger_source.is_set()
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
        ChallengeActionForm::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for ChallengeActionForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ChallengeActionForm");
        if self.challenge_type.is_set() {
            shown.field("challenge_type", &Shown(&self.challenge_type, &Self::CHALLENGE_TYPE));
        }
        if self.challenge_render_value.is_set() {
            shown.field(
                "challenge_render_value",
                &Shown(&self.challenge_render_value, &Self::CHALLENGE_RENDER_VALUE),
            );
        }
        if self.trigger_source.is_set() {
            shown.field("trigger_source", &Shown(&self.trigger_source, &Self::TRIGGER_SOURCE));
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

/// A redirect of the customer's wallet.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedirectActionForm {
    /// How.
    ///
    /// In JSON `method`.
    pub method: Option<RedirectMethod>,
    /// Where to. At most 2048 characters.
    ///
    /// In JSON `redirectUrl`.
    pub redirect_url: Option<String>,
    /// The parameters of the form, for POST. At most 2048 characters.
    ///
    /// In JSON `parameters`.
    pub parameters: Option<String>,
    /// The kind of the form. At most 32 characters.
    ///
    /// In JSON `actionFormType`.
    pub action_form_type: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl RedirectActionForm {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field { name: "method", kind: Kind::Word, list: false, max: None, need: Need::NEVER, fields: &[] },
        Field {
            name: "redirectUrl",
            kind: Kind::Text,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "parameters",
            kind: Kind::Text,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "actionFormType",
            kind: Kind::Text,
            list: false,
            max: Some(32),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const METHOD: Rule = Rule::PLAIN;
    const REDIRECT_URL: Rule = Rule { max: 2048, ..Rule::PLAIN };
    const PARAMETERS: Rule = Rule { max: 2048, ..Rule::PLAIN };
    const ACTION_FORM_TYPE: Rule = Rule { max: 32, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How.
    #[must_use]
    pub fn method(mut self, value: impl Into<RedirectMethod>) -> Self {
        self.method = Some(value.into());
        self
    }

    /// Where to. At most 2048 characters.
    #[must_use]
    pub fn redirect_url(mut self, value: impl Into<String>) -> Self {
        self.redirect_url = Some(value.into());
        self
    }

    /// The parameters of the form, for POST. At most 2048 characters.
    #[must_use]
    pub fn parameters(mut self, value: impl Into<String>) -> Self {
        self.parameters = Some(value.into());
        self
    }

    /// The kind of the form. At most 32 characters.
    #[must_use]
    pub fn action_form_type(mut self, value: impl Into<String>) -> Self {
        self.action_form_type = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            method: Slot::take("method", &Self::METHOD, &mut object),
            redirect_url: Slot::take("redirectUrl", &Self::REDIRECT_URL, &mut object),
            parameters: Slot::take("parameters", &Self::PARAMETERS, &mut object),
            action_form_type: Slot::take("actionFormType", &Self::ACTION_FORM_TYPE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.method.put("method", &mut object);
        self.redirect_url.put("redirectUrl", &mut object);
        self.parameters.put("parameters", &mut object);
        self.action_form_type.put("actionFormType", &mut object);
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
                "method" => return Err(misplaced(&self.method, json, &at)),
                "redirectUrl" => return Err(misplaced(&self.redirect_url, json, &at)),
                "parameters" => return Err(misplaced(&self.parameters, json, &at)),
                "actionFormType" => return Err(misplaced(&self.action_form_type, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.method.check(&Self::METHOD, &at.member("method"), case));
        found.add(self.redirect_url.check(&Self::REDIRECT_URL, &at.member("redirectUrl"), case));
        found.add(self.parameters.check(&Self::PARAMETERS, &at.member("parameters"), case));
        found.add(self.action_form_type.check(&Self::ACTION_FORM_TYPE, &at.member("actionFormType"), case));
        found.into_result()
    }
}

impl Member for RedirectActionForm {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(RedirectActionForm::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.method.is_set()
            && !self.redirect_url.is_set()
            && !self.parameters.is_set()
            && !self.action_form_type.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        RedirectActionForm::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for RedirectActionForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RedirectActionForm");
        if self.method.is_set() {
            shown.field("method", &Shown(&self.method, &Self::METHOD));
        }
        if self.redirect_url.is_set() {
            shown.field("redirect_url", &Shown(&self.redirect_url, &Self::REDIRECT_URL));
        }
        if self.parameters.is_set() {
            shown.field("parameters", &Shown(&self.parameters, &Self::PARAMETERS));
        }
        if self.action_form_type.is_set() {
            shown.field("action_form_type", &Shown(&self.action_form_type, &Self::ACTION_FORM_TYPE));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}

/// The code of an order, for the customer to scan.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrderCodeForm {
    /// The wallet that can pay it.
    ///
    /// In JSON `paymentMethodType`.
    pub payment_method_type: Option<String>,
    /// Until when it can be paid.
    ///
    /// In JSON `expireTime`.
    pub expire_time: Option<Time>,
    /// The same code in several forms. At most 4 elements.
    ///
    /// In JSON `codeDetails`.
    pub code_details: Vec<CodeDetail>,
    /// More, as text. At most 2048 characters.
    ///
    /// In JSON `extendInfo`.
    pub extend_info: Option<String>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl OrderCodeForm {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "paymentMethodType",
            kind: Kind::Text,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "expireTime",
            kind: Kind::Time,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "codeDetails",
            kind: Kind::Object,
            list: true,
            max: Some(4),
            need: Need::NEVER,
            fields: CodeDetail::FIELDS,
        },
        Field {
            name: "extendInfo",
            kind: Kind::Text,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const PAYMENT_METHOD_TYPE: Rule = Rule { shown: true, ..Rule::PLAIN };
    const EXPIRE_TIME: Rule = Rule::PLAIN;
    const CODE_DETAILS: Rule = Rule { max: 4, ..Rule::PLAIN };
    const EXTEND_INFO: Rule = Rule { max: 2048, ..Rule::PLAIN };

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The wallet that can pay it.
    #[must_use]
    pub fn payment_method_type(mut self, value: impl Into<String>) -> Self {
        self.payment_method_type = Some(value.into());
        self
    }

    /// Until when it can be paid.
    #[must_use]
    pub fn expire_time(mut self, value: impl Into<Time>) -> Self {
        self.expire_time = Some(value.into());
        self
    }

    /// The same code in several forms. At most 4 elements.
    #[must_use]
    pub fn code_details(mut self, values: impl IntoIterator<Item = CodeDetail>) -> Self {
        self.code_details = values.into_iter().collect();
        self
    }

    /// More, as text. At most 2048 characters.
    #[must_use]
    pub fn extend_info(mut self, value: impl Into<String>) -> Self {
        self.extend_info = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            payment_method_type: Slot::take("paymentMethodType", &Self::PAYMENT_METHOD_TYPE, &mut object),
            expire_time: Slot::take("expireTime", &Self::EXPIRE_TIME, &mut object),
            code_details: Slot::take("codeDetails", &Self::CODE_DETAILS, &mut object),
            extend_info: Slot::take("extendInfo", &Self::EXTEND_INFO, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.payment_method_type.put("paymentMethodType", &mut object);
        self.expire_time.put("expireTime", &mut object);
        self.code_details.put("codeDetails", &mut object);
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
                "paymentMethodType" => return Err(misplaced(&self.payment_method_type, json, &at)),
                "expireTime" => return Err(misplaced(&self.expire_time, json, &at)),
                "codeDetails" => return Err(misplaced(&self.code_details, json, &at)),
                "extendInfo" => return Err(misplaced(&self.extend_info, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.payment_method_type.check(
            &Self::PAYMENT_METHOD_TYPE,
            &at.member("paymentMethodType"),
            case,
        ));
        found.add(self.expire_time.check(&Self::EXPIRE_TIME, &at.member("expireTime"), case));
        found.add(self.code_details.check(&Self::CODE_DETAILS, &at.member("codeDetails"), case));
        found.add(self.extend_info.check(&Self::EXTEND_INFO, &at.member("extendInfo"), case));
        found.into_result()
    }
}

impl Member for OrderCodeForm {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(OrderCodeForm::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.payment_method_type.is_set()
            && !self.expire_time.is_set()
            && !self.code_details.is_set()
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
        OrderCodeForm::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for OrderCodeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("OrderCodeForm");
        if self.payment_method_type.is_set() {
            shown.field("payment_method_type", &Shown(&self.payment_method_type, &Self::PAYMENT_METHOD_TYPE));
        }
        if self.expire_time.is_set() {
            shown.field("expire_time", &Shown(&self.expire_time, &Self::EXPIRE_TIME));
        }
        if self.code_details.is_set() {
            shown.field("code_details", &Shown(&self.code_details, &Self::CODE_DETAILS));
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

/// One form of a code.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeDetail {
    /// The kind of the code.
    ///
    /// In JSON `codeValueType`.
    pub code_value_type: Option<CodeValueType>,
    /// What the code holds. At most 2048 characters.
    ///
    /// In JSON `codeValue`.
    pub code_value: Option<String>,
    /// How it is shown.
    ///
    /// In JSON `displayType`.
    pub display_type: Option<DisplayType>,
    /// Members that are not declared here, and declared ones that were not of their documented kind.
    /// They are written back as they came.
    pub extra: Object,
}

impl CodeDetail {
    /// The declared fields.
    pub const FIELDS: &'static [Field] = &[
        Field {
            name: "codeValueType",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "codeValue",
            kind: Kind::Text,
            list: false,
            max: Some(2048),
            need: Need::NEVER,
            fields: &[],
        },
        Field {
            name: "displayType",
            kind: Kind::Word,
            list: false,
            max: None,
            need: Need::NEVER,
            fields: &[],
        },
    ];

    const CODE_VALUE_TYPE: Rule = Rule::PLAIN;
    const CODE_VALUE: Rule = Rule { max: 2048, ..Rule::PLAIN };
    const DISPLAY_TYPE: Rule = Rule::PLAIN;

    /// One without any field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The kind of the code.
    #[must_use]
    pub fn code_value_type(mut self, value: impl Into<CodeValueType>) -> Self {
        self.code_value_type = Some(value.into());
        self
    }

    /// What the code holds. At most 2048 characters.
    #[must_use]
    pub fn code_value(mut self, value: impl Into<String>) -> Self {
        self.code_value = Some(value.into());
        self
    }

    /// How it is shown.
    #[must_use]
    pub fn display_type(mut self, value: impl Into<DisplayType>) -> Self {
        self.display_type = Some(value.into());
        self
    }

    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its
    /// documented kind stays in [`extra`](Self::extra), so reading never fails.
    pub fn from_json(mut object: Object) -> Self {
        Self {
            code_value_type: Slot::take("codeValueType", &Self::CODE_VALUE_TYPE, &mut object),
            code_value: Slot::take("codeValue", &Self::CODE_VALUE, &mut object),
            display_type: Slot::take("displayType", &Self::DISPLAY_TYPE, &mut object),
            extra: object,
        }
    }

    /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
    pub fn to_json(&self) -> Object {
        let mut object = Object::new();
        self.code_value_type.put("codeValueType", &mut object);
        self.code_value.put("codeValue", &mut object);
        self.display_type.put("displayType", &mut object);
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
                "codeValueType" => return Err(misplaced(&self.code_value_type, json, &at)),
                "codeValue" => return Err(misplaced(&self.code_value, json, &at)),
                "displayType" => return Err(misplaced(&self.display_type, json, &at)),
                _ => misspelt::refuse(name, Self::FIELDS, &at)?,
            }
        }
        let mut found = Found::default();
        found.add(self.code_value_type.check(&Self::CODE_VALUE_TYPE, &at.member("codeValueType"), case));
        found.add(self.code_value.check(&Self::CODE_VALUE, &at.member("codeValue"), case));
        found.add(self.display_type.check(&Self::DISPLAY_TYPE, &at.member("displayType"), case));
        found.into_result()
    }
}

impl Member for CodeDetail {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(object) => Ok(CodeDetail::from_json(object)),
            other => Err(other),
        }
    }

    fn is_empty(&self) -> bool {
        self.extra.is_empty()
            && !self.code_value_type.is_set()
            && !self.code_value.is_set()
            && !self.display_type.is_set()
    }

    fn write(&self) -> Json {
        self.to_json().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        self.check_at(at, case)
    }

    /// Names the first required field inside, which says more than the object's own name.
    fn missing(at: &Path<'_>, case: Case) -> Error {
        CodeDetail::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Shows which fields are set; texts other than ids only by their length, unknown members by name.
impl fmt::Debug for CodeDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("CodeDetail");
        if self.code_value_type.is_set() {
            shown.field("code_value_type", &Shown(&self.code_value_type, &Self::CODE_VALUE_TYPE));
        }
        if self.code_value.is_set() {
            shown.field("code_value", &Shown(&self.code_value, &Self::CODE_VALUE));
        }
        if self.display_type.is_set() {
            shown.field("display_type", &Shown(&self.display_type, &Self::DISPLAY_TYPE));
        }
        if !self.extra.is_empty() {
            shown.field("extra", &Names(&self.extra));
        }
        shown.finish()
    }
}
