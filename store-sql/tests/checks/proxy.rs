//! A connection that is cut at a chosen moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use alipay_instore::payment::Secret;
use alipay_instore::store::{Store as _, StoreError};
use alipay_instore_store_sql::SqlStore;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::Place;
use super::records::entry;

/// When the connection is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cut {
    Never = 0,
    /// The client said COMMIT, and the server does not hear it.
    BeforeCommit = 1,
    /// The server commits, and the client does not hear it.
    AfterCommit = 2,
    /// The client says anything at all, and the server does not hear it.
    Anything = 3,
}

/// A proxy before a database, which is cut once it is told to.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    cut: Arc<AtomicU8>,
}

impl Proxy {
    pub(crate) async fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let cut = Arc::new(AtomicU8::new(Cut::Never as u8));
        let shared = Arc::clone(&cut);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(carry(client, server, Arc::clone(&shared)));
            }
        });
        Proxy { port, cut }
    }

    pub(crate) async fn cut(&self, cut: Cut) {
        // A connection that goes back to its pool is asked whether it works. That has to be over.
        tokio::time::sleep(Duration::from_millis(200)).await;
        self.cut.store(cut as u8, Ordering::SeqCst);
    }
}

/// Carries bytes both ways until the connection is cut.
async fn carry(mut client: TcpStream, mut server: TcpStream, cut: Arc<AtomicU8>) {
    let (mut said, mut answered) = ([0; 65_536], [0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut said) => {
                let Ok(count @ 1..) = read else { return };
                let said = &said[..count];
                let says = |words: &[u8]| said.windows(words.len()).any(|some| some == words);
                // Each new connection sets READ COMMITTED.
                let commits = says(b"COMMIT") && !says(b"ISOLATION LEVEL");
                let now = cut.load(Ordering::SeqCst);
                let stops = now == Cut::Anything as u8 || (commits && now == Cut::BeforeCommit as u8);
                if stops {
                    cut.store(Cut::Never as u8, Ordering::SeqCst);
                    return;
                }
                if server.write_all(said).await.is_err() {
                    return;
                }
                if commits && now == Cut::AfterCommit as u8 {
                    cut.store(Cut::Never as u8, Ordering::SeqCst);
                    // What it answers is thrown away, and shows that it was done.
                    let _ = server.read(&mut answered).await;
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let Ok(count @ 1..) = read else { return };
                if client.write_all(&answered[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// A connection that is lost during COMMIT leaves open whether it was written, and both happens. One that is lost before
/// is used for nothing, and another one is taken.
pub(crate) async fn a_lost_commit_is_in_doubt(url: &str) {
    let (start, server) = url.rsplit_once('@').unwrap();
    let (server, database) = server.split_once('/').unwrap();
    let proxy = Proxy::start(server.to_owned()).await;
    // In plain text, so that the proxy reads what is said.
    let (database, _) = database.split_once('?').unwrap_or((database, ""));
    let plain = if url.starts_with("mysql") { "ssl-mode=DISABLED" } else { "sslmode=disable" };
    let place = Place::new(url).migrated().await;
    let settings = place.settings_of(&format!("{start}@127.0.0.1:{}/{database}?{plain}", proxy.port));
    // One connection, so that it is known which one is cut.
    let store = SqlStore::open(&settings.connections(1)).await.unwrap();
    let mut record = entry("p1");
    record.columns.refund_ids = vec!["r1".to_owned()];
    store.insert(&record, None).await.unwrap();
    let mut revision = 1;
    for (cut, is_written) in [(Cut::BeforeCommit, false), (Cut::AfterCommit, true)] {
        record.text = Secret::new(format!("{cut:?}"));
        proxy.cut(cut).await;
        let answer = store.save(&record, revision, None).await;
        assert!(matches!(answer, Err(StoreError::MaybeWritten(_))), "{cut:?}: {answer:?}");
        let found = store.load("p1").await.unwrap().unwrap();
        assert_eq!(found.revision, revision + u64::from(is_written), "{cut:?}");
        revision = found.revision;
    }
    // BEGIN is the first that is lost, so it is said again elsewhere.
    proxy.cut(Cut::Anything).await;
    store.save(&record, revision, None).await.unwrap();
    proxy.cut(Cut::Anything).await;
    assert_eq!(store.load("p1").await.unwrap().unwrap().revision, revision + 1, "reading is repeated");
    // A statement that is a transaction of its own is in doubt like a commit.
    record.columns.refund_ids.clear();
    proxy.cut(Cut::Anything).await;
    let answer = store.save(&record, revision + 1, None).await;
    assert!(matches!(answer, Err(StoreError::MaybeWritten(_))), "{answer:?}");
    assert_eq!(store.load("p1").await.unwrap().unwrap().revision, revision + 1, "the server did not hear it");
    drop(store);
    place.leave().await;
}
