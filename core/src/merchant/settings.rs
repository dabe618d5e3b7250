//! A merchant from settings: variables named `ALIPAY_INSTORE_…`, as they stand in the environment of a process.
//!
//! | variable | value |
//! |---|---|
//! | `PROTOCOL` | `ams` or `alipay_plus` |
//! | `CLIENT_ID` | the client id |
//! | `GATEWAY` | the name of a region, such as `sea_global`, or a base URL |
//! | `SIGNING_KEY` or `SIGNING_KEY_FILE` | our private key, or the file that holds it |
//! | `GATEWAY_KEY` or `GATEWAY_KEY_FILE` | the gateway's public key, or the file that holds it |
//! | `KEY_VERSION` | the version that the gateway knows our key by; 1 in AMS, 0 in Alipay+ unless set |
//! | `SIGNING_KEY_VERSIONS` | for several keys, such as `1,2`: then `SIGNING_KEY_1`, `SIGNING_KEY_2_FILE` … hold them, and `KEY_VERSION` says which one signs |
//! | `GATEWAY_KEY_VERSIONS` | the same for `GATEWAY_KEY_1` … |
//! | `AGENT_TOKEN` or `AGENT_TOKEN_FILE` | the token of a service provider |
//! | `NOTIFY_URL` | the public notify URL as the gateway knows it, such as `https://shop.example/alipay/notify`, or its path |
//! | `NOTIFICATION_MAX_AGE`, `NOTIFICATION_MAX_AHEAD` | seconds; 93600 and 600 unless set |
//! | `ALLOW_HTTP_GATEWAY`, `ALLOW_HTTP_NOTIFY` | `true` or `false`; `false` unless set |
//!
//! A blank variable counts as not set. An error names the variable, never its value.

use std::collections::BTreeMap;
use std::io;

use zeroize::Zeroizing;

use super::Merchant;
use std::time::Duration;

use crate::error::{Error, ErrorCode, Result};
use crate::gateway::{Gateway, Protocol};
use crate::keys::{SigningKey, VerifyingKey};
use crate::message::Freshness;
use crate::signature::{SigningKeys, VerifyingKeys};

/// What the name of every variable starts with.
pub const PREFIX: &str = "ALIPAY_INSTORE_";

impl Merchant {
    /// Reads a merchant from variables that `lookup` knows and files that `read` reads.
    ///
    /// # Errors
    /// `config.missing` and `config.invalid`, and the codes of keys (`key.…`) and of the gateway (`gateway.…`);
    /// the error's path is the variable's name.
    pub fn from_settings(
        lookup: impl Fn(&str) -> Option<String>,
        read: impl Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Merchant> {
        let settings = Settings { lookup, read };
        settings.merchant().map_err(|error| settings.with_all_missing(error))
    }

    /// Reads a merchant from the environment of this process, and the files named there.
    ///
    /// # Errors
    /// As [`Merchant::from_settings`].
    #[cfg(feature = "http")]
    pub fn from_env() -> Result<Merchant> {
        // Text that is not Unicode is kept as far as it is, so that it ends as invalid instead of missing.
        let lookup = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Merchant::from_settings(lookup, |path| std::fs::read(path))
    }
}

struct Settings<L, R> {
    lookup: L,
    read: R,
}

/// Without these there is no merchant; a key can be given in several ways.
const REQUIRED: [&str; 5] = ["PROTOCOL", "GATEWAY", "CLIENT_ID", "SIGNING_KEY", "GATEWAY_KEY"];

impl<L: Fn(&str) -> Option<String>, R: Fn(&str) -> io::Result<Vec<u8>>> Settings<L, R> {
    /// Where something is missing, everything else that is missing is named as well.
    fn with_all_missing(&self, error: Error) -> Error {
        let given = |name: &str| {
            ["", "_FILE", "_VERSIONS"].iter().any(|way| self.get(&full(&format!("{name}{way}"))).is_some())
        };
        let others = REQUIRED.iter().filter(|name| !given(name)).map(|name| missing(&full(name)));
        let others: Vec<_> = others.filter(|other| other.path() != error.path()).collect();
        others.iter().fold(error, |error, other| error.and_missing(other))
    }

