//! Keeps the extension in memory until the process ends: PHP unloads extensions at its end, and a thread of the runtime may
//! still be in it.

fn main() {
    // Otherwise a change of any file beside it, such as a test in PHP, builds the extension again.
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=-Wl,-z,nodelete");
}
