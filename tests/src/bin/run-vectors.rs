//! Runs vector files and prints one JSON object a case; see `tests/run-vectors`.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use conformance::vectors::{self, VectorFile};

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        eprintln!("usage: run-vectors FILE...");
        return ExitCode::from(2);
    }
    match run(&paths) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(reason) => {
            eprintln!("run-vectors: {reason}");
            ExitCode::from(2)
        }
    }
}

fn run(paths: &[String]) -> Result<bool, String> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut all_matched = true;
    for path in paths {
        let text = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
        let file = VectorFile::parse(&text).map_err(|error| format!("{path}: {error}"))?;
        for case in &file.cases {
            let answer = vectors::run(&file, case);
            writeln!(out, "{}", answer.line()).map_err(|error| error.to_string())?;
            if let Some(difference) = answer.difference() {
                all_matched = false;
                eprintln!("{path}: {difference}");
            }
        }
    }
    out.flush().map_err(|error| error.to_string())?;
    Ok(all_matched)
}
