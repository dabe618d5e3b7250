//! Two processes on one database.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use alipay_instore::payment::Secret;
use alipay_instore::store::{Store as _, StoreError};
use tokio::process::Command;

use super::Place;
use super::records::{T, entry};

/// How often each process saves the record that both of them save.
const SAVES: u64 = 40;
/// How many records they claim.
const RECORDS: usize = 60;

/// Two processes save one record and claim the others: no save is lost, and no record is given to both.
pub(crate) async fn two_processes_share_a_database(url: &str) {
    let place = Place::new(url).migrated().await;
    let store = place.open().await;
    let mut saved = entry("saved");
    saved.columns.due_at = None;
    store.insert(&saved, None).await.unwrap();
    for number in 0..RECORDS {
        store.insert(&entry(&format!("p{number:02}")), None).await.unwrap();
    }
    let (one, two) = tokio::join!(start(&place, "one"), start(&place, "two"));
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, said) in [("one", &one), ("two", &two)] {
        for id in said.lines().filter_map(|line| line.strip_prefix("claimed ")) {
            assert_eq!(owners.insert(id, name), None, "{id} was given to both");
        }
    }
    assert_eq!(owners.len(), RECORDS);
    for (id, owner) in owners {
        assert_eq!(store.load(id).await.unwrap().unwrap().owner.as_deref(), Some(owner), "{id}");
    }
    assert_eq!(store.load("saved").await.unwrap().unwrap().revision, 1 + 2 * SAVES);
    drop(store);
    place.leave().await;
}

/// Runs this program once more, as one process on the tables of this place, and gives what it said.
async fn start(place: &Place, name: &str) -> String {
    let program = std::env::current_exe().unwrap();
    let done = Command::new(program)
        .args(["checks::processes::one_process", "--exact", "--ignored", "--nocapture"])
        .env("ALIPAY_TEST_URL", &place.url)
        .env("ALIPAY_TEST_PREFIX", &place.prefix)
        .env("ALIPAY_TEST_NAME", name)
        .stderr(Stdio::inherit())
        .output()
        .await
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{name} failed: {said}");
    said
}

#[tokio::test]
#[ignore = "it is started by other tests"]
async fn one_process() {
    let [url, prefix, name] = ["ALIPAY_TEST_URL", "ALIPAY_TEST_PREFIX", "ALIPAY_TEST_NAME"]
        .map(|name| std::env::var(name).unwrap());
    let store = Place { url, prefix }.open().await;
    // Both begin at the same time.
    while store.beat(&name).await.unwrap().owners.len() < 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for number in 0..SAVES {
        loop {
            let found = store.load("saved").await.unwrap().unwrap();
            let mut changed = found.entry;
            changed.text = Secret::new(format!("{name} {number}"));
            match store.save(&changed, found.revision, None).await {
                Ok(()) => break,
                Err(StoreError::Conflict(Some(_))) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
    }
    loop {
        let claimed = store.claim(&name, T, 4).await.unwrap();
        if claimed.is_empty() {
            break;
        }
        for stored in claimed {
            // After the line in which the test's own name stands.
            println!("\nclaimed {}", stored.entry.columns.id);
        }
    }
}
