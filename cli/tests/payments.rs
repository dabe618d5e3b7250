//! Payments against `alipay-instore sandbox`: outcome, exit status and ledger; a till that is killed and resumed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "test code"
)]

mod program;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::Duration;

use alipay_instore::client::{Clock as _, SystemClock};
use alipay_instore::keys::SigningKey;
use alipay_instore::signature::Content;
use program::{Sandbox, collect, finish, path, program, run, write};
use serde_json::Value;

const SPEED: u32 = 20;

/// Whether the ledger agrees with an outcome.
fn agrees(outcome: &str, entry: Option<&Value>) -> bool {
    let of = |name: &str| entry.map_or("0", |entry| entry[name].as_str().unwrap());
    match outcome {
        "succeeded" => of("captured") == "1999" && of("net") == "1999",
        "failed" | "cancelled" | "refunded" => of("net") == "0",
        _ => false,
    }
}

#[test]
fn every_behaviour_ends_as_the_table_says() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let table = run(&["--json", "sandbox", "--codes"]).json();
    let rows = table["codes"].as_array().unwrap();
    assert!(rows.len() >= 20);
    let cases: Vec<_> =
        rows.iter().flat_map(|row| ["ams", "alipay_plus"].map(|protocol| (row, protocol))).collect();
    // More programs at once would only measure how busy this machine is.
    for cases in cases.chunks(12) {
        let running: Vec<_> = cases
            .iter()
            .map(|(row, protocol)| {
                let mut command =
                    sandbox.pay(protocol, row["code"].as_str().unwrap(), &["--json", "--store", "none"]);
                command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
            })
            .collect();
        for ((row, protocol), child) in cases.iter().zip(running) {
            let ran = collect(child);
            let json = ran.json();
            let (outcome, status) = match row["expected"][*protocol].as_str().unwrap() {
                "paid" => ("succeeded", 0),
                other => (other, 1),
            };
            let name = &row["name"];
            assert_eq!(
                (json["outcome"].as_str(), ran.status),
                (Some(outcome), status),
                "{name} {protocol} {json}"
            );
            assert_eq!((json["amount"].as_str(), json["currency"].as_str()), (Some("1999"), Some("USD")));
            let entry = sandbox.ledger(json["payment_request_id"].as_str().unwrap());
            assert!(agrees(outcome, entry.as_ref()), "{name} {protocol} {entry:?}");
        }
    }
}

/// Another process takes a payment over once its owner has shown no sign of life for a while, so they wait side by side.
#[test]
fn a_till_that_is_killed_goes_on_from_its_store() {
    std::thread::scope(|scope| {
        // The sandbox's code for "in process; paid at the third inquiry", and "refused at the third".
        for (code, outcome, status) in
            [("281006029000000000000002", "succeeded", 0), ("281006029000000000000010", "failed", 1)]
        {
            for protocol in ["ams", "alipay_plus"] {
                scope.spawn(move || killed_and_resumed(protocol, code, outcome, status));
            }
        }
    });
}

fn killed_and_resumed(protocol: &str, code: &str, outcome: &str, status: i32) {
    // In real time: on a faster clock the payment would expire before anybody takes it over.
    let sandbox = Sandbox::start(1, &[]);
    let store = path(sandbox.folder.path(), "store");
    let id = format!("killed-{protocol}");
    let mut command = sandbox.pay(protocol, code, &["--store", &store, "--id", &id]);
    let mut till = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sandbox.wait_for(&id);
    till.kill().unwrap();
    till.wait().unwrap();
    let first = run(&["--json", "resume", "--store", &store]);
    let json = first.json();
    let payment = &json["payments"][0];
    assert_eq!((payment["outcome"].as_str(), first.status), (Some(outcome), status), "{json}");
    assert_eq!(payment["resumed"], true);
    let entry = sandbox.ledger(&id);
    assert!(agrees(outcome, entry.as_ref()), "{entry:?}");
    // Again: nothing is left to do, and the answer is the same.
    let again = run(&["--json", "resume", "--store", &store]);
    assert_eq!((again.json()["payments"][0]["resumed"].as_bool(), again.status), (Some(false), status));
}

