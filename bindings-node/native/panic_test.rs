//! One panic for each kind of export. Built for a test alone: no shipped library has this module.
#![allow(clippy::panic, reason = "this is what the module is for")]

use alipay_instore::error::Result;
use napi::bindgen_prelude::{AsyncTask, PromiseRaw};
use napi::{Env, Task};
use napi_derive::napi;

use crate::client::{Abort, run};
use crate::failure::{guard, raise};

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

pub struct PanickingTask;

impl Task for PanickingTask {
    type Output = u32;
    type JsValue = u32;

    fn compute(&mut self) -> napi::Result<u32> {
        guard(|| -> Result<u32> { panic!("a panic in a task") }).map_err(raise)
    }

    fn resolve(&mut self, _env: Env, output: u32) -> napi::Result<u32> {
        Ok(output)
    }
}

#[napi(catch_unwind)]
pub fn panic_in_task() -> AsyncTask<PanickingTask> {
    AsyncTask::new(PanickingTask)
}

#[napi(catch_unwind, ts_return_type = "Promise<number>")]
pub fn panic_in_future<'env>(env: &'env Env, abort: &Abort) -> napi::Result<PromiseRaw<'env, u32>> {
    run(env, abort, async { panic!("a panic in a future") })
}
