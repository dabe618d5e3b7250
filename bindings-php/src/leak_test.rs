//! Loses memory on purpose, so that `make php-valgrind` shows that it would see a leak. Compiled with the feature `panic-test`
//! alone, which no shipped extension has.

use std::hint::black_box;

use ext_php_rs::boxed::ZBox;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendObject, Zval};

/// Loses `bytes` of Rust, an `object` that PHP allocates for the extension, or a reference to the `argument`. What has another
/// name is given back.
#[php_function]
#[php(name = "AlipayInstore\\Native\\lose")]
pub fn lose(what: &str, argument: &Zval) {
    let bytes: Box<[u8]> = black_box(vec![7; 4096].into_boxed_slice());
    let object: ZBox<ZendObject> = ZendObject::new_stdclass();
    let reference = argument.shallow_clone();
    match what {
        "bytes" => std::mem::forget(bytes),
        "object" => std::mem::forget(object),
        "argument" => std::mem::forget(reference),
        _ => {}
    }
}

/// Registers the functions of this file.
pub(crate) fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module.function(wrap_function!(lose))
}
