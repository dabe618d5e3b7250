//! The merchant and the gateway of the tests: throw-away keys, and signatures that the openssl command made.

use super::Merchant;
use crate::gateway::{Gateway, Protocol};
use crate::keys::{SigningKey, VerifyingKey};
use crate::signature::Content;
use crate::time::Timestamp;

pub(crate) const CLIENT_ID: &str = "SANDBOX_T_1";
/// The sample time of the documents: 2023-06-01T06:12:13.871Z.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_685_599_933_871);

macro_rules! test_file {
    ($name:literal) => {
        include_str!(concat!("../../tests/messages/", $name))
    };
}
pub(crate) use test_file;

pub(crate) fn gateway(protocol: Protocol) -> Gateway {
    Gateway::from_setting(protocol, "sea", false).unwrap()
}

pub(crate) fn merchant_key() -> SigningKey {
    SigningKey::load(test_file!("merchant_private_key.pem")).unwrap()
}

pub(crate) fn gateway_key() -> VerifyingKey {
    VerifyingKey::load(test_file!("gateway_public_key.pem")).unwrap()
}

pub(crate) fn builder(protocol: Protocol) -> super::MerchantBuilder {
    Merchant::builder(gateway(protocol), CLIENT_ID).signing_key(merchant_key()).gateway_keys(gateway_key())
}

pub(crate) fn merchant(protocol: Protocol) -> Merchant {
    builder(protocol).build().unwrap()
}

/// What the gateway writes into the Signature header.
pub(crate) fn signed_by_gateway(path: &str, client_id: &str, time: &str, body: &[u8]) -> String {
    let content = Content { method: "POST", path, client_id, time, body };
    SigningKey::load(test_file!("gateway_private_key.pem")).unwrap().sign(content, 1).unwrap()
}
