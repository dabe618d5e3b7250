//! Where the fuzzer begins: the shared vectors, rewritten as inputs of each target.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::simulate::random::Chance;
use crate::vectors::bytes;

/// How many courses are drawn; there is no vector of one.
const COURSES: u64 = 64;
/// More numbers than most courses draw.
const NUMBERS: u64 = 400;

/// Inputs by target.
pub type Seeds = BTreeMap<&'static str, Vec<Vec<u8>>>;

/// Adds what the cases of a vector file give.
pub fn add(seeds: &mut Seeds, cases: &[Value]) {
    for case in cases {
        for (target, input) in inputs(case) {
            let known = seeds.entry(target).or_default();
            if !known.contains(&input) {
                known.push(input);
            }
        }
    }
}

/// Adds courses that a seed draws, and the lives of a few refunds.
pub fn add_drawn(seeds: &mut Seeds) {
    let courses = (0..COURSES).map(|stream| {
        let mut chance = Chance::new(0, stream);
        (0..NUMBERS).flat_map(|_| chance.number().to_le_bytes().into_iter().take(4)).collect()
    });
    seeds.entry("course").or_default().extend(courses);
    seeds.entry("refunds").or_default().extend(REFUNDS.map(|lines| lines.as_bytes().to_vec()));
}

const REFUNDS: [&str; 3] = [
    concat!(
        "ams 1000\n",
        "{\"refund\": \"r1\", \"enter\": \"300\"}\n",
        "{\"refund\": \"r1\", \"at\": 10, \"event\": {\"type\": \"begin\"}}\n",
        "{\"refund\": \"r1\", \"at\": 20, \"event\": {\"type\": \"reply\", \"body\": {\"result\": ",
        "{\"resultStatus\": \"U\", \"resultCode\": \"REFUND_IN_PROCESS\"}}}}\n",
        "{\"refund\": \"r1\", \"at\": 6000, \"event\": {\"type\": \"tick\"}}\n",
        "{\"refund\": \"r1\", \"at\": 6100, \"event\": {\"type\": \"reply\", \"send_id\": 2, \"body\": {\"result\": ",
        "{\"resultStatus\": \"S\", \"resultCode\": \"SUCCESS\"}, \"refundStatus\": \"SUCCESS\"}}}\n",
    ),
    concat!(
        "alipay_plus 1999\n",
        "{\"refund\": \"a\", \"enter\": \"1999\"}\n",
        "{\"refund\": \"a\", \"at\": 0, \"event\": {\"type\": \"begin\"}}\n",
        "{\"refund\": \"a\", \"event\": {\"type\": \"no_reply\", \"send_id\": 1}}\n",
        "{\"refund\": \"a\", \"event\": {\"type\": \"resumed\"}}\n",
        "{\"refund\": \"a\", \"at\": 9000, \"event\": {\"type\": \"reply\", \"body\": {\"result\": ",
        "{\"resultStatus\": \"F\", \"resultCode\": \"MERCHANT_BALANCE_NOT_ENOUGH\"}}}}\n",
        "{\"refund\": \"b\", \"enter\": \"1\"}\n",
        "{\"refund\": \"b\", \"event\": {\"type\": \"begin\"}}\n",
    ),
    concat!(
        "alipay_plus 500\n",
        "{\"refund\": \"a\", \"enter\": \"200\"}\n",
        "{\"refund\": \"b\", \"enter\": \"300\"}\n",
        "{\"refund\": \"a\", \"at\": 5, \"event\": {\"type\": \"begin\"}}\n",
        "{\"refund\": \"b\", \"at\": 6, \"event\": {\"type\": \"begin\"}}\n",
        "{\"refund\": \"a\", \"event\": {\"type\": \"reply\", \"body\": {\"refundRequestId\": \"a\", \"result\": ",
        "{\"resultStatus\": \"S\", \"resultCode\": \"SUCCESS\"}, \"refundAmount\": ",
        "{\"currency\": \"USD\", \"value\": \"200\"}}}}\n",
        "{\"refund\": \"b\", \"event\": {\"type\": \"reply\", \"body\": {\"result\": ",
        "{\"resultStatus\": \"F\", \"resultCode\": \"ORDER_IS_CANCELED\"}}}}\n",
    ),
];

