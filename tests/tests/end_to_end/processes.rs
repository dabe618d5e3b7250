//! Several processes on one store: clients that share nothing else.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use alipay_instore::api::{PayRequest, Time};
use alipay_instore::client::{Client, PaymentResult};
use alipay_instore::payment::{Outcome, Secret};
use alipay_instore::store::{Entry, FileStore, MemoryStore, Store};
use alipay_instore::{Protocol, Result};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::shop::{
    PROTOCOLS, Shop, Watcher, by_order_code, by_payment_code, code_of, leave, other_price, resumed,
    to_the_end, told, until_async,
};
use crate::stores::{At, Ends};

/// Stores as two processes open them.
fn pairs(shop: &Shop, name: &str, protocol: Protocol) -> [(&'static str, [Arc<dyn Store>; 2]); 2] {
    let memory: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let folder = shop.folder().join(format!("{name}-{}", protocol.as_str()));
    let file = || -> Arc<dyn Store> { Arc::new(FileStore::open(&folder).unwrap()) };
    [("memory", [Arc::clone(&memory), memory]), ("file", [file(), file()])]
}

fn count(shop: &Shop, id: &str, what: &str) -> u64 {
    shop.entry(id).map_or(0, |entry| entry[what].as_u64().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn m4_a_worker_that_starts_takes_nothing_from_a_till_that_lives() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "m4", protocol) {
            let till = shop.builder(protocol, ours).build().unwrap();
            let mut sales = JoinSet::new();
            for number in 0..8 {
                let id = format!("sale-{kind}-{number}");
                let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
                till.start(&request).await.unwrap();
                let till = till.clone();
                sales.spawn(async move { to_the_end(&till, &request).await });
            }
            let worker = shop.builder(protocol, theirs).build().unwrap();
            let recovery = worker.resume_all().await.unwrap();
            assert_eq!((recovery.payments, recovery.driven_elsewhere), (vec![], 8));
            let working = worker.clone();
            let working = tokio::spawn(async move { working.run_worker().await });
            for result in sales.join_all().await {
                assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
                assert_eq!(count(&shop, &result.payment_request_id, "pays"), 1);
                assert!(
                    result.timeline.iter().all(|step| step.event.name() != "resumed"),
                    "{}",
                    told(&result)
                );
                shop.agree(protocol, &result);
            }
            worker.close().await;
            working.await.unwrap().unwrap();
        }
    }
}

/// A record that nobody can read, and a payment that can't be settled, are reported beside the others and stop nothing.
#[tokio::test(flavor = "multi_thread")]
async fn m5_a_broken_record_stops_nothing_else() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "m5", protocol) {
            let till = shop.builder(protocol, Arc::clone(&ours)).build().unwrap();
            let mut ids = Vec::new();
            for number in 0..3 {
                let id = format!("open-{kind}-{number}");
                till.start(&by_payment_code(protocol, &id, code_of("reply_lost_but_paid"))).await.unwrap();
                ids.push(id);
            }
            leave(&till).await;
            let mut columns = ours.load(&ids[0]).await.unwrap().unwrap().entry.columns;
            let broken = format!("broken-{kind}");
            columns.id = broken.as_str().into();
            columns.created = columns.created.saturating_sub(Duration::from_millis(1));
            let text = Secret::new("{\"kind\":\"payment_record\",\"version\":99}".to_owned());
            ours.insert(&Entry { columns, text }, None).await.unwrap();

            let worker = shop.builder(protocol, theirs).build().unwrap();
            let recovery = worker.resume_all().await.unwrap();
            assert_eq!(recovery.payments.len(), 4, "{recovery:?}");
            for taken in recovery.payments {
                if taken.payment_request_id == broken {
                    assert_eq!(taken.result.unwrap_err().code(), "snapshot.newer");
                } else {
                    assert!(taken.result.is_ok(), "{taken:?}");
                }
            }
            for id in ids {
                shop.agree(protocol, &resumed(&worker, &id).await.unwrap());
            }
        }
    }
}

