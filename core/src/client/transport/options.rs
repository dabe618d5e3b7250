//! How a transport reaches the gateways: the settings alone.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use super::configuration;
use crate::error::{Error, Result};

/// How a transport reaches the gateways. TLS is always verified.
#[derive(Clone, Debug)]
pub struct TransportOptions {
    /// How long a connection may take to come about, a proxy and TLS included; 3 seconds unless set.
    pub connect_timeout: Duration,
    /// How long a connection without a request is kept; 15 seconds unless set.
    ///
    /// Load balancers and address translators forget idle connections without telling either side, the quickest
    /// known after 30 to 60 seconds. A request on such a connection is lost, and nobody can say whether it arrived.
    /// 15 seconds keep the connection for the inquiries of one payment and stay well below those limits.
    pub idle_timeout: Duration,
    /// Which proxy is used. Loopback addresses are always reached directly.
    pub proxy: Proxy,
    /// Which certificate authorities are trusted.
    pub roots: Roots,
    /// Certificate authorities to trust besides those of `roots`, as PEM.
    pub extra_root_certificates: Vec<Vec<u8>>,
}

impl Default for TransportOptions {
    fn default() -> Self {
        TransportOptions {
            connect_timeout: Duration::from_secs(3),
            idle_timeout: Duration::from_secs(15),
            proxy: Proxy::System,
            roots: Roots::System,
            extra_root_certificates: Vec::new(),
        }
    }
}

impl TransportOptions {
    /// Adds the certificate authorities of a PEM file to `extra_root_certificates`, as `NODE_EXTRA_CA_CERTS` means it.
    ///
    /// # Errors
    /// `transport.configuration` if the file can't be read.
    pub fn add_roots_from(&mut self, file: &Path) -> Result<()> {
        let pem = std::fs::read(file).map_err(|error| {
            configuration(format!("the file {} can't be read: {}", file.display(), error.kind()))
        })?;
        self.extra_root_certificates.push(pem);
        Ok(())
    }
}

/// Which proxy is used for gateways other than this machine.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proxy {
    /// The one of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, less `NO_PROXY`), or of the system's
    /// settings on Windows and macOS.
    #[default]
    System,
    /// None, whatever the environment says.
    None,
    /// This one, whatever the environment says: `http`, `https`, `socks4`, `socks4a`, `socks5` or `socks5h`, with user
    /// and password where it wants them.
    Url(String),
}

impl FromStr for Proxy {
    type Err = Error;

    /// `system`, `none`, or a URL, which [`Transport::new`](super::Transport::new) checks.
    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "system" => Proxy::System,
            "none" => Proxy::None,
            url => Proxy::Url(url.to_owned()),
        })
    }
}

/// Without user and password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Proxy::System => f.write_str("System"),
            Proxy::None => f.write_str("None"),
            Proxy::Url(url) => {
                // The password may hold an @ that nobody escaped, so everything before the last one goes.
                let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
                let shown = match url.rsplit_once('@') {
                    Some((_, host)) => format!("{scheme}://***@{host}"),
                    None => url.clone(),
                };
                f.debug_tuple("Url").field(&shown).finish()
            }
        }
    }
}

/// Which certificate authorities are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roots {
    /// Those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name; without these variables the system's; where the system has
    /// none, as in small images, those of the Mozilla programme, which are part of the library.
    #[default]
    System,
    /// Only those of these PEM texts.
    Only(Vec<Vec<u8>>),
    /// Those of this PEM file, or of the PEM files in this folder, alone, as `REQUESTS_CA_BUNDLE` means it.
    Path(PathBuf),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_connections_are_kept_for_fifteen_seconds() {
        assert_eq!(TransportOptions::default().idle_timeout, Duration::from_secs(15));
    }

    #[test]
    fn a_proxy_is_a_word_or_a_url() {
        assert_eq!("system".parse::<Proxy>().unwrap(), Proxy::System);
        assert_eq!("none".parse::<Proxy>().unwrap(), Proxy::None);
        assert_eq!("socks5h://p:1080".parse::<Proxy>().unwrap(), Proxy::Url("socks5h://p:1080".into()));
    }

    #[test]
    fn a_password_is_not_printed() {
        let shown = |url: &str| format!("{:?}", Proxy::Url(url.into()));
        assert_eq!(shown("http://till:se@cret@proxy:3128"), r#"Url("http://***@proxy:3128")"#);
        assert_eq!(shown("till:secret@proxy:3128"), r#"Url("://***@proxy:3128")"#);
        assert_eq!(shown("http://proxy:3128"), r#"Url("http://proxy:3128")"#);
    }

    #[test]
    fn a_file_of_authorities_is_read_or_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, b"pem").unwrap();
        let mut options = TransportOptions::default();
        options.add_roots_from(&file).unwrap();
        assert_eq!(options.extra_root_certificates, [b"pem".to_vec()]);
        let error = options.add_roots_from(&folder.path().join("absent.pem")).unwrap_err();
        assert_eq!(error.code(), "transport.configuration");
        assert!(error.reason().contains("absent.pem"), "{error}");
    }
}
