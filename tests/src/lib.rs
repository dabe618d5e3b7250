//! The shared vectors in Rust: what a file is, and how each kind of case is answered by the public API.

pub mod catalogue;
pub mod flow;
pub mod model;
pub mod vectors;
