//! Tills that are killed while they pay agree with the ledger; one that does not is found.
#![allow(clippy::unwrap_used)]

use conformance::crash::run;

#[tokio::test(flavor = "multi_thread")]
async fn killed_tills_agree_with_the_ledger() {
    let report = run(vec![env!("CARGO_BIN_EXE_crash-till").to_owned()], 20, 1, 50).await.unwrap();
    assert!(report.kills >= 20, "{report:?}");
    assert!(report.defects.is_empty(), "{:#?}", report.defects);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_that_guesses_is_found() {
    let guess = std::env::temp_dir().join(format!("guessing-till-{}", std::process::id()));
    std::fs::write(&guess, "echo '{\"outcome\":\"succeeded\"}'").unwrap();
    let report = run(vec!["sh".to_owned(), guess.to_string_lossy().into_owned()], 1, 1, 50).await.unwrap();
    std::fs::remove_file(&guess).unwrap();
    assert!(!report.defects.is_empty());
}