    fn merchant(&self) -> Result<Merchant> {
        let protocol: Protocol = self.required("PROTOCOL", str::parse)?;
        let allow_http = self.flag("ALLOW_HTTP_GATEWAY")?;
        let gateway = self.required("GATEWAY", |text| Gateway::from_setting(protocol, text, allow_http))?;
        let default = Freshness::default();
        let freshness = Freshness {
            max_age: self.seconds("NOTIFICATION_MAX_AGE")?.unwrap_or(default.max_age),
            max_ahead: self.seconds("NOTIFICATION_MAX_AHEAD")?.unwrap_or(default.max_ahead),
        };
        let mut builder = Merchant::builder(gateway, self.required("CLIENT_ID", |text| Ok(text.to_owned()))?)
            .signing_keys(self.signing_keys(protocol)?)
            .gateway_keys(self.gateway_keys()?)
            .freshness(freshness)
            .allow_http_notify(self.flag("ALLOW_HTTP_NOTIFY")?);
        if let Some((variable, token)) = self.secret("AGENT_TOKEN")? {
            let token =
                std::str::from_utf8(&token).map_err(|_| invalid(&variable, "the token is not UTF-8"))?;
            builder = builder.agent_token(token.trim());
        }
        if let Some(url) = self.get(&full("NOTIFY_URL")) {
            builder = builder.notify_url(url.trim());
        }
        // The builder names its values in lower case; here they are variables.
        builder.build().map_err(|error| match error.path().map(str::to_uppercase) {
            Some(name) => error.with_path(format!("{PREFIX}{name}")),
            None => error,
        })
    }

    fn signing_keys(&self, protocol: Protocol) -> Result<SigningKeys> {
        let current = self.parsed("KEY_VERSION", version)?.unwrap_or(protocol.default_key_version());
        let Some(versions) = self.versions("SIGNING_KEY")? else {
            return Ok(SigningKeys::single(current, self.key("SIGNING_KEY", SigningKey::load)?));
        };
        let mut keys = BTreeMap::new();
        for version in versions {
            keys.insert(version, self.key(&format!("SIGNING_KEY_{version}"), SigningKey::load)?);
        }
        SigningKeys::by_version(keys, current).map_err(|error| error.with_path(full("KEY_VERSION")))
    }

    fn gateway_keys(&self) -> Result<VerifyingKeys> {
        let Some(versions) = self.versions("GATEWAY_KEY")? else {
            return self.key("GATEWAY_KEY", VerifyingKey::load).map(VerifyingKeys::from);
        };
        let mut keys = BTreeMap::new();
        for version in versions {
            keys.insert(version, self.key(&format!("GATEWAY_KEY_{version}"), VerifyingKey::load)?);
        }
        VerifyingKeys::by_version(keys)
    }

    fn key<K>(&self, name: &str, load: impl Fn(Zeroizing<Vec<u8>>) -> Result<K>) -> Result<K> {
        let (variable, text) = self.secret(name)?.ok_or_else(|| missing(&full(name)))?;
        load(text).map_err(|error| error.with_path(variable))
    }

    /// The versions listed for several keys; then the variable for one key must not be there as well.
    fn versions(&self, name: &str) -> Result<Option<Vec<u32>>> {
        let list_name = format!("{name}_VERSIONS");
        let versions =
            self.parsed(&list_name, |list| list.split(',').map(|item| version(item.trim())).collect())?;
        for single in [full(name), full(&format!("{name}_FILE"))] {
            if versions.is_some() && self.get(&single).is_some() {
                return Err(invalid(&single, &format!("{} is set too; set one of them", full(&list_name))));
            }
        }
        Ok(versions)
    }

    /// A value given as text or as the name of a file, with the variable that gave it.
    fn secret(&self, name: &str) -> Result<Option<(String, Zeroizing<Vec<u8>>)>> {
        let (text_name, file_name) = (full(name), full(&format!("{name}_FILE")));
        match (self.get(&text_name), self.get(&file_name)) {
            (Some(_), Some(_)) => {
                Err(invalid(&text_name, &format!("{file_name} is set too; set one of them")))
            }
            (Some(text), None) => Ok(Some((text_name, Zeroizing::new(text.as_bytes().to_vec())))),
            (None, Some(path)) => {
                let bytes = (self.read)(path.trim()).map_err(|error| {
                    invalid(&file_name, &format!("the file can't be read: {}", error.kind()))
                })?;
                Ok(Some((file_name, Zeroizing::new(bytes))))
            }
            (None, None) => Ok(None),
        }
    }

    fn required<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T>) -> Result<T> {
        self.parsed(name, parse)?.ok_or_else(|| missing(&full(name)))
    }

    fn parsed<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
        let variable = full(name);
        let Some(text) = self.get(&variable) else { return Ok(None) };
        parse(text.trim()).map(Some).map_err(|error| error.with_path(variable))
    }

    fn flag(&self, name: &str) -> Result<bool> {
        let parse = |text: &str| {
            text.parse()
                .map_err(|_| Error::new(ErrorCode::ConfigInvalid, "the value is neither true nor false"))
        };
        self.parsed(name, parse).map(|flag| flag.unwrap_or(false))
    }

    fn seconds(&self, name: &str) -> Result<Option<Duration>> {
        self.parsed(name, |text| {
            let seconds = text.parse::<u32>().map(|seconds| Duration::from_secs(seconds.into()));
            seconds.map_err(|_| Error::new(ErrorCode::ConfigInvalid, "the value is not a number of seconds"))
        })
    }

    fn get(&self, variable: &str) -> Option<Zeroizing<String>> {
        (self.lookup)(variable).map(Zeroizing::new).filter(|value| !value.trim().is_empty())
    }
}

