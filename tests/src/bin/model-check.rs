//! Explores every reachable state of every setting and prints what was visited; see `make model-check`.
//!
//! `--at-most N` leaves a setting after about N steps between its states, nearest states first, and the table says so:
//! for runs that must be short.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;

use conformance::model::reverse::{self, ReverseSystem, World};
use conformance::model::{Recorder, Setting, System, invariants, refunds, reverse_invariants};
use stateright::{Checker, Model};

/// What was visited, over all settings.
#[derive(Default)]
struct Visited {
    at_most: Option<NonZeroUsize>,
    states: usize,
    left: usize,
    depth: usize,
    broken: usize,
}

impl Visited {
    /// Visits every state of a setting, and gives the way to a broken invariant, if there is one.
    fn explore<M>(&mut self, name: &str, model: M) -> Option<(Vec<M::State>, impl Checker<M>)>
    where
        M: Model + Send + Sync + 'static,
        M::State: Clone + std::fmt::Debug + std::hash::Hash + PartialEq + Send + Sync,
        M::Action: Clone + std::fmt::Debug + PartialEq + Send + Sync,
    {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut builder = model.checker().threads(threads);
        if let Some(at_most) = self.at_most {
            builder = builder.target_state_count(at_most.get());
        }
        let checker = builder.spawn_bfs().join();
        let left = self.at_most.is_some_and(|at_most| checker.state_count() >= at_most.get());
        let note = if left { "  left early" } else { "" };
        println!("{name:<52} {:>10} {:>6}{note}", checker.unique_state_count(), checker.max_depth());
        self.left += usize::from(left);
        self.states += checker.unique_state_count();
        self.depth = self.depth.max(checker.max_depth());
        let path = checker.discovery("every invariant holds")?;
        self.broken += 1;
        path.clone().into_actions().iter().for_each(|happening| println!("  {happening:?}"));
        Some((path.into_states(), checker))
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let mut at_most = None;
    if arguments.next_if(|argument| argument == "--at-most").is_some() {
        at_most = arguments.next().and_then(|number| number.parse().ok());
        if at_most.is_none() {
            eprintln!("model-check: --at-most takes a positive number");
            return ExitCode::FAILURE;
        }
    }
    let only = arguments.next();
    let wanted = |name: &str| only.as_deref().is_none_or(|only| name.contains(only));
    let mut visited = Visited { at_most, ..Visited::default() };
    println!("{:<52} {:>10} {:>6}", "setting", "states", "depth");
    let recorder = Arc::new(Recorder::default());
    for setting in Setting::all() {
        if !wanted(setting.name) {
            continue;
        }
        let name = format!("{:?} {}", setting.protocol, setting.name);
        if let Some((states, checker)) =
            visited.explore(&name, System { setting, subject: Arc::clone(&recorder) })
        {
            for state in states {
                println!("  {:>4} {:<18} {:?}", state.now, state.payment.state().name(), state.ledger);
                if let Some(invariant) = invariants::broken(checker.model(), &state) {
                    println!("  BROKEN {invariant}");
                }
            }
        }
    }
    for setting in refunds::Setting::all() {
        if !wanted(setting.name) {
            continue;
        }
        let name = format!("{:?} {}", setting.protocol, setting.name);
        let system = refunds::System { setting, subject: refunds::Real };
        if let Some((states, checker)) = visited.explore(&name, system) {
            for state in states {
                let refunds: Vec<_> = state.ledger.refunds().iter().map(|refund| refund.state()).collect();
                println!("  {:>4} {refunds:?} {:?} {:?}", state.now, state.books, state.network);
                if let Some(invariant) = refunds::invariants::broken(checker.model(), &state) {
                    println!("  BROKEN {invariant}");
                }
            }
        }
    }
    for world in World::all() {
        let name = format!("{:?} reverse, {}", world.protocol, world.name);
        if !wanted(&name) {
            continue;
        }
        let system = ReverseSystem { world, subject: reverse::Real };
        if let Some((states, checker)) = visited.explore(&name, system) {
            for state in states {
                let name = state.reverse().map_or("", |reverse| reverse.state());
                println!("  {:>4} {name:<18} {:?}", state.now, state.bank);
                if let Some(invariant) = reverse_invariants::broken(checker.model(), &state) {
                    println!("  BROKEN {invariant}");
                }
            }
        }
    }
    let Visited { states, depth, broken, left, .. } = visited;
    println!(
        "model check: {states} states, depth {depth}, {left} settings left early, {broken} settings with a broken invariant"
    );
    let page = include_str!("../../../docs/diagrams/machine.json");
    let page = serde_json::from_str(page).unwrap_or_default();
    let missing = recorder.missing_from(&page);
    for step in &missing {
        println!("not in docs/diagrams/machine.json: {step}");
    }
    if broken == 0 && states > 0 && missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
