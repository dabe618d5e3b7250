//! The shared vectors of kinds `key`, `sign` and `verify`, through every backend that is built in.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::signature::{Backend, Content};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

fn file(name: &str) -> Value {
    let path = format!("{}/../tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn bytes(case: &Value, text: &str, base64: &str) -> Vec<u8> {
    match case[text].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => STANDARD.decode(case[base64].as_str().unwrap()).unwrap(),
    }
}

fn content<'a>(case: &'a Value, body: &'a [u8]) -> Content<'a> {
    let text = |name: &str| case[name].as_str().unwrap();
    Content {
        method: text("method"),
        path: text("path"),
        client_id: text("client_id"),
        time: text("time"),
        body,
    }
}

/// Runs the cases of one kind and gives back how many there were.
fn run(name: &str, kind: &str, mut check: impl FnMut(&Value, &Value) -> Result<(), String>) -> usize {
    let file = file(name);
    let cases: Vec<_> =
        file["cases"].as_array().unwrap().iter().filter(|case| case["kind"] == kind).collect();
    let failures: Vec<_> = cases
        .iter()
        .filter_map(|case| check(&file, case).err().map(|error| format!("{}: {error}", case["name"])))
        .collect();
    assert!(failures.is_empty(), "{} of {} in {name}:\n{}", failures.len(), cases.len(), failures.join("\n"));
    cases.len()
}

fn compare(found: Value, expected: &Value) -> Result<(), String> {
    if found == *expected { Ok(()) } else { Err(format!("found {found}, expected {expected}")) }
}

fn run_sign(name: &str) -> usize {
    let file = file(name);
    Backend::ALL
        .iter()
        .map(|&backend| {
            let key = SigningKey::load_with(backend, file["private_key"].as_str().unwrap()).unwrap();
            run(name, "sign", |_, case| {
                let body = bytes(case, "body", "body_base64");
                let version = u32::try_from(case["key_version"].as_u64().unwrap()).unwrap();
                let found = match key.sign(content(case, &body), version) {
                    Ok(header) => serde_json::json!({ "signature_header": header }),
                    Err(error) => serde_json::json!({ "error": error.code() }),
                };
                compare(found, &case["expected"])
            })
        })
        .sum()
}

fn run_verify(name: &str) -> usize {
    let file = file(name);
    Backend::ALL
        .iter()
        .map(|&backend| {
            let key = VerifyingKey::load_with(backend, file["public_key"].as_str().unwrap()).unwrap();
            run(name, "verify", |_, case| {
                let body = bytes(case, "body", "body_base64");
                let result = key.verify(case["signature_header"].as_str().unwrap(), content(case, &body));
                let found = match result {
                    Ok(()) => serde_json::json!({ "verified": true }),
                    Err(error) if case["expected"].get("error").is_some() => {
                        serde_json::json!({ "verified": false, "error": error.code() })
                    }
                    Err(_) => serde_json::json!({ "verified": false }),
                };
                compare(found, &case["expected"])
            })
        })
        .sum()
}

#[test]
fn signing() {
    assert_eq!(run_sign("signing.json"), 18 * Backend::ALL.len());
    assert_eq!(run_verify("signing.json"), 14 * Backend::ALL.len());
}

#[test]
fn sign() {
    assert!(run_sign("sign.json") >= 200 * Backend::ALL.len());
}

#[test]
fn verify() {
    assert!(run_verify("verify.json") >= 300 * Backend::ALL.len());
    assert!(run_verify("verify_e_3.json") >= 80 * Backend::ALL.len());
}

#[test]
fn key() {
    for &backend in Backend::ALL {
        let count = run("keys.json", "key", |_, case| {
            let key = bytes(case, "text", "der_base64");
            let result = match case["role"].as_str().unwrap() {
                "private" => SigningKey::load_with(backend, &key).map(|key| key.verifying_key()),
                _ => VerifyingKey::load_with(backend, &key),
            };
            let found = match result {
                Ok(key) => serde_json::json!({ "bits": key.bits(), "fingerprint": key.fingerprint() }),
                Err(error) => serde_json::json!({ "error": error.code() }),
            };
            compare(found, &case["expected"])
        });
        assert!(count >= 80);
    }
}
