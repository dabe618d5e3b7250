//! The till that the commands share: a client made from the settings of a merchant, over the payments of a place. A folder
//! remembers the settings too, so that `resume --store DIR` needs nothing else.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use alipay_instore::ErrorCode;
use alipay_instore::Timestamp;
use alipay_instore::client::{Client, Clock, FastClock, Observer, SystemClock, Transport, TransportOptions};
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::{Merchant, SandboxSettings};
use alipay_instore::store::{PaymentRecord, Store};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::place::{self, Place, folder_of};

const NOTE: &str = "till.json";

/// A protocol as it is written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum ProtocolName {
    /// Alipay's own gateway.
    Ams,
    /// The gateway of Alipay+.
    AlipayPlus,
}

impl From<ProtocolName> for Protocol {
    fn from(name: ProtocolName) -> Self {
        match name {
            ProtocolName::Ams => Protocol::Ams,
            ProtocolName::AlipayPlus => Protocol::AlipayPlus,
        }
    }
}

/// Which merchant a command works for.
#[derive(Debug, Args)]
pub(crate) struct MerchantOptions {
    /// The sandbox.json of a sandbox. Without it the merchant comes from the variables ALIPAY_INSTORE_*.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The protocol that the gateway speaks.
    #[arg(long, value_enum)]
    pub(crate) protocol: ProtocolName,
}

/// The store that a command works on.
#[derive(Debug, Args)]
pub(crate) struct StoreOptions {
    /// The store that `pay` was given: a folder, or the URL of a database, such as sqlite:///var/lib/till/payments.db.
    /// Without it the one that the command keeps for this user.
    #[arg(long, value_name = "DIR|URL")]
    pub(crate) store: Option<Place>,
    /// The sandbox.json of a sandbox, for a database; without it the merchant comes from the variables ALIPAY_INSTORE_*. A
    /// folder knows its merchant.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The protocol that the gateway speaks, for a database and a sandbox.
    #[arg(long, value_enum)]
    pub(crate) protocol: Option<ProtocolName>,
}

impl StoreOptions {
    /// Where the payments are.
    pub(crate) fn place(&self) -> Result<Place> {
        Place::given_or_usual(self.store.as_ref())
    }

    /// The merchant of a database.
    fn settings(&self) -> Result<Settings> {
        let protocol = match (self.protocol, &self.config) {
            (Some(protocol), _) => protocol,
            (None, None) => match Merchant::from_env()?.protocol() {
                Protocol::Ams => ProtocolName::Ams,
                Protocol::AlipayPlus => ProtocolName::AlipayPlus,
            },
            (None, Some(_)) => {
                let hint = "say --protocol as well: a sandbox has a merchant of each";
                return Err(Failure::usage("a database does not know its merchant", hint));
            }
        };
        Settings::new(&MerchantOptions { config: self.config.clone(), protocol })
    }
}

/// Where a merchant's settings come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `sandbox.json`, or the environment.
    config: Option<PathBuf>,
    protocol: Protocol,
}

impl Settings {
    /// From the command line; the path is made absolute, so that a later command finds it from anywhere.
    pub(crate) fn new(options: &MerchantOptions) -> Result<Self> {
        let absolute = options.config.as_ref().map(fs::canonicalize).transpose();
        let config = absolute.map_err(|error| Failure::io("the file of --config", &error))?;
        Ok(Settings { config, protocol: options.protocol.into() })
    }

    fn from_note(text: &[u8]) -> Option<Self> {
        let note: Value = serde_json::from_slice(text).ok()?;
        let config = match note.get("config")? {
            Value::Null => None,
            config => Some(PathBuf::from(config.as_str()?)),
        };
        Some(Settings { config, protocol: note.get("protocol")?.as_str()?.parse().ok()? })
    }

    fn note(&self) -> String {
        let config = self.config.as_ref().map(|path| path.to_string_lossy());
        format!("{:#}\n", json!({"config": config, "protocol": self.protocol.as_str()}))
    }
}

/// A client, its clock, and the store beneath it.
#[derive(Clone)]
pub(crate) struct Till {
    pub(crate) client: Client,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) store: Arc<dyn Store>,
}

impl Till {
    /// A till over the payments of a place. `claims`: it also drives what is due and nobody drives.
    pub(crate) async fn open(
        settings: &Settings,
        place: &Place,
        notify_url_configured: bool,
        claims: bool,
        observer: Option<Arc<dyn Observer>>,
    ) -> Result<Self> {
        let store = place.open(settings.protocol, claims).await?;
        if let Place::Folder(folder) = place {
            remember(&folder_of(folder, settings.protocol), settings)?;
        }
        let Connection { merchant, transport, clock } =
            Connection::read(settings.config.as_deref(), settings.protocol)?;
        if merchant.protocol() != settings.protocol {
            let hint = "set ALIPAY_INSTORE_PROTOCOL and --protocol to the same";
            return Err(Failure::usage("the variables describe a merchant of the other protocol", hint));
        }
        let mut builder = Client::builder(merchant, Arc::clone(&store))
            .transport(Transport::new(&transport)?)
            .clock(Arc::clone(&clock))
            .notify_url_configured(notify_url_configured)
            .claims(claims);
        if let Some(observer) = observer {
            builder = builder.observer(observer);
        }
        Ok(Till { client: builder.build()?, clock, store })
    }

