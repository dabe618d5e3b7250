//! One module a command: its options, and what it does with them.

mod amount;
mod cancel;
mod code;
mod doctor;
mod explain;
mod inquire;
mod keys;
mod notify;
mod notify_listen;
mod pay;
mod refund;
mod resume;
mod reverse;
mod route;
mod sandbox;
mod shell;
mod sign;
mod store;
mod verify;
mod worker;

use std::future::Future;

use clap::{Parser, Subcommand};

use crate::demo;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::ticker::while_waiting;

/// Alipay and Alipay+ in-store payments: sign, verify, route, convert, pay, and a gateway to try it against.
#[derive(Debug, Parser)]
#[command(name = "alipay-instore", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// Print the result as one JSON object.
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Log to standard error; twice for everything. The variable RUST_LOG chooses more finely.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make RSA key pairs.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Sign a message and print the value of its Signature header.
    Sign(sign::Sign),
    /// Verify a message's Signature header; if it does not fit, say why.
    Verify(verify::Verify),
    /// Say why a message that arrived does not verify, from its headers and its body as received.
    Explain(explain::Explain),
    /// Say which system takes a scanned payment code.
    Route(route::Route),
    /// Turn prices into minor units, and back.
    #[command(subcommand)]
    Amount(amount::Amounts),
    /// Explain a result code of the gateways.
    Code(code::Code),
    /// Run a gateway on this machine, or list the payment codes that choose its behaviour.
    Sandbox(sandbox::Sandbox),
    /// Pay, and wait for the result.
    Pay(pay::Pay),
    /// Resume the payments of a store that were left without a result.
    Resume(resume::Resume),
    /// Cancel a payment of a store that has no result yet.
    Cancel(cancel::Cancel),
    /// Give back the whole of a paid payment of a store: cancel it, or refund what is left.
    Reverse(reverse::Reverse),
    /// Give money back for a payment of a store.
    Refund(refund::Refund),
    /// Take over what is due in a store and nobody drives, until it is interrupted.
    Worker(worker::Worker),
    /// Look into a store, and settle what needs a person.
    #[command(subcommand)]
    Store(store::Store),
    /// Check settings, keys, store, gateway, clocks and notify URL, and say what to do about what is wrong.
    Doctor(doctor::Doctor),
    /// Ask the gateway once what has become of a payment.
    Inquire(inquire::Inquire),
    /// Post a notification to a notify URL as the gateway would, correct or wrong on purpose.
    Notify(notify::Notify),
    /// Receive notifications: verify, print, acknowledge.
    NotifyListen(notify_listen::NotifyListen),
    /// Pay with every behaviour of the sandbox in both protocols, and compare with its ledger.
    Demo(demo::Demo),
    /// Print what a shell needs to complete this command.
    Completions(shell::Completions),
    /// Write the manual pages.
    Man(shell::Man),
}

pub(crate) fn run(command: Command, output: Output) -> Result<Exit> {
    match command {
        Command::Keys(keys) => keys.run(output),
        Command::Sign(sign) => sign.run(output),
        Command::Verify(verify) => verify.run(output),
        Command::Explain(explain) => explain.run(output),
        Command::Route(route) => route.run(output),
        Command::Amount(amount) => amount.run(output),
        Command::Code(code) => code.run(output),
        Command::Sandbox(sandbox) => waiting(sandbox.run(output)),
        Command::Pay(pay) => waiting(while_waiting(pay.run(output))),
        Command::Resume(resume) => waiting(while_waiting(resume.run(output))),
        Command::Cancel(cancel) => waiting(while_waiting(cancel.run(output))),
        Command::Reverse(reverse) => waiting(while_waiting(reverse.run(output))),
        Command::Refund(refund) => waiting(while_waiting(refund.run(output))),
        Command::Worker(worker) => waiting(worker.run(output)),
        Command::Store(store) => waiting(store.run(output)),
        Command::Doctor(doctor) => waiting(while_waiting(doctor.run(output))),
        Command::Inquire(inquire) => waiting(while_waiting(inquire.run(output))),
        Command::Notify(notify) => waiting(notify.run(output)),
        Command::NotifyListen(listen) => waiting(listen.run(output)),
        Command::Demo(demo) => waiting(demo.run(output)),
        Command::Completions(completions) => completions.run(output),
        Command::Man(man) => man.run(output),
    }
}

/// Runs what waits for the network and for time.
fn waiting(work: impl Future<Output = Result<Exit>>) -> Result<Exit> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| Failure::io("the runtime can't be started", &error))?.block_on(work)
}
