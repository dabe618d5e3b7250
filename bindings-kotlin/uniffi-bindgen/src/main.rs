//! Writes the Kotlin code that calls the native library; see `uniffi.toml` beside the library.

fn main() {
    uniffi::uniffi_bindgen_main();
}
