//! Writes whatever follows from `schema/`; with `--check` only says what differs from it.

mod document;
mod kotlin;
mod names;
mod php;
mod prose;
mod python;
mod rust;
mod schema;
mod typescript;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use schema::Schema;

/// What this program can fail with: a sentence for whoever edits the schema.
type Result<T> = std::result::Result<T, String>;

/// A generated file: its path below the repository, and its text.
struct Output {
    path: String,
    text: String,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.as_slice() {
        [] => false,
        [one] if one == "--check" => true,
        _ => {
            eprintln!("generate: the only argument is --check");
            return ExitCode::from(2);
        }
    };
    match run(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")), check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("generate: {reason}");
            ExitCode::from(2)
        }
    }
}

/// Writes the files, or compares them; says whether all were as they should be.
fn run(root: &Path, check: bool) -> Result<bool> {
    let schema = Schema::read(&root.join("schema"))?;
    let mut outputs = rust::outputs(&schema, root)?;
    outputs.extend(python::outputs(&schema));
    outputs.extend(typescript::outputs(&schema));
    outputs.extend(kotlin::outputs(&schema));
    outputs.extend(php::outputs(&schema));
    outputs.extend(document::outputs(&schema));
    let mut good = true;
    for Output { path, text } in outputs {
        let file = root.join(&path);
        if fs::read_to_string(&file).is_ok_and(|found| found == text) {
            continue;
        }
        if check {
            eprintln!("{path} is not what follows from schema/: run `make generate` and commit the result");
            good = false;
            continue;
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::write(&file, text).map_err(|error| format!("{path}: {error}"))?;
        println!("{path}");
    }
    Ok(good)
}