#[test]
fn u24_ctrl_c_says_what_is_open_and_the_next_command_goes_on_at_once() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let store = path(sandbox.folder.path(), "store");
    let mut command = sandbox.pay("ams", "281006029000000000000002", &["--store", &store, "--id", "C"]);
    let till = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    sandbox.wait_for("C");
    let interrupted = std::process::Command::new("kill").args(["-INT", &till.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    let stopped = collect(till);
    assert_eq!(stopped.status, 70, "{}", stopped.all());
    for part in ["cli.interrupted", "the customer may have paid", "resume --store", "--id C"] {
        assert!(stopped.err.contains(part), "{part} is missing: {}", stopped.err);
    }
    let resumed = run(&["--json", "resume", "--store", &store, "--id", "C"]);
    assert_eq!((resumed.status, resumed.json()["payments"][0]["outcome"].as_str()), (0, Some("succeeded")));
}

#[test]
fn m8_a_refund_that_is_entered_again_names_the_open_one() {
    let sandbox = Sandbox::start(1, &[]);
    let store = path(sandbox.folder.path(), "store");
    // The answers to its refunds are lost.
    let code = {
        let table = run(&["--json", "sandbox", "--codes"]).json();
        let rows = table["codes"].as_array().unwrap().clone();
        let row = rows.iter().find(|row| row["name"] == "refund_reply_lost").unwrap();
        row["code"].as_str().unwrap().to_owned()
    };
    let paid = finish(&mut sandbox.pay("ams", &code, &["--store", &store, "--id", "A"]));
    assert_eq!(paid.status, 0, "{}", paid.err);
    let mut command = program();
    command.args(["refund", "--store", &store, "--id", "A", "--amount", "5.00", "--json"]);
    let mut till = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut err = BufReader::new(till.stderr.take().unwrap());
    let (mut line, mut told) = (String::new(), String::new());
    while !line.contains("-> refund") {
        line.clear();
        assert_ne!(err.read_line(&mut line).unwrap(), 0, "{told}");
        told.push_str(&line);
    }
    till.kill().unwrap();
    till.wait().unwrap();
    // The id was told before anything was sent.
    let id = told.split_once("refund ").unwrap().1.split(':').next().unwrap().to_owned();
    let again = run(&["--json", "refund", "--store", &store, "--id", "A", "--amount", "5.00"]);
    let error = again.json()["error"].clone();
    assert_eq!((again.status, error["code"].as_str()), (70, Some("cli.refund_open")), "{error}");
    assert!(error["hint"].as_str().unwrap().contains(&id), "{error} {id}");
    let same = ["--amount", "5.00", "--refund-id", &id];
    let same = run(&[&["--json", "refund", "--store", &store, "--id", "A"][..], &same].concat());
    assert_eq!((same.status, same.json()["outcome"].as_str()), (0, Some("refunded")), "{}", same.all());
    assert_eq!(sandbox.ledger("A").unwrap()["refunded"], "500");
}

#[test]
fn a_worker_goes_on_with_what_a_killed_till_left_and_the_store_shows_it() {
    let sandbox = Sandbox::start(1, &[]);
    let store = path(sandbox.folder.path(), "store");
    let mut command = sandbox.pay("ams", "281006029000000000000002", &["--store", &store, "--id", "W"]);
    let mut till = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sandbox.wait_for("W");
    till.kill().unwrap();
    till.wait().unwrap();
    let open = run(&["--json", "store", "list", "--store", &store, "--open"]).json();
    assert_eq!(open["payments"][0]["payment_request_id"], "W");
    let mut worker = program();
    worker.args(["worker", "--store", &store, "--for", "45"]);
    let worker = worker.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let took_over = (0..40).any(|_| {
        std::thread::sleep(Duration::from_secs(1));
        let listed = run(&["--json", "store", "list", "--store", &store]).json();
        listed["payments"][0]["outcome"] == "succeeded"
    });
    let ended = std::process::Command::new("kill").args(["-INT", &worker.id().to_string()]).status();
    assert!(ended.unwrap().success());
    assert_eq!(collect(worker).status, 0);
    assert!(took_over, "the worker took nothing over");
    let shown = run(&["--json", "store", "show", "--store", &store, "--id", "W"]).json();
    assert_eq!((shown["finished"].as_bool(), shown["may_have_charged"].as_bool()), (Some(true), Some(true)));
    assert!(!shown.to_string().contains("281006029"));
}

#[test]
fn without_a_store_the_command_keeps_one_for_its_user() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let on = |arguments: &[&str]| finish(sandbox.program().args(["--json"]).args(arguments));
    let paid = finish(&mut sandbox.pay("ams", "281006020000000000125733", &["--id", "A"]));
    assert_eq!(paid.status, 0, "{}", paid.err);
    let other = finish(&mut sandbox.pay("alipay_plus", "281006020000000000125734", &["--id", "B"]));
    assert_eq!(other.status, 0, "{}", other.err);
    let file = sandbox.folder.path().join("alipay-instore").join("payments.db");
    assert!(file.exists());
    // Looking needs no merchant.
    let listed = on(&["store", "list"]).json();
    let ids: Vec<_> =
        listed["payments"].as_array().unwrap().iter().map(|row| &row["payment_request_id"]).collect();
    assert_eq!(ids, ["A", "B"]);
    assert_eq!(on(&["store", "show", "--id", "B"]).json()["state"], "succeeded");
    let checked = on(&["store", "check"]);
    assert_eq!((checked.status, checked.json()["payments"].as_u64()), (0, Some(2)), "{}", checked.all());
    // Acting does, and the other gateway's payments are not touched.
    let config = sandbox.config();
    assert_eq!(on(&["refund", "--id", "A", "--config", &config]).status, 64);
    let ams = ["--config", &config, "--protocol", "ams"];
    let wrong = on(&[&["refund", "--id", "B"][..], &ams].concat());
    assert_eq!(wrong.json()["error"]["code"], "request.unknown_payment", "{}", wrong.all());
    let refunded = on(&[&["refund", "--id", "A"][..], &ams].concat());
    assert_eq!(refunded.json()["outcome"], "refunded", "{}", refunded.all());
    let resumed = on(&[&["resume"][..], &ams].concat()).json();
    assert_eq!(resumed["payments"].as_array().unwrap().len(), 1, "{resumed}");
}

