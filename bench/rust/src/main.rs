//! `bench PART …`: the parts of `make bench` that are written in Rust. Each prints one line of JSON an answer.
//!
//! - `bench fixtures FOLDER` writes keys and messages that the programs of all languages sign and verify.
//! - `bench calls FOLDER` answers questions on its input: how long one call takes.
//! - `bench growth COUNT [form]` makes COUNT payments wait, with a form or without: memory of each, cost of a tick.
//! - `bench many COUNT` takes COUNT payments to their end against a simulated gateway.
//! - `bench sandbox FOLDER [--tls]` is the gateway that the others pay at.
//! - `bench pay FOLDER STORE` and `bench bare FOLDER` answer questions on their input: how many payments a second. FOLDER is
//!   that of the gateway; STORE is `memory`, `file:FOLDER` or the URL of a database.
//! - `bench flush FOLDER` does so too: how many flushes a second the disk makes.
#![allow(
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "a measurement reads the clock and divides"
)]

mod bare;
mod calls;
mod clocks;
mod fixtures;
mod flush;
mod growth;
mod host;
mod many;
mod pay;
mod questions;
mod sandbox;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["fixtures", folder] => fixtures::write(Path::new(folder)),
        ["calls", folder] => calls::answer(Path::new(folder)),
        ["growth", count] => growth::measure(count, false),
        ["growth", count, "form"] => growth::measure(count, true),
        ["many", count] => many::measure(count),
        ["sandbox", folder] => sandbox::run(Path::new(folder), false),
        ["sandbox", folder, "--tls"] => sandbox::run(Path::new(folder), true),
        ["pay", folder, store] => pay::answer(Path::new(folder), store),
        ["bare", folder] => bare::answer(Path::new(folder)),
        ["flush", folder] => flush::answer(Path::new(folder)),
        _ => Err("usage: bench PART …; see src/main.rs".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}
