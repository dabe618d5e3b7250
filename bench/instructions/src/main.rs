//! The hot paths of the core, each in a function of its own: `bench/instructions/check` runs this under callgrind and reads
//! how many instructions each function took.
//!
//! What is called, and how often, is the same in every run. Keys and signatures are fixed, and RSA itself is not counted.

mod measured;

use std::process::ExitCode;

fn main() -> ExitCode {
    match measured::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("instructions: {error}");
            ExitCode::FAILURE
        }
    }
}
