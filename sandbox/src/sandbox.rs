//! The sandbox as a whole: its folder of keys, its server, and how to start and stop it.

use std::fs;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use alipay_instore::keys::{self, SigningKey, VerifyingKey};
use alipay_instore::signature::{SigningKeys, VerifyingKeys};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::customer::Customer;
use crate::gateway::{Config, Gateway, Keys, Signatures};
use crate::server::{Certificates, Guard, Shared, acceptor, serve};
use crate::settings::Settings;

const MERCHANT_PRIVATE_KEY: &str = "merchant_private_key.pem";
const MERCHANT_PUBLIC_KEY: &str = "merchant_public_key.pem";
const GATEWAY_PRIVATE_KEY: &str = "gateway_private_key.pem";
const GATEWAY_PUBLIC_KEY: &str = "gateway_public_key.pem";
const CA: &str = "ca.pem";
const DESCRIPTION: &str = "sandbox.json";
const KEY_BITS: u32 = 2048;
const KEY_VERSION: u32 = 1;
/// How much of what happened the console can show.
const JOURNAL: usize = 5_000;

/// How to run a sandbox.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The folder for the keys, `ca.pem` and `sandbox.json`; made if it is not there.
    pub data_dir: PathBuf,
    /// HTTPS instead of HTTP, with a certificate of its own authority.
    pub tls: bool,
    /// Names for the certificate beside `localhost`, `127.0.0.1` and `::1`.
    pub tls_names: Vec<String>,
    /// How many times as fast as real time its clock runs.
    pub speed: u32,
    /// A clock to share, such as [`Clock::manual`]; then `speed` does not count.
    pub clock: Option<Clock>,
    /// The client it knows. Ids that start with `SANDBOX_` use the sandbox paths of AMS.
    pub client_id: String,
    /// What a customer does who was told nothing.
    pub customer: Customer,
    /// Whether a cancel that comes before its pay closes the id, which the real gateways don't do.
    pub cancel_closes_unknown: bool,
    /// How long after a result its notification sets out, in milliseconds of sandbox time.
    pub notify_after_ms: u32,
    /// What can also be changed while it runs.
    pub settings: Settings,
}

impl Options {
    /// Plain HTTP on a free port of this machine, in real time.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data_dir: data_dir.into(),
            tls: false,
            tls_names: Vec::new(),
            speed: 1,
            clock: None,
            client_id: "5Y0000000000000001".into(),
            customer: Customer::default(),
            cancel_closes_unknown: false,
            notify_after_ms: 0,
            settings: Settings::default(),
        }
    }
}

/// The embedded gateway.
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Makes the keys on the first start, listens, and writes `sandbox.json` once requests are answered.
    /// Runs in the background on the present tokio runtime, until [`Running::stop`] or the end of the value.
    ///
    /// # Errors
    /// The folder can't be written, a key in it can't be read, or the address can't be listened on.
    pub async fn start(options: Options) -> io::Result<Running> {
        let folder = options.data_dir.as_path();
        fs::create_dir_all(folder)?;
        // A till that waits for the file must not find the one of an earlier run.
        match fs::remove_file(folder.join(DESCRIPTION)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let keys = {
            let folder = options.data_dir.clone();
            tokio::task::spawn_blocking(move || load_keys(&folder)).await.map_err(io::Error::other)??
        };
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let clock = options.clock.clone().unwrap_or_else(|| Clock::running(options.speed));
        let tls = if options.tls {
            let certificates = Certificates::make(&options.tls_names)?;
            replace(&folder.join(CA), certificates.ca_pem.as_bytes(), false)?;
            Some(acceptor(certificates)?)
        } else {
            None
        };
        let base_url = base_url(address, options.tls);
        let mut config = Config::new(options.client_id, Signatures::Rsa(Arc::new(keys)));
        config.base_url.clone_from(&base_url);
        config.customer = options.customer;
        config.cancel_closes_unknown = options.cancel_closes_unknown;
        config.notify_after_ms = options.notify_after_ms;
        config.settings = options.settings;
        config.journal = JOURNAL;
        let token = if address.ip().is_loopback() { None } else { Some(new_token()?) };
        let description = describe(&config, &clock, options.tls, token.as_deref());
        let guard = match &token {
            Some(token) => Guard::with_token(token.clone()),
            None => Guard::local(options.tls_names),
        };
        let shared = Shared::new(Gateway::new(config), clock, guard)?;
        let (accepting, events) = serve(listener, tls, Arc::clone(&shared));
        // A token is only for this user.
        let private = token.is_some();
        let running =
            Running { base_url, address, data_dir: options.data_dir, shared, accepting, events, token };
        replace(&running.data_dir.join(DESCRIPTION), format!("{description:#}\n").as_bytes(), private)?;
        Ok(running)
    }
}