#[test]
fn a_store_that_can_not_be_read_is_found_by_a_check() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let store = path(sandbox.folder.path(), "store");
    let paid = finish(&mut sandbox.pay("ams", "281006020000000000125733", &["--store", &store, "--id", "A"]));
    assert_eq!(paid.status, 0, "{}", paid.err);
    let on = |command: &str| run(&["--json", "store", command, "--store", &store]);
    assert_eq!((on("check").status, on("migrate").status), (0, 0));
    let mut damaged = 0;
    let mut folders = vec![std::path::PathBuf::from(&store).join("ams").join("payments")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if std::fs::read(&entry).unwrap().windows(7).any(|part| part == b"payment") {
                std::fs::write(&entry, "not a record").unwrap();
                damaged += 1;
            }
        }
    }
    assert!(damaged > 0);
    let checked = on("check");
    assert_eq!(checked.status, 1, "{}", checked.all());
    assert_eq!(checked.json()["unreadable"][0]["error"]["code"], "store.corrupt", "{}", checked.all());
    let missing = path(sandbox.folder.path(), "nothing-here");
    assert_eq!(run(&["--json", "store", "check", "--store", &missing]).json()["error"]["code"], "cli.store");
}

#[test]
fn alerts_are_listed_until_somebody_acknowledges_them() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let store = path(sandbox.folder.path(), "store");
    let paid =
        finish(&mut sandbox.pay("ams", "281006020000000000125733", &["--id", "taken", "--store", "none"]));
    assert_eq!(paid.status, 0, "{}", paid.err);
    let mut command = program();
    command.args([
        "pay",
        "--config",
        &sandbox.config(),
        "--protocol",
        "ams",
        "--id",
        "taken",
        "--store",
        &store,
    ]);
    command.args(["--code", "281006020000000000125734", "--amount", "5.00", "--currency", "USD"]);
    assert_eq!(finish(&mut command).status, 2);
    let on = |command: &str, more: &[&str]| {
        run(&[&["--json", "store", command, "--store", &store], more].concat())
    };
    let alerts = on("alerts", &[]);
    assert_eq!((alerts.status, alerts.json()["alerts"][0]["kind"].as_str()), (1, Some("id_taken")));
    let by = ["--id", "taken", "--who", "Ann"];
    assert_eq!(on("acknowledge", &[&by[..], &["--alert", "99"]].concat()).status, 64);
    for alert in alerts.json()["alerts"].as_array().unwrap() {
        let number = alert["number"].to_string();
        assert_eq!(on("acknowledge", &[&by[..], &["--alert", &number]].concat()).status, 0);
    }
    assert_eq!(on("alerts", &[]).status, 0);
    let resolve = [&by[..], &["--as", "not-made", "--note", "no charge in the bank's list"]].concat();
    assert_eq!(on("resolve", &resolve).status, 0);
    let shown = on("show", &["--id", "taken"]).json();
    assert_eq!(
        (shown["may_have_charged"].as_bool(), shown["resolution"]["who"].as_str()),
        (Some(false), Some("Ann"))
    );
    assert_eq!(on("purge", &["--older-than", "1"]).json()["removed"], 0, "it can still be refunded");
}

