//! Explores every reachable state of every setting and prints what was visited; see `make model-check`.

use std::process::ExitCode;

use alipay_instore::api::Scenario;
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::RefundAfterCancelWindow;
use conformance::model::reverse::{self, ReverseSystem, World};
use conformance::model::{Real, Setting, System, invariants, reverse_invariants};
use stateright::{Checker, Model};

fn main() -> ExitCode {
    let only = std::env::args().nth(1);
    let (mut states, mut depth, mut broken) = (0, 0, 0);
    println!("{:<44} {:>10} {:>6}", "setting", "states", "depth");
    for setting in settings() {
        if only.as_deref().is_some_and(|only| !setting.name.contains(only)) {
            continue;
        }
        let name = format!("{:?} {}", setting.protocol, setting.name);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let checker = System { setting, subject: Real }.checker().threads(threads).spawn_bfs().join();
        println!("{name:<44} {:>10} {:>6}", checker.unique_state_count(), checker.max_depth());
        states += checker.unique_state_count();
        depth = depth.max(checker.max_depth());
        if let Some(path) = checker.discovery("every invariant holds") {
            broken += 1;
            for (state, happening) in path.into_vec() {
                println!(
                    "  {:>4} {:<18} {:?} {happening:?}",
                    state.now,
                    state.payment.state().name(),
                    state.ledger
                );
                if let Some(invariant) = invariants::broken(checker.model(), &state) {
                    println!("  BROKEN {invariant}");
                }
            }
        }
    }
    for world in World::all() {
        if only.as_deref().is_some_and(|only| !format!("reverse, {}", world.name).contains(only)) {
            continue;
        }
        let name = format!("{:?} reverse, {}", world.protocol, world.name);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let checker =
            ReverseSystem { world, subject: reverse::Real }.checker().threads(threads).spawn_bfs().join();
        println!("{name:<44} {:>10} {:>6}", checker.unique_state_count(), checker.max_depth());
        states += checker.unique_state_count();
        depth = depth.max(checker.max_depth());
        if let Some(path) = checker.discovery("every invariant holds") {
            broken += 1;
            for (state, happening) in path.into_vec() {
                let name = state.reverse().map_or("", |reverse| reverse.state());
                println!("  {:>4} {name:<18} {:?} {happening:?}", state.now, state.bank);
                if let Some(invariant) = reverse_invariants::broken(checker.model(), &state) {
                    println!("  BROKEN {invariant}");
                }
            }
        }
    }
    println!("model check: {states} states, depth {depth}, {broken} settings with a broken invariant");
    if broken == 0 && states > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Both protocols, all scenarios, and every kind of trouble; each setting small enough to be exhausted.
fn settings() -> Vec<Setting> {
    let mut settings = Vec::new();
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        let code = |name| Setting::new(name, protocol, Scenario::PaymentCode);
        let ask = RefundAfterCancelWindow::Ask;
        settings.extend([
            code("payment code"),
            Setting { moody: true, ..code("payment code, moody") },
            Setting { cashier: true, ..code("payment code, cashier") },
            Setting { crashes: 1, ..code("payment code, crash") },
            Setting { not_sent: true, cashier: true, ..code("payment code, not sent") },
            Setting { notifies: true, ..code("payment code, notified") },
            Setting { notifies: true, stated_amount: None, ..code("payment code, no amount stated") },
            Setting { stated_amount: Some("101"), refund: ask, ..code("payment code, another amount") },
            Setting {
                other_owner: true,
                stated_amount: Some("101"),
                cashier: true,
                ..code("payment code, id taken")
            },
            Setting { notifies: true, ..Setting::new("order code", protocol, Scenario::OrderCode) },
            Setting { cashier: true, ..Setting::new("entry code, cashier", protocol, Scenario::EntryCode) },
            Setting { crashes: 1, ..Setting::new("entry code, crash", protocol, Scenario::EntryCode) },
        ]);
    }
    settings
}
