//! Every error code is produced by some test.
#![allow(clippy::unwrap_used, reason = "test code")]

use std::fs;
use std::path::{Path, PathBuf};

use alipay_instore::error::ErrorCode;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Everything under these folders that can expect an error: vectors, and Rust sources except the codes themselves.
fn expectations(folder: &Path, texts: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            expectations(&path, texts);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "json")
            && !["codes.rs", "errors.json"].contains(&name.as_str())
        {
            texts.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_code_is_produced_by_some_test() {
    let mut texts = String::new();
    for folder in [
        "core/src",
        "core/tests",
        "tests/vectors",
        "tests/tests",
        "sandbox/src",
        "cli/tests",
        "store-sql/src",
        "store-sql/tests",
    ] {
        let folder = root().join(folder);
        if folder.is_dir() {
            expectations(&folder, &mut texts);
        }
    }
    // Raised by the packages of the other languages only, and tested there.
    let elsewhere = ["amount.float", "internal.panic", "store.conflict"];
    let unproven: Vec<_> = ErrorCode::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !elsewhere.contains(code))
        // RSA itself would have to fail under a key that was checked.
        .filter(|code| *code != "signature.failed")
        .filter(|code| !texts.contains(&format!("\"{code}\"")))
        .collect();
    assert!(unproven.is_empty(), "no test expects {unproven:?}");
}