/// A sandbox that answers. Dropping it ends it.
pub struct Running {
    base_url: String,
    address: SocketAddr,
    data_dir: PathBuf,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
    events: JoinHandle<()>,
    token: Option<String>,
}

impl Running {
    /// Such as `http://127.0.0.1:40123`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address of the console, with the token where one is needed.
    pub fn console_url(&self) -> String {
        match &self.token {
            Some(token) => format!("{}/#token={token}", self.base_url),
            None => format!("{}/", self.base_url),
        }
    }

    /// What the control API below `/sandbox` wants as `Authorization: Bearer …`; none where it listens only on
    /// this machine.
    pub fn control_token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The file that tells a till how to reach it: `sandbox.json`.
    pub fn description(&self) -> PathBuf {
        self.data_dir.join(DESCRIPTION)
    }

    /// The clock, to be shared with a till in the same process.
    pub fn clock(&self) -> Clock {
        self.shared.clock.clone()
    }

    /// The gateway's books.
    pub fn gateway(&self) -> &Gateway {
        &self.shared.gateway
    }

    /// Ends it: no new connections, silent ones closed, answers that are being sent still sent.
    pub async fn stop(mut self) {
        self.shared.end();
        // Both tasks end by themselves; that one panicked would be no reason to stay.
        let _ = (&mut self.accepting).await;
        let _ = (&mut self.events).await;
    }

    /// Returns when it has ended.
    pub async fn ended(&mut self) {
        let _ = (&mut self.accepting).await;
    }
}

/// Without the token.
impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.end();
    }
}

fn base_url(address: SocketAddr, tls: bool) -> String {
    let (scheme, usual_port) = if tls { ("https", 443) } else { ("http", 80) };
    let host = match address.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        std::net::IpAddr::V4(ip) => ip.to_string(),
        std::net::IpAddr::V6(ip) => format!("[{ip}]"),
    };
    match address.port() {
        port if port == usual_port => format!("{scheme}://{host}"),
        port => format!("{scheme}://{host}:{port}"),
    }
}

fn describe(config: &Config, clock: &Clock, tls: bool, token: Option<&str>) -> Value {
    let mut description = json!({
        "base_url": config.base_url,
        "client_id": config.client_id,
        "protocols": ["ams", "alipay_plus"],
        "merchant_private_key": MERCHANT_PRIVATE_KEY,
        "merchant_public_key": MERCHANT_PUBLIC_KEY,
        "gateway_public_key": GATEWAY_PUBLIC_KEY,
        "gateway_private_key": GATEWAY_PRIVATE_KEY,
        "key_version": KEY_VERSION,
        "speed": clock.speed().unwrap_or(0),
        "clock_origin_ms": clock.origin_ms(),
    });
    if let Some(members) = description.as_object_mut() {
        if tls {
            members.insert("ca".into(), CA.into());
        }
        if let Some(token) = token {
            members.insert("control_token".into(), token.into());
        }
    }
    description
}

/// 128 bits that nobody guesses.
fn new_token() -> io::Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn load_keys(folder: &Path) -> io::Result<Keys> {
    let merchant = key_pair(folder, MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY)?.verifying_key();
    let gateway = key_pair(folder, GATEWAY_PRIVATE_KEY, GATEWAY_PUBLIC_KEY)?;
    let stranger = keys::generate(KEY_BITS).map_err(io::Error::other)?;
    Ok(Keys {
        merchant: VerifyingKeys::single(merchant),
        gateway: SigningKeys::single(KEY_VERSION, gateway),
        stranger: SigningKey::load(stranger.private_pem.as_bytes()).map_err(io::Error::other)?,
    })
}

/// The key pair in the folder, made if there is none. The public key's file is always written from the private
/// key, so that the two agree.
fn key_pair(folder: &Path, private_name: &str, public_name: &str) -> io::Result<SigningKey> {
    let path = folder.join(private_name);
    let key = match fs::read(&path) {
        Ok(pem) => SigningKey::load(pem).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{private_name}: {error}"))
        })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let made = keys::generate(KEY_BITS).map_err(io::Error::other)?;
            replace(&path, made.private_pem.as_bytes(), true)?;
            SigningKey::load(made.private_pem.as_bytes()).map_err(io::Error::other)?
        }
        Err(error) => return Err(error),
    };
    let public: VerifyingKey = key.verifying_key();
    replace(&folder.join(public_name), public.to_pem().as_bytes(), false)?;
    Ok(key)
}

/// Writes a file so that a reader sees the old one or the new one, never half of it.
fn replace(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let draft = path.with_file_name(name);
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&draft, path)
}
