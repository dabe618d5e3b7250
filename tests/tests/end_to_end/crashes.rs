//! The till that dies at every write of a payment, and its successor on the same files.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::gateway::Protocol;
use alipay_instore::store::{FileStore, MemoryStore, Store};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::shop::{PROTOCOLS, Shop, abandon, by_payment_code, code_of, resumed, to_the_end};
use crate::stores::{At, Ends};

/// After so long a process that is silent counts as dead.
const SOON: Duration = Duration::from_millis(500);

/// Behaviours that together take a payment through every state.
const STORIES: [&str; 6] = [
    "paid_at_once",
    "reply_lost_but_paid",
    "balance_too_low",
    "paid_after_inquiries",
    "pay_arrives_after_cancel",
    "cancel_window_exceeded",
];

/// How the till is gone after its last write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gone {
    /// It was stopped, and gave back what it drove.
    Stopped,
    /// It was killed, and others have to notice that it does not live.
    Killed,
}

/// Pays, is gone after a write, resumes with another client, and holds the result against the books. Whether it was gone: a
/// payment may end before that write.
async fn dies(
    shop: &Shop,
    protocol: Protocol,
    story: &str,
    (writes, at, gone): (usize, At, Gone),
    open: impl Fn() -> Arc<dyn Store>,
) -> bool {
    let id = format!("{story}-{writes}-{at:?}");
    let store = match gone {
        Gone::Stopped => Ends::new(open(), writes, at),
        Gone::Killed => Ends::killed(open(), writes, at),
    };
    let client = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
    let request = by_payment_code(protocol, &id, code_of(story));
    tokio::select! {
        result = to_the_end(&client, &request) => {
            shop.agree(protocol, &result);
            return false;
        }
        () = store.ended.notified() => {}
    }
    match gone {
        Gone::Stopped => client.close().await,
        Gone::Killed => drop(client),
    }
    let builder = shop.builder(protocol, open());
    let successor = match gone {
        Gone::Stopped => builder,
        Gone::Killed => builder.owner_timeout(SOON),
    };
    let successor = successor.build().unwrap();
    match resumed(&successor, &id).await {
        Ok(result) => shop.agree(protocol, &result),
        Err(error) => {
            assert_eq!(
                (error.code().as_str(), writes, at),
                ("request.unknown_payment", 0, At::Before),
                "{id}: {error}"
            );
            assert!(shop.entry(&id).is_none(), "nothing was stored, so nothing was sent");
        }
    }
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_survives_the_end_of_the_till_at_every_write() {
    let shop = Arc::new(Shop::open(25).await);
    // More at once would only measure how busy this machine is.
    let places = Arc::new(Semaphore::new(24));
    let mut runs = JoinSet::new();
    for protocol in PROTOCOLS {
        for story in STORIES {
            // The long tail is inquiries and repeated cancels: some of their writes stand for all.
            for writes in (0..6).chain([8, 13, 21, 34]) {
                for at in [At::Before, At::After] {
                    let (shop, places) = (Arc::clone(&shop), Arc::clone(&places));
                    runs.spawn(async move {
                        let _place = places.acquire().await.unwrap();
                        let records: Arc<dyn Store> = Arc::new(MemoryStore::new());
                        let cut = (writes, at, Gone::Stopped);
                        dies(&shop, protocol, story, cut, || Arc::clone(&records)).await
                    });
                }
            }
        }
    }
    let deaths = runs.join_all().await.into_iter().filter(|died| *died).count();
    assert!(deaths > 100, "{deaths}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_successor_reads_the_files_of_the_dead() {
    let shop = Arc::new(Shop::open(25).await);
    let mut runs = JoinSet::new();
    for protocol in PROTOCOLS {
        for (writes, at) in (0..4).flat_map(|writes| [(writes, At::Before), (writes, At::After)]) {
            let shop = Arc::clone(&shop);
            runs.spawn(async move {
                let folder = shop.folder().join(format!("{}-{writes}-{at:?}", protocol.as_str()));
                let open = || -> Arc<dyn Store> { Arc::new(FileStore::open(&folder).unwrap()) };
                let cut = (writes, at, Gone::Killed);
                dies(&shop, protocol, "cancel_crosses_success", cut, open).await
            });
        }
    }
    let deaths = runs.join_all().await.into_iter().filter(|died| *died).count();
    assert!(deaths >= 12, "{deaths} of 16");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_open_is_taken_up_at_once() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let folder = shop.folder().join(format!("all-{}", protocol.as_str()));
        let files = || -> Arc<dyn Store> { Arc::new(FileStore::open(&folder).unwrap()) };
        for (number, story) in STORIES.iter().enumerate() {
            // Before it was sent, and before its answer was stored.
            let (writes, at) = if number % 2 == 0 { (0, At::After) } else { (1, At::Before) };
            let store = Ends::new(files(), writes, at);
            let client = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
            let id = format!("all-{story}");
            let request = by_payment_code(protocol, &id, code_of(story));
            tokio::select! {
                result = client.pay(&request) => panic!("{result:?}"),
                () = store.ended.notified() => {}
            }
            abandon(client).await;
        }
        let successor = shop.builder(protocol, files()).build().unwrap();
        let recovery = successor.resume_all().await.unwrap();
        assert_eq!((recovery.payments.len(), recovery.driven_elsewhere), (STORIES.len(), 0));
        for taken in recovery.payments {
            assert!(taken.result.is_ok(), "{taken:?}");
            let result = resumed(&successor, &taken.payment_request_id).await.unwrap();
            shop.agree(protocol, &result);
        }
    }
}
