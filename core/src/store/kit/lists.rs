//! Lists, purges, and what is found by other names.

use std::sync::Arc;

use super::sample::{changed, earlier, finished_record, later, open_record};
use super::{Broken, Fixture, holds, open, same};
use crate::store::{Query, Store};

async fn all(store: &dyn Store, query: Query) -> Result<Vec<String>, Broken> {
    let (mut query, mut found) = (query, Vec::new());
    for _ in 0..1_000 {
        let page = store.list(&query).await?;
        holds(page.records.len() <= query.page_size(), || "a page is longer than its limit".to_owned())?;
        found.extend(page.records.iter().map(|columns| columns.id.to_string()));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(found),
        }
    }
    Err(Broken("the pages never end".to_owned()))
}

pub(super) async fn pages_are_complete(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let mut expected = Vec::new();
    for number in 0..23_u64 {
        let id = format!("p{number:02}");
        let mut entry = if number % 3 == 0 { finished_record(&id)? } else { open_record(&id)? };
        // Several were made at the same moment, and the order of ids is not that of creation.
        entry.columns.created = earlier(number / 4);
        store.insert(&entry, None).await?;
        expected.push((earlier(number / 4), id));
    }
    expected.sort();
    let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
    for limit in [1, 4, 23, 100, 0] {
        let found = all(&*store, Query { limit, ..Query::default() }).await?;
        same(&found, &expected, &format!("pages of {limit}"))?;
    }
    // What is changed or added in between moves nothing else.
    let first = store.list(&Query { limit: 10, ..Query::default() }).await?;
    store.save(&changed(&open_record("p22")?, "new"), 1, None).await?;
    let mut added = open_record("added")?;
    added.columns.created = later(1);
    store.insert(&added, None).await?;
    let rest = Query { limit: 10, after: first.next.clone(), ..Query::default() };
    let mut found: Vec<_> = first.records.iter().map(|columns| columns.id.to_string()).collect();
    found.extend(all(&*store, rest).await?);
    let missing: Vec<_> = expected.iter().filter(|id| *id != "p22" && !found.contains(id)).collect();
    holds(missing.is_empty(), || format!("the pages lost {missing:?}"))
}

pub(super) async fn queries_choose(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let mut alerting = finished_record("alerting")?;
    alerting.columns.open_alerts = true;
    alerting.columns.updated = later(50);
    store.insert(&alerting, None).await?;
    store.insert(&open_record("open")?, None).await?;
    let mut other = open_record("other")?;
    other.columns.merchant = "merchant-2".into();
    other.columns.updated = later(100);
    store.insert(&other, None).await?;
    let any = Query::default;
    for (query, expected) in [
        (Query { state: Some("succeeded".into()), ..any() }, vec!["alerting"]),
        (Query { state: Some("confirming".into()), ..any() }, vec!["open", "other"]),
        (Query { state: Some("paying".into()), ..any() }, vec![]),
        (Query { open_alerts: Some(true), ..any() }, vec!["alerting"]),
        (Query { open_alerts: Some(false), ..any() }, vec!["open", "other"]),
        (Query { finished: Some(false), ..any() }, vec!["open", "other"]),
        (Query { since: Some(later(50)), ..any() }, vec!["alerting", "other"]),
        (Query { since: Some(later(51)), ..any() }, vec!["other"]),
        (Query { merchant: Some("merchant-1".into()), ..any() }, vec!["alerting", "open"]),
        (Query { merchant: Some("merchant-1".into()), finished: Some(false), ..any() }, vec!["open"]),
    ] {
        same(
            &all(&*store, query.clone()).await?,
            &expected.into_iter().map(str::to_owned).collect(),
            &format!("{query:?}"),
        )?;
    }
    let page = store.list(&any()).await?;
    let given = page.records.iter().find(|columns| &*columns.id == "alerting");
    same(&given, &Some(&alerting.columns), "the columns that a list gives")
}

pub(super) async fn purge_keeps_what_is_needed(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    let (before, now) = (later(1), later(1_000));
    store.insert(&open_record("open")?, None).await?;
    let mut alerting = finished_record("alerting")?;
    alerting.columns.open_alerts = true;
    store.insert(&alerting, None).await?;
    let mut recent = finished_record("recent")?;
    recent.columns.updated = before;
    store.insert(&recent, None).await?;
    let mut refundable = finished_record("refundable")?;
    refundable.columns.keep_until = Some(later(1_001));
    store.insert(&refundable, None).await?;
    for id in ["old1", "old2", "old3"] {
        let mut entry = finished_record(id)?;
        entry.columns.keep_until = Some(now);
        entry.columns.refund_ids = vec![format!("refund-of-{id}")];
        store.insert(&entry, None).await?;
    }
    same(&store.purge(before, now, 2).await?, &2, "how many were removed with a limit of 2")?;
    same(&store.purge(before, now, 10).await?, &1, "how many were removed then")?;
    same(&store.purge(before, now, 10).await?, &0, "how many were removed at last")?;
    let left = all(&*store, Query::default()).await?;
    let expected = ["alerting", "open", "recent", "refundable"].map(str::to_owned).to_vec();
    same(&left, &expected, "what is left")?;
    same(&store.find_refund("refund-of-old1").await?, &None, "a refund of what was removed")?;
    store.insert(&open_record("old1")?, None).await?;
    Ok(())
}

pub(super) async fn a_refund_finds_its_record(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    same(&store.find_refund("r1").await?, &None, "a refund that is not there")?;
    let mut entry = open_record("p1")?;
    entry.columns.refund_ids = vec!["r1".to_owned()];
    store.insert(&entry, None).await?;
    store.insert(&open_record("p2")?, None).await?;
    entry.columns.refund_ids.push("r/2".to_owned());
    store.save(&entry, 1, None).await?;
    for refund in ["r1", "r/2"] {
        let found = store.find_refund(refund).await?.map(|found| (found.entry, found.revision));
        same(&found, &Some((entry.clone(), 2)), "the record of a refund")?;
    }
    // Also once it is finished, and not by the id of a payment.
    let mut finished = finished_record("p1")?;
    finished.columns.refund_ids = entry.columns.refund_ids.clone();
    store.save(&finished, 2, None).await?;
    let found = store.find_refund("r1").await?.map(|found| found.revision);
    same(&found, &Some(3), "the record of a refund, finished")?;
    same(&store.find_refund("p2").await?, &None, "the id of a payment is not that of a refund")
}

pub(super) async fn the_newest_gateway_time_is_known(fixture: &dyn Fixture) -> Result<(), Broken> {
    let store = open(fixture).await?;
    same(&store.gateway_time("merchant-1").await?, &None, "before there is any")?;
    for (id, merchant, time) in
        [("p1", "merchant-1", later(5)), ("p2", "merchant-1", later(3)), ("p3", "merchant-2", later(9))]
    {
        let mut entry = finished_record(id)?;
        entry.columns.merchant = Arc::from(merchant);
        entry.columns.gateway_time = Some(time);
        store.insert(&entry, None).await?;
    }
    same(&store.gateway_time("merchant-1").await?, &Some(later(5)), "the newest of a merchant")?;
    same(&store.gateway_time("merchant-2").await?, &Some(later(9)), "the newest of another")?;
    same(&store.gateway_time("merchant-3").await?, &None, "of a merchant without payments")
}