/// Words that the inputs are made of, for the fuzzer to insert: the texts and names of the cases, one a line, quoted.
pub fn words(cases: &[Value]) -> BTreeSet<String> {
    fn keep(word: &str, words: &mut BTreeSet<String>) {
        let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if plain && (3..=32).contains(&word.len()) {
            words.insert(format!("\"{word}\""));
        }
    }
    fn gather(value: &Value, words: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => keep(text, words),
            Value::Array(values) => values.iter().for_each(|value| gather(value, words)),
            Value::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| *name != "name") {
                    keep(name, words);
                    gather(value, words);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut words = BTreeSet::new();
    let wanted = ["flow", "snapshot", "refund", "advice"];
    for case in cases
        .iter()
        .filter(|case| case.get("kind").and_then(Value::as_str).is_some_and(|kind| wanted.contains(&kind)))
    {
        gather(case, &mut words);
    }
    words
}

fn inputs(case: &Value) -> Vec<(&'static str, Vec<u8>)> {
    let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default();
    match text("kind") {
        "sign" | "verify" => {
            let body = bytes(case, "body", "body_base64").unwrap_or_default();
            let header = text("signature_header");
            let headers = format!("Response-Time: {}\nSignature: {header}\n", text("time"));
            let notified = format!("Request-Time:{}\nPath:{}\n", text("time"), text("path"));
            let message = |headers: &str| [headers.as_bytes(), b"\n", &body].concat();
            vec![
                ("signature_header", header.as_bytes().to_vec()),
                ("response", message(&headers)),
                ("notification", message(&notified)),
            ]
        }
        "key" => vec![("key_text", bytes(case, "text", "der_base64").unwrap_or_default())],
        "amount" => {
            let word = |key: &str, otherwise: &str| match text(key) {
                "" => otherwise.to_owned(),
                word => word.to_owned(),
            };
            let input = format!(
                "{} {} {} {}",
                text("currency"),
                word("rounding", "none"),
                word("rules", "alipay"),
                text("text")
            );
            vec![("amount", input.into_bytes())]
        }
        "route" => {
            let router = case.get("router").unwrap_or(&Value::Null);
            vec![("payment_code", format!("{}\n{router}", text("code")).into_bytes())]
        }
        "scan" => vec![("payment_code", bytes(case, "text", "text_base64").unwrap_or_default())],
        "flow" => {
            let first = json!({"policy": case.get("policy"), "payment": case.get("payment")});
            let events = case.get("events").and_then(Value::as_array).into_iter().flatten();
            let bodies = events.clone().filter_map(|event| event.pointer("/event/body"));
            let bodies = bodies.map(|body| ("response", format!("\n{body}").into_bytes()));
            let lines: Vec<String> =
                [first.to_string()].into_iter().chain(events.map(Value::to_string)).collect();
            bodies.chain([("events", lines.join("\n").into_bytes())]).collect()
        }
        "refund" => vec![("refunds", refund(case).into_bytes())],
        "snapshot" => vec![("snapshot", text("snapshot").as_bytes().to_vec())],
        _ => Vec::new(),
    }
}

/// A refund's case as the lines of its target.
fn refund(case: &Value) -> String {
    let text = |pointer: &str| case.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let id = text("/refund/refund_request_id");
    let mut lines = vec![
        format!("{} {}", text("/policy/preset"), text("/refund/paid/value")),
        json!({"refund": id, "enter": text("/refund/amount/value")}).to_string(),
    ];
    for event in case.get("events").and_then(Value::as_array).into_iter().flatten() {
        let mut line = event.clone();
        let resolved = event.pointer("/event/resolved").cloned();
        if let Value::Object(line) = &mut line {
            line.insert("refund".to_owned(), json!(id));
            line.extend(resolved.map(|resolved| ("resolve".to_owned(), resolved)));
        }
        lines.push(line.to_string());
    }
    lines.join("\n")
}
