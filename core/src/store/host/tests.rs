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