fn full(name: &str) -> String {
    format!("{PREFIX}{name}")
}

fn version(text: &str) -> Result<u32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| Error::new(ErrorCode::ConfigInvalid, "a key version is none of 0 to 4294967295"))
}

fn missing(variable: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, "the variable is not set").with_path(variable)
}

fn invalid(variable: &str, reason: &str) -> Error {
    Error::new(ErrorCode::ConfigInvalid, reason).with_path(variable)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{gateway_key, merchant_key, test_file};
    use super::*;

    const OTHER_KEY: &str = include_str!("../../../tests/vectors/generate/keys/stranger.pem");
    const GOOD: [(&str, &str); 5] = [
        ("PROTOCOL", "ams"),
        ("CLIENT_ID", "T_1"),
        ("GATEWAY", "sea_global"),
        ("SIGNING_KEY", test_file!("merchant_private_key.pem")),
        ("GATEWAY_KEY", test_file!("gateway_public_key.pem")),
    ];

    /// The good settings with some changed; an empty value is one that is not set.
    fn load(changes: &[(&str, &str)]) -> Result<Merchant> {
        let lookup = |name: &str| {
            let name = name.strip_prefix(PREFIX).unwrap();
            let changed = changes.iter().find(|(known, _)| *known == name);
            changed
                .or_else(|| GOOD.iter().find(|(known, _)| *known == name))
                .map(|(_, value)| (*value).to_owned())
        };
        let read = |path: &str| match path {
            "/run/secrets/signing" => Ok(test_file!("merchant_private_key.pem").as_bytes().to_vec()),
            "/run/secrets/gateway" => Ok(test_file!("gateway_public_key.pem").as_bytes().to_vec()),
            "/run/secrets/token" => Ok(b"token-1\n".to_vec()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        };
        Merchant::from_settings(lookup, read)
    }

    fn error(changes: &[(&str, &str)]) -> (&'static str, String) {
        let error = load(changes).unwrap_err();
        for (_, value) in changes.iter().filter(|(_, value)| value.len() > 3) {
            assert!(!error.to_string().contains(value), "{error}");
        }
        (error.code().as_str(), error.path().unwrap_or_default().replace(PREFIX, ""))
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        let error = load(&[("CLIENT_ID", ""), ("SIGNING_KEY", ""), ("GATEWAY", " ")]).unwrap_err();
        let missing: Vec<_> = error.missing().into_iter().map(|name| name.replace(PREFIX, "")).collect();
        assert_eq!(missing, ["GATEWAY", "CLIENT_ID", "SIGNING_KEY"]);
        assert!(error.reason().ends_with("ALIPAY_INSTORE_CLIENT_ID, ALIPAY_INSTORE_SIGNING_KEY"), "{error}");
        // A key in a file is there.
        let files = [("CLIENT_ID", ""), ("SIGNING_KEY", ""), ("SIGNING_KEY_FILE", "/run/secrets/signing")];
        assert_eq!(load(&files).unwrap_err().missing(), ["ALIPAY_INSTORE_CLIENT_ID"]);
    }

    #[test]
    fn the_least_and_the_most() {
        let merchant = load(&[]).unwrap();
        assert_eq!(merchant.client_id(), "T_1");
        assert_eq!(merchant.gateway().to_string(), "ams at https://open-sea-global.alipay.com");
        assert_eq!(merchant.key_version(), 1);
        assert_eq!(merchant.freshness(), Freshness::default());
        assert!(!merchant.allows_http_notify());
        assert_eq!(merchant.agent_token(), None);

        let merchant = load(&[
            ("PROTOCOL", " alipay_plus "),
            ("GATEWAY", "http://gateway.test:8080"),
            ("ALLOW_HTTP_GATEWAY", "true"),
            ("ALLOW_HTTP_NOTIFY", "true"),
            ("SIGNING_KEY", " "),
            ("SIGNING_KEY_FILE", "/run/secrets/signing"),
            ("GATEWAY_KEY", ""),
            ("GATEWAY_KEY_FILE", "/run/secrets/gateway"),
            ("KEY_VERSION", "4"),
            ("AGENT_TOKEN_FILE", "/run/secrets/token"),
            ("NOTIFY_URL", " http://shop.example/notify?shop=7 "),
            ("NOTIFICATION_MAX_AGE", "60"),
            ("NOTIFICATION_MAX_AHEAD", "0"),
        ])
        .unwrap();
        assert_eq!(merchant.gateway().to_string(), "alipay_plus at http://gateway.test:8080");
        assert_eq!(merchant.key_version(), 4);
        assert_eq!(merchant.agent_token(), Some("token-1"));
        assert_eq!(merchant.notify_url().unwrap().path_with_query().as_deref(), Some("/notify?shop=7"));
        assert_eq!(
            merchant.freshness(),
            Freshness { max_age: Duration::from_secs(60), max_ahead: Duration::ZERO }
        );
        assert!(merchant.allows_http_notify());
    }

    #[test]
    fn several_keys_by_version() {
        let merchant = load(&[
            ("SIGNING_KEY", ""),
            ("SIGNING_KEY_VERSIONS", "1, 2"),
            ("SIGNING_KEY_1", OTHER_KEY),
            ("SIGNING_KEY_2_FILE", "/run/secrets/signing"),
            ("KEY_VERSION", "2"),
            ("GATEWAY_KEY", ""),
            ("GATEWAY_KEY_VERSIONS", "7"),
            ("GATEWAY_KEY_7_FILE", "/run/secrets/gateway"),
        ])
        .unwrap();
        assert_eq!(merchant.key_version(), 2);
        let text = format!("{merchant:?}");
        assert!(text.contains(merchant_key().fingerprint()), "{text}");
        let keys: Vec<_> =
            merchant.gateway_keys().iter().map(|(v, key)| (v, key.fingerprint().to_owned())).collect();
        assert_eq!(keys, [(Some(7), gateway_key().fingerprint().to_owned())]);
    }

    #[test]
    fn what_is_missing_is_named() {
        for (name, _) in GOOD {
            assert_eq!(error(&[(name, "")]), ("config.missing", name.to_owned()));
        }
        let listed = [("SIGNING_KEY", ""), ("SIGNING_KEY_VERSIONS", "1,2"), ("SIGNING_KEY_1", GOOD[3].1)];
        assert_eq!(error(&listed), ("config.missing", "SIGNING_KEY_2".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_named_and_never_shown() {
        for (name, value, code) in [
            ("PROTOCOL", "hunter2", "config.invalid"),
            ("CLIENT_ID", "T 1 secret", "config.invalid"),
            ("GATEWAY", "hunter2", "gateway.region"),
            ("GATEWAY", "https://user:hunter2@host", "gateway.url"),
            ("GATEWAY", "http://example.com", "gateway.insecure"),
            ("SIGNING_KEY", "hunter2", "key.not_a_key"),
            ("SIGNING_KEY", test_file!("gateway_public_key.pem"), "key.public_given"),
            ("GATEWAY_KEY", test_file!("merchant_private_key.pem"), "key.private_given"),
            ("SIGNING_KEY_FILE", "/run/secrets/signing", "config.invalid"),
            ("KEY_VERSION", "one", "config.invalid"),
            ("KEY_VERSION", "+1", "config.invalid"),
            ("KEY_VERSION", "4294967296", "config.invalid"),
            ("AGENT_TOKEN", "hunter2 hunter3", "config.invalid"),
            ("ALLOW_HTTP_NOTIFY", "perhaps", "config.invalid"),
            ("NOTIFY_URL", "shop.example/hunter2", "config.notify_url"),
            ("NOTIFY_URL", "http://shop.example/hunter2", "config.notify_url"),
            ("GATEWAY_KEY", test_file!("merchant_public_key.pem"), "key.own_public"),
            ("ALLOW_HTTP_GATEWAY", "yes please", "config.invalid"),
            ("NOTIFICATION_MAX_AGE", "26h!", "config.invalid"),
            ("NOTIFICATION_MAX_AHEAD", "18446744073709551615", "config.invalid"),
            ("SIGNING_KEY_VERSIONS", "1;2;3", "config.invalid"),
            ("GATEWAY_KEY_VERSIONS", "1, two", "config.invalid"),
        ] {
            let named = if name == "SIGNING_KEY_FILE" { "SIGNING_KEY" } else { name };
            assert_eq!(error(&[(name, value)]), (code, named.to_owned()), "{name}");
        }
        let unreadable = [("SIGNING_KEY", ""), ("SIGNING_KEY_FILE", "/no/such/file")];
        assert_eq!(error(&unreadable), ("config.invalid", "SIGNING_KEY_FILE".to_owned()));
        let empty = [("SIGNING_KEY_VERSIONS", "1"), ("SIGNING_KEY_1", GOOD[3].1)];
        assert_eq!(error(&empty), ("config.invalid", "SIGNING_KEY".to_owned()));
        let not_current = [
            ("SIGNING_KEY", ""),
            ("SIGNING_KEY_VERSIONS", "1"),
            ("SIGNING_KEY_1", GOOD[3].1),
            ("KEY_VERSION", "2"),
        ];
        assert_eq!(error(&not_current), ("config.invalid", "KEY_VERSION".to_owned()));
    }
}