fn code(result: &Result<PaymentResult>) -> &'static str {
    match result {
        Ok(result) => result.outcome.as_ref().map_or("in progress", Outcome::as_str),
        Err(error) => error.code().as_str(),
    }
}

/// Only the one whose payment is stored hears of a success; the other hears what is stored.
#[tokio::test(flavor = "multi_thread")]
async fn m9_two_pays_with_one_id_and_different_amounts() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "m9", protocol) {
            let one = shop.builder(protocol, ours).build().unwrap();
            let other = shop.builder(protocol, theirs).build().unwrap();
            for round in 0..6 {
                let id = format!("twice-{kind}-{round}");
                let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
                let dearer = other_price(&request);
                // In two processes, and within one.
                let second = if round % 2 == 0 { &other } else { &one };
                let (a, b) = tokio::join!(one.pay(&request), second.pay(&dearer));
                let mut codes = [code(&a), code(&b)];
                codes.sort();
                assert_eq!(codes, ["payment.id_reused", "succeeded"], "{kind} {round}");
                let error = a.err().or(b.err()).unwrap();
                assert!(error.may_have_charged(), "{error}");
                let charged = shop.standing(protocol, &id).unwrap().captured;
                let won = if code(&one.pay(&request).await) == "succeeded" { 1_999 } else { 2_999 };
                assert_eq!((charged, count(&shop, &id, "pays")), (won, 1));
            }
        }
    }
}

/// The same request at once is one payment, with one result for both.
#[tokio::test(flavor = "multi_thread")]
async fn two_pays_with_one_id_that_state_the_same_are_one_payment() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "same", protocol) {
            let one = shop.builder(protocol, ours).build().unwrap();
            let other = shop.builder(protocol, theirs).build().unwrap();
            for (round, story) in
                ["paid_after_inquiries", "paid_at_once", "balance_too_low"].iter().enumerate()
            {
                let id = format!("same-{kind}-{round}");
                let request = by_payment_code(protocol, &id, code_of(story));
                let (a, b, c) = tokio::join!(one.pay(&request), other.pay(&request), one.pay(&request));
                let (a, b, c) = (a.unwrap(), b.unwrap(), c.unwrap());
                assert_eq!((&a.outcome, &a.outcome), (&b.outcome, &c.outcome), "{}", told(&a));
                assert_eq!(count(&shop, &id, "pays"), 1, "{}", told(&a));
                shop.agree(protocol, &a);
            }
        }
    }
}

/// Both end, with one result, whether the process that drives it lives and cancels too, or is gone.
#[tokio::test(flavor = "multi_thread")]
async fn m18_two_cancels_of_one_payment_in_two_processes_both_end() {
    let shop = Arc::new(Shop::open(20).await);
    // More at once, and clients that are made meanwhile, would only measure how busy this machine is.
    let places = Arc::new(Semaphore::new(4));
    let mut runs = Vec::new();
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "m18", protocol) {
            for story in ["in_process_forever", "cancel_crosses_success", "merchant_balance_too_low"] {
                for gone in [false, true] {
                    let id = format!("out-{}-{kind}-{story}-{gone}", protocol.as_str());
                    let request = by_payment_code(protocol, &id, code_of(story));
                    let clients = [&ours, &theirs, if gone { &ours } else { &theirs }]
                        .map(|store| shop.builder(protocol, Arc::clone(store)).build().unwrap());
                    let (shop, places) = (Arc::clone(&shop), Arc::clone(&places));
                    runs.push(async move {
                        let _place = places.acquire().await.unwrap();
                        two_cancel(&shop, &request, &id, clients, gone).await;
                    });
                }
            }
        }
    }
    runs.into_iter().collect::<JoinSet<()>>().join_all().await;
}

