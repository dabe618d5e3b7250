//! Many at once.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use super::sample::{T, changed, open_record};
use super::{Broken, Fixture, holds, open, same};
use crate::store::StoreError;

type Task<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Runs all of them at the same time, in whatever runtime this is.
async fn all<T>(tasks: Vec<Task<'_, T>>) -> Vec<T> {
    let mut waiting: Vec<_> = tasks.into_iter().map(|task| (Some(task), None)).collect();
    std::future::poll_fn(move |context| {
        let mut pending = false;
        for (task, value) in &mut waiting {
            if let Some(running) = task {
                match running.as_mut().poll(context) {
                    Poll::Pending => pending = true,
                    Poll::Ready(ready) => (*task, *value) = (None, Some(ready)),
                }
            }
        }
        if pending {
            return Poll::Pending;
        }
        Poll::Ready(waiting.iter_mut().filter_map(|(_, value)| value.take()).collect())
    })
    .await
}

pub(super) async fn of_many_writers_one_wins_each_revision(fixture: &dyn Fixture) -> Result<(), Broken> {
    const WRITERS: u64 = 6;
    const EACH: u64 = 8;
    let entry = open_record("p1")?;
    open(fixture).await?.insert(&changed(&entry, "0"), None).await?;
    let mut tasks: Vec<Task<'_, Result<(), Broken>>> = Vec::new();
    for _ in 0..WRITERS {
        let (store, entry) = (open(fixture).await?, entry.clone());
        tasks.push(Box::pin(async move {
            // Each adds one to the number that the text is, so that a lost update is seen.
            let mut known = store.load("p1").await?;
            for _ in 0..EACH {
                loop {
                    let Some(found) = known.take() else { return Err(Broken("the record is gone".into())) };
                    let count: u64 = found.entry.text.expose().parse().unwrap_or(0);
                    let next = changed(&entry, &(count + 1).to_string());
                    match store.save(&next, found.revision, None).await {
                        Ok(()) => break,
                        Err(StoreError::Conflict(newer)) => known = newer.map(|newer| *newer),
                        Err(error) => return Err(error.into()),
                    }
                }
                known = store.load("p1").await?;
            }
            Ok(())
        }));
    }
    all(tasks).await.into_iter().collect::<Result<Vec<()>, Broken>>()?;
    let found = open(fixture).await?.load("p1").await?;
    let found = found.map(|found| (found.entry.text.expose().to_owned(), found.revision));
    let writes = WRITERS * EACH;
    same(&found, &Some((writes.to_string(), writes + 1)), "the text and the revision after all writes")
}

pub(super) async fn of_many_inserts_one_wins(fixture: &dyn Fixture) -> Result<(), Broken> {
    let mut tasks: Vec<Task<'_, Result<bool, Broken>>> = Vec::new();
    for writer in 0..8 {
        let store = open(fixture).await?;
        let entry = changed(&open_record("p1")?, &writer.to_string());
        tasks.push(Box::pin(async move {
            match store.insert(&entry, None).await {
                Ok(()) => Ok(true),
                Err(StoreError::Conflict(Some(_))) => Ok(false),
                Err(error) => Err(error.into()),
            }
        }));
    }
    let won = all(tasks).await.into_iter().collect::<Result<Vec<bool>, Broken>>()?;
    same(&won.iter().filter(|won| **won).count(), &1, "how many inserts of one id succeeded")
}

pub(super) async fn many_claimers_share_without_overlap(fixture: &dyn Fixture) -> Result<(), Broken> {
    const RECORDS: usize = 40;
    let store = open(fixture).await?;
    for number in 0..RECORDS {
        store.insert(&open_record(&format!("p{number}"))?, None).await?;
    }
    let mut tasks: Vec<Task<'_, Result<Vec<String>, Broken>>> = Vec::new();
    for claimer in 0..4 {
        let store = open(fixture).await?;
        tasks.push(Box::pin(async move {
            let owner = format!("owner-{claimer}");
            store.beat(&owner).await?;
            let mut mine = Vec::new();
            loop {
                let claimed = store.claim(&owner, T, 3).await?;
                // A store that gives records twice would give them for ever.
                if claimed.is_empty() || mine.len() > RECORDS {
                    return Ok(mine);
                }
                mine.extend(claimed.iter().map(|stored| stored.entry.columns.id.to_string()));
            }
        }));
    }
    let claimed = all(tasks).await.into_iter().collect::<Result<Vec<_>, Broken>>()?.concat();
    let distinct: BTreeSet<_> = claimed.iter().collect();
    holds(distinct.len() == claimed.len(), || "two owners were given the same record".to_owned())?;
    same(&claimed.len(), &RECORDS, "how many records were claimed")
}
