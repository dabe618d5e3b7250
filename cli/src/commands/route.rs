//! `route`: which system takes a scanned payment code, and by which rule.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use alipay_instore::Error;
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::routing::{Router, RouterConfig};
use clap::Args;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::input;
use crate::output::{self, Output};

#[derive(Debug, Args)]
pub(crate) struct Route {
    /// The file with the router's settings as JSON; without it every code goes to Alipay+.
    #[arg(long, value_name = "FILE")]
    router: Option<PathBuf>,
    /// A file with one code a line, each of which is routed as soon as it is read; - is standard input.
    #[arg(long, value_name = "FILE|-")]
    from: Option<PathBuf>,
    /// The codes as the scanner delivers them; - reads one from standard input, up to the first CR or LF.
    #[arg(required_unless_present = "from", value_name = "CODE|-")]
    codes: Vec<String>,
}

impl Route {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let router = match &self.router {
            None => Router::new(RouterConfig::default())?,
            Some(path) => {
                let text = input::content(path, "--router")?;
                let text = std::str::from_utf8(&text).map_err(|_| {
                    Failure::new("router.configuration", "the file is not UTF-8", "save it as UTF-8")
                })?;
                Router::from_json(text)?
            }
        };
        let mut told = Told { router, output, routes: Vec::new(), exit: Exit::Done };
        for code in &self.codes {
            match code.as_str() {
                "-" => {
                    let hint = "scan a code, and let the scanner end it with CR or LF";
                    let missing = || Failure::usage("standard input ended without a code", hint);
                    told.tell(input::scanned_code()?.ok_or_else(missing)?);
                }
                code => told.tell(PaymentCode::from_scan(code)),
            }
        }
        match self.from.as_deref() {
            None => {}
            Some(path) if path == Path::new("-") => told.tell_all(&mut std::io::stdin().lock())?,
            Some(path) => {
                let file = File::open(path).map_err(|error| Failure::io("the file of --from", &error))?;
                told.tell_all(&mut BufReader::new(file))?;
            }
        }
        output.machine(&json!({ "routes": told.routes }));
        Ok(told.exit)
    }
}

/// The routes so far: people see each at once, JSON has them all at the end.
struct Told {
    router: Router,
    output: Output,
    routes: Vec<Value>,
    exit: Exit,
}

impl Told {
    fn tell_all(&mut self, source: &mut impl BufRead) -> Result<()> {
        let failed = |error: std::io::Error| Failure::io("--from", &error);
        while let Some(code) = input::next_code(source).map_err(failed)? {
            self.tell(code);
        }
        Ok(())
    }

    fn tell(&mut self, scanned: alipay_instore::Result<PaymentCode>) {
        let (line, json) = one(&self.router, scanned);
        if json.get("error").is_some() {
            self.exit = Exit::No;
        }
        self.output.human(line);
        self.routes.push(json);
    }
}

fn one(router: &Router, scanned: alipay_instore::Result<PaymentCode>) -> (String, Value) {
    let code = match scanned {
        Ok(code) => code,
        Err(error) => return refused("not a payment code", json!({ "code": null }), &error),
    };
    let json = json!({
        "code": code.masked(),
        "kind": code.kind().as_str(),
        "routing_number": code.routing_number(),
    });
    match router.route_code(&code) {
        Ok(route) => {
            let wallet = route.wallet.map(|wallet| format!(" {wallet}")).unwrap_or_default();
            let others = match route.alternatives {
                [] => String::new(),
                others => format!(", or {}", others.join(", ")),
            };
            let line =
                format!("{code}  {}{wallet}  by {}{others}", route.target.as_str(), route.rule.as_str());
            let more = json!({
                "target": route.target.as_str(),
                "wallet": route.wallet,
                "rule": route.rule.as_str(),
                "alternatives": route.alternatives,
            });
            (line, with(json, more))
        }
        Err(error) => refused(&code.masked(), json, &error),
    }
}

fn refused(shown: &str, json: Value, error: &Error) -> (String, Value) {
    let line = format!("{shown}  {}: {} ({})", error.code(), error.reason(), error.hint());
    (line, with(json, json!({ "error": output::of_error(error) })))
}

fn with(mut json: Value, more: Value) -> Value {
    if let (Some(members), Value::Object(more)) = (json.as_object_mut(), more) {
        members.extend(more);
    }
    json
}
