//! The life of one payment, with its network, customer, gateway and crashes, drawn from the input: what the simulation
//! draws from a seed. The promises are the simulation's own, the ledger's among them.

use crate::model::subject::Real;
use crate::simulate::random::Chance;
use crate::simulate::wire::Wire;
use crate::simulate::world::World;

pub(super) fn run(bytes: &[u8]) {
    let world = World::new(&Real, Wire::new(None), [(0, Chance::given(bytes))], Some(0));
    let found = world.map(World::run);
    if let Ok(Err(failure)) = &found {
        assert!(found.is_err(), "{}\n{}", failure.promise, failure.timeline.join("\n"));
    }
    assert!(found.is_ok(), "the simulation could not begin");
}
