//! Here so that the features of its dependencies count.

fn main() {}
