//! The life of one payment, with its network, customer, gateway and crashes, drawn from the input: what the simulation
//! draws from a seed. The promises are the simulation's own, the ledger's among them.

use crate::model::subject::Real;
use crate::simulate::random::Chance;
use crate::simulate::wire::Wire;
use crate::simulate::world::World;

#[allow(clippy::panic, reason = "this is how the fuzzer is told of an input that breaks a promise")]
pub(super) fn run(bytes: &[u8]) {
    let world = World::new(&Real, Wire::new(None), [(0, Chance::given(bytes))], Some(0));
    match world.map(World::run) {
        Ok(Ok(_)) => {}
        Ok(Err(failure)) => panic!("{}\n{}", failure.promise, failure.timeline.join("\n")),
        Err(error) => panic!("the simulation could not begin: {error}"),
    }
}
