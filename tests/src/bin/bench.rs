//! Speed and memory, as ratios within one run, since a busy machine makes every absolute time a lie; see `make bench`.

#![allow(
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "a benchmark reads the clock and divides"
)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use alipay_instore::amount::{Amount, AmountRules};
use alipay_instore::api::Scenario;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::keys::{self, SigningKey};
use alipay_instore::payment::{Event, Payment, PaymentOrder, Policy, Timing};
use alipay_instore::routing::{Router, RouterConfig};
use alipay_instore::signature::{Content, SignatureHeader};

const ROUNDS: usize = 15;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let generated = keys::generate(2048)?;
    let key = SigningKey::load(generated.private_pem.as_bytes())?;
    let public = key.verifying_key();
    let body = vec![b'x'; 1_200];
    let content = Content {
        method: "POST",
        path: "/ams/api/v1/payments/pay",
        client_id: "SANDBOX_5X00000000000000",
        time: "1795265820123",
        body: &body,
    };
    let header = key.sign(content, 1)?;
    let signature = SignatureHeader::parse(&header)?.signature;
    let message =
        format!("POST {}\n{}.{}.{}", content.path, content.client_id, content.time, "x".repeat(1_200));

    println!("{:<58} {:>12} {:>8}", "measured", "median", "ratio");
    let raw = time(200, || public.verify_raw(message.as_bytes(), &signature).is_ok());
    row("RSA verification alone, 2048 bits", raw, raw);
    row(
        "verifying a message: header, content, RSA",
        time(200, || public.verify(&header, content).is_ok()),
        raw,
    );
    let sign = time(20, || key.sign(content, 1).is_ok());
    row("signing a message, in verifications", sign, raw);
    let load = time(10, || SigningKey::load(generated.private_pem.as_bytes()).is_ok());
    row("loading and checking a private key, in signatures", load, sign);

    let router = Router::new(RouterConfig::default())?;
    let codes = vec!["281006020000000000125733"; 1_000];
    let route = time(20, || router.route_many(codes.iter().copied()).filter(Result::is_ok).count()) / 1_000;
    row("routing a code", route, raw);
    row(
        "a price to minor units",
        time(2_000, || Amount::from_major("19.99", "USD", None, AmountRules::Alipay).is_ok()),
        raw,
    );

    let amount = Amount::from_minor("1999", "USD")?;
    let request = Object::new().with("paymentRequestId", "p");
    let order =
        PaymentOrder::new("p".into(), amount, Scenario::PaymentCode, None, "/ams/api/v1".into(), &request);
    let payment = Payment::new(Policy::preset(Protocol::Ams), order);
    let answer =
        Object::parse(br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026"}"#)?;
    let paid = || {
        let mut payment = payment.clone();
        let _ = payment.begin(0);
        let reply = Event::Reply {
            send_id: 1,
            operation: Operation::Pay,
            body: answer.clone(),
            timing: Timing::default(),
        };
        payment.handle(reply, 1).is_ok()
    };
    let machine = time(1_000, paid);
    row("a payment through the machine: begun and paid", machine, raw);
    let text = payment.snapshot();
    row("a snapshot written and read", time(500, || Payment::restore(&payment.snapshot()).is_ok()), machine);
    row("a snapshot read", time(500, || Payment::restore(&text).is_ok()), machine);

    let before = resident();
    for _ in 0..200_000 {
        black_box(public.verify(&header, content).is_ok());
        black_box(router.route("281006020000000000125733").is_ok());
        black_box(paid());
    }
    let grown = resident().saturating_sub(before);
    println!("resident memory after 200,000 verifications, routes and payments: {grown} KiB more");
    Ok(())
}

/// The median time of one call.
fn time<T>(calls: u32, mut work: impl FnMut() -> T) -> Duration {
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..calls {
                black_box(work());
            }
            start.elapsed() / calls
        })
        .collect();
    rounds.sort();
    rounds.get(ROUNDS / 2).copied().unwrap_or_default()
}

fn row(name: &str, median: Duration, of: Duration) {
    println!("{name:<58} {median:>12?} {:>8.2}", median.as_secs_f64() / of.as_secs_f64());
}

/// KiB of resident memory, where the system tells; else 0.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}
