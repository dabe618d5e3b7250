//! Where payments survive the process: what a record is, the contract of a store, two stores, and the
//! [`kit`] that tests any store.
//!
//! A record holds everything about one payment: its machine, its refunds, its reverse, its alerts, and what is still
//! to be sent. One compare-and-set covers all of it. Several processes work on one store: a record has at most one
//! owner, who drives it, and any process may apply evidence to it. Nothing here needs an async runtime or a network.

mod alert;
mod columns;
mod contract;
mod digest;
mod encoding;
mod every;
pub mod file;
pub mod host;
pub mod kit;
mod memory;
mod open;
mod packed;
mod purge;
mod record;

pub use alert::{Acknowledgement, Alert, Part, Resolution};
pub use columns::{Columns, Entry, Stored};
pub use contract::{Answer, Heartbeats, OwnerBeats, Page, Query, Store, StoreError, Unreadable, check_id};
pub use digest::Stated;
pub use every::{list_all, read_all};
pub use file::FileStore;
pub use memory::MemoryStore;
pub use open::{Alerts, PaymentAlert, Unfinished};
pub use purge::REFUND_WINDOW;
pub use record::{PaymentRecord, Undone};
