//! A till that gets its merchant from the variables of its environment.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod program;

use program::{Sandbox, finish, program};

#[test]
fn a_merchant_from_the_environment() {
    let sandbox = Sandbox::start(1, &[]);
    let file = |name: &str| sandbox.folder.path().join(name);
    let settings: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file("sandbox.json")).unwrap()).unwrap();
    let complete = || {
        let mut command = program();
        command
            .args(["--json", "pay", "--protocol", "ams", "--code", "281006020000000000125733"])
            .args(["--amount", "19.99", "--currency", "USD"])
            .env("ALIPAY_INSTORE_PROTOCOL", "ams")
            .env("ALIPAY_INSTORE_CLIENT_ID", settings["client_id"].as_str().unwrap())
            .env("ALIPAY_INSTORE_GATEWAY", &sandbox.base_url)
            .env(
                "ALIPAY_INSTORE_SIGNING_KEY",
                std::fs::read_to_string(file("merchant_private_key.pem")).unwrap(),
            )
            .env("ALIPAY_INSTORE_GATEWAY_KEY_FILE", file("gateway_public_key.pem"));
        command
    };
    let paid = finish(&mut complete());
    assert_eq!((paid.status, paid.json()["outcome"].as_str()), (0, Some("succeeded")), "{}", paid.all());

    let missing = finish(complete().env_remove("ALIPAY_INSTORE_GATEWAY"));
    assert_eq!(missing.json()["error"]["code"], "config.missing", "{}", missing.all());
    assert!(missing.all().contains("ALIPAY_INSTORE_GATEWAY"));
}
