//! A vector file and its cases. The format is the same for every language.

use std::collections::BTreeMap;

use alipay_instore::amount::{Amount, AmountRules, Rounding};
use alipay_instore::diagnosis::Alternatives;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::{Gateway, Operation, Protocol, Region};
use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::merchant::Merchant;
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::reply::{Ours, read_verified};
use alipay_instore::result_code::meaning;
use alipay_instore::routing::{Router, Target};
use alipay_instore::signature::{Content, VerifyingKeys};
use base64::Engine as _;
use serde_json::{Map, Value, json};

use crate::{flow, refund, reverse};

/// A file: cases, and the inputs that they share.
pub struct VectorFile {
    /// The cases in their order.
    pub cases: Vec<Value>,
    signing_key: Option<Result<SigningKey>>,
    verifying_key: Option<Result<VerifyingKey>>,
    /// The text of the private key, and public keys by name.
    private_key: Option<String>,
    keys: BTreeMap<String, Result<VerifyingKey>>,
}

/// What a case was answered with.
pub struct Answer {
    name: String,
    kind: String,
    result: Value,
    expected: Option<Value>,
}

impl VectorFile {
    /// Reads a file; keys are parsed once.
    pub fn parse(text: &[u8]) -> std::result::Result<Self, String> {
        let mut file: Map<String, Value> = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        if file.get("schema").and_then(Value::as_u64) != Some(1) {
            return Err("the file's schema is not 1".to_owned());
        }
        let Some(Value::Array(cases)) = file.remove("cases") else {
            return Err("the file has no list of cases".to_owned());
        };
        let named = file.get("keys").and_then(Value::as_object).into_iter().flatten();
        Ok(VectorFile {
            cases,
            private_key: file.get("private_key").and_then(Value::as_str).map(str::to_owned),
            keys: named
                .filter_map(|(name, key)| Some((name.clone(), VerifyingKey::load(key.as_str()?))))
                .collect(),
            signing_key: file.get("private_key").and_then(Value::as_str).map(SigningKey::load),
            verifying_key: file.get("public_key").and_then(Value::as_str).map(VerifyingKey::load),
        })
    }
}

impl Answer {
    /// The line that every language prints.
    pub fn line(&self) -> String {
        json!({"name": self.name, "result": self.result}).to_string()
    }

    /// The value of the result.
    pub fn result(&self) -> &Value {
        &self.result
    }

    /// What is wrong, if something was expected and came out differently.
    pub fn difference(&self) -> Option<String> {
        let expected = self.expected.as_ref()?;
        let partial = match self.kind.as_str() {
            // Only the keys that are expected are compared.
            "flow" | "snapshot" | "refund" | "reverse" | "reading" | "verify" | "explain" => true,
            _ => false,
        };
        let matched = match (partial, expected, &self.result) {
            (true, Value::Object(expected), Value::Object(result)) => {
                expected.iter().all(|(key, value)| result.get(key) == Some(value))
            }
            _ => *expected == self.result,
        };
        (!matched).then(|| format!("{}: expected {expected}, got {}", self.name, self.result))
    }
}

/// Answers one case.
pub fn run(file: &VectorFile, case: &Value) -> Answer {
    let kind = text(case, "kind").unwrap_or_default().to_owned();
    let result = match kind.as_str() {
        "sign" => sign(file, case),
        "verify" => verify(file, case),
        "explain" => explain(file, case),
        "key" => key(case),
        "amount" => amount(case),
        "route" => route(case),
        "scan" => scan(case),
        "advice" => advice(case),
        "reading" => reading(case),
        "flow" => flow::run(case),
        "snapshot" => flow::run_snapshot(case),
        "refund" => refund::run(case),
        "reverse" => reverse::run(case),
        _ => Err(Error::new(ErrorCode::ConfigInvalid, "there is no such kind of case")),
    };
    Answer {
        name: text(case, "name").unwrap_or_default().to_owned(),
        kind,
        result: result.unwrap_or_else(|error| json!({"error": error.code()})),
        expected: case.get("expected").cloned(),
    }
}

