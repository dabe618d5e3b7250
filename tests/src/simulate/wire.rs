//! The way to the gateway and back: signing, the trouble on the way, verifying.
//!
//! In a signed batch requests, responses, notifications and acknowledgements are signed and verified with RSA by the
//! library's own message layer. In the others the gateway runs without signatures and says of each message who would
//! have signed it: only one that the gateway would have signed is believed.

use std::sync::Arc;

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::gateway::{Gateway as Address, Protocol};
use alipay_instore::json::Object;
use alipay_instore::keys::SigningKey;
use alipay_instore::merchant::Acknowledgement as Reply;
use alipay_instore::merchant::Merchant;
use alipay_instore::signature::{SigningKeys, VerifyingKeys};
use alipay_instore_sandbox::{
    Acknowledgement, Answer, Config, Delivery, Gateway, Keys, Signatures, SignedBy,
};

use super::random::Chance;

/// The one client.
pub const CLIENT_ID: &str = "5Y0000000000000001";

macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../../../", $name))
    };
}

/// Both sides' keys, and the merchant in both protocols.
#[derive(Clone, Debug)]
pub struct Signers {
    keys: Arc<Keys>,
    ams: Merchant,
    plus: Merchant,
}

impl Signers {
    /// The key sets that the signed batches take turns with.
    ///
    /// # Errors
    /// None: the keys are those of the tests.
    pub fn sets() -> Result<Vec<Signers>> {
        Ok(vec![
            Signers::of(
                key!("core/tests/messages/merchant_private_key.pem"),
                key!("core/tests/messages/gateway_private_key.pem"),
                key!("tests/vectors/generate/keys/stranger.pem"),
            )?,
            Signers::of(
                key!("tests/vectors/generate/keys/rsa_2048.pem"),
                key!("tests/vectors/generate/keys/rsa_3072.pem"),
                key!("core/tests/messages/gateway_private_key.pem"),
            )?,
        ])
    }

    fn of(merchant: &str, gateway: &str, stranger: &str) -> Result<Self> {
        let gateway = SigningKey::load(gateway)?;
        let (merchant_public, gateway_public) =
            (SigningKey::load(merchant)?.verifying_key(), gateway.verifying_key());
        let of = |protocol: Protocol| {
            Merchant::builder(Address::from_setting(protocol, "sea", false)?, CLIENT_ID)
                .signing_key(SigningKey::load(merchant)?)
                .gateway_keys(gateway_public.clone())
                .build()
        };
        let (ams, plus) = (of(Protocol::Ams)?, of(Protocol::AlipayPlus)?);
        let keys = Keys {
            merchant: VerifyingKeys::single(merchant_public),
            gateway: SigningKeys::single(1, gateway),
            stranger: SigningKey::load(stranger)?,
        };
        Ok(Signers { keys: Arc::new(keys), ams, plus })
    }

    fn merchant(&self, protocol: Protocol) -> &Merchant {
        match protocol {
            Protocol::Ams => &self.ams,
            Protocol::AlipayPlus => &self.plus,
        }
    }
}

