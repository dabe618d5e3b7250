//! `sandbox.json`, which the sandbox gateway writes beside its keys: everything a till needs to pay there.

use std::io;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::Merchant;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::{Gateway, Protocol};
use crate::json::{Json, Object};
use crate::keys::{SigningKey, VerifyingKey};
use crate::time::Timestamp;

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
    /// When the sandbox's clock started to run at that speed.
    pub clock_origin: Option<Timestamp>,
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
            .allow_http_notify(true);
        let merchant = match file.is_set("notify_url") {
            true => merchant.notify_url(file.text("notify_url")?),
            false => merchant,
        }
        .build()
        .map_err(|error| match error.code() {
            ErrorCode::KeyOwnPublic => error.with_path("gateway_public_key"),
            _ => error,
        })?;
        let ca_pem = match file.is_set("ca") {
            true => Some(file.content("ca")?.to_vec()),
            false => None,
        };
        Ok(SandboxSettings {
            merchant,
            ca_pem,
            speed: file.number("speed")?.unwrap_or(1),
            clock_origin: file.number("clock_origin_ms")?.map(Timestamp::from_millis),
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
            Some(_) => Err(invalid(name, "the field is not a string")),
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
            Some(value) => value.as_array().ok_or_else(|| invalid(name, "the field is not a list"))?,
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
                    .ok_or_else(|| invalid(name, "the field is not a whole number, or too large a one"))
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

#[cfg(test)]
mod tests {
    use super::super::fixture::test_file;
    use super::*;

    fn good() -> Object {
        Object::parse(
            br#"{"base_url":"http://127.0.0.1:4711","client_id":"SANDBOX_T_1","protocols":["ams","alipay_plus"],
                 "merchant_private_key":"merchant_private_key.pem","merchant_public_key":"merchant_public_key.pem",
                 "gateway_public_key":"gateway_public_key.pem","gateway_private_key":"gateway_private_key.pem"}"#,
        )
        .unwrap()
    }

    fn read_beside(name: &str) -> io::Result<Vec<u8>> {
        match name {
            "merchant_private_key.pem" => Ok(test_file!("merchant_private_key.pem").as_bytes().to_vec()),
            "gateway_public_key.pem" => Ok(test_file!("gateway_public_key.pem").as_bytes().to_vec()),
            "merchant_public_key.pem" => Ok(test_file!("merchant_public_key.pem").as_bytes().to_vec()),
            "ca.pem" => Ok(b"a certificate".to_vec()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        }
    }

    fn load(fields: &Object) -> Result<SandboxSettings> {
        SandboxSettings::from_json(fields.to_string().as_bytes(), Protocol::AlipayPlus, read_beside)
    }

    fn error(fields: &Object) -> (&'static str, Option<String>) {
        let error = load(fields).unwrap_err();
        (error.code().as_str(), error.path().map(str::to_owned))
    }

    #[test]
    fn a_plain_sandbox() {
        let settings = load(&good()).unwrap();
        assert_eq!(settings.merchant.client_id(), "SANDBOX_T_1");
        assert_eq!(settings.merchant.gateway().to_string(), "alipay_plus at http://127.0.0.1:4711");
        assert!(settings.merchant.allows_http_notify());
        assert_eq!(settings.merchant.notify_url(), None);
        assert_eq!((settings.ca_pem, settings.speed, settings.clock_origin), (None, 1, None));
    }

    #[test]
    fn a_sandbox_with_tls_and_a_fast_clock() {
        let fields = good()
            .with("base_url", "https://localhost:4711")
            .with("ca", "ca.pem")
            .with("notify_url", "http://127.0.0.1:8080/notify")
            .with("speed", Json::Number("20".into()))
            .with("clock_origin_ms", Json::Number("1685599933871".into()));
        let settings = load(&fields).unwrap();
        assert_eq!(settings.ca_pem.as_deref(), Some(&b"a certificate"[..]));
        assert_eq!(settings.merchant.notify_url().unwrap().path(), "/notify");
        assert_eq!(
            (settings.speed, settings.clock_origin),
            (20, Some(Timestamp::from_millis(1_685_599_933_871)))
        );
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        for name in ["base_url", "client_id", "protocols", "merchant_private_key", "gateway_public_key"] {
            let mut fields = good();
            fields.take(name);
            assert_eq!(error(&fields), ("config.missing", Some(name.into())));
            assert_eq!(error(&good().with(name, Json::Null)), ("config.missing", Some(name.into())));
            assert_eq!(error(&good().with(name, Json::Bool(true))), ("config.invalid", Some(name.into())));
        }
        for (name, value, code) in [
            ("base_url", Json::from("http://10.0.0.1"), "gateway.insecure"),
            ("base_url", Json::from("localhost:1"), "gateway.url"),
            ("client_id", Json::from("T 1"), "config.invalid"),
            ("protocols", Json::Array(vec![Json::from("ams")]), "config.invalid"),
            ("merchant_private_key", Json::from("gateway_public_key.pem"), "key.public_given"),
            ("merchant_private_key", Json::from("missing.pem"), "config.invalid"),
            ("gateway_public_key", Json::from("merchant_public_key.pem"), "key.own_public"),
            ("gateway_public_key", Json::from("../gateway_public_key.pem"), "config.invalid"),
            ("gateway_public_key", Json::from("/etc/passwd"), "config.invalid"),
            ("gateway_public_key", Json::from(".."), "config.invalid"),
            ("ca", Json::from("missing.pem"), "config.invalid"),
            ("notify_url", Json::from("shop.example/n"), "config.notify_url"),
            ("notify_url", Json::Bool(true), "config.invalid"),
            ("speed", Json::Number("1.5".into()), "config.invalid"),
            ("clock_origin_ms", Json::from("now"), "config.invalid"),
        ] {
            assert_eq!(error(&good().with(name, value)), (code, Some(name.into())));
        }
        let error = SandboxSettings::from_json(b"{", Protocol::Ams, read_beside).unwrap_err();
        assert_eq!(error.code(), "message.not_json");
    }

    #[cfg(feature = "http")]
    #[test]
    fn the_files_lie_beside_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("sandbox.json");
        let missing = Merchant::from_file(&path, Protocol::Ams).unwrap_err();
        assert_eq!(missing.code(), "config.invalid");
        for name in ["merchant_private_key.pem", "gateway_public_key.pem"] {
            std::fs::write(directory.path().join(name), read_beside(name).unwrap()).unwrap();
        }
        std::fs::write(&path, good().to_string()).unwrap();
        assert_eq!(Merchant::from_file(&path, Protocol::Ams).unwrap().client_id(), "SANDBOX_T_1");
    }
}
