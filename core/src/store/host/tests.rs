//! A host that keeps records in a memory store keeps the contract over JSON too.

use serde_json::{Value, json};

use super::*;
use crate::store::MemoryStore;
use crate::store::kit::{Fixture, Opened, PROPERTIES};

#[derive(Clone, Default)]
struct Remembering(MemoryStore);

fn stored(stored: Option<Stored>) -> Value {
    let Some(stored) = stored else { return Value::Null };
    let mut value = row(&stored.entry).unwrap();
    value["revision"] = json!(stored.revision);
    value["owner"] = json!(stored.owner);
    value
}

fn all(rows: Vec<Stored>) -> Value {
    rows.into_iter().map(|row| stored(Some(row))).collect()
}

fn failure(error: StoreError) -> HostFailure {
    match error {
        StoreError::Conflict(found) => {
            HostFailure::Conflict(found.map(|found| Secret::new(stored(Some(*found)).to_string())))
        }
        StoreError::NotWritten(error) => HostFailure::NotWritten(error),
        StoreError::MaybeWritten(error) => HostFailure::MaybeWritten(error),
    }
}

impl Remembering {
    async fn answer(&self, operation: &str, of: &Value) -> Result<Value, StoreError> {
        let text = |name: &str| of[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| of[name].as_i64().unwrap();
        let limit = || usize::try_from(number("limit")).unwrap();
        let entry = || {
            let Row { columns, text } = serde_json::from_value(of["row"].clone()).unwrap();
            Entry { columns, text }
        };
        let store = &self.0;
        Ok(match operation {
            "insert" => json!(store.insert(&entry(), of["owner"].as_str()).await?),
            "load" => stored(store.load(&text("id")).await?),
            "save" => {
                let expected = of["expected"].as_u64().unwrap();
                json!(store.save(&entry(), expected, of["by"].as_str()).await?)
            }
            "take" => stored(store.take(&text("id"), &text("owner")).await?),
            "claim" => all(store.claim(&text("owner"), number("now"), limit()).await?),
            "touched" => all(store.touched(&text("owner"), limit()).await?),
            "release" => json!(store.release(&text("id"), &text("owner")).await?),
            "beat" => {
                let beats = store.beat(&text("owner")).await?;
                let owners = beats.owners.iter();
                let owners: Value =
                    owners.map(|owner| json!({"owner": owner.owner, "beats": owner.beats})).collect();
                json!({"known": beats.known, "owners": owners})
            }
            "forget" => json!(store.forget(&text("owner"), of["beats"].as_u64()).await?),
            "list" => {
                let after = &of["after"];
                let query = Query {
                    merchant: of["merchant"].as_str().map(str::to_owned),
                    state: of["state"].as_str().map(str::to_owned),
                    open_alerts: of["open_alerts"].as_bool(),
                    finished: of["finished"].as_bool(),
                    since: of["since"].as_i64(),
                    after: after["created"].as_i64().map(|at| (at, after["id"].as_str().unwrap().into())),
                    limit: limit(),
                };
                let page = store.list(&query).await?;
                let next = page.next.map(|(created, id)| json!({"created": created, "id": id}));
                json!({"rows": page.records, "next": next})
            }
            "purge" => json!(store.purge(number("before"), number("now"), limit()).await?),
            "gateway_time" => json!(store.gateway_time(&text("merchant")).await?),
            "find_refund" => stored(store.find_refund(&text("refund_request_id")).await?),
            other => panic!("{other}"),
        })
    }
}

impl Host for Remembering {
    async fn call(&self, operation: &'static str, arguments: Secret) -> Result<Secret, HostFailure> {
        let arguments = serde_json::from_str(arguments.expose()).unwrap();
        let answer = self.answer(operation, &arguments).await.map_err(failure)?;
        Ok(Secret::new(answer.to_string()))
    }
}

impl Fixture for Remembering {
    fn open(&self) -> Opened<'_> {
        let store: Arc<dyn Store> = Arc::new(HostStore::new(self.clone()));
        Box::pin(async move { Ok(store) })
    }
}

#[tokio::test]
async fn the_contract_holds_over_json() {
    for property in PROPERTIES {
        property.check(&Remembering::default()).await.unwrap();
    }
}

struct Broken(&'static str);

impl Host for Broken {
    async fn call(&self, _: &'static str, _: Secret) -> Result<Secret, HostFailure> {
        Ok(Secret::new(self.0.to_owned()))
    }
}

#[tokio::test]
async fn an_answer_of_another_form_is_an_error_that_shows_nothing_of_it() {
    for answer in ["", "[]", r#"{"secret":1}"#, "7", r#"{"id":"281006020000000000125733"}"#] {
        let error = HostStore::new(Broken(answer)).load("p1").await.unwrap_err();
        let StoreError::MaybeWritten(error) = error else { panic!("{error:?}") };
        assert_eq!(error.code(), "store.failed");
        assert!(error.to_string().contains("load") && !error.to_string().contains("281006"));
    }
}
