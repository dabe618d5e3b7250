//! The commands that need no gateway: keys, sign, verify, route, amount, code; and wrong usage.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "test code"
)]

mod program;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use program::{collect, path, program, run, run_with, write};

const MARKED_CODE: &str = "281006020000000000125733";

#[test]
fn a_key_pair_is_made_once_and_openssl_takes_what_it_signs() {
    let folder = tempfile::tempdir().unwrap();
    let dir = path(folder.path(), "keys");
    let made = run(&["--json", "keys", "new", &dir]);
    assert_eq!(made.status, 0, "{}", made.err);
    let again = run(&["keys", "new", &dir]);
    assert_eq!(again.status, 70);
    assert!(again.err.starts_with("cli.exists: "), "{}", again.err);
    let (private, public) =
        (format!("{dir}/merchant_private_key.pem"), format!("{dir}/merchant_public_key.pem"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let body = br#"{"a":"\u00e9"}"#;
    let body_file = write(folder.path(), "body", body);
    let signed = ["--path", "/ams/api/v1/payments/pay", "--client-id", "T_1", "--time", "1685599933871"];
    let base: Vec<&str> = ["sign", "--key", &private, "--method", "POST"].into_iter().chain(signed).collect();
    let ran = run(&[&base[..], &["--body", body_file.to_str().unwrap()]].concat());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let header = ran.out.trim_end();
    assert!(header.starts_with("algorithm=RSA256,keyVersion=1,signature="), "{header}");
    assert_eq!(run_with(&[&base[..], &["--body", "-"]].concat(), body).out, ran.out);

    let value = header.split_once("signature=").unwrap().1;
    let base64 = value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    write(folder.path(), "signature.b64", base64.as_bytes());
    let content = [&b"POST /ams/api/v1/payments/pay\nT_1.1685599933871."[..], body].concat();
    write(folder.path(), "content", &content);
    let openssl =
        |arguments: &[&str]| Command::new("openssl").args(arguments).current_dir(folder.path()).output();
    let decoded = openssl(&["base64", "-d", "-A", "-in", "signature.b64", "-out", "signature"]).unwrap();
    assert!(decoded.status.success());
    let verified =
        openssl(&["dgst", "-sha256", "-verify", &public, "-signature", "signature", "content"]).unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));

    let verify = |time: &str| {
        let body_file = body_file.to_str().unwrap();
        let path = ["--path", "/ams/api/v1/payments/pay", "--client-id", "T_1", "--time", time];
        let rest = [&path[..], &["--body", body_file, "--json"]].concat();
        run(&[&["verify", "--key", &public, "--signature", header][..], &rest].concat())
    };
    let good = verify("1685599933871");
    assert_eq!((good.status, good.json()["verified"].as_bool()), (0, Some(true)));
    let bad = verify("1685599933872");
    assert_eq!((bad.status, bad.json()["error"]["code"].as_str()), (1, Some("signature.mismatch")));
    let diagnosis = &bad.json()["diagnosis"];
    assert_eq!(diagnosis["summary"], "the key is right, the content is not what was signed");
    assert_eq!(diagnosis["findings"][0]["code"], "content.differs");
}

