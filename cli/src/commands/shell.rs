//! `completions` and `man`: what a shell and `man` want to know of the command, written from its own definition.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;
use serde_json::json;

use crate::examples;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;

const NAME: &str = "alipay-instore";

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell that completes.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut examples::command(), NAME, &mut script);
        let script = String::from_utf8_lossy(&script);
        output.result(script.trim_end(), &json!({"shell": self.shell.to_string(), "script": script}));
        Ok(Exit::Done)
    }
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder for the pages, one a command; made if it is not there.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let failed = |error| Failure::io("the folder for the manual pages", &error);
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        clap_mangen::generate_to(examples::command(), &self.folder).map_err(failed)?;
        let mut pages: Vec<String> = std::fs::read_dir(&self.folder)
            .map_err(failed)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.starts_with(NAME) && name.ends_with(".1"))
            .collect();
        pages.sort();
        let folder = self.folder.display();
        output.result(
            format_args!("{} pages in {folder}; read one with: man -l {folder}/{NAME}.1", pages.len()),
            &json!({"folder": folder.to_string(), "pages": pages}),
        );
        Ok(Exit::Done)
    }
}
