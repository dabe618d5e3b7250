//! `route`: which system takes a scanned payment code, and by which rule.

use std::io::BufRead as _;
use std::path::PathBuf;

use alipay_instore::routing::{Router, RouterConfig};
use clap::Args;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::input;
use crate::masking::masked;
use crate::output::{self, Output};

#[derive(Debug, Args)]
pub(crate) struct Route {
    /// The file with the router's settings as JSON; without it every code goes to Alipay+.
    #[arg(long, value_name = "FILE")]
    router: Option<PathBuf>,
    /// The scanned codes; - reads them from standard input, one a line.
    #[arg(required = true, value_name = "CODE|-")]
    codes: Vec<String>,
}

impl Route {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let router = match &self.router {
            None => Router::new(RouterConfig::default())?,
            Some(path) => {
                let text = input::content(path, "--router")?;
                let text = std::str::from_utf8(&text).map_err(|_| {
                    Failure::new("router.configuration", "the file is no UTF-8", "save it as UTF-8")
                })?;
                Router::from_json(text)?
            }
        };
        let (mut lines, mut routes, mut exit) = (Vec::new(), Vec::new(), Exit::Done);
        for code in self.read()? {
            let (line, json) = one(&router, &code);
            if json.get("error").is_some() {
                exit = Exit::No;
            }
            lines.push(line);
            routes.push(json);
        }
        output.result(lines.join("\n"), &json!({ "routes": routes }));
        Ok(exit)
    }

    fn read(&self) -> Result<Vec<String>> {
        let mut codes = Vec::new();
        for code in &self.codes {
            if code != "-" {
                codes.push(code.clone());
                continue;
            }
            for line in std::io::stdin().lock().lines() {
                let line = line.map_err(|error| Failure::io("standard input", &error))?;
                if !line.trim().is_empty() {
                    codes.push(line);
                }
            }
        }
        Ok(codes)
    }
}

fn one(router: &Router, code: &str) -> (String, Value) {
    let shown = masked(code);
    match router.route(code) {
        Ok(route) => {
            let wallet = route.wallet.map(|wallet| format!(" {wallet}")).unwrap_or_default();
            let others = match route.alternatives {
                [] => String::new(),
                others => format!(", or {}", others.join(", ")),
            };
            let line =
                format!("{shown}  {}{wallet}  by {}{others}", route.target.as_str(), route.rule.as_str());
            let json = json!({
                "code": shown,
                "target": route.target.as_str(),
                "wallet": route.wallet,
                "rule": route.rule.as_str(),
                "alternatives": route.alternatives,
            });
            (line, json)
        }
        Err(error) => {
            let line = format!("{shown}  {}: {} ({})", error.code(), error.reason(), error.hint());
            (line, json!({"code": shown, "error": output::of_error(&error)}))
        }
    }
}
