//! Nothing: the features of its dependencies are all there is. See `Cargo.toml`.
