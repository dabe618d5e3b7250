//! With `--json` every command writes JSON and nothing else, whether it succeeds or is refused, so that a script can read it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod program;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use program::{Ran, Sandbox, collect, finish, path, run, write};
use serde_json::Value;

/// The commands that do something, as `--help` lists them.
fn commands(above: &[&str]) -> BTreeSet<String> {
    let mut line = above.to_vec();
    line.push("--help");
    let help = run(&line).out;
    let listed = help.split_once("\nCommands:\n").map_or("", |(_, rest)| rest);
    let names: Vec<&str> = listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    if names.is_empty() {
        return BTreeSet::from([above.join(" ")]);
    }
    names.into_iter().flat_map(|name| commands(&[above, &[name]].concat())).collect()
}

/// What the command wrote: one JSON value in each line, and at least one.
fn lines(what: &str, out: &str) -> Vec<Value> {
    let read =
        |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("{what}: {line:?} is not JSON"));
    let lines: Vec<Value> = out.lines().map(read).collect();
    assert!(!lines.is_empty(), "{what} wrote nothing");
    lines
}

struct Walk {
    sandbox: Sandbox,
    walked: BTreeSet<String>,
}

impl Walk {
    fn command(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = self.sandbox.program();
        command.arg("--json").args(name.split(' ')).args(arguments);
        command
    }

    /// Runs a command to its end.
    fn run(&mut self, name: &str, arguments: &[&str], status: i32) -> Vec<Value> {
        let Ran { status: ended, out, err } = finish(&mut self.command(name, arguments));
        assert_eq!(ended, status, "{name}: {out}{err}");
        self.walked.insert(name.to_owned());
        lines(name, &out)
    }

    /// Starts a command that serves until it is killed.
    fn serves(&mut self, name: &str, arguments: &[&str]) {
        let mut command = self.command(name, arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        reader.read_line(&mut first).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        lines(name, &(first + &rest));
        self.walked.insert(name.to_owned());
    }
}

#[test]
fn every_command_writes_json_and_nothing_else() {
    let sandbox = Sandbox::start(20, &[]);
    let folder = sandbox.folder.path().to_owned();
    let place = |name: &str| path(&folder, name);
    let (config, store, keys) = (sandbox.config(), place("store"), place("keys"));
    let body = write(&folder, "body.json", b"{}").to_str().unwrap().to_owned();
    let headers = write(&folder, "headers.txt", b"Client-Id: C1\n").to_str().unwrap().to_owned();
    let database = format!("sqlite://{}", place("payments.db"));
    let of = ["--config", &config, "--protocol", "ams"];
    let kept = ["--store", &store];
    let sold = [&kept[..], &["--id", "P1"]].concat();
    let mut walk = Walk { sandbox, walked: BTreeSet::new() };

    walk.run("keys new", &[&keys], 0);
    let (private, public) = (place("keys/merchant_private_key.pem"), place("keys/merchant_public_key.pem"));
    let at = ["--path", "/notify", "--client-id", "C1", "--time", "1685599933871", "--body", &body];
    let signed = walk.run("sign", &[&["--key", &private], &at[..]].concat(), 0);
    let signature = signed[0]["signature"].as_str().unwrap().to_owned();
    walk.run("verify", &[&["--key", &public, "--signature", &signature], &at[..]].concat(), 0);
    let explained =
        ["--key", &public, "--path", "/notify", "--client-id", "C1", "--headers", &headers, "--body", &body];
    walk.run("explain", &explained, 1);
    walk.run("route", &["281006020000000000125733"], 0);
    walk.run("amount to-minor", &["19.99", "USD"], 0);
    walk.run("amount to-major", &["1999", "USD"], 0);
    walk.run("code", &["PAYMENT_IN_PROCESS"], 0);
    walk.run("doctor", &of, 0);

    let code = ["--code", "281006020000000000125733", "--amount", "19.99", "--currency", "USD"];
    walk.run("pay", &[&of, &code[..], &sold].concat(), 0);
    walk.run("inquire", &sold, 0);
    walk.run("refund", &[&sold[..], &["--amount", "5.00"]].concat(), 0);
    walk.run("cancel", &sold, 1);
    walk.run("reverse", &sold, 0);
    walk.run("resume", &kept, 0);
    walk.run("worker", &[&kept[..], &["--for", "1"]].concat(), 0);
    walk.run("store list", &kept, 0);
    walk.run("store show", &sold, 0);
    walk.run("store alerts", &kept, 0);
    walk.run("store acknowledge", &[&sold[..], &["--alert", "1", "--who", "Ada"]].concat(), 64);
    walk.run("store resolve", &[&sold[..], &["--as", "made", "--who", "Ada", "--note", "seen"]].concat(), 70);
    walk.run("store purge", &[&kept[..], &["--older-than", "400"]].concat(), 0);
    walk.run("store check", &kept, 0);
    walk.run("store migrate", &["--store", &database], 0);

    walk.run("demo", &["--only", "paid_at_once"], 0);
    walk.run("completions", &["bash"], 0);
    walk.run("man", &[&place("man")], 0);
    walk.serves("sandbox", &["--listen", "127.0.0.1:0", "--data-dir", &place("other")]);
    let mut listen = walk.command("notify-listen", &of);
    listen.args(["--listen", "127.0.0.1:0", "--store", "none", "--count", "1"]);
    let mut listening = listen.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(listening.stderr.as_mut().unwrap()).read_line(&mut address).unwrap();
    let to = address.trim().strip_prefix("listening on ").unwrap();
    walk.run("notify", &[&["--to", to], &of[..]].concat(), 0);
    lines("notify-listen", &collect(listening).out);
    walk.walked.insert("notify-listen".to_owned());

    assert_eq!(walk.walked, commands(&[]), "a command is not walked over, or there is none of the name");
}

/// Each command, given an option that does not exist, says so as JSON.
#[test]
fn every_refusal_is_json_with_a_code_and_a_hint() {
    for name in commands(&[]) {
        let line: Vec<&str> =
            ["--json"].into_iter().chain(name.split(' ')).chain(["--no-such-option"]).collect();
        let ran = run(&line);
        assert_eq!(ran.status, 64, "{name}: {}", ran.all());
        let error = &lines(&name, &ran.out)[0]["error"];
        for member in ["code", "reason", "hint"] {
            assert!(error[member].as_str().is_some_and(|text| !text.is_empty()), "{name}: {error}");
        }
        assert_eq!(error["may_have_charged"], false, "{name}: {error}");
    }
}
