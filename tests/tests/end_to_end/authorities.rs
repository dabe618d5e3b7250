//! Which certificate authorities are trusted: the environment's, the passed ones, and those in a file or a folder.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use alipay_instore::client::{Client, Roots, SystemClock, Transport, TransportOptions};
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::SandboxSettings;
use alipay_instore::store::MemoryStore;

use crate::shop::Shop;

async fn secure() -> Shop {
    Shop::open_with(|options| options.tls = true).await
}

/// `ok`, or the code of what went wrong with one inquiry.
async fn inquiry(description: &Path, options: &TransportOptions) -> &'static str {
    let merchant = SandboxSettings::from_file(description, Protocol::Ams).unwrap().merchant;
    let transport = match Transport::new(options) {
        Ok(transport) => transport,
        Err(error) => return error.code().as_str(),
    };
    let builder = Client::builder(merchant, Arc::new(MemoryStore::new()));
    let client = builder.clock(Arc::new(SystemClock)).transport(transport).build().unwrap();
    client.inquire("nobody").await.map_or_else(|error| error.code().as_str(), |_| "ok")
}

/// The test runs itself again with the environment to be tried, since a process's own must not change under others.
#[tokio::test(flavor = "multi_thread")]
async fn ssl_cert_file_and_ssl_cert_dir_name_what_is_trusted() {
    const CHILD: &str = "TEST_OF_SSL_CERT_VARIABLES";
    if let Some(description) = std::env::var_os(CHILD) {
        println!("code: {}.", inquiry(Path::new(&description), &TransportOptions::default()).await);
        return;
    }
    let shop = secure().await;
    let ca = shop.settings(Protocol::Ams).ca_pem.unwrap();
    let folder = shop.folder().join("authorities");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("ca.pem"), &ca).unwrap();
    let empty = shop.folder().join("empty.pem");
    std::fs::write(&empty, "nothing").unwrap();
    let at = |path: &Path| path.to_str().unwrap().to_owned();
    for (variable, value, code) in [
        ("SSL_CERT_FILE", String::new(), "transport.certificate"),
        ("SSL_CERT_FILE", at(&folder.join("ca.pem")), "ok"),
        ("SSL_CERT_DIR", at(&folder), "ok"),
        ("SSL_CERT_FILE", at(&folder.join("absent.pem")), "transport.configuration"),
        ("SSL_CERT_FILE", at(&empty), "transport.configuration"),
    ] {
        let mut again = Command::new(std::env::current_exe().unwrap());
        let name = "authorities::ssl_cert_file_and_ssl_cert_dir_name_what_is_trusted";
        again.args(["--exact", "--nocapture", name]);
        again.env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR").env(CHILD, shop.sandbox.description());
        if !value.is_empty() {
            again.env(variable, &value);
        }
        let output = tokio::task::spawn_blocking(move || again.output().unwrap()).await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains(&format!("code: {code}.")), "{variable}={value}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roots_come_from_a_file_a_folder_or_the_program() {
    let shop = secure().await;
    let description = shop.sandbox.description().to_owned();
    let ca = shop.settings(Protocol::Ams).ca_pem.unwrap();
    let folder = shop.folder().join("authorities");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("ca.pem");
    std::fs::write(&file, &ca).unwrap();
    let with = |roots: Roots| TransportOptions { roots, ..TransportOptions::default() };
    let mut extra = TransportOptions::default();
    extra.add_roots_from(&file).unwrap();
    for (options, code) in [
        (with(Roots::Only(vec![ca.clone()])), "ok"),
        (with(Roots::Path(file.clone())), "ok"),
        (with(Roots::Path(folder)), "ok"),
        (extra, "ok"),
        (TransportOptions::default(), "transport.certificate"),
    ] {
        assert_eq!(inquiry(&description, &options).await, code, "{:?}", options.roots);
    }
}
