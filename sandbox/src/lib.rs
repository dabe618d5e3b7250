//! A gateway for Alipay (AMS) and Alipay+ in-store payments, to try a till against on one's own machine.
//!
//! It verifies requests, keeps a ledger, answers and notifies with real signatures, and injects failures
//! when asked to. It is a second opinion on the protocol: it reads raw JSON by itself and shares with the
//! library only keys, signatures and the list of currencies. [`Sandbox::start`] runs it as an HTTP server;
//! [`Gateway`] is the same thing without sockets and clock, for simulations. The books are kept in memory and
//! are gone when the process ends. `docs/sandbox.md` describes it for users.
//!
//! ```
//! use alipay_instore_sandbox::{Config, Exchange, Gateway, Request, Signatures};
//!
//! let gateway = Gateway::new(Config::new("C1", Signatures::Off));
//! let inquiry = Request {
//!     method: "POST",
//!     path: "/ams/api/v1/payments/inquiryPayment",
//!     headers: &[("Client-Id", "C1"), ("Content-Type", "application/json")],
//!     body: br#"{"paymentRequestId": "p1"}"#,
//! };
//! let Exchange::Answered(answer) = gateway.handle(1_795_303_736_000, &inquiry) else { panic!("no answer") };
//! assert!(String::from_utf8_lossy(&answer.body).contains("ORDER_NOT_EXIST"));
//! ```

mod behaviour;
mod clock;
mod customer;
mod fault;
mod gateway;
mod ledger;
mod notice;
mod notify;
mod protocol;
mod result;
mod sandbox;
mod server;
mod settings;

pub use alipay_instore::gateway::Protocol;
pub use behaviour::{BEHAVIOURS, Behaviour, Expected};
pub use clock::Clock;
pub use customer::{Customer, UnknownCustomer};
pub use fault::{Fault, Injection, UnknownFault};
pub use gateway::{
    Acknowledgement, Answer, Config, Delivery, Due, Exchange, Gateway, Keys, Request, Signatures, SignedBy,
    Standing,
};
pub use notice::{Notice, Posted, UnknownWrong, Wrong};
pub use notify::RESEND_INTERVALS_MS;
pub use protocol::{Operation, UnknownOperation};
pub use sandbox::{Options, Running, Sandbox};
pub use settings::Settings;
