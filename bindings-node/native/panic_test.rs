//! One panic for each kind of export. Built only for a test: no shipped library has this module.
#![allow(clippy::panic, reason = "this is what the module is for")]

use napi::bindgen_prelude::{AsyncTask, Function, Promise};
use napi::threadsafe_function::ThreadsafeFunction;
use napi::{Env, Status};
use napi_derive::napi;

use crate::call::{Abort, Promised, run};
use crate::failure::Background;

#[napi(catch_unwind)]
pub fn panic_in_function() {
    panic!("a panic in a function");
}

#[napi]
pub struct Panicking;

#[napi]
impl Panicking {
    #[napi(constructor, catch_unwind)]
    pub fn new(wanted: bool) -> Self {
        assert!(!wanted, "a panic in a constructor");
        Panicking
    }

    #[napi(factory, catch_unwind)]
    pub fn factory() -> Self {
        panic!("a panic in a factory");
    }

    #[napi(getter, catch_unwind)]
    pub fn getter(&self) -> u32 {
        panic!("a panic in a getter");
    }

    #[napi(catch_unwind)]
    pub fn method(&self) -> u32 {
        panic!("a panic in a method");
    }
}

#[napi(catch_unwind, ts_return_type = "Promise<number>")]
pub fn panic_in_compute() -> AsyncTask<Background<u32, u32>> {
    Background::new(|| panic!("a panic in compute"), Ok)
}

#[napi(catch_unwind, ts_return_type = "Promise<number>")]
pub fn panic_in_resolve() -> AsyncTask<Background<u32, u32>> {
    Background::new(|| Ok(1), |_| panic!("a panic in resolve"))
}

#[napi(catch_unwind, ts_return_type = "Promise<number>")]
pub fn panic_in_future<'env>(env: &'env Env, abort: &Abort) -> Promised<'env, u32> {
    run(env, abort, async { panic!("a panic in a future") })
}

type Call = ThreadsafeFunction<u32, Promise<u32>, u32, Status, false, true>;

/// Calls JavaScript from the runtime, as an own store is called, and panics once it has answered.
#[napi(catch_unwind, ts_return_type = "Promise<number>")]
pub fn panic_after_callback<'env>(
    env: &'env Env,
    abort: &Abort,
    call: Function<'_, u32, Promise<u32>>,
) -> Promised<'env, u32> {
    let call: Call = call.build_threadsafe_function().weak::<true>().build()?;
    run(env, abort, async move {
        let answered = call.call_async(1).await;
        panic!("a panic after a callback: {}", answered.is_ok())
    })
}
