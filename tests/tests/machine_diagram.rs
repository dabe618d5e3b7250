//! The page about the payment machine shows the steps that the machine really takes: `docs/diagrams/machine.json`.
//! To write it: `ALIPAY_INSTORE_WRITE=1 cargo test --package conformance --test machine_diagram`, then `tools/diagrams`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use std::path::Path;
use std::sync::Arc;

use conformance::model::{Recorder, Setting, System};
use conformance::simulate::random::Chance;
use conformance::simulate::{Run, run};
use stateright::Model as _;

/// How many ways through each small world are gone, chosen by chance from a fixed seed, and how many payments are simulated.
/// The whole of the worlds takes an hour; `model-check` looks there for steps that this misses.
const WALKS: u64 = 10_000;
const PAYMENTS: u64 = 2_000;

/// Goes from the beginning to a state that nothing follows.
fn walk(system: &System<Arc<Recorder>>, mut chance: Chance) {
    let mut state = system.init_states().into_iter().next();
    while let Some(here) = state {
        let mut happenings = Vec::new();
        system.actions(&here, &mut happenings);
        let count = happenings.len();
        let taken = usize::try_from(chance.below(count as u64)).unwrap();
        state = happenings.into_iter().nth(taken).and_then(|happening| system.next_state(&here, happening));
    }
}

fn explore(recorder: &Arc<Recorder>, setting: Setting) {
    let system = System { setting, subject: Arc::clone(recorder) };
    (0..WALKS).for_each(|stream| walk(&system, Chance::new(1, stream)));
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