#[test]
fn a_message_that_does_not_verify_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| path(folder.path(), name);
    let dir = file("keys");
    assert_eq!(run(&["keys", "new", &dir]).status, 0);
    let (private, public) =
        (format!("{dir}/merchant_private_key.pem"), format!("{dir}/merchant_public_key.pem"));
    write(folder.path(), "signed.json", br#"{"notifyType":"OTHER","paymentRequestId":"pr-1"}"#);
    let signed = ["--path", "/notify", "--client-id", "T_1", "--time", "1685599933871"];
    let header =
        run(&[&["sign", "--key", &private][..], &signed, &["--body", &file("signed.json")]].concat());
    let header = header.out.trim_end();

    // A proxy added a prefix, a framework printed the body again, and the headers come as a file.
    write(folder.path(), "body.json", br#"{"notifyType": "OTHER", "paymentRequestId": "pr-1"}"#);
    let request = format!(
        "POST /x HTTP/1.1\r\nHost: shop.example\r\nRequest-Time: 1685599933871\r\nSignature: {header}\r\n"
    );
    write(folder.path(), "headers.txt", request.as_bytes());
    let (headers_file, body_file, signed_file) =
        (file("headers.txt"), file("body.json"), file("signed.json"));
    let explain = |path: &str, body: &str, more: &[&str]| {
        let base =
            ["explain", "--key", &public, "--client-id", "T_1", "--path", path, "--headers", &headers_file];
        run(&[&base[..], &["--body", body], more].concat())
    };
    let both = explain("/public/notify", &body_file, &["--json"]);
    let json = both.json();
    assert_eq!(both.status, 1, "{}", both.err);
    let codes: Vec<_> = json["findings"].as_array().unwrap().iter().map(|finding| &finding["code"]).collect();
    assert_eq!(codes, ["path.prefix", "body.reserialized"]);
    let text = explain("/public/notify", &body_file, &[]);
    assert!(
        text.out.starts_with("the key is right, the content is not what was signed\npath.prefix: "),
        "{}",
        text.out
    );
    let good = explain("/notify", &signed_file, &[]);
    assert_eq!(good.status, 0, "{}", good.out);
    assert!(good.out.starts_with("the signature verifies\n"), "{}", good.out);
    let without = run(&["explain", "--key", &public, "--body", &signed_file]);
    assert_eq!(without.status, 64);
}

#[test]
fn amounts_go_both_ways() {
    for (arguments, expected) in [
        (&["to-minor", "19.99", "USD"][..], "1999\n"),
        (&["to-minor", "100", "JPY"], "100\n"),
        (&["to-minor", "19.995", "USD", "--rounding", "half_even"], "2000\n"),
        (&["to-minor", "1.5", "IDR", "--rules", "iso"], "150\n"),
        (&["to-major", "1999", "USD"], "19.99\n"),
    ] {
        let ran = run(&[&["amount"], arguments].concat());
        assert_eq!((ran.status, ran.out.as_str()), (0, expected), "{arguments:?}");
    }
    for (arguments, code) in [
        (&["to-minor", "19.995", "USD"][..], "amount.excess_precision"),
        (&["to-minor", "-1", "USD"], "amount.format"),
        (&["to-minor", "1", "USX"], "currency.unknown"),
        (&["to-minor", "1", "USD", "--rounding", "up"], "amount.rounding"),
    ] {
        let ran = run(&[&["--json", "amount"], arguments].concat());
        let json = ran.json();
        assert_eq!((ran.status, json["error"]["code"].as_str()), (64, Some(code)), "{arguments:?}");
        assert!(!json["error"]["hint"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_sandbox_ends_with_the_process_that_started_it() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_with(&["sandbox", "--while-stdin", "--data-dir", folder.path().to_str().unwrap()], b"");
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(ran.out.contains("listening on http://127.0.0.1:"), "{}", ran.all());
}

#[test]
fn the_sandbox_lists_what_it_can_do_and_makes_fresh_codes() {
    let table = run(&["--json", "sandbox", "--codes"]).json();
    for (list, least) in [("codes", 50), ("faults", 25), ("customers", 6)] {
        assert!(table[list].as_array().unwrap().len() >= least, "{list}");
    }
    let text = run(&["sandbox", "--codes"]).out;
    for part in ["refund_fails_later", "plus_amount", "never_scans"] {
        assert!(text.contains(part), "{part}");
    }
    let fresh = || run(&["sandbox", "--fresh-code", "risk_reject"]).out.trim().to_owned();
    let (one, another) = (fresh(), fresh());
    assert_ne!(one, another);
    assert!(one.starts_with("281006028008") && one.len() == 24, "{one}");
    assert_eq!(run(&["sandbox", "--fresh-code", "nonsense"]).status, 64);
}

#[test]
fn codes_are_routed_and_never_shown() {
    let ran = run_with(&["--json", "route", MARKED_CODE, "--from", "-"], b"2893612204263667830\n\n12\r\n");
    let json = ran.json();
    let routes = json["routes"].as_array().unwrap();
    assert_eq!((ran.status, routes.len()), (1, 3));
    assert_eq!(routes[0]["target"], "alipay_plus");
    assert_eq!((&routes[0]["kind"], &routes[0]["routing_number"]), (&"cgcp".into(), &"006".into()));
    assert_eq!(routes[1]["rule"], "alipay_plus_19");
    assert_eq!(routes[2]["error"]["code"], "code.length");
    assert!(!ran.all().contains(MARKED_CODE) && !ran.all().contains("2893612204263667830"));

    let folder = tempfile::tempdir().unwrap();
    let router =
        write(folder.path(), "router.json", br#"{"direct":[{"wallet":"MPAY","routing_number":"006"}]}"#);
    let ran = run(&["--json", "route", "--router", router.to_str().unwrap(), MARKED_CODE]);
    assert_eq!(ran.json()["routes"][0]["wallet"], "MPAY");
    assert_eq!(ran.status, 0);
    write(folder.path(), "router.json", b"{");
    assert_eq!(run(&["route", "--router", router.to_str().unwrap(), MARKED_CODE]).status, 70);
}

#[test]
fn what_was_scanned_is_said_and_not_repeated() {
    let twice = MARKED_CODE.repeat(2);
    let with_identifier = format!("]C1{MARKED_CODE}");
    let ran = run(&[
        "--json",
        "route",
        &with_identifier,
        "https://shop.example/menu",
        &twice,
        "6212345678901234567",
    ]);
    let json = ran.json();
    let routes = json["routes"].as_array().unwrap();
    assert_eq!((ran.status, routes[0]["rule"].as_str()), (1, Some("cgcp")));
    let said: Vec<_> = routes.iter().map(|route| route["error"]["scanned_as"].as_str()).collect();
    assert_eq!(said, [None, Some("shop_code"), Some("repeated_code"), Some("union_pay")]);
    assert!(!ran.all().contains("2810060200") && !ran.all().contains("shop.example"), "{}", ran.all());

    let ran = run(&["route", &twice]);
    assert!(ran.out.contains("more than once") && !ran.out.contains("2810060200"), "{}", ran.out);
    let pay = ["pay", "--protocol", "ams", "--amount", "1", "--currency", "USD", "--code"];
    let config = tempfile::tempdir().unwrap();
    let file = write(config.path(), "sandbox.json", b"{}");
    let with_config = ["--config", file.to_str().unwrap(), "--json"];
    let ran = run(&[&pay[..], &["https://shop.example/menu"], &with_config].concat());
    assert_eq!((ran.status, ran.json()["error"]["scanned_as"].as_str()), (64, Some("shop_code")));
    let ran = run_with(&[&pay[..], &["-"], &with_config].concat(), b"\r\n");
    assert_eq!((ran.status, ran.json()["error"]["code"].as_str()), (64, Some("cli.usage")));

    let ran = run(&["--json", "code", MARKED_CODE]);
    assert_eq!((ran.status, ran.json()["error"]["code"].as_str()), (64, Some("cli.usage")));
    assert!(!ran.all().contains(MARKED_CODE), "{}", ran.all());
}

/// A serial scanner ends a code with CR and never closes the stream.
#[test]
fn u11_a_scanner_that_keeps_the_stream_open() {
    let mut child = program()
        .args(["--json", "route", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut scanner = child.stdin.take().unwrap();
    write!(scanner, "\x02]C1{MARKED_CODE}\x03\r").unwrap();
    scanner.flush().unwrap();
    write!(scanner, "\n2893612204263667830\rnothing reads this").unwrap();
    scanner.flush().unwrap();
    let ran = collect(child);
    let json = ran.json();
    let rules: Vec<_> =
        json["routes"].as_array().unwrap().iter().map(|route| route["rule"].as_str()).collect();
    assert_eq!((ran.status, rules), (0, vec![Some("cgcp"), Some("alipay_plus_19")]));
    drop(scanner);

    // Each line of a stream is told as soon as it ends.
    let mut child = program()
        .args(["route", "--from", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut scanner = child.stdin.take().unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap());
    for (scan, expected) in [("no code\r", "code.not_digits"), ("2893612204263667830\r", "alipay_plus_19")] {
        scanner.write_all(scan.as_bytes()).unwrap();
        scanner.flush().unwrap();
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        assert!(line.contains(expected), "{line}");
    }
    drop(scanner);
    assert_eq!(collect(child).status, 1);
}

#[test]
fn a_result_code_is_explained_in_two_languages() {
    let json = run(&["--json", "code", "PAYMENT_IN_PROCESS"]).json();
    assert_eq!((json["meaning"].as_str(), json["retry"].as_str()), (Some("in_process"), Some("inquire")));
    let zh = run(&["code", "USER_BALANCE_NOT_ENOUGH", "--lang", "zh"]);
    assert!(zh.out.contains('余'), "{}", zh.out);
    assert_eq!(run(&["code", "NO_SUCH_CODE"]).status, 1);
}

#[test]
fn wrong_usage_is_64_and_repeats_nothing() {
    for arguments in [
        &["pay", MARKED_CODE][..],
        &["pay", "--code"],
        &[MARKED_CODE],
        &[],
        &["sandbox"],
        &["sign"],
        &["amount", "to-minor", "1", "USD", MARKED_CODE],
        &["pay", "--protocol", MARKED_CODE],
        &["inquire", "--id", "x"],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.status, 64, "{arguments:?}");
        assert!(ran.err.starts_with("cli.usage: ") && ran.err.contains("hint: "), "{}", ran.err);
        assert!(!ran.all().contains(MARKED_CODE), "{}", ran.all());
    }
    let ran = run(&["--json", "pay"]);
    assert_eq!((ran.status, ran.json()["error"]["code"].as_str()), (64, Some("cli.usage")));
    assert_eq!(run(&["--help"]).status, 0);
    assert_eq!(run(&["--version"]).status, 0);
}

#[test]
fn a_key_in_the_wrong_place_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    run(&["keys", "new", folder.path().to_str().unwrap()]);
    let key = std::fs::read_to_string(folder.path().join("merchant_private_key.pem")).unwrap();
    let marked = &key[100..140];
    let rest = ["--path", "/p", "--client-id", "C", "--time", "T", "--body", "-", "-vv"];
    for first in [["sign", "--key", &key], ["sign", "--key-version", &key]] {
        let ran = run(&[&first[..], &rest].concat());
        assert!(ran.status >= 64 && !ran.all().contains(marked), "{}", ran.all());
    }
}
