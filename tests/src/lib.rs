//! The shared vectors in Rust: what a file is, and how each kind of case is answered by the public API.

pub mod confusion;
pub mod crash;
pub mod drawn;
pub mod flow;
pub mod fuzz;
pub mod model;
pub mod refund;
pub mod reverse;
pub mod sales;
pub mod simulate;
pub mod vectors;
