//! The shared vectors, answered by each build of the core: with one backend or the other, with the client or without it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

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
    explain: 140,
    key: 80,
    amount: 1_500,
    route: 2_000,
    scan: 190,
    advice: 200,
    flow: 200,
    snapshot: 20,
}

/// The table of the page about troubleshooting. To write it: `ALIPAY_INSTORE_WRITE=1 cargo test --test vectors table`.
#[test]
fn the_table_of_broken_messages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = VectorFile::parse(&std::fs::read(root.join("tests/vectors/diagnosis.json")).unwrap()).unwrap();
    let mut table = String::from("| what was done | found first | together with |\n|---|---|---|\n");
    let (mut endpoints, mut right) = (0, 0);
    for case in &file.cases {
        let name = case["name"].as_str().unwrap();
        endpoints += usize::from(name.starts_with("endpoint: "));
        let answer = run(&file, case);
        let found = answer.result()["codes"].as_array().unwrap();
        let code = |place: usize| found.get(place).and_then(|code| code.as_str()).unwrap_or_default();
        right += usize::from(case["expected"]["codes"][0] == code(0));
        let others: Vec<_> = (1..found.len()).map(|place| format!("`{}`", code(place))).collect();
        table += &format!("| {name} | `{}` | {} |\n", code(0), others.join(", "));
    }
    println!("{table}{right} of {} first findings are right", file.cases.len());
    assert_eq!((right, endpoints), (file.cases.len(), 12));

    let page = root.join("docs/troubleshooting.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once("core/tests/vectors.rs -->\n").unwrap();
    let (old, after) = rest.split_once("<!-- end -->").unwrap();
    if std::env::var_os("ALIPAY_INSTORE_WRITE").is_some() {
        let text = format!("{before}core/tests/vectors.rs -->\n{table}<!-- end -->{after}");
        std::fs::write(&page, text).unwrap();
    } else {
        assert_eq!(old, table, "write it with ALIPAY_INSTORE_WRITE=1");
    }
}