/// A member that must be a text.
pub fn text<'a>(case: &'a Value, key: &'static str) -> Result<&'a str> {
    case.get(key)
        .and_then(Value::as_str)
        .ok_or_else(|| Error::new(ErrorCode::ConfigMissing, "a case lacks a text").with_path(key))
}

pub(crate) fn bytes(case: &Value, plain: &str, encoded: &str) -> Result<Vec<u8>> {
    match (case.get(plain).and_then(Value::as_str), case.get(encoded).and_then(Value::as_str)) {
        (Some(text), _) => Ok(text.as_bytes().to_vec()),
        (None, Some(text)) => base64::engine::general_purpose::STANDARD
            .decode(text)
            .map_err(|_| Error::new(ErrorCode::ConfigInvalid, "a case has broken base64")),
        (None, None) => Ok(Vec::new()),
    }
}

fn content<'a>(case: &'a Value, body: &'a [u8]) -> Result<Content<'a>> {
    Ok(Content {
        method: text(case, "method")?,
        path: text(case, "path")?,
        client_id: text(case, "client_id")?,
        time: text(case, "time")?,
        body,
    })
}

fn loaded<T>(key: Option<&Result<T>>) -> Result<&T> {
    match key {
        Some(Ok(key)) => Ok(key),
        Some(Err(error)) => Err(error.clone()),
        None => Err(Error::new(ErrorCode::ConfigMissing, "the file has no key for this case")),
    }
}

fn sign(file: &VectorFile, case: &Value) -> Result<Value> {
    let body = bytes(case, "body", "body_base64")?;
    let version = match case.get("key_version") {
        None => 1,
        Some(version) => {
            version.as_u64().and_then(|version| u32::try_from(version).ok()).ok_or_else(|| {
                Error::new(ErrorCode::SignatureKeyVersion, "the key version is not a number of 32 bits")
            })?
        }
    };
    let header = loaded(file.signing_key.as_ref())?.sign(content(case, &body)?, version)?;
    Ok(json!({"signature_header": header}))
}

fn verify(file: &VectorFile, case: &Value) -> Result<Value> {
    let body = bytes(case, "body", "body_base64")?;
    let key = loaded(file.verifying_key.as_ref())?;
    Ok(match key.verify(text(case, "signature_header")?, content(case, &body)?) {
        Ok(()) => json!({"verified": true}),
        Err(error) => json!({"verified": false, "error": error.code()}),
    })
}

