//! Messages as bytes: what is sent and signed, what arrives and is verified.

pub mod json;
