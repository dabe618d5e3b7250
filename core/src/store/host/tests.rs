//! A host that keeps records in a memory store keeps the contract over JSON too.

use super::*;
use crate::store::MemoryStore;
use crate::store::kit::{Fixture, Opened, PROPERTIES};

#[derive(Clone, Default)]
struct Remembering(MemoryStore);

impl Host for Remembering {
    async fn call(&self, operation: &'static str, arguments: Secret) -> Result<Secret, HostFailure> {
        perform(&self.0, operation, &arguments).await
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

#[tokio::test]
async fn a_record_that_can_not_be_read_keeps_no_other_from_being_claimed_and_is_named_in_the_list() {
    let memory = MemoryStore::new();
    let kit = Remembering(memory.clone());
    let record = crate::store::kit::sample::open_record("p1").unwrap();
    memory.insert(&record, None).await.unwrap();
    let rows = kit.call("claim", Secret::new(r#"{"owner":"a","now":9000000000000000,"limit":5}"#.to_owned()));
    let rows = rows.await.unwrap().expose().to_owned();
    let good = rows.strip_prefix('[').and_then(|rows| rows.strip_suffix(']')).unwrap().to_owned();
    let answer = format!(r#"[{good},{{"id":"p2","amount":"many"}}]"#);
    let claimed = HostStore::new(Broken(answer.leak())).claim("a", Timestamp::UNIX_EPOCH, 5).await.unwrap();
    assert_eq!(claimed.iter().map(|stored| &*stored.entry.columns.id).collect::<Vec<_>>(), ["p1"]);
    let page = HostStore::new(Broken(r#"{"rows":[{"id":"p2","amount":"many"}],"next":null}"#));
    let page = page.list(&Query::default()).await.unwrap();
    assert!(page.records.is_empty() && page.unreadable[0].id == "p2");
    let error =
        HostStore::new(Broken(r#"[{"rows":[]}]"#)).claim("a", Timestamp::UNIX_EPOCH, 5).await.unwrap_err();
    assert!(matches!(error, StoreError::MaybeWritten(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_not_in_the_table_is_refused_and_named() {
    let store = MemoryStore::new();
    for (operation, arguments, path) in [
        ("drop", "{}", "operation"),
        ("load", "{}", "id"),
        ("load", "no json", "id"),
        ("claim", r#"{"owner":"a","now":"soon"}"#, "now"),
        ("insert", r#"{"row":{"id":"p1","text":"281006020000000000125733"}}"#, "row"),
    ] {
        let failure = perform(&store, operation, &Secret::new(arguments.to_owned())).await.unwrap_err();
        let HostFailure::NotWritten(error) = failure else { panic!("{failure:?}") };
        assert_eq!((error.code().as_str(), error.path()), ("config.invalid", Some(path)));
        assert!(!error.to_string().contains("281006"));
    }
}
