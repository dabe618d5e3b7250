//! Writes the seeds of every fuzz target: `fuzz-seeds DIRECTORY VECTOR-FILE…`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use conformance::fuzz::seeds::{Seeds, add, add_drawn, words};
use conformance::vectors::VectorFile;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(directory) = arguments.next() else {
        eprintln!("a directory, and vector files");
        return ExitCode::FAILURE;
    };
    match write(Path::new(&directory), arguments) {
        Ok(count) => {
            println!("{count} seeds");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn write(directory: &Path, files: impl Iterator<Item = String>) -> Result<usize, String> {
    let (mut seeds, mut dictionary) = (Seeds::new(), BTreeSet::new());
    for file in files {
        let text = std::fs::read(&file).map_err(|error| format!("{file}: {error}"))?;
        let cases = VectorFile::parse(&text)?.cases;
        add(&mut seeds, &cases);
        dictionary.append(&mut words(&cases));
    }
    add_drawn(&mut seeds);
    for (target, inputs) in &seeds {
        let place = directory.join(target);
        std::fs::create_dir_all(&place).map_err(|error| error.to_string())?;
        for (number, input) in inputs.iter().enumerate() {
            std::fs::write(place.join(format!("seed-{number}")), input).map_err(|error| error.to_string())?;
        }
    }
    let dictionary = Vec::from_iter(dictionary).join("\n");
    std::fs::write(directory.join("words"), dictionary).map_err(|error| error.to_string())?;
    Ok(seeds.values().map(Vec::len).sum())
}
