//! The real client against the real sandbox, over HTTP on this machine, with time sped up.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "test code"
)]

mod authorities;
mod behaviours;
mod connecting;
mod crashes;
mod customers;
mod failing;
mod gateway_time;
mod idle;
mod listeners;
mod notifications;
mod processes;
mod proxies;
mod receiver;
mod refunds;
mod shop;
mod statuses;
mod stores;
mod trouble;
