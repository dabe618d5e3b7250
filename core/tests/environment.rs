//! A merchant from the environment of a process: the test starts itself again with the variables set, since a
//! process can't change its own without unsafe code.
#![cfg(feature = "http")]
#![allow(clippy::unwrap_used)]

use std::process::Command;

use alipay_instore::merchant::Merchant;

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/messages");

fn in_process_with(variables: &[(&str, String)]) -> bool {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_process_itself", "--ignored"])
        .env_clear()
        .envs(variables.iter().map(|(name, value)| (format!("ALIPAY_INSTORE_{name}"), value)))
        .output()
        .unwrap()
        .status
        .success()
}

#[test]
#[ignore = "started by the other test, with the variables set"]
fn the_process_itself() {
    let merchant = Merchant::from_env().unwrap();
    assert_eq!(merchant.client_id(), "T_1");
}

#[test]
fn a_merchant_from_the_environment() {
    let mut variables = vec![
        ("PROTOCOL", "ams".to_owned()),
        ("CLIENT_ID", "T_1".to_owned()),
        ("GATEWAY", "sea".to_owned()),
        ("SIGNING_KEY", std::fs::read_to_string(format!("{KEYS}/merchant_private_key.pem")).unwrap()),
        ("GATEWAY_KEY_FILE", format!("{KEYS}/gateway_public_key.pem")),
    ];
    assert!(in_process_with(&variables));
    variables.remove(2);
    assert!(!in_process_with(&variables));
}
