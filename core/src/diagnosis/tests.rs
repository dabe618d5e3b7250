//! What needs the inside of the library. Every finding is in tests/vectors/diagnosis.json, which `core/tests/vectors.rs` runs.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::search::MOST_TRIED;
use super::{Alternatives, Diagnosis};
use crate::gateway::Protocol;
use crate::merchant::fixture::{CLIENT_ID, merchant, merchant_key, signed_by_gateway};
use crate::signature::Content;

const TIME: &str = "2026-11-21T20:57:00.253+08:00";

/// Signed over one body, received with another.
fn of_bodies(signed: &[u8], received: &[u8]) -> Diagnosis {
    let signature = signed_by_gateway("/n", CLIENT_ID, TIME, signed);
    let headers = [("Signature", signature.as_str()), ("Request-Time", TIME)];
    merchant(Protocol::Ams).explain_notification(Some("/n"), headers, received, Alternatives::default())
}

fn codes(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// A body with everything that makes candidates many: text beyond ASCII, slashes, HTML, line breaks.
fn rich_body(length: usize) -> Vec<u8> {
    let mut body =
        String::from("{\n \"notifyType\": \"OTHER\", \"url\": \"https://shop.example/<é>&'=\", \"text\": \"");
    while body.len() + 4 < length {
        body.push_str("支付 /");
    }
    body.push_str("\"\n}");
    body.into_bytes()
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the time that it takes is what is tested")]
fn the_work_is_bounded() {
    let body = rich_body(4_096);
    let began = Instant::now();
    let diagnosis = of_bodies(b"{}x", &body);
    let took = began.elapsed();
    assert_eq!(codes(&diagnosis), ["content.differs"]);
    assert!(diagnosis.tried > 10_000 && diagnosis.tried <= MOST_TRIED, "{}", diagnosis.tried);
    println!("{} candidates over {} bytes in {took:?}", diagnosis.tried, body.len());
    // Ten times what an optimised build takes on a busy machine.
    assert!(took < Duration::from_secs(2), "{took:?}");
    // A large body costs no more bytes.
    let body = rich_body(1_000_000);
    let began = Instant::now();
    let diagnosis = of_bodies(b"{}x", &body);
    let took = began.elapsed();
    assert!(!diagnosis.complete && diagnosis.tried < 1_000, "{}", diagnosis.tried);
    println!("{} candidates over {} bytes in {took:?}", diagnosis.tried, body.len());
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn nothing_of_the_body_and_no_query_is_told() {
    let secret = "281006020000000000125733";
    let body = format!(r#"{{"paymentCode":"{secret}"}}"#);
    let printed = format!(r#"{{ "paymentCode" : "{secret}" }}"#);
    let signature = signed_by_gateway("/n?token=hunter2", CLIENT_ID, TIME, body.as_bytes());
    let headers = [("Signature", signature.as_str()), ("Request-Time", TIME)];
    let seen = Alternatives { paths: &["/public/n?token=hunter2"], ..Alternatives::default() };
    let merchant = merchant(Protocol::Ams);
    for body in [&body, &printed, "{}"] {
        let found = merchant.explain_notification(Some("/n"), headers, body.as_bytes(), seen);
        let told = format!("{found}{}{found:?}", found.to_json());
        for hidden in [secret, "hunter2", "token", &signature] {
            assert!(!told.contains(hidden), "{told}");
        }
    }
    let found = merchant.explain_notification(Some("/n"), headers, body.as_bytes(), seen);
    assert_eq!(codes(&found), ["path.query"]);
}

#[test]
fn what_a_stranger_wrote_is_shown_in_quotes_and_cut() {
    let id = format!("\u{1b}[31m{}", "x".repeat(5_000));
    let signature = signed_by_gateway("/n", &id, TIME, b"{}");
    let headers = [("Signature", signature.as_str()), ("Request-Time", TIME), ("Client-Id", &id)];
    let found =
        merchant(Protocol::Ams).explain_notification(Some("/n"), headers, b"{}", Alternatives::default());
    assert_eq!(codes(&found), ["client_id.other"]);
    let told = found.to_string();
    assert!(!told.contains('\u{1b}') && told.len() < 2_000, "{told}");
}

#[test]
fn the_words_name_key_hash_and_what_was_ruled_out() {
    let found = of_bodies(b"{\"a\":1}", b"{\"a\":2}");
    assert_eq!(found.summary, "the key is right, the content is not what was signed");
    let excluded = found.excluded.join("\n");
    for part in ["the key: the signature opens with the key gateway", "SHA-256 and PKCS#1 v1.5", "contents"] {
        assert!(excluded.contains(part), "{excluded}");
    }
    let signed = found.signed.unwrap();
    assert_eq!((signed.padding, signed.hash), ("pkcs1", Some("sha256")));
    // By `printf 'POST /n\nSANDBOX_T_1.2026-11-21T20:57:00.253+08:00.{"a":1}' | sha256sum`.
    assert_eq!(signed.digest.unwrap(), "89008df018b1b5bf4e5ddd0fc1cff6dcc393089397aeac3c4d62738f4b90abdf");
    let stranger = merchant(Protocol::Ams).explain_notification(
        Some("/n"),
        [("Signature", "algorithm=RSA256,signature=AAAA"), ("Request-Time", TIME)],
        b"{}",
        Alternatives::default(),
    );
    assert_eq!(codes(&stranger), ["signature.cut"]);
}

#[test]
fn a_message_of_another_merchant_is_told_by_the_own_key() {
    let header = merchant_key()
        .sign(Content { method: "POST", path: "/n", client_id: CLIENT_ID, time: TIME, body: b"{}" }, 1);
    let header = header.unwrap();
    let headers = [("Signature", header.as_str()), ("Response-Time", TIME)];
    let found = merchant(Protocol::Ams).explain_response("/n", headers, b"{}", Alternatives::default());
    assert_eq!(codes(&found), ["key.own"]);
    assert_eq!(
        found.keys.iter().map(|key| (key.name.as_str(), key.signer)).collect::<Vec<_>>(),
        [("gateway", false), ("own", true)]
    );
}

/// Nothing that verifies, pays or stores reaches the candidates: only this module names them, and the rest of the core does
/// not name this module.
#[test]
fn no_other_module_of_the_core_calls_it() {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![sources.clone()];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&sources).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "diagnosis" {
                    folders.push(path);
                }
                continue;
            }
            // What only tests are built with.
            if name.ends_with("tests.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let is_root = name == "lib.rs";
            assert!(is_root || !code.contains("diagnosis::"), "{name}");
            for call in ["explain_notification(", "explain_response(", ".public_operation(", ".own_keys("] {
                assert!(!code.contains(call), "{name} calls {call}");
            }
            read += 1;
        }
    }
    assert!(read > 100, "{read}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_panics(
        header in r#"(algorithm|keyVersion|signature|RSA256|[=,%+/ 0-9A-Fé\t\r\n-]){0,40}"#,
        time in r#"[0-9TZ:+. ,%-]{0,30}|\PC{0,10}"#,
        path in r#"(https?://)?[a-z/?%é. =]{0,24}"#,
        body in proptest::collection::vec(any::<u8>(), 0..60),
        id in r#"\PC{0,12}"#,
    ) {
        let headers = [("Signature", header.as_str()), ("Request-Time", &time), ("Client-Id", &id), ("Host", &path)];
        let seen = Alternatives { paths: &[&path], client_ids: &[&id], times: &[&time], keys: &[] };
        let merchant = merchant(Protocol::Ams);
        let _ = merchant.explain_notification(Some(&path), headers, &body, seen).to_string();
        let _ = merchant.explain_response(&path, headers, &body, seen).to_json().to_string();
    }

    #[test]
    fn nothing_panics_where_the_signature_opens(
        time in r#"[0-9TZ:+. ,%-]{0,30}|\PC{0,10}"#,
        path in r#"(https?://)?[a-z/?%é. =]{0,24}"#,
        body in r#"[\[\]{}":,a0é/<\\ \r\n-]{0,40}"#,
    ) {
        let header = signed_by_gateway("/n", CLIENT_ID, "T", b"{}");
        let headers = [("Signature", header.as_str()), ("Response-Time", &time)];
        let seen = Alternatives { paths: &[&path], ..Alternatives::default() };
        let found = merchant(Protocol::Ams).explain_response(&path, headers, body.as_bytes(), seen);
        prop_assert!(!found.findings.is_empty());
    }
}
