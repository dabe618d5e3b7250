//! demo
use clap::Args;
use crate::{exit::Exit, failure::Result, output::Output};
#[derive(Debug, Args)]
pub(crate) struct Demo {
}
impl Demo { pub(crate) async fn run(self, _output: Output) -> Result<Exit> { Ok(Exit::Done) } }
