//! `sandbox.json`, which the sandbox gateway writes beside its keys: everything a till needs to pay there.

use std::io;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::Merchant;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::{Gateway, Protocol};
use crate::keys::{SigningKey, VerifyingKey};
use crate::message::json::{Json, Object};

/// What a sandbox gateway says about itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SandboxSettings {
    /// The sandbox's merchant.
    pub merchant: Merchant,
    /// The certificate authority that the sandbox made for its TLS, as PEM; none where it speaks plain http.
    pub ca_pem: Option<Vec<u8>>,
    /// How many times faster than real time the sandbox's clock runs; 0 while it stands still.
    pub speed: u32,
    /// When the sandbox's clock started to run at that speed, in milliseconds since the epoch.
    pub clock_origin_ms: Option<u64>,
}

impl SandboxSettings {
    /// Reads the text of a `sandbox.json`; `read_beside` reads a file of this name beside it.
    ///
    /// # Errors
    /// `config.missing` and `config.invalid`, the codes of JSON (`message.…`), of keys and of the gateway; the
    /// error's path is the field's name.
    pub fn from_json(
        text: &[u8],
        protocol: Protocol,
        read_beside: impl Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Self> {
        let file = File { fields: Object::parse(text)?, read_beside };
        let named = |name: &'static str| move |error: Error| error.with_path(name);
        file.check_protocol(protocol)?;
        let gateway = Gateway::at_url(protocol, &file.text("base_url")?, false).map_err(named("base_url"))?;
        let signing_key =
            SigningKey::load(file.content("merchant_private_key")?).map_err(named("merchant_private_key"))?;
        let gateway_key =
            VerifyingKey::load(file.content("gateway_public_key")?).map_err(named("gateway_public_key"))?;
        let merchant = Merchant::builder(gateway, file.text("client_id")?)
            .signing_key(signing_key)
            .gateway_keys(gateway_key)
            .allow_http_notify(true)
            .build()?;
        let ca_pem = match file.is_set("ca") {
            true => Some(file.content("ca")?.to_vec()),
            false => None,
        };
        Ok(SandboxSettings {
            merchant,
            ca_pem,
            speed: file.number("speed")?.unwrap_or(1),
            clock_origin_ms: file.number("clock_origin_ms")?,
        })
    }

    /// Reads a `sandbox.json` and the files beside it.
    ///
    /// # Errors
    /// As [`SandboxSettings::from_json`], and `config.invalid` for a file that can't be read.
    #[cfg(feature = "http")]
    pub fn from_file(path: impl AsRef<std::path::Path>, protocol: Protocol) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read(path)
            .map_err(|error| invalid("sandbox.json", &format!("the file can't be read: {}", error.kind())))?;
        SandboxSettings::from_json(&text, protocol, |name| std::fs::read(path.with_file_name(name)))
    }
}

#[cfg(feature = "http")]
impl Merchant {
    /// The merchant of a `sandbox.json`.
    ///
    /// # Errors
    /// As [`SandboxSettings::from_file`].
    pub fn from_file(path: impl AsRef<std::path::Path>, protocol: Protocol) -> Result<Merchant> {
        SandboxSettings::from_file(path, protocol).map(|settings| settings.merchant)
    }
}

struct File<R> {
    fields: Object,
    read_beside: R,
}

impl<R: Fn(&str) -> io::Result<Vec<u8>>> File<R> {
    fn is_set(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|value| *value != Json::Null)
    }

    fn text(&self, name: &str) -> Result<String> {
        match self.fields.get(name) {
            None | Some(Json::Null) => Err(missing(name)),
            Some(Json::String(text)) if !text.is_empty() => Ok(text.clone()),
            Some(_) => Err(invalid(name, "the field is no text")),
        }
    }

    /// The content of the file that a field names: one beside `sandbox.json`, nowhere else.
    fn content(&self, name: &str) -> Result<Zeroizing<Vec<u8>>> {
        let file_name = self.text(name)?;
        if file_name.contains(['/', '\\', ':', '\0']) || file_name.starts_with('.') {
            return Err(invalid(name, "the field is no plain file name"));
        }
        let content = (self.read_beside)(&file_name);
        content
            .map(Zeroizing::new)
            .map_err(|error| invalid(name, &format!("the file can't be read: {}", error.kind())))
    }

    fn check_protocol(&self, protocol: Protocol) -> Result<()> {
        let name = "protocols";
        let protocols = match self.fields.get(name) {
            None | Some(Json::Null) => return Err(missing(name)),
            Some(value) => value.as_array().ok_or_else(|| invalid(name, "the field is no list"))?,
        };
        match protocols.iter().any(|known| known.scalar().as_deref() == Some(protocol.as_str())) {
            true => Ok(()),
            false => Err(invalid(name, &format!("the sandbox does not speak {protocol}"))),
        }
    }

    fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>> {
        match self.fields.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(value) => {
                let number = value.scalar().and_then(|text| text.parse().ok());
                number
                    .map(Some)
                    .ok_or_else(|| invalid(name, "the field is no whole number, or too large a one"))
            }
        }
    }
}

fn missing(field: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, "the field is not there").with_path(field)
}

fn invalid(field: &str, reason: &str) -> Error {
    Error::new(ErrorCode::ConfigInvalid, reason).with_path(field)
}