async fn two_cancel(
    shop: &Shop,
    request: &PayRequest,
    id: &str,
    [till, other, third]: [Client; 3],
    gone: bool,
) {
    till.start(request).await.unwrap();
    let arrived = async {
        while shop.entry(id).is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(20), arrived).await.is_err() {
        panic!("{id}: pay does not arrive: {:?}", till.status(id).await);
    }
    let one = if gone {
        till.close().await;
        third
    } else {
        till
    };
    let both = async { tokio::join!(one.cancel(id), other.cancel(id)) };
    let both = tokio::time::timeout(Duration::from_secs(30), both).await;
    let (a, b) = both.unwrap_or_else(|_| panic!("{id}: neither ends"));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!((&a.outcome, &b.outcome), (&Some(Outcome::Cancelled), &a.outcome), "{}", told(&a));
    shop.agree(one.merchant().protocol(), &a);
}

/// A script that begins a payment and ends: the customer who was just scanned pays.
#[test]
fn what_was_begun_reaches_the_gateway_before_the_process_ends() {
    let outside = tokio::runtime::Runtime::new().unwrap();
    let shop = outside.block_on(Shop::open(1));
    for (number, protocol) in (0..20).flat_map(|number| PROTOCOLS.map(|protocol| (number, protocol))) {
        let id = format!("ends-{number}-{}", protocol.as_str());
        let script = tokio::runtime::Runtime::new().unwrap();
        script.block_on(async {
            let client = shop.builder(protocol, Arc::new(MemoryStore::new())).build().unwrap();
            let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
            client.start(&request).await.unwrap();
            client.close().await;
        });
        script.shutdown_background();
        assert!(shop.entry(&id).is_some(), "{id} never reached the gateway");
    }
}

/// The same call from a process that died, and from one that lives.
#[tokio::test(flavor = "multi_thread")]
async fn a_retry_in_another_process_gets_the_result() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "retry", protocol) {
            for story in ["paid_after_inquiries", "balance_too_low", "in_process_forever"] {
                let id = format!("retry-{kind}-{story}");
                let store = Ends::new(Arc::clone(&ours), 1, At::After);
                let till = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
                let request = by_payment_code(protocol, &id, code_of(story));
                tokio::select! {
                    result = till.pay(&request) => panic!("{result:?}"),
                    () = store.ended.notified() => {}
                }
                drop(till);
                let other = shop.builder(protocol, Arc::clone(&theirs)).build().unwrap();
                let result = to_the_end(&other, &request).await;
                shop.agree(protocol, &result);
                let again = shop.builder(protocol, Arc::clone(&ours)).build().unwrap();
                assert_eq!(again.pay(&request).await.unwrap().outcome, result.outcome);
            }
        }
    }
}

/// Nobody knows yet that it lives, but the record is there already.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_takes_nothing_from_a_till_whose_first_beat_is_slow() {
    let shop = Shop::open(1).await;
    for protocol in PROTOCOLS {
        let memory: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let worker = shop.builder(protocol, Arc::clone(&memory)).build().unwrap();
        worker.resume_all().await.unwrap();
        let slow = Ends::slow_to_beat(memory, Duration::from_secs(3));
        let till = shop.builder(protocol, slow).build().unwrap();
        let id = format!("slow-{}", protocol.as_str());
        let result = till.pay(&by_payment_code(protocol, &id, code_of("paid_at_once"))).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        assert!(result.timeline.iter().all(|step| step.event.name() != "resumed"), "{}", told(&result));
    }
}

