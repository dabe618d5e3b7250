//! What the fuzzer feeds: one function a target, from bytes. Each asserts what has to hold of every input, so that a
//! broken promise is found as a panic is.
//!
//! The functions are ordinary ones: the crate in `fuzz/` gives them to libFuzzer, and a test runs them over the seeds.

mod amount;
mod course;
mod events;
mod key_text;
mod message;
mod payment_code;
mod refunds;
pub mod second_header;
pub mod seeds;
mod signature_header;
mod snapshot;

/// A target: what it makes of any bytes.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Target); 10] = [
    ("signature_header", signature_header::run),
    ("key_text", key_text::run),
    ("response", message::response),
    ("notification", message::notification),
    ("payment_code", payment_code::run),
    ("amount", amount::run),
    ("snapshot", snapshot::run),
    ("events", events::run),
    ("refunds", refunds::run),
    ("course", course::run),
];

/// Feeds one input to the target of this name.
pub fn feed(name: &str, bytes: &[u8]) {
    for (known, target) in TARGETS {
        if known == name {
            target(bytes);
        }
    }
}

/// The input as lines; what is not a string is no input.
fn lines(bytes: &[u8]) -> Option<std::str::Lines<'_>> {
    std::str::from_utf8(bytes).ok().map(str::lines)
}