#[test]
fn a_scanner_that_keeps_the_stream_open_pays_and_notes_are_told() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let order = r#"{"referenceOrderId": "order-1", "orderDescription": "Tea",
        "orderAmount": {"currency": "USD", "value": "1500"},
        "merchant": {"referenceMerchantId": "M1", "merchantMCC": "5814", "merchantName": "Cafe",
            "store": {"referenceStoreId": "S1", "storeName": "Harbour", "storeMCC": "5814"}},
        "env": {"storeTerminalId": "TILL7"}}"#;
    let order = write(sandbox.folder.path(), "order.json", order.as_bytes());
    // A code is good once.
    for (json, code) in [(true, "281006020000000000125733"), (false, "281006020000000000125734")] {
        let mut command = sandbox.pay("ams", "-", &["--order", order.to_str().unwrap()]);
        if json {
            command.arg("--json");
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut scanner = child.stdin.take().unwrap();
        write!(scanner, "]C1{code}\r").unwrap();
        scanner.flush().unwrap();
        let ran = collect(child);
        drop(scanner);
        assert_eq!(ran.status, 0, "{}", ran.err);
        if json {
            let warnings = &ran.json()["warnings"];
            let kinds: Vec<_> =
                warnings.as_array().unwrap().iter().map(|note| note["kind"].as_str()).collect();
            assert_eq!(kinds, [Some("default_expiry"), Some("order_amount_differs")]);
        } else {
            assert!(ran.out.contains("warning: the customer sees 15.00 USD"), "{}", ran.out);
            assert!(
                ran.out.contains("warning: no expiry was stated, so the payment expires at 20"),
                "{}",
                ran.out
            );
        }
        assert!(!ran.all().contains(code), "{}", ran.all());
    }
}

#[test]
fn refund_cancel_and_inquire_work_from_the_store() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let store = path(sandbox.folder.path(), "store");
    let paid = finish(&mut sandbox.pay("ams", "281006020000000000125733", &["--store", &store, "--id", "A"]));
    assert_eq!(paid.status, 0, "{}", paid.err);
    let on = |command: &str, more: &[&str]| {
        run(&[&["--json", command, "--store", &store, "--id", "A"], more].concat())
    };
    assert_eq!(on("inquire", &[]).json()["state"], "paid");
    assert_eq!(on("refund", &["--amount", "5.00"]).json()["left"], 1499);
    assert_eq!(on("refund", &["--amount", "15.00"]).json()["error"]["code"], "request.refund_exceeds");
    let rest = on("refund", &["--amount", "14.99", "--refund-id", "R"]);
    assert_eq!((rest.status, rest.json()["left"].as_u64()), (0, Some(0)));
    assert_eq!(sandbox.ledger("A").unwrap()["net"], "0");
    // It was paid, and a cancel does not change that.
    assert_eq!(on("cancel", &[]).status, 1);
    let unknown = run(&["--json", "cancel", "--store", &store, "--id", "B"]);
    assert_eq!(
        (unknown.status, unknown.json()["error"]["code"].as_str()),
        (70, Some("request.unknown_payment"))
    );
    // The same id again: nothing is sent, and the result is told again.
    let twice = finish(&mut sandbox.pay(
        "ams",
        "281006020000000000125733",
        &["--store", &store, "--id", "A", "--json"],
    ));
    assert_eq!((twice.status, twice.json()["outcome"].as_str()), (0, Some("succeeded")), "{}", twice.all());
    assert_eq!(sandbox.ledger("A").unwrap()["captured"], "1999");
    // For something else: the id is taken, and what is known of the money is said.
    let mut other = program();
    other.args(["pay", "--config", &sandbox.config(), "--protocol", "ams", "--store", &store, "--id", "A"]);
    other.args(["--code", "281006020000000000125734", "--amount", "5.00", "--currency", "USD", "--json"]);
    let other = finish(&mut other);
    let error = &other.json()["error"];
    assert_eq!((other.status, error["code"].as_str()), (70, Some("payment.id_reused")), "{error}");
    assert_eq!(error["may_have_charged"], true);
}

