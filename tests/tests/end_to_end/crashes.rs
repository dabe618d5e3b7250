//! The till that dies at every write of a payment, and its successor on the same files; and stores that fail.

use std::sync::Arc;

use alipay_instore::client::{FileStore, MemoryStore, PaymentStore};
use alipay_instore::gateway::Protocol;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::shop::{PROTOCOLS, Shop, Watcher, by_payment_code, code_of};
use crate::stores::{At, Ends};

/// Behaviours that together take a payment through every state.
const STORIES: [&str; 6] = [
    "paid_at_once",
    "reply_lost_but_paid",
    "balance_too_low",
    "paid_after_inquiries",
    "pay_arrives_after_cancel",
    "cancel_window_exceeded",
];

/// Pays, dies at a write, resumes with another client, and holds the result against the books. Whether it died: a
/// payment may end before that write.
async fn dies(
    shop: &Shop,
    protocol: Protocol,
    story: &str,
    (writes, at): (usize, At),
    open: impl Fn() -> Arc<dyn PaymentStore>,
) -> bool {
    let id = format!("{story}-{writes}-{at:?}");
    let store = Ends::new(open(), writes, at);
    let client = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
    let request = by_payment_code(protocol, &id, code_of(story));
    tokio::select! {
        result = client.pay(&request) => {
            shop.agree(protocol, &result.unwrap());
            return false;
        }
        () = store.ended.notified() => {}
    }
    drop(client);
    let successor = shop.builder(protocol, open()).build().unwrap();
    match successor.resume(&id).await {
        Ok(result) => shop.agree(protocol, &result),
        Err(error) => {
            assert_eq!(
                (error.code().as_str(), writes, at),
                ("request.unknown_payment", 0, At::Before),
                "{id}"
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
    let places = Arc::new(Semaphore::new(64));
    let mut runs = JoinSet::new();
    for protocol in PROTOCOLS {
        for story in STORIES {
            // The long tail is inquiries and repeated cancels: some of their writes stand for all.
            for writes in (0..6).chain([8, 13, 21, 34]) {
                for at in [At::Before, At::After] {
                    let (shop, places) = (Arc::clone(&shop), Arc::clone(&places));
                    runs.spawn(async move {
                        let _place = places.acquire().await.unwrap();
                        let records: Arc<dyn PaymentStore> = Arc::new(MemoryStore::new());
                        dies(&shop, protocol, story, (writes, at), || Arc::clone(&records)).await
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
        for cut in (0..4).flat_map(|writes| [(writes, At::Before), (writes, At::After)]) {
            let shop = Arc::clone(&shop);
            runs.spawn(async move {
                let folder = shop.folder().join(format!("{}-{cut:?}", protocol.as_str()));
                let open = || -> Arc<dyn PaymentStore> { Arc::new(FileStore::open(&folder).unwrap()) };
                dies(&shop, protocol, "cancel_crosses_success", cut, open).await
            });
        }
    }
    assert!(runs.join_all().await.into_iter().all(|died| died));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_fails_sends_nothing() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        for writes in 0..6 {
            let id = format!("fails-{}-{writes}", protocol.as_str());
            let memory = Arc::new(MemoryStore::new());
            let store = Ends::new(memory, writes, At::Fails);
            let watcher = Arc::new(Watcher::default());
            let builder = shop.builder(protocol, store);
            let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
            let request = by_payment_code(protocol, &id, code_of("in_process_forever"));
            let error = client.pay(&request).await.unwrap_err();
            assert_eq!(error.code(), "store.failed");
            assert!(error.retryable());
            let sent = watcher.count(&id, "sent");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            assert!(sent <= writes, "a request was sent without having been stored");
            assert_eq!(watcher.count(&id, "sent"), sent);
            let arrived = shop.entry(&id).map_or(0, |entry| {
                ["pays", "inquiries", "cancels"].iter().map(|kind| entry[kind].as_u64().unwrap()).sum()
            });
            assert!(arrived <= sent as u64, "{arrived} of {sent}");
            if writes == 0 {
                assert_eq!((sent, shop.entry(&id)), (0, None));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_open_is_resumed_at_once() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let folder = shop.folder().join(format!("all-{}", protocol.as_str()));
        let files = || -> Arc<dyn PaymentStore> { Arc::new(FileStore::open(&folder).unwrap()) };
        for story in STORIES {
            let store = Ends::new(files(), 1, At::Before);
            let client = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
            let id = format!("all-{story}");
            let request = by_payment_code(protocol, &id, code_of(story));
            tokio::select! {
                result = client.pay(&request) => panic!("{result:?}"),
                () = store.ended.notified() => {}
            }
        }
        let results = shop.builder(protocol, files()).build().unwrap().resume_all().await.unwrap();
        assert_eq!(results.len(), STORIES.len());
        for (_, result) in results {
            shop.agree(protocol, &result.unwrap());
        }
    }
}
