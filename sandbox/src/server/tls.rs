//! TLS for the sandbox: an authority of its own and a certificate for this machine.

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

/// A new authority and a server certificate signed by it. The authority's key is not kept.
pub(crate) struct Certificates {
    /// The authority's certificate, for trust stores.
    pub(crate) ca_pem: String,
    server: CertificateDer<'static>,
    server_key: PrivateKeyDer<'static>,
}

impl Certificates {
    /// For `localhost`, `127.0.0.1`, `::1`, and the names given.
    pub(crate) fn make(names: &[String]) -> io::Result<Self> {
        let mut authority = CertificateParams::new(Vec::<String>::new()).map_err(io::Error::other)?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        authority.distinguished_name = named("alipay-instore sandbox CA");
        let authority_key = KeyPair::generate().map_err(io::Error::other)?;
        let authority_certificate = authority.self_signed(&authority_key).map_err(io::Error::other)?;

        let mut subjects = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
        subjects.extend(names.iter().cloned());
        let mut server = CertificateParams::new(subjects).map_err(io::Error::other)?;
        server.distinguished_name = named("alipay-instore sandbox");
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
        server.use_authority_key_identifier_extension = true;
        let server_key = KeyPair::generate().map_err(io::Error::other)?;
        let issuer = Issuer::from_params(&authority, &authority_key);
        let certificate = server.signed_by(&server_key, &issuer).map_err(io::Error::other)?;
        Ok(Certificates {
            ca_pem: authority_certificate.pem(),
            server: certificate.der().clone(),
            server_key: PrivatePkcs8KeyDer::from(server_key.serialize_der()).into(),
        })
    }
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// What accepts TLS connections with these certificates.
pub(crate) fn acceptor(certificates: Certificates) -> io::Result<TlsAcceptor> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificates.server], certificates.server_key)
        .map_err(io::Error::other)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