#[test]
fn a_paid_payment_is_reversed_once_whatever_the_gateway_does() {
    let sandbox = Sandbox::start(SPEED, &[]);
    for protocol in ["ams", "alipay_plus"] {
        let store = path(sandbox.folder.path(), "store");
        let on = |command: &str, id: &str, more: &[&str]| {
            run(&[&["--json", command, "--store", &store, "--id", id], more].concat())
        };
        let pay = |id: &str, code: &str| {
            let paid = finish(&mut sandbox.pay(protocol, code, &["--store", &store, "--id", id]));
            assert_eq!(paid.status, 0, "{}", paid.err);
        };
        let amounts = |id: &str| {
            let entry = sandbox.ledger(id).unwrap();
            let of = |name: &str| entry[name].as_str().unwrap().to_owned();
            (of("reversed"), of("refunded"), of("net"))
        };
        let of = |reversed: &str, refunded: &str, net: &str| (reversed.into(), refunded.into(), net.into());
        // Within the window, and a cancel before it, which changes nothing and says how to go on.
        let id = format!("cancel-{protocol}");
        pay(&id, "281006020000000000125733");
        let cancelled = on("cancel", &id, &[]);
        assert_eq!((cancelled.status, cancelled.json()["outcome"].as_str()), (1, Some("succeeded")));
        assert!(cancelled.json()["hint"].as_str().unwrap().contains("reverse"));
        assert_eq!(amounts(&id), of("0", "0", "1999"));
        for _ in 0..2 {
            let reversed = on("reverse", &id, &[]);
            let json = reversed.json();
            assert_eq!((reversed.status, json["outcome"].as_str()), (0, Some("reversed")), "{json}");
            assert_eq!((json["refund_request_id"].as_str(), json["left"].as_u64()), (None, Some(0)));
            assert_eq!(amounts(&id), of("1999", "0", "0"));
        }
        let refund = on("refund", &id, &["--amount", "1.00"]);
        assert_eq!((refund.status, refund.json()["error"]["code"].as_str()), (70, Some("reverse.done")));
        // After a refund of a part the rest is refunded.
        let id = format!("rest-{protocol}");
        pay(&id, "281006020000000000125733");
        assert_eq!(on("refund", &id, &["--amount", "5.00"]).status, 0);
        let reversed = on("reverse", &id, &[]);
        let refund = format!("reverse-{id}");
        assert_eq!(
            reversed.json()["refund_request_id"].as_str(),
            Some(refund.as_str()),
            "{}",
            reversed.all()
        );
        assert_eq!((reversed.status, amounts(&id)), (0, of("0", "1999", "0")));
        // The merchant's balance is too low for that refund: the money stands, and a refund of its own works.
        let id = format!("poor-{protocol}");
        pay(&id, "281006029000000000000032");
        assert_eq!(on("refund", &id, &["--amount", "5.00"]).status, 1);
        assert_eq!(
            on("reverse", &id, &[]).status,
            0,
            "a refund that was refused was not made: it is cancelled"
        );
        assert_eq!(amounts(&id), of("1999", "0", "0"));
        // What was not paid is not given back.
        let id = format!("refused-{protocol}");
        let refused =
            finish(&mut sandbox.pay(protocol, "281006029000000000000004", &["--store", &store, "--id", &id]));
        assert_eq!(refused.status, 1);
        let nothing = on("reverse", &id, &[]);
        let code = nothing.json()["error"]["code"].as_str().map(str::to_owned);
        assert_eq!((nothing.status, code.as_deref()), (70, Some("reverse.nothing_taken")));
    }
}

#[test]
fn a_cancel_from_another_terminal_ends_the_payment() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let store = path(sandbox.folder.path(), "store");
    let mut command =
        sandbox.pay("alipay_plus", "281006029000000000000011", &["--store", &store, "--id", "C", "--json"]);
    let till = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    sandbox.wait_for("C");
    let cancelled = run(&["--json", "cancel", "--store", &store, "--id", "C"]);
    assert_eq!((cancelled.status, cancelled.json()["outcome"].as_str()), (0, Some("cancelled")));
    let paying = collect(till);
    assert_eq!((paying.status, paying.json()["outcome"].as_str()), (1, Some("cancelled")), "{}", paying.out);
}