/// Names and values.
pub type HeaderList = Vec<(&'static str, String)>;

/// How messages are made and believed in one batch.
#[derive(Clone, Debug)]
pub struct Wire(Option<Signers>);

impl Wire {
    /// With these keys, or without signatures.
    pub fn new(signers: Option<Signers>) -> Self {
        Wire(signers)
    }

    /// Whether signatures are made and checked.
    pub fn is_signed(&self) -> bool {
        self.0.is_some()
    }

    /// The gateway at the other end.
    pub fn gateway(&self) -> Gateway {
        let signatures = match &self.0 {
            Some(signers) => Signatures::Rsa(Arc::clone(&signers.keys)),
            None => Signatures::Off,
        };
        Gateway::new(Config::new(CLIENT_ID, signatures))
    }

    /// The headers of a request.
    ///
    /// # Errors
    /// Those of signing.
    pub fn request(&self, protocol: Protocol, path: &str, body: &str, now: i64) -> Result<HeaderList> {
        match &self.0 {
            Some(signers) => {
                Ok(signers.merchant(protocol).sign_request(path, body, Timestamp::from_millis(now))?.headers)
            }
            None => Ok(vec![
                ("Client-Id", CLIENT_ID.to_owned()),
                ("Content-Type", "application/json; charset=UTF-8".to_owned()),
            ]),
        }
    }

    /// The body of a response, if it can be believed.
    pub fn response(&self, protocol: Protocol, path: &str, answer: &Answer) -> Option<Object> {
        if answer.cut_at.is_some() {
            return None;
        }
        match &self.0 {
            Some(signers) => {
                let headers = answer.headers.iter().map(|(name, value)| (*name, value.as_str()));
                let verified = signers.merchant(protocol).verify_response(path, headers, &answer.body);
                verified.ok().map(|response| response.body)
            }
            None => believed(answer.signed_by, &answer.body),
        }
    }

    /// The body of a notification, if it can be believed.
    pub fn notification(
        &self,
        protocol: Protocol,
        path: &str,
        delivery: &Delivery,
        now: i64,
    ) -> Result<Option<Object>> {
        match &self.0 {
            Some(signers) => {
                let headers = delivery.headers.iter().map(|(name, value)| (*name, value.as_str()));
                let verified = signers.merchant(protocol).verify_notification(
                    Some(path),
                    headers,
                    &delivery.body,
                    Timestamp::from_millis(now),
                );
                verified.map(|notification| Some(notification.body))
            }
            None => Ok(believed(delivery.signed_by, &delivery.body)),
        }
    }

    /// Tells the gateway that its notification was stored, or that it was not believed.
    pub fn acknowledge(
        &self,
        gateway: &Gateway,
        protocol: Protocol,
        path: &str,
        delivery: &Delivery,
        times: (i64, i64),
        stored: &Result<Option<Object>>,
    ) {
        let (now, host_now) = times;
        let (notification, attempt) = (delivery.notification, delivery.attempt);
        match &self.0 {
            Some(signers) => {
                let answer = match stored {
                    // Its notify URL has no query: there is one path to sign over.
                    Ok(_) => {
                        signers.merchant(protocol).acknowledge(path, Timestamp::from_millis(host_now), true)
                    }
                    Err(error) => Ok(Reply::refuse(error)),
                };
                let answer = answer.unwrap_or_else(|error| Reply::refuse(&error));
                let headers: Vec<_> =
                    answer.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let answer = Acknowledgement { status: answer.status, headers: &headers, body: answer.body };
                gateway.acknowledge(now, notification, attempt, Some(answer));
            }
            None => {
                let good = matches!(stored, Ok(Some(_)));
                let (status, body): (u16, &[u8]) = match good {
                    true => (200, br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#),
                    false => (400, br#"{"result":{"resultStatus":"U","resultCode":"UNKNOWN_EXCEPTION"}}"#),
                };
                let answer = Acknowledgement { status, headers: &[], body };
                gateway.acknowledge(now, notification, attempt, Some(answer));
            }
        }
    }
}

fn believed(signed_by: SignedBy, body: &[u8]) -> Option<Object> {
    (signed_by == SignedBy::Gateway).then(|| Object::parse(body).ok()).flatten()
}

/// Something that goes wrong with a request: its name, and the header that asks the sandbox for it.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// For the table of what was injected.
    pub name: &'static str,
    /// The value of `Sandbox-Fault`, where the sandbox does it.
    pub header: Option<String>,
    /// The network makes another copy that arrives so much later.
    pub copy_after: Option<i64>,
}

impl Trouble {
    /// The request is under way for so long.
    pub fn delay(ms: i64) -> Self {
        Trouble { name: "request_delayed", header: Some(format!("request_delayed={ms}")), copy_after: None }
    }

    /// Draws one of the faults of the sandbox, and of a copy that the network delivers at any later time.
    pub fn draw(chance: &mut Chance) -> Self {
        use alipay_instore_sandbox::Fault;
        let faults = crate::drawn::faults();
        let choices = u64::try_from(faults.len()).unwrap_or(0);
        let at = usize::try_from(chance.below(choices.saturating_add(1))).unwrap_or(0);
        let latest = chance.pick(&[1_000, 9_000, 30_000, 150_000, 3_600_000], 9_000);
        let delay = chance.between(1, latest);
        match faults.get(at) {
            None => Trouble { name: "copied", header: None, copy_after: Some(delay) },
            Some((Fault::RequestDelayed(_) | Fault::ReplyDelayed(_), name, _)) => {
                Trouble { name, header: Some(format!("{name}={delay}")), copy_after: None }
            }
            Some((_, name, _)) => Trouble { name, header: Some((*name).to_owned()), copy_after: None },
        }
    }
}