    /// The tills of a store: of a folder one a protocol that was used.
    pub(crate) async fn stored(
        options: &StoreOptions,
        claims: bool,
        observer: Option<&Arc<dyn Observer>>,
    ) -> Result<Vec<Self>> {
        let place = options.place()?;
        let Place::Folder(folder) = &place else {
            let settings = options.settings()?;
            return Ok(vec![Till::open(&settings, &place, true, claims, observer.cloned()).await?]);
        };
        let mut tills = Vec::new();
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let text = match fs::read(folder_of(folder, protocol).join(NOTE)) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(Failure::io("the settings in the folder of --store", &error)),
            };
            let settings = Settings::from_note(&text).ok_or_else(|| {
                Failure::new(
                    "cli.store",
                    "till.json in the folder of --store can't be read",
                    "restore the file",
                )
            })?;
            let till = Till::open(&settings, &place, true, claims, observer.cloned()).await?;
            tills.push(till);
        }
        if tills.is_empty() {
            return Err(place::no_payments());
        }
        Ok(tills)
    }

    /// The till of a store that knows this payment.
    pub(crate) async fn of_payment(
        options: &StoreOptions,
        id: &str,
        observer: Option<&Arc<dyn Observer>>,
    ) -> Result<Self> {
        for till in Till::stored(options, false, observer).await? {
            if till.record(id).await?.is_some_and(|record| till.owns(&record)) {
                return Ok(till);
            }
        }
        let hint = "`store list` lists the payments of a store";
        Err(Failure::new(ErrorCode::RequestUnknownPayment.as_str(), "no payment of this id is stored", hint))
    }

    /// What is stored of a payment.
    pub(crate) async fn record(&self, id: &str) -> Result<Option<PaymentRecord>> {
        place::record(&*self.store, id).await
    }

    /// Whether it is a payment of this merchant at this gateway: a database can hold those of others.
    pub(crate) fn owns(&self, record: &PaymentRecord) -> bool {
        let merchant = self.client.merchant();
        record.belongs_to(merchant.client_id(), merchant.protocol())
    }
}

/// A merchant, the way to its gateway, and the clock that it goes by.
pub(crate) struct Connection {
    pub(crate) merchant: Merchant,
    pub(crate) transport: TransportOptions,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Connection {
    /// From a `sandbox.json`, which has a merchant of each protocol, or from the variables, which say their own.
    pub(crate) fn read(config: Option<&Path>, protocol: Protocol) -> alipay_instore::Result<Self> {
        let mut transport = TransportOptions::default();
        let (merchant, clock) = match config {
            Some(config) => {
                let sandbox = SandboxSettings::from_file(config, protocol)?;
                transport.extra_root_certificates.extend(sandbox.ca_pem);
                (sandbox.merchant, clock(sandbox.clock_origin, sandbox.speed))
            }
            None => (Merchant::from_env()?, clock(None, 1)),
        };
        Ok(Connection { merchant, transport, clock })
    }
}

/// A sandbox that runs faster than real time has a till beside it that does so too.
fn clock(origin: Option<Timestamp>, speed: u32) -> Arc<dyn Clock> {
    match origin {
        Some(origin) if speed > 1 => Arc::new(FastClock::new(origin, speed)),
        _ => Arc::new(SystemClock),
    }
}

/// Writes down which merchant the folder belongs to; one that belongs to another is left alone.
fn remember(folder: &Path, settings: &Settings) -> Result<()> {
    let path = folder.join(NOTE);
    match fs::read(&path) {
        Ok(text) if Settings::from_note(&text).as_ref() == Some(settings) => Ok(()),
        Ok(_) => {
            let hint = "use another folder for each merchant, or delete till.json if the settings have moved";
            Err(Failure::new("cli.store", "the folder of --store belongs to other settings", hint))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => write(&path, settings.note().as_bytes())
            .map_err(|error| Failure::io("till.json can't be written", &error)),
        Err(error) => Err(Failure::io("the settings in the folder of --store", &error)),
    }
}

/// Whole or not at all: a till that is killed here must be able to start again.
fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::File::create(&draft)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_their_note() {
        for config in [None, Some(PathBuf::from("/a/b \"c\"/sandbox.json"))] {
            let settings = Settings { config, protocol: Protocol::AlipayPlus };
            assert_eq!(Settings::from_note(settings.note().as_bytes()), Some(settings));
        }
        for bad in ["", "{}", r#"{"config":1,"protocol":"ams"}"#, r#"{"config":null,"protocol":"x"}"#] {
            assert_eq!(Settings::from_note(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn a_folder_keeps_to_its_merchant() {
        let folder = tempfile::tempdir().unwrap();
        let settings = |name: &str| Settings { config: Some(PathBuf::from(name)), protocol: Protocol::Ams };
        remember(folder.path(), &settings("/a")).unwrap();
        remember(folder.path(), &settings("/a")).unwrap();
        assert_eq!(remember(folder.path(), &settings("/b")).unwrap_err().code, "cli.store");
    }
}