#[test]
fn a_notification_is_received_verified_and_completes_the_payment() {
    let sandbox = Sandbox::start(SPEED, &["--customer", "pays_after=3000"]);
    let store = path(sandbox.folder.path(), "store");
    for protocol in ["ams", "alipay_plus"] {
        let mut listener = program();
        listener.args(["notify-listen", "--config", &sandbox.config(), "--protocol", protocol, "--json"]);
        listener.args(["--store", &store, "--count", "1", "--for", "30"]);
        let mut listener = listener.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut err = BufReader::new(listener.stderr.take().unwrap());
        err.read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").unwrap();
        let mut pay = program();
        pay.args(["pay", "--config", &sandbox.config(), "--protocol", protocol, "--scenario", "entry"]);
        pay.args(["--amount", "19.99", "--currency", "USD", "--store", &store, "--id", protocol, "--json"]);
        let paid = finish(pay.args(["--notify-url", url, "--redirect-url", "https://shop.example/result"]));
        assert_eq!((paid.status, paid.json()["outcome"].as_str()), (0, Some("succeeded")), "{}", paid.all());
        assert!(paid.json()["presented"].as_str().unwrap().contains("/wallet/pay/"));
        let heard = collect(listener);
        let json = heard.json();
        let notification = &json["notifications"][0];
        assert_eq!(
            (heard.status, notification["payment_request_id"].as_str()),
            (0, Some(protocol)),
            "{json}"
        );
        assert_eq!(
            (notification["outcome"].as_str(), notification["http_status"].as_u64()),
            (Some("succeeded"), Some(200))
        );
    }
}

/// A proxy takes a prefix off the path: the public URL is what is verified over, and the query is no part of it.
#[test]
fn the_public_notify_url_counts_and_not_the_path_that_arrives() {
    let sandbox = Sandbox::start(1, &[]);
    let mut listener = program();
    listener.args(["notify-listen", "--config", &sandbox.config(), "--protocol", "ams", "--json"]);
    // Only verified: no such payment is stored.
    listener.args(["--store", "none"]);
    listener.args([
        "--notify-url",
        "https://shop.example/public/notify?shop=7",
        "--count",
        "1",
        "--for",
        "30",
    ]);
    let mut listener = listener.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut err = BufReader::new(listener.stderr.take().unwrap());
    err.read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("listening on http://").unwrap().split('/').next().unwrap();

    let pem = std::fs::read(sandbox.folder.path().join("gateway_private_key.pem")).unwrap();
    let key = SigningKey::load(pem).unwrap();
    let description = std::fs::read(sandbox.config()).unwrap();
    let description: Value = serde_json::from_slice(&description).unwrap();
    let client_id = description["client_id"].as_str().unwrap();
    let post = |signed_over: &str| {
        let body =
            r#"{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S"},"paymentRequestId":"p-1"}"#;
        let time = SystemClock.now().as_millis().to_string();
        let content =
            Content { method: "POST", path: signed_over, client_id, time: &time, body: body.as_bytes() };
        let signature = key.sign(content, 1).unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // It arrives without the prefix.
        write!(
            stream,
            "POST /notify?shop=7 HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nRequest-Time: {time}\r\n\
             Client-Id: {client_id}\r\nSignature: {signature}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_whitespace().nth(1).unwrap().to_owned()
    };
    assert_eq!(post("/notify"), "400");
    assert_eq!(post("/public/notify"), "200");
    let heard = collect(listener);
    let json = heard.json();
    assert_eq!(heard.status, 0, "{json}");
    let [refused, taken] = [&json["notifications"][0], &json["notifications"][1]];
    assert_eq!(refused["error"]["code"], "signature.mismatch");
    let why = &refused["diagnosis"]["findings"][0];
    assert_eq!(why["code"], "path.prefix");
    assert!(why["evidence"].as_str().unwrap().contains("path /notify,"), "{why}");
    assert_eq!(
        (taken["path"].as_str(), taken["signed_with_query"].as_bool()),
        (Some("/public/notify"), Some(false))
    );
}

#[test]
fn over_tls_with_the_sandboxs_own_authority() {
    let sandbox = Sandbox::start(SPEED, &["--tls"]);
    let ran = finish(&mut sandbox.pay("ams", "281006020000000000125733", &[]));
    assert_eq!(ran.status, 0, "{}", ran.err);
}

#[test]
fn what_is_wrong_is_named_and_has_its_status() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let pay = |config: &str, code: &str, amount: &str| {
        let mut command = program();
        command.args(["pay", "--config", config, "--protocol", "ams", "--code", code]);
        let ran = finish(command.args(["--amount", amount, "--currency", "USD", "--json"]));
        (ran.status, ran.json()["error"]["code"].as_str().unwrap_or("").to_owned())
    };
    let (config, good) = (sandbox.config(), "281006020000000000125733");
    assert_eq!(pay(&config, "1234", "1.00"), (64, "code.length".into()));
    assert_eq!(pay(&config, good, "0"), (64, "amount.zero".into()));
    assert_eq!(pay(&config, good, "19.999"), (64, "amount.excess_precision".into()));
    assert_eq!(pay("/no/such/file", good, "1.00"), (70, "cli.file".into()));
    assert_eq!(run(&["resume", "--store", "/no/such/folder"]).status, 70);
    let key = sandbox.folder.path().join("merchant_private_key.pem");
    std::fs::copy(sandbox.folder.path().join("gateway_public_key.pem"), &key).unwrap();
    assert_eq!(pay(&config, good, "1.00"), (70, "key.public_given".into()));
}

