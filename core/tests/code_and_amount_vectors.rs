//! The shared vectors of amounts, routes and advice, run against the public API of the crate alone, so that a
//! change in it shows here before the runners of all languages are built.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use alipay_instore::amount::{Amount, Rounding, Rules};
use alipay_instore::error::Result;
use alipay_instore::gateway::Protocol;
use alipay_instore::result_code::{Operation, meaning};
use alipay_instore::routing::Router;
use serde_json::{Value, json};

fn run(file: &str, at_least: usize, result_of: fn(&Value) -> Result<Value>) {
    let path = format!("{}/../tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert!(cases.len() >= at_least, "{file} has {} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let found = result_of(case).unwrap_or_else(|error| json!({"error": error.code()}));
            (found != case["expected"])
                .then(|| format!("{}: {found} instead of {}", case["name"], case["expected"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn text<'c>(case: &'c Value, key: &str) -> &'c str {
    case[key].as_str().unwrap()
}

#[test]
fn amounts() {
    run("amount.json", 1_500, |case| {
        let (price, currency) = (text(case, "text"), text(case, "currency"));
        if text(case, "op") == "to_major" {
            return Ok(json!({"value": Amount::from_minor(price, currency)?.to_major()}));
        }
        let rounding =
            case.get("rounding").and_then(Value::as_str).map(str::parse::<Rounding>).transpose()?;
        let rules = case.get("rules").and_then(Value::as_str).map_or(Ok(Rules::Alipay), str::parse)?;
        let amount = Amount::from_major(price, currency, rounding, rules)?;
        Ok(json!({"value": amount.value().to_string()}))
    });
}

#[test]
fn routes() {
    run("route.json", 2_000, |case| {
        let router = Router::from_json(&case["router"].to_string())?;
        let route = router.route(text(case, "code"))?;
        Ok(json!({"target": route.target.as_str(), "wallet": route.wallet, "rule": route.rule.as_str()}))
    });
}

#[test]
fn advice() {
    run("advice.json", 200, |case| {
        let protocol: Protocol = serde_json::from_value(case["protocol"].clone()).unwrap();
        let operation: Operation = serde_json::from_value(case["operation"].clone()).unwrap();
        let meaning = meaning(protocol, operation, text(case, "result_status"), text(case, "result_code"));
        Ok(json!({"meaning": meaning.as_str()}))
    });
}
