//! The example of the entry code walk, walked by its own customer.

#[path = "../examples/entry_code_walk.rs"]
#[allow(unused, clippy::unwrap_used, reason = "the example's own main is not called here")]
mod example;

use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn the_entry_code_walk_ends_paid() {
    let folder = tempfile::tempdir().unwrap();
    let shop = example::Shop::open(folder.path()).await.unwrap();
    let walked = tokio::time::timeout(Duration::from_secs(60), example::walk(&shop)).await.unwrap();
    assert!(walked.unwrap().contains("19.99 USD"));
}
