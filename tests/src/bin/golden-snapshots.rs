//! Cuts flow cases in two and writes the snapshots at the cut: `golden-snapshots flow.json > snapshots/version-3.json`.
//!
//! The snapshot is this version's own text, to be read by every later one. What must follow from it is not: it is the
//! expectation of the flow case, which another engine computed.

use std::collections::BTreeMap;
use std::process::ExitCode;

use conformance::flow;
use serde_json::{Value, json};

/// Cases for each state that a snapshot can be taken in.
const FOR_EACH_STATE: usize = 6;
/// Cases for each state with something in it that is rare.
const FOR_EACH_MARK: usize = 2;
/// What is rare in a snapshot, and its name.
const MARKS: [(&str, &str); 3] = [
    ("\"blamed\":\"", "blamed"),
    ("\"amount_disputed\":true", "disputed"),
    ("\"presented\":true", "presented"),
];

fn main() -> ExitCode {
    match std::env::args()
        .nth(1)
        .ok_or_else(|| "usage: golden-snapshots FLOW-FILE".to_owned())
        .and_then(|path| run(&path))
    {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("golden-snapshots: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(path: &str) -> Result<String, String> {
    let text = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let file: Value = serde_json::from_slice(&text).map_err(|error| format!("{path}: {error}"))?;
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for case in file.get("cases").and_then(Value::as_array).into_iter().flatten() {
        if case.get("kind").and_then(Value::as_str) == Some("flow") {
            cases.extend(cut(case, &mut taken));
        }
    }
    let version = cases.first().and_then(version_of).ok_or("no case was cut")?;
    let source = format!(
        "Snapshots written by version {version} in the middle of flow cases; what follows from them is the expectation of \
         those cases, which the model beside flow.py computed."
    );
    serde_json::to_string_pretty(&json!({"schema": 1, "source": source, "cases": cases}))
        .map_err(|error| error.to_string())
}

/// The version of the snapshot of a case.
fn version_of(case: &Value) -> Option<u64> {
    let snapshot: Value = serde_json::from_str(case.get("snapshot")?.as_str()?).ok()?;
    snapshot.get("version")?.as_u64()
}

/// Cuts a case before each of its events but the first, and keeps the cuts whose state is still rare.
fn cut(case: &Value, taken: &mut BTreeMap<String, usize>) -> Vec<Value> {
    let (Some(events), Some(expected)) =
        (case.get("events").and_then(Value::as_array), case.get("expected").and_then(Value::as_object))
    else {
        return Vec::new();
    };
    let mut cuts = Vec::new();
    for place in 1..events.len() {
        let Ok((snapshot, sent, rest)) = flow::cut(case, place) else { continue };
        // Which actions come again after a restart depends on what this half never saw.
        if rest.iter().any(|event| event.pointer("/event/type") == Some(&json!("resumed"))) {
            continue;
        }
        let state = alipay_instore::payment::Payment::restore(&snapshot).map_or_else(
            |error| error.code().as_str().to_owned(),
            |payment| payment.state().name().to_owned(),
        );
        let marks = MARKS.iter().filter(|(text, _)| snapshot.contains(text)).map(|(_, name)| *name);
        let marks: Vec<&str> = std::iter::once(state.as_str()).chain(marks).collect();
        let most = if marks.len() > 1 { FOR_EACH_MARK } else { FOR_EACH_STATE };
        let count = taken.entry(marks.join(" ")).or_default();
        if *count >= most || expected.contains_key("error") {
            continue;
        }
        *count += 1;
        let mut expected = expected.clone();
        if let Some(Value::Array(sends)) = expected.get_mut("sends") {
            sends.drain(..sent.min(sends.len()));
        }
        let name = case.get("name").and_then(Value::as_str).unwrap_or_default();
        cuts.push(json!({
            "kind": "snapshot",
            "name": format!("{state}: {name}, from event {}", place + 1),
            "snapshot": snapshot,
            "events": rest,
            "expected": expected,
        }));
        break;
    }
    cuts
}