#[test]
fn an_unreachable_gateway_is_not_paid_and_says_so() {
    let sandbox = Sandbox::start(2000, &[]);
    let config = sandbox.config();
    let folder = tempfile::tempdir().unwrap();
    for name in ["sandbox.json", "merchant_private_key.pem", "gateway_public_key.pem"] {
        std::fs::copy(sandbox.folder.path().join(name), folder.path().join(name)).unwrap();
    }
    drop(sandbox);
    assert_ne!(config, path(folder.path(), "sandbox.json"));
    let mut command = program();
    command.args(["pay", "--config", &path(folder.path(), "sandbox.json"), "--protocol", "ams"]);
    let ran = finish(command.args([
        "--code",
        "281006020000000000125733",
        "--amount",
        "1",
        "--currency",
        "USD",
        "--json",
    ]));
    assert_eq!((ran.status, ran.json()["code"].as_str()), (1, Some("payment.not_sent")), "{}", ran.all());
}

#[test]
fn the_most_verbose_output_holds_no_secret() {
    let sandbox = Sandbox::start(SPEED, &[]);
    let key = std::fs::read_to_string(sandbox.folder.path().join("merchant_private_key.pem")).unwrap();
    let lines: Vec<&str> = key.lines().filter(|line| line.len() >= 40).collect();
    assert!(lines.len() > 10);
    let store = path(sandbox.folder.path(), "store");
    let mut outputs = Vec::new();
    for (at, code) in ["281006029000000000000001", "281006029000000000000002", "281006029000000000000004"]
        .into_iter()
        .enumerate()
    {
        for protocol in ["ams", "alipay_plus"] {
            let id = format!("{protocol}{at}");
            let ran = finish(&mut sandbox.pay(protocol, code, &["-vv", "--store", &store, "--id", &id]));
            assert!(ran.err.contains("TRACE"), "not the most verbose");
            outputs.push(ran.all());
        }
    }
    outputs.push(run(&["resume", "-vv", "--store", &store]).all());
    outputs.push(run(&["refund", "-vv", "--store", &store, "--id", "ams0"]).all());
    for text in outputs {
        assert!(!text.contains("28100602900000"), "a payment code: {text}");
        assert!(lines.iter().all(|line| !text.contains(line)), "a key");
    }
}

#[test]
fn an_id_that_another_payment_owns_is_unresolved() {
    let sandbox = Sandbox::start(SPEED, &[]);
    for protocol in ["ams", "alipay_plus"] {
        let first = finish(&mut sandbox.pay(protocol, "281006020000000000125733", &["--id", protocol]));
        assert_eq!(first.status, 0, "{}", first.err);
        // Another till, which knows nothing of it, uses the same id for another customer.
        let mut command = program();
        command.args(["pay", "--config", &sandbox.config(), "--protocol", protocol, "--id", protocol]);
        let code = ["--code", "281006020000000000125734", "--amount", "5.00", "--currency", "USD", "--json"];
        let second = finish(command.args(code));
        let json = second.json();
        assert_eq!((second.status, json["outcome"].as_str()), (2, Some("unresolved")), "{json}");
        assert_eq!(
            (json["reason"].as_str(), json["alerts"][0]["kind"].as_str()),
            (Some("id_taken"), Some("id_taken"))
        );
    }
}
