//! The certificate authorities that a transport trusts, as the TLS settings of all its connections.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::CertificateResult;

use super::configuration;
use super::options::{Roots, TransportOptions};
use crate::error::Result;

type Certificates = Vec<CertificateDer<'static>>;

/// TLS by the options. Made once: what the files hold later is not seen.
pub(super) fn tls(options: &TransportOptions) -> Result<ClientConfig> {
    let mut extra = Certificates::new();
    for pem in &options.extra_root_certificates {
        extra.extend(of_pem(pem)?);
    }
    match &options.roots {
        Roots::Only(texts) => {
            let mut only = Certificates::new();
            for pem in texts {
                only.extend(of_pem(pem)?);
            }
            only.extend(extra);
            trusting(Certificates::new(), only)
        }
        Roots::Path(path) => trusting(of_path(path)?, extra),
        Roots::System => match of_environment()? {
            Some(named) => trusting(named, extra),
            None => system(extra),
        },
    }
}

/// Where `SSL_CERT_FILE` or `SSL_CERT_DIR` is set, what it names is trusted in place of the system's. One that names
/// nothing usable is an error: silently trusting something else would show up much later, as a certificate that is
/// refused, or worse, accepted.
fn of_environment() -> Result<Option<Certificates>> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("SSL_CERT_FILE") && !set("SSL_CERT_DIR") {
        return Ok(None);
    }
    let found = rustls_native_certs::load_native_certs();
    some(found, || "SSL_CERT_FILE or SSL_CERT_DIR is set and names no certificate".to_owned()).map(Some)
}

fn of_path(path: &Path) -> Result<Certificates> {
    let (file, folder) = if path.is_dir() { (None, Some(path)) } else { (Some(path), None) };
    let found = rustls_native_certs::load_certs_from_paths(file, folder);
    some(found, || format!("{} holds no certificate as PEM", path.display()))
}

fn some(found: CertificateResult, reason: impl FnOnce() -> String) -> Result<Certificates> {
    if found.certs.is_empty() {
        let because = found.errors.first().map(|error| format!(" ({error})")).unwrap_or_default();
        return Err(configuration(reason() + &because));
    }
    Ok(found.certs)
}

fn of_pem(pem: &[u8]) -> Result<Certificates> {
    let read: Result<Certificates, _> = CertificateDer::pem_slice_iter(pem).collect();
    match read {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(configuration("a text that should hold root certificates as PEM holds none")),
        Err(_) => Err(configuration("a root certificate is not valid PEM")),
    }
}

/// The system's authorities, or the bundled ones where it has none, and these.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn system(extra: Certificates) -> Result<ClientConfig> {
    // Android keeps its own behind Java; there a host passes what it trusts, or has the bundled ones.
    let found = match cfg!(target_os = "android") {
        true => Certificates::new(),
        false => rustls_native_certs::load_native_certs().certs,
    };
    trusting(or_bundled(found), extra)
}

/// Windows and macOS judge certificates themselves: they fetch authorities when they are first met, and know what an
/// administrator forbade.
#[cfg(any(windows, target_vendor = "apple"))]
fn system(extra: Certificates) -> Result<ClientConfig> {
    let provider = provider();
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(extra, Arc::clone(&provider))
        .map_err(|error| configuration(format!("the certificate authorities can't be used: {error}")))?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| configuration(format!("TLS can't be set up: {error}")))?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    Ok(builder.with_no_client_auth())
}

#[cfg(not(any(windows, target_vendor = "apple")))]
fn or_bundled(found: Certificates) -> Certificates {
    match found.is_empty() {
        true => webpki_root_certs::TLS_SERVER_ROOT_CERTS.to_vec(),
        false => found,
    }
}

fn trusting(collection: Certificates, passed: Certificates) -> Result<ClientConfig> {
    let store = store(collection, passed)?;
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| configuration(format!("TLS can't be set up: {error}")))?;
    Ok(builder.with_root_certificates(store).with_no_client_auth())
}

/// A collection can hold relics that no parser takes, and the others are still good; what was passed has to be right.
fn store(collection: Certificates, passed: Certificates) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(collection);
    for certificate in passed {
        store.add(certificate).map_err(|error| {
            configuration(format!("a root certificate that was passed can't be used: {error}"))
        })?;
    }
    match store.is_empty() {
        true => Err(configuration("none of the root certificates can be used")),
        false => Ok(store),
    }
}

fn provider() -> Arc<CryptoProvider> {
    let chosen = CryptoProvider::get_default().cloned();
    chosen.unwrap_or_else(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
}

#[cfg(all(test, not(any(windows, target_vendor = "apple"))))]
mod tests {
    use super::*;

    #[test]
    fn extra_roots_join_the_bundled_ones_where_the_system_has_none() {
        let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
        let extra = || bundled.iter().take(1).cloned().collect::<Certificates>();
        let relic = CertificateDer::from(b"relic".to_vec());
        let none = store(or_bundled(Certificates::new()), extra()).unwrap();
        assert_eq!(none.len(), bundled.len() + 1);
        let system = vec![bundled.last().unwrap().clone(), relic.clone()];
        assert_eq!(store(or_bundled(system), extra()).unwrap().len(), 2);
        assert_eq!(store(Certificates::new(), vec![relic]).unwrap_err().code(), "transport.configuration");
    }
}
