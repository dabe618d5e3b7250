//! `sandbox`: the embedded gateway as a program, until it is told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;

use alipay_instore_sandbox::{BEHAVIOURS, Behaviour, Customer, Fault, Options, Sandbox as Gateway, Settings};
use clap::Args;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;

#[derive(Debug, Args)]
pub(crate) struct Sandbox {
    /// List the behaviours with the payment code for each, the faults, and what customers can do, and end.
    #[arg(long)]
    codes: bool,
    /// Print a payment code for this behaviour that was not used before, and end.
    #[arg(long, value_name = "BEHAVIOUR", value_parser = behaviour, conflicts_with = "codes")]
    fresh_code: Option<&'static Behaviour>,
    /// Where to listen; port 0 picks a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The folder for keys and sandbox.json; made if it is not there.
    #[arg(long, value_name = "DIR", required_unless_present_any = ["codes", "fresh_code"])]
    data_dir: Option<PathBuf>,
    /// How many times as fast as real time its clock runs.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    speed: u32,
    /// HTTPS, with a certificate of its own authority, which is written to ca.pem.
    #[arg(long)]
    tls: bool,
    /// A name for the certificate beside localhost, 127.0.0.1 and ::1; can be given several times.
    #[arg(long, value_name = "NAME", requires = "tls")]
    tls_name: Vec<String>,
    /// The client id that it knows; one that starts with SANDBOX_ has the sandbox paths of AMS.
    #[arg(long)]
    client_id: Option<String>,
    /// What the customer of an order code or entry code does: pays_after=MS, fails_after=MS, never, never_scans.
    #[arg(long, value_name = "PLAN", value_parser = customer)]
    customer: Option<Customer>,
    /// Sign notifications over path and query of the notify URL; the real gateway leaves the query out.
    #[arg(long)]
    sign_query: bool,
    /// Make every payment code good for one payment, the listed test codes too.
    #[arg(long)]
    every_code_once: bool,
    /// How far the clock that stamps answers and notifications is ahead, in milliseconds; behind if negative.
    #[arg(long, value_name = "MS", default_value_t = 0, allow_negative_numbers = true)]
    clock_off: i64,
    /// How many nodes take turns in answering.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    nodes: u32,
    /// How far the clock of the last node is off, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 0, allow_negative_numbers = true, requires = "nodes")]
    node_off: i64,
    /// Reset a connection that was idle for this long, in milliseconds of sandbox time, when its next request comes.
    #[arg(long, value_name = "MS")]
    idle_reset: Option<u64>,
    /// Where AMS refunds are notified whose request names no refundNotifyUrl.
    #[arg(long, value_name = "URL")]
    refund_notify_url: Option<String>,
    /// Stop when standard input ends, as it does with the process that started this one, however that ends.
    #[arg(long)]
    while_stdin: bool,
}

fn customer(text: &str) -> Result<Customer, &'static str> {
    text.parse().map_err(|_| Customer::USAGE)
}

fn behaviour(name: &str) -> Result<&'static Behaviour, &'static str> {
    Behaviour::named(name).ok_or("there is no such behaviour; `sandbox --codes` lists them")
}

impl Sandbox {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        if let Some(behaviour) = self.fresh_code {
            let code = behaviour.fresh_code();
            output.result(&code, &json!({"behaviour": behaviour.name, "code": code}));
            return Ok(Exit::Done);
        }
        let Some(data_dir) = self.data_dir.filter(|_| !self.codes) else {
            codes(output);
            return Ok(Exit::Done);
        };
        let mut options = Options::new(data_dir);
        options.listen = self.listen;
        options.speed = self.speed;
        options.tls = self.tls;
        options.tls_names = self.tls_name;
        options.client_id = self.client_id.unwrap_or(options.client_id);
        options.customer = self.customer.unwrap_or(options.customer);
        options.settings = Settings {
            sign_query: self.sign_query,
            every_code_once: self.every_code_once,
            clock_off_ms: self.clock_off,
            nodes: self.nodes,
            node_off_ms: self.node_off,
            idle_reset_ms: self.idle_reset,
            refund_notify_url: self.refund_notify_url,
        };
        let stopped = stop_signal()?;
        let alone = stdin_ended(self.while_stdin);
        let mut running =
            Gateway::start(options).await.map_err(|error| Failure::io("the sandbox can't start", &error))?;
        output.result(
            format_args!(
                "listening on {}\nsettings in {}\nconsole at {}",
                running.base_url(),
                running.description().display(),
                running.console_url()
            ),
            &json!({
                "base_url": running.base_url(),
                "config": running.description().to_string_lossy(),
                "console": running.console_url(),
                "speed": self.speed,
            }),
        );
        tokio::select! {
            () = stopped => {}
            () = running.ended() => {}
            () = alone => {}
        }
        running.stop().await;
        Ok(Exit::Done)
    }
}

/// Ends when standard input does, if that is watched.
fn stdin_ended(watched: bool) -> impl Future<Output = ()> {
    let (ended, told) = oneshot::channel::<()>();
    // A thread of its own, which the process does not wait for at its end.
    let reading = watched.then(|| {
        std::thread::spawn(move || {
            // What is read, or why not, does not matter: nobody is there any more.
            let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
            drop(ended);
        })
    });
    async move {
        match reading {
            Some(_) => drop(told.await),
            None => std::future::pending().await,
        }
    }
}

/// Interrupt or terminate. Caught from before the start, so that none is missed.
fn stop_signal() -> Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let failed = |error| Failure::io("signals can't be caught", &error);
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        // Without a way to be told, it runs until it is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// The codes are test codes that stand for nobody's money, so they are shown whole.
fn codes(output: Output) {
    let mut lines = vec!["payment codes".to_owned()];
    lines.extend(BEHAVIOURS.iter().map(|row| {
        let expected = if row.ams == row.alipay_plus {
            row.ams.as_str().to_owned()
        } else {
            format!("ams {}, alipay_plus {}", row.ams.as_str(), row.alipay_plus.as_str())
        };
        format!("{}  {}  [{expected}]\n    {}", row.code, row.name, row.description)
    }));
    lines.push("\nfaults".to_owned());
    lines.extend(Fault::ALL.iter().map(|(_, name, what)| format!("{name}\n    {what}")));
    lines.push("\ncustomers of order codes and entry codes".to_owned());
    lines.extend(Customer::PLANS.iter().map(|(plan, what)| format!("{plan}\n    {what}")));
    let codes: Vec<Value> = BEHAVIOURS
        .iter()
        .map(|row| {
            json!({
                "name": row.name,
                "code": row.code,
                "description": row.description,
                "expected": {"ams": row.ams.as_str(), "alipay_plus": row.alipay_plus.as_str()},
            })
        })
        .collect();
    let described = |name: &str, what: &str| json!({"name": name, "description": what});
    let faults: Vec<Value> = Fault::ALL.iter().map(|(_, name, what)| described(name, what)).collect();
    let customers: Vec<Value> = Customer::PLANS.iter().map(|(plan, what)| described(plan, what)).collect();
    output.result(lines.join("\n"), &json!({"codes": codes, "faults": faults, "customers": customers}));
}
