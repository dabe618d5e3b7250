//! The demonstration as `make demo` runs it: every outcome agrees with the ledger, and nothing secret is shown.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "test code"
)]

mod program;

use program::{finish, program, run};

#[test]
fn every_outcome_agrees_with_the_ledger() {
    let ran = run(&["demo", "-vv", "--json"]);
    let json = ran.json();
    let wrong: Vec<_> =
        json["payments"].as_array().unwrap().iter().filter(|row| row["agrees"] != true).collect();
    assert_eq!(ran.status, 0, "{wrong:?}");
    assert!(wrong.is_empty());
    assert!(json["payments"].as_array().unwrap().len() >= 60);
    assert_eq!((json["disagreeing"].as_u64(), json["unresolved"].as_u64()), (Some(0), Some(0)));
    assert!(json["acknowledged"].as_u64().unwrap() >= 2);
    assert!(!ran.all().contains("28100602900000"), "a payment code is shown");
    assert!(!ran.all().contains("PRIVATE KEY"), "a key is shown");
}

#[test]
fn the_timeline_says_what_was_sent_and_decided() {
    let ran = run(&["demo", "--only", "entry_code_notified"]);
    assert_eq!(ran.status, 0, "{}", ran.all());
    for part in [
        "20 times as fast",
        "-> pay",
        "redirect GET",
        "<- notification: verified",
        "== succeeded: paid",
        "agrees",
    ] {
        assert!(ran.out.contains(part), "{part} is missing: {}", ran.out);
    }
}

#[test]
fn u2_the_demo_needs_no_proxy() {
    let mut command = program();
    command.args(["demo", "--only", "paid_at_once"]);
    // Nobody listens there.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env(name, "http://127.0.0.1:9");
    }
    let ran = finish(command.env_remove("NO_PROXY").env_remove("no_proxy"));
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(ran.out.contains("succeeded: paid"), "{}", ran.all());
}
