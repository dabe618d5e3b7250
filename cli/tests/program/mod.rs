//! The built program, run as a person or a script runs it, and a gateway of its own.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::disallowed_methods,
    dead_code,
    reason = "test code"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// No command of these tests takes longer, in real time.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alipay-instore"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ALIPAY_INSTORE_")) {
        command.env_remove(name);
    }
    // Never the payments of whoever runs the tests.
    let state = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("state-{}", std::process::id()));
    command.env_remove("RUST_LOG").env("XDG_STATE_HOME", state).stdin(Stdio::null());
    command
}

pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {:?} {:?}", self.out, self.err))
    }

    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    finish(program().args(arguments))
}

pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = program();
    let mut child = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    collect(child)
}

pub(crate) fn finish(command: &mut Command) -> Ran {
    collect(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

/// Waits within the limit; a program that hangs is killed by its own id.
pub(crate) fn collect(child: Child) -> Ran {
    let id = child.id();
    let (done, watch) = std::sync::mpsc::channel::<()>();
    let watchdog = std::thread::spawn(move || {
        if watch.recv_timeout(LIMIT).is_err() {
            // It may have ended in this very moment.
            let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
        }
    });
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let _ = done.send(());
    watchdog.join().unwrap();
    Ran {
        status: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// `alipay-instore sandbox`, ended with the value.
pub(crate) struct Sandbox {
    child: Child,
    pub(crate) folder: TempDir,
    pub(crate) base_url: String,
}

impl Sandbox {
    pub(crate) fn start(speed: u32, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = program()
            .args(["sandbox", "--json", "--listen", "127.0.0.1:0", "--speed", &speed.to_string()])
            .arg("--data-dir")
            .arg(folder.path())
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let base_url = ready["base_url"].as_str().unwrap().to_owned();
        assert_eq!(ready["config"].as_str().unwrap(), folder.path().join("sandbox.json").to_str().unwrap());
        Sandbox { child, folder, base_url }
    }

    pub(crate) fn config(&self) -> String {
        self.folder.path().join("sandbox.json").to_str().unwrap().to_owned()
    }

    /// The program, whose own store is beside the sandbox.
    pub(crate) fn program(&self) -> Command {
        let mut command = program();
        command.env("XDG_STATE_HOME", self.folder.path());
        command
    }

    /// `pay` with this code and these further arguments.
    pub(crate) fn pay(&self, protocol: &str, code: &str, more: &[&str]) -> Command {
        let mut command = self.program();
        command.args(["pay", "--config", &self.config(), "--protocol", protocol, "--code", code]);
        command.args(["--amount", "19.99", "--currency", "USD"]).args(more);
        command
    }

    /// The payment of this id as the ledger has it.
    pub(crate) fn ledger(&self, id: &str) -> Option<Value> {
        let address = self.base_url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET /sandbox/ledger HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (start, end) = (text.find('{').unwrap(), text.rfind('}').unwrap());
        let ledger: Value = serde_json::from_str(&text[start..=end]).unwrap();
        let payments = ledger["payments"].as_array().unwrap().clone();
        let mut found = payments.into_iter().filter(|entry| entry["payment_request_id"] == id);
        let first = found.next();
        assert!(found.next().is_none(), "two payments of one id");
        first
    }

    /// Waits until the ledger has the payment.
    pub(crate) fn wait_for(&self, id: &str) -> Value {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(entry) = self.ledger(id) {
                return entry;
            }
            assert!(Instant::now() < end, "the payment never arrived");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}