/// A beat that is under way when a client is closed or dropped must not bring it back to life: its records would wait for its death.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_ends_while_it_beats_is_gone() {
    let shop = Shop::open(1).await;
    for closes in [true, false] {
        let memory: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let slow = Ends::slow_to_beat(Arc::clone(&memory), Duration::from_millis(500));
        let client = shop.builder(Protocol::Ams, slow).build().unwrap();
        let id = format!("ending-{closes}");
        let request = by_payment_code(Protocol::Ams, &id, code_of("paid_at_once"));
        // The first beat is under way from the first call on.
        tokio::select! {
            _ = client.start(&request) => {}
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
        }
        if closes {
            client.close().await;
        }
        drop(client);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let owners = memory.beat("onlooker").await.unwrap().owners;
        assert_eq!(owners.iter().map(|owner| &*owner.owner).collect::<Vec<_>>(), ["onlooker"], "{id}");
    }
}

/// A killed process says nothing: a worker finds out, takes over, and settles what it left.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_goes_on_where_a_till_was_killed() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "killed", protocol) {
            let store = Ends::killed(ours, 1, At::After);
            let till = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
            let id = format!("killed-{kind}");
            let request = by_payment_code(protocol, &id, code_of("reply_lost_but_paid"));
            tokio::select! {
                result = to_the_end(&till, &request) => panic!("{result:?}"),
                () = store.ended.notified() => {}
            }
            drop(till);
            let builder = shop.builder(protocol, theirs).owner_timeout(Duration::from_millis(500));
            let worker = builder.build().unwrap();
            let working = worker.clone();
            let working = tokio::spawn(async move { working.run_worker().await });
            until_async(async || worker.status(&id).await.unwrap().outcome.is_some()).await;
            shop.agree(protocol, &worker.status(&id).await.unwrap());
            worker.close().await;
            working.await.unwrap().unwrap();
        }
    }
}

/// A till behind a web server: begin, say so, and look.
#[tokio::test(flavor = "multi_thread")]
async fn u14_a_payment_is_started_in_one_process_and_looked_at_in_another() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "u14", protocol) {
            let till = shop.builder(protocol, ours).build().unwrap();
            let other = shop.builder(protocol, theirs).claims(false).build().unwrap();
            let id = format!("started-{kind}");
            let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
            let started = till.start(&request).await.unwrap();
            assert!(started.outcome.is_none() && started.stored, "{started:?}");
            let open = other.status(&id).await.unwrap();
            assert!(open.outcome.is_none(), "{open:?}");
            // Starting it again is the same payment.
            assert_eq!(till.start(&request).await.unwrap().outcome, None);
            let briefly = other.waiting(Duration::from_secs(2));
            assert_eq!(briefly.resume(&id).await.unwrap().outcome, None);
            let result = resumed(&other, &id).await.unwrap();
            assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
            assert_eq!(till.status(&id).await.unwrap().outcome, result.outcome);
            shop.agree(protocol, &result);
            assert_eq!(count(&shop, &id, "pays"), 1);
            assert_eq!(other.status("nobody").await.unwrap_err().code(), "request.unknown_payment");
        }
    }
}

/// The caller waits no longer, and the payment goes on.
#[tokio::test(flavor = "multi_thread")]
async fn u14_a_call_that_is_given_up_gives_up_no_payment() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let watcher = Arc::new(Watcher::default());
        let builder = shop.builder(protocol, Arc::new(MemoryStore::new()));
        let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
        let request = by_payment_code(protocol, "given-up", code_of("paid_after_inquiries"));
        tokio::select! {
            result = client.pay(&request) => panic!("{result:?}"),
            _ = watcher.step("given-up", |event| event.name() == "sent") => {}
        }
        watcher.step("given-up", |event| event.name() == "concluded").await;
        shop.agree(protocol, &client.status("given-up").await.unwrap());

        let request = by_payment_code(protocol, "briefly", code_of("paid_after_inquiries"));
        let waited = client.waiting(Duration::from_millis(100)).pay(&request).await.unwrap();
        assert!(waited.outcome.is_none() && waited.may_have_charged, "{waited:?}");
        watcher.step("briefly", |event| event.name() == "concluded").await;
        shop.agree(protocol, &client.pay(&request).await.unwrap());
    }
}

