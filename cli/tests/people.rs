//! What people expect of a command: help with examples, completions, manual pages, tables, QR codes, no colours in files.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod program;

use program::{Sandbox, finish, path, run};

#[test]
fn help_has_examples_and_exit_statuses() {
    for line in [
        vec!["--help"],
        vec!["pay", "--help"],
        vec!["store", "list", "-h"],
        vec!["amount", "to-minor", "--help"],
    ] {
        let ran = run(&line);
        assert_eq!(ran.status, 0);
        assert!(ran.out.contains("Examples:\n  alipay-instore "), "{}", ran.out);
        assert!(ran.out.contains("Exit status: 0 "), "{}", ran.out);
        assert!(!ran.out.contains('\x1b'), "no colours where it is no terminal");
    }
}

#[test]
fn shells_complete_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = run(&["completions", shell]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        for word in ["notify-listen", "doctor", "store"] {
            assert!(ran.out.contains(word), "{shell} does not know {word}");
        }
    }
    // bash takes it.
    let script = run(&["--json", "completions", "bash"]).json()["script"].as_str().unwrap().to_owned();
    let ran = std::process::Command::new("bash").args(["-n", "-c", &script]).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(run(&["completions", "tcsh"]).status, 64);
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let to = path(folder.path(), "man");
    let json = run(&["--json", "man", &to]).json();
    let pages: Vec<_> = json["pages"].as_array().unwrap().iter().map(|page| page.as_str().unwrap()).collect();
    for page in ["alipay-instore.1", "alipay-instore-pay.1", "alipay-instore-store-list.1"] {
        assert!(pages.contains(&page), "{page} is missing: {pages:?}");
    }
    let pay = std::fs::read_to_string(folder.path().join("man/alipay-instore-pay.1")).unwrap();
    assert!(pay.contains(".TH") && pay.contains("Examples"), "{pay}");
}

#[test]
fn payments_are_listed_as_a_table() {
    let sandbox = Sandbox::start(1, &[]);
    let store = path(sandbox.folder.path(), "store");
    let list = || run(&["store", "list", "--store", &store]).out;
    let pay = |id: &str, code: &str| finish(&mut sandbox.pay("ams", code, &["--store", &store, "--id", id]));
    assert_eq!(pay("P-1", "281006020000000000125733").status, 0);
    assert_eq!(pay("LONGER-2", "281006029000000000000004").status, 1);
    let listed = list();
    let lines: Vec<Vec<&str>> = listed
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(lines[0], ["PAYMENT", "AMOUNT", "STATE", "NEEDS", "CREATED"], "{listed}");
    let row =
        |id: &str| lines.iter().find(|line| line[0] == id).unwrap_or_else(|| panic!("{listed}")).clone();
    assert_eq!(row("P-1")[2..4], ["succeeded", "-"], "{listed}");
    assert_eq!(row("LONGER-2")[2..4], ["failed", "-"], "{listed}");
    // The columns stand below each other.
    let starts: Vec<_> =
        listed.lines().map(|line| line.find("USD").or(line.find("AMOUNT")).is_some()).collect();
    assert_eq!(starts, [true; 3], "{listed}");
}

#[test]
fn the_customers_code_is_drawn_and_written() {
    let sandbox = Sandbox::start(20, &["--customer", "pays_after=3000"]);
    for protocol in ["ams", "alipay_plus"] {
        for scenario in ["order", "entry"] {
            let file = |kind: &str| path(sandbox.folder.path(), &format!("{protocol}-{scenario}.{kind}"));
            let (svg, png) = (file("svg"), file("png"));
            let mut pay = sandbox.program();
            pay.args(["--json", "pay", "--config", &sandbox.config(), "--protocol", protocol])
                .args(["--scenario", scenario, "--amount", "5", "--currency", "EUR", "--store", "none"])
                .args(["--qr", "always", "--qr-svg", &svg, "--qr-png", &png]);
            if scenario == "entry" {
                pay.args(["--redirect-url", "https://shop.example/done"]);
            }
            let ran = finish(&mut pay);
            assert_eq!(ran.status, 0, "{}", ran.all());
            assert!(ran.err.contains('\u{2588}') && !ran.err.contains('\x1b'), "{}", ran.err);
            assert!(std::fs::read_to_string(svg).unwrap().contains("<svg"));
            assert!(std::fs::read(png).unwrap().starts_with(b"\x89PNG"));
        }
    }
}

#[test]
fn a_picture_that_can_not_be_written_ends_no_payment() {
    let sandbox = Sandbox::start(20, &["--customer", "pays_after=3000"]);
    let mut pay = sandbox.program();
    pay.args(["pay", "--config", &sandbox.config(), "--protocol", "ams", "--scenario", "order"])
        .args(["--amount", "5", "--currency", "EUR", "--store", "none"])
        .args(["--qr-png", &path(sandbox.folder.path(), "absent/code.png")]);
    let ran = finish(&mut pay);
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(ran.err.contains("--qr-png"), "{}", ran.err);
    assert!(!ran.err.contains('\u{2588}'), "nothing is drawn where it is no terminal");
}

/// `script` runs a command at a terminal of its own, and writes what appears there.
#[cfg(target_os = "linux")]
#[test]
fn at_a_terminal_there_are_colours_and_a_sign_of_life() {
    let sandbox = Sandbox::start(1, &[]);
    // Paid after some inquiries, so that there is something to wait for.
    let pay = sandbox.pay("ams", "281006029000000000000002", &["--store", "none"]);
    let words = std::iter::once(pay.get_program()).chain(pay.get_args());
    let line: Vec<_> = words.map(|word| format!("'{}'", word.to_str().unwrap())).collect();
    let mut terminal = std::process::Command::new("script");
    terminal.args(["--quiet", "--return", "--command", &line.join(" "), "/dev/null"]);
    terminal.env("TERM", "xterm").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("RUST_LOG");
    let ran = finish(terminal.stdin(std::process::Stdio::null()));
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(ran.out.contains("… 1 s") && ran.out.contains("… 2 s"), "{}", ran.out);
    // The line is taken away before anything else is written.
    let last = ran.out.rsplit("… ").next().unwrap();
    assert!(last.contains("\r\x1b[K") && last.contains("succeeded") && last.contains("\x1b["), "{}", ran.out);
}
