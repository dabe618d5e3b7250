//! The `alipay-instore` command: everything of the library that a person or a script wants to try at a terminal,
//! and a gateway to try it against.

mod commands;
mod demo;
mod examples;
mod exit;
mod failure;
mod input;
mod logging;
mod masking;
mod output;
mod paint;
mod place;
mod receiver;
mod render;
mod request;
mod table;
mod ticker;
mod till;
mod usage;

use std::process::ExitCode;

use output::Output;

fn main() -> ExitCode {
    let cli = match examples::parse() {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error).into(),
    };
    logging::start(cli.verbose);
    let output = Output::new(cli.json);
    match commands::run(cli.command, output) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output.failure(&failure);
            failure.exit.into()
        }
    }
}
