//! The page about the payment machine shows the steps that the machine really takes: `docs/diagrams/machine.json`.
//! To write it: `ALIPAY_INSTORE_WRITE=1 cargo test --package conformance --test machine_diagram`, then `tools/diagrams`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use std::collections::{HashSet, VecDeque};
use std::path::Path;
use std::sync::Arc;

use conformance::model::{Recorder, Setting, System};
use conformance::simulate::{Run, run};
use stateright::Model as _;

/// How many states of each small world are visited, the nearest first, and how many payments are simulated. The whole of the
/// worlds takes an hour; `model-check` looks there for steps that this misses.
const STATES: usize = 1_500;
const PAYMENTS: u64 = 2_000;

fn explore(recorder: &Arc<Recorder>, setting: Setting) {
    let system = System { setting, subject: Arc::clone(recorder) };
    let mut waiting: VecDeque<_> = system.init_states().into();
    let mut seen: HashSet<_> = waiting.iter().cloned().collect();
    while let Some(state) = waiting.pop_front() {
        let mut happenings = Vec::new();
        system.actions(&state, &mut happenings);
        for next in happenings.into_iter().filter_map(|happening| system.next_state(&state, happening)) {
            if seen.len() < STATES && seen.insert(next.clone()) {
                waiting.push_back(next);
            }
        }
    }
}

#[test]
fn the_diagram_shows_the_steps_that_the_machine_takes() {
    let recorder = Arc::new(Recorder::default());
    Setting::all().into_iter().for_each(|setting| explore(&recorder, setting));
    let asked = Run { payments: PAYMENTS, seed: 1, first: 0, threads: 1 };
    assert!(run(&recorder, asked).unwrap().1.is_none(), "a promise was broken");
    let found = format!("{:#}\n", recorder.transitions());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagrams/machine.json");
    if std::env::var_os("ALIPAY_INSTORE_WRITE").is_some() {
        std::fs::write(&file, found).unwrap();
    } else {
        assert_eq!(std::fs::read_to_string(&file).unwrap(), found, "write it with ALIPAY_INSTORE_WRITE=1");
    }
}
