//! Who owns what.

use super::sample::{T, changed, earlier, finished_record, later, open_record};
use super::{Broken, Fixture, holds, open, same};
use crate::store::{Store, Stored};

fn ids(found: &[Stored]) -> Vec<String> {
    found.iter().map(|stored| stored.entry.columns.id.to_string()).collect()
}

async fn owner_of(store: &dyn Store, id: &str) -> Result<Option<String>, Broken> {
    Ok(store.load(id).await?.and_then(|found| found.owner).map(|owner| owner.to_string()))
}

pub(super) async fn a_due_record_is_claimed_once(fixture: &dyn Fixture) -> Result<(), Broken> {
    let (first, second) = (open(fixture).await?, open(fixture).await?);
    first.beat("a").await?;
    second.beat("b").await?;
    let mut late = open_record("late")?;
    late.columns.due_at = Some(later(10));
    first.insert(&late, None).await?;
    first.insert(&open_record("early")?, None).await?;
    let claimed = first.claim("a", later(10), 1).await?;
    same(&ids(&claimed), &vec!["early".to_owned()], "the earliest comes first, and the limit holds")?;
    let given = claimed.first().map(|stored| (stored.owner.as_deref(), stored.revision));
    same(&given, &Some((Some("a"), 1)), "owner and revision of what was claimed")?;
    same(
        &ids(&second.claim("b", later(10), 10).await?),
        &vec!["late".to_owned()],
        "the other claims the rest",
    )?;
    same(&ids(&first.claim("a", later(10), 10).await?), &Vec::new(), "nothing is claimed twice")
}

pub(super) async fn a_record_that_is_not_due_is_not_claimed(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    store.insert(&open_record("p1")?, None).await?;
    store.insert(&finished_record("p2")?, None).await?;
    same(&ids(&store.claim("a", earlier(1), 10).await?), &Vec::new(), "before it is due")?;
    same(&ids(&store.claim("a", T, 10).await?), &vec!["p1".to_owned()], "when it is due")
}

pub(super) async fn an_owner_that_beats_keeps_its_records(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("b").await?;
    same(&store.beat("a").await?.known, &false, "a first beat")?;
    let beats = store.beat("a").await?;
    same(&beats.known, &true, "a second beat")?;
    let mut seen: Vec<_> = beats.owners.iter().map(|owner| (owner.owner.to_string(), owner.beats)).collect();
    seen.sort();
    same(&seen, &vec![("a".to_owned(), 2), ("b".to_owned(), 1)], "the owners and their beats")?;
    store.insert(&open_record("p1")?, Some("a")).await?;
    same(&ids(&store.claim("b", T, 10).await?), &Vec::new(), "what another one drives")?;
    let found = store.take("p1", "b").await?;
    same(&found.and_then(|found| found.owner).as_deref(), &Some("a"), "the owner of what could not be taken")
}

pub(super) async fn an_owner_that_is_forgotten_loses_them(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    store.beat("b").await?;
    for id in ["p1", "p2"] {
        store.insert(&open_record(id)?, Some("a")).await?;
    }
    store.forget("a", Some(1)).await?;
    let known = store.beat("b").await?;
    holds(known.owners.iter().all(|owner| &*owner.owner != "a"), || "a is still known".to_owned())?;
    let taken = store.take("p1", "b").await?.and_then(|found| found.owner);
    same(&taken.as_deref(), &Some("b"), "the owner of what was taken from a dead one")?;
    same(&ids(&store.claim("b", T, 10).await?), &vec!["p2".to_owned()], "what is claimed from a dead one")?;
    same(&store.beat("a").await?.known, &false, "whether one that was forgotten is known")?;
    same(&owner_of(&*store, "p1").await?.as_deref(), &Some("b"), "it stays with the new owner")
}

pub(super) async fn an_owner_that_beat_in_between_is_not_forgotten(
    fixture: &dyn Fixture,
) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    store.beat("b").await?;
    store.insert(&open_record("p1")?, Some("a")).await?;
    store.beat("a").await?;
    store.forget("a", Some(1)).await?;
    same(&ids(&store.claim("b", T, 10).await?), &Vec::new(), "what an owner has that beat in between")?;
    store.forget("a", None).await?;
    same(&ids(&store.claim("b", T, 10).await?), &vec!["p1".to_owned()], "after it left by itself")
}

pub(super) async fn one_record_is_taken(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    same(&store.take("p1", "a").await?, &None, "a record that is not there")?;
    store.insert(&open_record("p1")?, None).await?;
    store.insert(&finished_record("p2")?, None).await?;
    for id in ["p1", "p2"] {
        let taken = store.take(id, "a").await?.map(|found| (found.revision, found.owner));
        same(&taken, &Some((1, Some("a".into()))), "revision and owner of what was taken")?;
        same(&owner_of(&*store, id).await?.as_deref(), &Some("a"), "the owner")?;
    }
    Ok(())
}

pub(super) async fn what_is_released_is_free(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    store.beat("b").await?;
    store.insert(&open_record("p1")?, Some("a")).await?;
    store.release("p1", "b").await?;
    same(&owner_of(&*store, "p1").await?.as_deref(), &Some("a"), "after another one released it")?;
    store.release("p1", "a").await?;
    store.release("p0", "a").await?;
    same(&owner_of(&*store, "p1").await?, &None, "after its owner released it")?;
    same(&ids(&store.claim("b", T, 10).await?), &vec!["p1".to_owned()], "what was released is claimed")
}

pub(super) async fn a_finished_record_has_no_owner(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    store.insert(&open_record("p1")?, Some("a")).await?;
    store.save(&finished_record("p1")?, 1, Some("a")).await?;
    same(&owner_of(&*store, "p1").await?, &None, "the owner of a finished record")?;
    same(&ids(&store.claim("a", T, 10).await?), &Vec::new(), "a finished record is not claimed")
}

pub(super) async fn an_owner_is_told_of_saves_by_others(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    store.beat("a").await?;
    store.beat("ab").await?;
    let entry = open_record("p1")?;
    store.insert(&entry, Some("a")).await?;
    store.insert(&open_record("p2")?, Some("ab")).await?;
    same(&ids(&store.touched("a", 10).await?), &Vec::new(), "before anybody saved")?;
    store.save(&changed(&entry, "by a"), 1, Some("a")).await?;
    same(&ids(&store.touched("a", 10).await?), &Vec::new(), "after the owner saved")?;
    let by_another = changed(&entry, "by another");
    store.save(&by_another, 2, None).await?;
    same(&ids(&store.touched("ab", 10).await?), &Vec::new(), "another owner is not told")?;
    let told = store.touched("a", 10).await?;
    let expected = Stored { entry: by_another, revision: 3, owner: Some("a".into()) };
    same(&told, &vec![expected], "what the owner is told")?;
    same(&ids(&store.touched("a", 10).await?), &Vec::new(), "it is told once")?;
    // Who finishes a record without its owner tells it too.
    store.save(&finished_record("p1")?, 3, None).await?;
    same(&ids(&store.touched("a", 10).await?), &vec!["p1".to_owned()], "a record that another one finished")
}