/// Another process sees the order code, and each step after it.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_watched_from_another_process() {
    let shop = Shop::open_with(|options| {
        options.speed = 10;
        // Another process looks once a second of real time.
        options.customer = alipay_instore_sandbox::Customer::pays_after(50_000);
    })
    .await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "watch", protocol) {
            let till = shop.builder(protocol, ours).build().unwrap();
            let screen = shop.builder(protocol, theirs).claims(false).build().unwrap();
            let id = format!("watched-{kind}");
            till.start(&by_order_code(protocol, &id)).await.unwrap();
            let mut watch = screen.watch(&id).await.unwrap();
            let mut names = Vec::new();
            while let Some(step) = watch.next().await {
                names.push(step.event.name());
            }
            assert!(names.contains(&"presented") && names.last() == Some(&"concluded"), "{names:?}");
            assert_eq!(names.iter().filter(|name| **name == "presented").count(), 1, "{names:?}");
            shop.agree(protocol, &till.status(&id).await.unwrap());
        }
    }
}

/// Recovery costs what is open, not what ever was.
#[tokio::test(flavor = "multi_thread")]
async fn u16_finished_payments_are_not_read_again() {
    let shop = Shop::open(2).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "u16", protocol) {
            let till = shop.builder(protocol, ours).build().unwrap();
            // A busy disk must not make the till tell of a payment before it is stored.
            let places = Arc::new(Semaphore::new(4));
            let mut sales = JoinSet::new();
            for number in 0..40 {
                let request =
                    by_payment_code(protocol, &format!("done-{kind}-{number}"), code_of("paid_at_once"));
                let (till, places) = (till.clone(), Arc::clone(&places));
                sales.spawn(async move {
                    let _place = places.acquire().await.unwrap();
                    to_the_end(&till, &request).await
                });
            }
            for result in sales.join_all().await {
                let end = (result.outcome.clone(), result.stored);
                assert_eq!(end, (Some(Outcome::Succeeded), true), "{}", told(&result));
            }
            let open = format!("open-{kind}");
            till.start(&by_payment_code(protocol, &open, code_of("in_process_forever"))).await.unwrap();
            leave(&till).await;
            let store = Ends::never(theirs);
            let worker = shop.builder(protocol, Arc::clone(&store) as _).claims(false).build().unwrap();
            let recovery = worker.resume_all().await.unwrap();
            let ids: Vec<_> = recovery.payments.iter().map(|taken| &*taken.payment_request_id).collect();
            assert_eq!((ids, recovery.driven_elsewhere), (vec![&*open], 0), "{recovery:?}");
            let loads = store.loads.load(Ordering::SeqCst);
            assert!(loads < 10, "{loads} records were read");
        }
    }
}

/// The README's start: what is open is taken up, and the first sale does not wait for it.
#[tokio::test(flavor = "multi_thread")]
async fn u29_the_first_sale_waits_for_nothing_that_is_open() {
    // In real time what is open takes minutes.
    let shop = Shop::open(1).await;
    for protocol in PROTOCOLS {
        for (kind, [ours, theirs]) in pairs(&shop, "u29", protocol) {
            let yesterday = shop.builder(protocol, ours).build().unwrap();
            let stuck = format!("stuck-{kind}");
            let request = by_payment_code(protocol, &stuck, code_of("never_answers_not_paid"));
            yesterday.start(&request).await.unwrap();
            leave(&yesterday).await;
            let today = shop.builder(protocol, theirs).build().unwrap();
            let morning = async {
                let recovery = today.resume_all().await.unwrap();
                assert_eq!(recovery.payments.len(), 1, "{recovery:?}");
                let result = recovery.payments[0].result.as_ref().unwrap();
                assert_eq!((&*result.payment_request_id, &result.outcome), (&*stuck, &None));
                today.pay(&by_payment_code(protocol, &format!("first-{kind}"), code_of("paid_at_once"))).await
            };
            let sold =
                tokio::time::timeout(Duration::from_secs(10), morning).await.expect("it sells at once");
            let sold = sold.unwrap();
            assert_eq!(sold.outcome, Some(Outcome::Succeeded), "{}", told(&sold));
            shop.agree(protocol, &sold);
            assert_eq!(today.status(&stuck).await.unwrap().outcome, None);
            today.close().await;
        }
    }
}

