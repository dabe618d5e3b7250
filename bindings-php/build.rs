//! Keeps the extension in memory until the process ends: PHP unloads extensions at its end, and a thread of the runtime may
//! still be in it.

fn main() {
    println!("cargo::rustc-link-arg-cdylib=-Wl,-z,nodelete");
}
