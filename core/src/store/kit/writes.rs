//! What is written, compared and set.

use super::sample::{changed, earlier, finished_record, open_record};
use super::{Broken, Fixture, conflict, holds, open, same};
use crate::store::{StoreError, Stored};

pub(super) async fn what_is_written_is_read(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    same(&store.load("p1").await?, &None, "a record that was never written")?;
    let mut entry = open_record("p1")?;
    entry.columns.gateway_time = Some(earlier(5));
    entry.columns.refund_ids = vec!["r1".to_owned(), "r2".to_owned()];
    entry.columns.open_alerts = true;
    store.beat("a").await?;
    store.insert(&entry, Some("a")).await?;
    let expected = Stored { entry, revision: 1, owner: Some("a".into()) };
    same(&store.load("p1").await?, &Some(expected), "a record that was inserted")?;
    let entry = finished_record("p2")?;
    store.insert(&entry, None).await?;
    let expected = Stored { entry, revision: 1, owner: None };
    same(&store.load("p2").await?, &Some(expected), "a finished record")
}

pub(super) async fn what_is_written_is_there_for_others(fixture: &dyn Fixture) -> Result<(), Broken> {
    let first = open(fixture).await?;
    let entry = open_record("p1")?;
    first.insert(&entry, None).await?;
    let second = open(fixture).await?;
    let next = changed(&entry, "two");
    second.save(&next, 1, None).await?;
    let expected = Some(Stored { entry: next.clone(), revision: 2, owner: None });
    same(&first.load("p1").await?, &expected, "what another one saved")?;
    drop((first, second));
    same(&open(fixture).await?.load("p1").await?, &expected, "after everybody has closed the store")
}

pub(super) async fn an_id_is_inserted_once(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let entry = open_record("p1")?;
    store.insert(&entry, None).await?;
    let found = conflict(store.insert(&changed(&entry, "other"), None).await, "the second insert")?;
    same(&found.map(|found| found.entry), &Some(entry), "the record that is there")?;
    // A finished one is in the way too.
    store.insert(&finished_record("p2")?, None).await?;
    conflict(store.insert(&open_record("p2")?, None).await, "an insert over a finished record")?;
    Ok(())
}

pub(super) async fn compare_and_set(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let entry = open_record("p1")?;
    conflict(store.save(&entry, 1, None).await, "a save where there is no record")?;
    conflict(store.save(&entry, 0, None).await, "a save of revision 0")?;
    store.insert(&entry, None).await?;
    for expected in [0, 2, u64::MAX >> 1] {
        conflict(store.save(&changed(&entry, "wrong"), expected, None).await, "a save of another revision")?;
    }
    for revision in 1..20 {
        let next = changed(&entry, &format!("after {revision}"));
        store.save(&next, revision, None).await?;
        conflict(store.save(&changed(&entry, "late"), revision, None).await, "the same save again")?;
        let expected = Stored { entry: next, revision: revision + 1, owner: None };
        same(&store.load("p1").await?, &Some(expected), "what was saved")?;
    }
    // From finished to open and back.
    store.save(&finished_record("p1")?, 20, None).await?;
    conflict(store.save(&entry, 20, None).await, "a save of a revision that is finished by now")?;
    store.save(&entry, 21, None).await?;
    same(&store.load("p1").await?.map(|found| found.revision), &Some(22), "the revision")
}

pub(super) async fn a_conflict_gives_the_record_found(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let entry = open_record("p1")?;
    same(&conflict(store.save(&entry, 1, None).await, "a save")?, &None, "where there is no record")?;
    store.insert(&entry, None).await?;
    let next = changed(&entry, "two");
    store.save(&next, 1, None).await?;
    let found = conflict(store.save(&changed(&entry, "late"), 1, None).await, "a save")?;
    let expected = Stored { entry: next, revision: 2, owner: None };
    same(&found.map(|found| *found), &Some(expected), "the record that a conflict gives")
}

pub(super) async fn only_the_owner_saves_as_owner(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    store.beat("b").await?;
    let entry = open_record("p1")?;
    store.insert(&entry, Some("a")).await?;
    let next = changed(&entry, "by b");
    let found = conflict(store.save(&next, 1, Some("b")).await, "a save as an owner that it is not")?;
    same(&found.and_then(|found| found.owner).as_deref(), &Some("a"), "the owner that a conflict gives")?;
    store.save(&next, 1, Some("a")).await?;
    store.save(&next, 2, None).await?;
    let found = store.load("p1").await?;
    same(&found.and_then(|found| found.owner).as_deref(), &Some("a"), "the owner after a save by nobody")
}

pub(super) async fn any_text_is_kept(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let texts = [
        "",
        "{}",
        "line\nbreak\r\n\t",
        "'; drop table payments; --",
        "%s\\u0000 \"quoted\" \u{1f600} \u{e9}",
    ];
    let long = "x".repeat(200_000);
    for (number, text) in texts.into_iter().chain([long.as_str()]).enumerate() {
        let id = format!("p{number}");
        let entry = changed(&open_record(&id)?, text);
        store.insert(&entry, None).await?;
        let found = store.load(&id).await?.map(|found| found.entry);
        holds(found.as_ref() == Some(&entry), || format!("text {number} came back changed"))?;
    }
    // Ids that differ in one character, in case or in a sign that has a meaning elsewhere are different ids.
    let mut entries = Vec::new();
    for id in
        ["a", "A", "a/b", "../a", "a%2Fb", "a_b", "a%b", "a.b", "a*", "CON", "nul.txt", "'a'", "~", "a:b"]
    {
        let entry = changed(&open_record(id)?, id);
        store.insert(&entry, None).await.map_err(|error| Broken(format!("the id {id}: {error:?}")))?;
        entries.push(entry);
    }
    for entry in entries {
        let found = store.load(&entry.columns.id).await?.map(|found| found.entry);
        holds(found.as_ref() == Some(&entry), || format!("the record {} is another one", entry.columns.id))?;
    }
    Ok(())
}

pub(super) async fn wrong_ids_are_refused(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let longest = "x".repeat(64);
    store.insert(&open_record(&longest)?, None).await?;
    let found = store.load(&longest).await?;
    holds(found.is_some(), || "an id of 64 characters was not found again".to_owned())?;
    for id in [String::new(), "x".repeat(65), "a b".to_owned(), "\u{fc}".to_owned()] {
        let refused = store.insert(&open_record(&id)?, None).await;
        holds(matches!(refused, Err(StoreError::NotWritten(_))), || {
            format!("the id {id:?} was not refused as certainly not written: {refused:?}")
        })?;
    }
    Ok(())
}
