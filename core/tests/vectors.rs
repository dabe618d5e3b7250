//! The shared vectors, answered by each build of the core: with one backend or the other, with the client or without it.
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, unreachable_pub, reason = "the runner of the vectors uses all of it")]
#[path = "../../tests/src/flow.rs"]
mod flow;
#[allow(dead_code, unreachable_pub, reason = "the runner of the vectors uses all of it")]
#[path = "../../tests/src/refund.rs"]
mod refund;
#[allow(dead_code, unreachable_pub, reason = "the runner of the vectors uses all of it")]
#[path = "../../tests/src/reverse.rs"]
mod reverse;
#[allow(dead_code, unreachable_pub, reason = "the runner of the vectors uses all of it")]
#[path = "../../tests/src/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};

use vectors::{VectorFile, run};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    [folder.clone(), folder.join("snapshots")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            !name.starts_with("iso4217") && name != "errors.json"
        })
        .collect()
}

/// Every case of a kind, of which there are at least so many.
fn holds(kind: &str, at_least: usize) {
    let mut count = 0;
    for path in files() {
        let file = VectorFile::parse(&std::fs::read(&path).unwrap()).unwrap();
        for case in file.cases.iter().filter(|case| case.get("kind").is_some_and(|name| name == kind)) {
            if let Some(difference) = run(&file, case).difference() {
                panic!("{}: {difference}", path.display());
            }
            count += 1;
        }
    }
    assert!(count >= at_least, "{count} cases of {kind}");
}

macro_rules! kinds {
    ($($kind:ident: $at_least:literal,)+) => {$(
        #[test]
        fn $kind() {
            holds(stringify!($kind), $at_least);
        }
    )+};
}

kinds! {
    sign: 200,
    verify: 300,
    key: 80,
    amount: 1_500,
    route: 2_000,
    scan: 190,
    advice: 200,
    flow: 200,
    snapshot: 20,
}