/// Why a message does not verify: the codes of what was found, and the whole of it.
fn explain(file: &VectorFile, case: &Value) -> Result<Value> {
    let missing = || Error::new(ErrorCode::ConfigMissing, "a case names a key that the file does not have");
    let named = |name: &str| match name {
        "gateway" => loaded(file.verifying_key.as_ref()),
        name => loaded(file.keys.get(name)),
    };
    let gateway_keys = match case.get("gateway_keys").and_then(Value::as_object) {
        None => VerifyingKeys::single(named("gateway")?.clone()),
        Some(listed) => {
            let mut keys = BTreeMap::new();
            for (version, name) in listed {
                let version = version.parse().map_err(|_| missing())?;
                keys.insert(version, named(name.as_str().unwrap_or_default())?.clone());
            }
            VerifyingKeys::by_version(keys)?
        }
    };
    let private = file.private_key.as_deref().ok_or_else(missing)?;
    let merchant =
        Merchant::builder(Gateway::of_region(Protocol::Ams, Region::Sea)?, text(case, "client_id")?)
            .signing_key(SigningKey::load(private)?)
            .gateway_keys(gateway_keys)
            .build()?;
    let headers: Vec<(&str, &str)> = case
        .get("headers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?)))
        .collect();
    let body = bytes(case, "body", "body_base64")?;
    let others = |name: &str| -> Vec<&str> {
        let listed = case.get("alternatives").and_then(|given| given.get(name)).and_then(Value::as_array);
        listed.into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let (paths, client_ids, times) = (others("paths"), others("client_ids"), others("times"));
    let mut keys = Vec::new();
    for name in others("keys") {
        keys.push((name, named(name)?));
    }
    let alternatives = Alternatives { paths: &paths, client_ids: &client_ids, times: &times, keys: &keys };
    let found = match case.get("path").and_then(Value::as_str) {
        Some(path) => merchant.explain_response(path, headers, &body, alternatives),
        None => {
            let notify_url = case.get("notify_url").and_then(Value::as_str);
            merchant.explain_notification(notify_url, headers, &body, alternatives)
        }
    };
    let codes: Vec<_> = found.findings.iter().map(|finding| finding.code.as_str()).collect();
    let diagnosis: Value = serde_json::from_str(&found.to_json().to_string())
        .map_err(|_| Error::new(ErrorCode::MessageNotJson, "the diagnosis is not valid JSON"))?;
    Ok(json!({"codes": codes, "diagnosis": diagnosis}))
}

fn key(case: &Value) -> Result<Value> {
    let text_or_der = bytes(case, "text", "der_base64")?;
    let (bits, fingerprint) = match text(case, "role")? {
        "private" => {
            let key = SigningKey::load(&text_or_der)?;
            (key.bits(), key.fingerprint().to_owned())
        }
        _ => {
            let key = VerifyingKey::load(&text_or_der)?;
            (key.bits(), key.fingerprint().to_owned())
        }
    };
    Ok(json!({"bits": bits, "fingerprint": fingerprint}))
}

fn amount(case: &Value) -> Result<Value> {
    let (input, currency) = (text(case, "text")?, text(case, "currency")?);
    let rounding = case.get("rounding").and_then(Value::as_str).map(str::parse::<Rounding>).transpose()?;
    let rules = case.get("rules").and_then(Value::as_str).unwrap_or("alipay").parse::<AmountRules>()?;
    let value = match text(case, "op")? {
        "to_minor" => Amount::from_major(input, currency, rounding, rules)?.value().to_string(),
        _ => Amount::from_minor(input, currency)?.to_major(),
    };
    Ok(json!({"value": value}))
}

fn route(case: &Value) -> Result<Value> {
    let router = Router::from_json(&case.get("router").unwrap_or(&Value::Null).to_string())?;
    let route = router.route(text(case, "code")?)?;
    let wallet = match route.target {
        Target::Wallet => route.wallet,
        _ => None,
    };
    Ok(json!({"target": route.target.as_str(), "wallet": wallet, "rule": route.rule.as_str()}))
}

fn scan(case: &Value) -> Result<Value> {
    Ok(match PaymentCode::from_scan(bytes(case, "text", "text_base64")?) {
        Ok(code) => json!({
            "value": code.expose(),
            "kind": code.kind().as_str(),
            "routing_number": code.routing_number(),
        }),
        Err(error) => {
            let what = error.scanned_as().map(|what| what.as_str());
            json!({"error": error.code(), "scanned_as": what})
        }
    })
}

fn advice(case: &Value) -> Result<Value> {
    let protocol: Protocol = text(case, "protocol")?.parse()?;
    let operation: Operation = text(case, "operation")?.parse()?;
    let status = case.get("result_status").and_then(Value::as_str).unwrap_or_default();
    let code = case.get("result_code").and_then(Value::as_str).unwrap_or_default();
    Ok(json!({"meaning": meaning(protocol, operation, status, code).as_str()}))
}

fn reading(case: &Value) -> Result<Value> {
    let protocol: Protocol = text(case, "protocol")?.parse()?;
    let operation: Operation = text(case, "operation")?.parse()?;
    let body = bytes(case, "body", "body_base64")?;
    let ours = Ours::from_json(&case.get("ours").unwrap_or(&json!({})).to_string())?;
    let read = read_verified(protocol, operation, &body, &ours)?.to_string();
    serde_json::from_str(&read)
        .map_err(|_| Error::new(ErrorCode::MessageNotJson, "the reading is not valid JSON"))
}
