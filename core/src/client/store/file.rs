//! One file a record, in a folder of the host's.
//!
//! A write goes to a new file, is flushed to the disk, and then takes the record's name, so that a power cut leaves
//! the old record or the new one. A lock file makes compare-and-set hold between processes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::{PaymentStore, Stored, conflict};
use crate::client::clock::BoxFuture;
use crate::error::{Error, ErrorCode, Result};

/// What may stand in a file name as it is; a dot may not, so that no id can name another folder.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-');
const SUFFIX: &str = ".json";

/// Keeps each record in a file of its own, readable for its owner only: while pay may have to be sent again, a
/// record holds the customer's payment code.
///
/// The operations of one store and its clones happen one after another, also those whose future was dropped: who
/// resumes a payment after an abort reads what the abort left, not what it was still writing.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
    turn: Arc<Mutex<()>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    revision: u64,
    snapshot: String,
}

impl FileStore {
    /// A store in this folder, which is made if it is not there.
    ///
    /// # Errors
    /// `store.failed` if the folder can't be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder).map_err(|error| failed("the folder can't be made", error))?;
        Ok(FileStore { folder, turn: Arc::default() })
    }

    fn path(&self, id: &str) -> Result<PathBuf> {
        if id.is_empty() || id.chars().count() > 80 {
            return Err(Error::new(ErrorCode::StoreId, "the id of the record is empty or too long"));
        }
        Ok(self.folder.join(format!("{}{SUFFIX}", utf8_percent_encode(id, ESCAPED))))
    }

    fn put_now(&self, id: &str, expected_revision: u64, snapshot: &str) -> Result<()> {
        let path = self.path(id)?;
        let lock = private(&self.folder.join(".lock"), false).map_err(|error| failed("the lock", error))?;
        let _locked = Locked::take(lock).map_err(|error| failed("the lock", error))?;
        let found = read(&path)?.map_or(0, |record| record.revision);
        if found != expected_revision {
            return Err(conflict(expected_revision, found));
        }
        let revision = found.saturating_add(1);
        let record = Record { id: id.to_owned(), revision, snapshot: snapshot.to_owned() };
        let text = serde_json::to_vec(&record)
            .map_err(|_| Error::new(ErrorCode::StoreFailed, "the record can't be written as JSON"))?;
        self.replace(&path, &text).map_err(|error| failed("the record can't be written", error))
    }

    fn replace(&self, path: &Path, text: &[u8]) -> io::Result<()> {
        let new = path.with_extension("new");
        let mut file = private(&new, true)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        // The name is safe only once the folder is.
        File::open(&self.folder)?.sync_all()
    }

    fn ids_now(&self) -> Result<Vec<String>> {
        let entries =
            fs::read_dir(&self.folder).map_err(|error| failed("the folder can't be read", error))?;
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| failed("the folder can't be read", error))?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(SUFFIX));
            if let Some(id) = id.and_then(|id| percent_decode_str(id).decode_utf8().ok()) {
                ids.push(id.into_owned());
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// File work runs beside the event loop.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = self.clone();
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let in_turn = move || {
            let _turn = turn;
            work(&store)
        };
        match tokio::task::spawn_blocking(in_turn).await {
            Ok(result) => result,
            Err(_) => Err(Error::new(ErrorCode::StoreFailed, "the store's work was cut short")),
        }
    }
}

impl PaymentStore for FileStore {
    fn put<'a>(
        &'a self,
        id: &'a str,
        expected_revision: u64,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<()>> {
        let (id, snapshot) = (id.to_owned(), zeroize::Zeroizing::new(snapshot.to_owned()));
        Box::pin(self.blocking(move |store| store.put_now(&id, expected_revision, &snapshot)))
    }

    fn get<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Stored>>> {
        let id = id.to_owned();
        Box::pin(self.blocking(move |store| {
            let record = read(&store.path(&id)?)?;
            Ok(record.map(|record| Stored { revision: record.revision, snapshot: record.snapshot }))
        }))
    }

    fn ids(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(self.blocking(FileStore::ids_now))
    }
}

/// A lock that is held. The end of the process releases it too.
struct Locked(File);

impl Locked {
    fn take(file: File) -> io::Result<Self> {
        file.lock()?;
        Ok(Locked(file))
    }
}

impl Drop for Locked {
    /// Closing the file is not enough: a child that was forked meanwhile has it open too, and would hold the lock.
    fn drop(&mut self) {
        // Where it fails, closing still releases it for everyone but such a child.
        let _ = self.0.unlock();
    }
}

fn read(path: &Path) -> Result<Option<Record>> {
    let text = match fs::read(path) {
        Ok(text) => zeroize::Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("the record can't be read", error)),
    };
    // The parser's words may quote the record, and the record may hold a payment code.
    serde_json::from_slice(&text).map(Some).map_err(|error| {
        let reason = format!("the record is wrong at line {}, column {}", error.line(), error.column());
        Error::new(ErrorCode::StoreCorrupt, reason)
    })
}

fn private(path: &Path, truncate: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn failed(what: &str, error: io::Error) -> Error {
    Error::new(ErrorCode::StoreFailed, format!("{what}: {}", error.kind())).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(result: Result<T>) -> &'static str {
        result.err().unwrap().code().as_str()
    }

    #[tokio::test]
    async fn compares_and_sets() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path().join("a/b")).unwrap();
        assert!(store.get("p").await.unwrap().is_none());
        store.put("p", 0, "one").await.unwrap();
        assert_eq!(code(store.put("p", 0, "again").await), "store.conflict");
        store.put("p", 1, "two").await.unwrap();
        assert_eq!(code(store.put("p", 1, "late").await), "store.conflict");
        let stored = FileStore::open(folder.path().join("a/b")).unwrap().get("p").await.unwrap().unwrap();
        assert_eq!((stored.revision, stored.snapshot.as_str()), (2, "two"));
    }

    #[tokio::test]
    async fn a_write_that_was_abandoned_is_done_before_the_next_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        for revision in 0..50 {
            let put = tokio::time::timeout(std::time::Duration::ZERO, store.put("p", revision, "x")).await;
            assert!(put.is_err() || put.unwrap().is_ok());
            assert_eq!(store.get("p").await.unwrap().unwrap().revision, revision + 1);
        }
    }

    #[tokio::test]
    async fn ids_of_any_text_stay_inside_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        for id in ["../evil", "a/b", "%41", "ü", "."] {
            store.put(id, 0, id).await.unwrap();
        }
        assert_eq!(store.ids().await.unwrap(), ["%41", ".", "../evil", "a/b", "ü"]);
        assert!(fs::read_dir(folder.path()).unwrap().count() == 6);
        assert_eq!(code(store.put("", 0, "x").await), "store.id");
        assert_eq!(code(store.put(&"x".repeat(81), 0, "x").await), "store.id");
    }

    #[tokio::test]
    async fn a_damaged_record_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        fs::write(folder.path().join("p.json"), "{\"id\":\"p\"").unwrap();
        assert_eq!(code(store.get("p").await), "store.corrupt");
        assert_eq!(code(store.put("p", 0, "x").await), "store.corrupt");
        assert_eq!(fs::read(folder.path().join("p.json")).unwrap(), b"{\"id\":\"p\"");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_the_owner_reads() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        FileStore::open(folder.path()).unwrap().put("p", 0, "x").await.unwrap();
        let mode = fs::metadata(folder.path().join("p.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