/// Whatever its id is: locks are shared between names, and one that a write holds must not be one that it waits for.
#[tokio::test(flavor = "multi_thread")]
async fn no_write_of_the_file_store_waits_for_itself() {
    let shop = Shop::open(20).await;
    let store: Arc<dyn Store> = Arc::new(FileStore::open(shop.folder().join("locks")).unwrap());
    let client = shop.builder(Protocol::Ams, Arc::clone(&store)).build().unwrap();
    client.pay(&by_payment_code(Protocol::Ams, "first", code_of("paid_at_once"))).await.unwrap();
    let first = store.load("first").await.unwrap().unwrap().entry;
    for number in 0..200 {
        let mut entry = first.clone();
        entry.columns.id = format!("p-{number}").into();
        // Each answer of the gateway is newer than the one before.
        let later = Duration::from_millis(number + 1);
        entry.columns.gateway_time = entry.columns.gateway_time.map(|time| time.saturating_add(later));
        let written = tokio::time::timeout(Duration::from_secs(5), store.insert(&entry, None)).await;
        written.unwrap_or_else(|_| panic!("p-{number} is not written")).unwrap();
    }
}

/// A program that calls from several runtimes, such as one for each call: the end of one strands no call of another.
#[test]
fn a_runtime_that_ends_takes_no_call_of_another_with_it() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let background = tokio::runtime::Runtime::new().unwrap();
    let shop = background.block_on(Shop::open(10));
    let client = shop.client(Protocol::Ams);
    let first = runtime();
    first
        .block_on(client.start(&by_payment_code(Protocol::Ams, "short", code_of("paid_after_inquiries"))))
        .unwrap();
    let began = Arc::new(std::sync::Barrier::new(2));
    let caller = {
        let (client, began) = (client.clone(), Arc::clone(&began));
        std::thread::spawn(move || {
            runtime().block_on(async {
                let request = by_payment_code(Protocol::Ams, "long", code_of("paid_after_inquiries"));
                let pay = client.pay(&request);
                tokio::pin!(pay);
                let soon = tokio::time::timeout(Duration::from_millis(50), pay.as_mut()).await;
                assert!(soon.is_err(), "it takes some inquiries");
                began.wait();
                tokio::time::timeout(Duration::from_secs(30), pay).await
            })
        })
    };
    began.wait();
    drop(first);
    let result = caller.join().unwrap().expect("its call ends").unwrap();
    assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
}

/// The natural retry stays safe once the expiry that the caller stated has passed.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_pay_after_its_expiry_is_told_how_it_ended() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        let expiry = client.clock().now().saturating_add(Duration::from_secs(40));
        let expiring = |id| {
            by_payment_code(protocol, id, code_of("paid_at_once"))
                .payment_expiry_time(Time::try_from(expiry).unwrap())
        };
        let paid = client.pay(&expiring("expiring")).await.unwrap();
        assert_eq!(paid.outcome, Some(Outcome::Succeeded), "{}", told(&paid));
        client.clock().sleep(Duration::from_secs(60)).await;
        assert_eq!(client.pay(&expiring("expiring")).await.unwrap().outcome, paid.outcome);
        let late = client.pay(&expiring("late")).await.unwrap_err();
        assert_eq!((late.code().as_str(), late.may_have_charged()), ("payment.expired", true));
        assert_eq!(client.status("late").await.unwrap_err().code(), "request.unknown_payment");
        assert_eq!(count(&shop, "late", "pays"), 0);
    }
}
