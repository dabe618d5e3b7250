//! Amounts, advice, what messages say, and the policy: functions of texts.

use alipay_instore::Timestamp;
use alipay_instore::amount::{Amount, AmountRules, Rounding};
use alipay_instore::api::PaymentRequestId;
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::gateway::{Operation, Protocol};
use alipay_instore::json::Object;
use alipay_instore::payment::Policy;
use alipay_instore::reply::{self, Ours};
use alipay_instore::result_code;
use alipay_instore::shop::Shop;
use ext_php_rs::binary_slice::BinarySlice;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard, raise};

/// A price in major units as minor units; both are texts.
#[php_function]
#[php(name = "AlipayInstore\\Native\\amount_from_major")]
pub fn amount_from_major(
    text: &str,
    currency: &str,
    rounding: Option<&str>,
    rules: &str,
) -> PhpResult<String> {
    guard(|| {
        let rules: AmountRules = rules.parse().or_raise()?;
        let rounding: Option<Rounding> = rounding.map(str::parse).transpose().or_raise()?;
        Ok(Amount::from_major(text, currency, rounding, rules).or_raise()?.value().to_string())
    })
}

/// Minor units as the gateways write them, checked.
#[php_function]
#[php(name = "AlipayInstore\\Native\\amount_from_minor")]
pub fn amount_from_minor(text: &str, currency: &str) -> PhpResult<String> {
    guard(|| Ok(Amount::from_minor(text, currency).or_raise()?.value().to_string()))
}

/// The price in major units.
#[php_function]
#[php(name = "AlipayInstore\\Native\\amount_to_major")]
pub fn amount_to_major(value: &str, currency: &str) -> PhpResult<String> {
    guard(|| Ok(Amount::from_minor(value, currency).or_raise()?.to_major()))
}

/// What a result means, as JSON.
#[php_function]
#[php(name = "AlipayInstore\\Native\\advice")]
pub fn advice(protocol: &str, operation: &str, result_status: &str, result_code: &str) -> PhpResult<String> {
    guard(|| {
        let protocol: Protocol = protocol.parse().or_raise()?;
        let operation: Operation = operation.parse().or_raise()?;
        Ok(result_code::advice(protocol, operation, result_status, result_code).to_json().to_string())
    })
}

/// What a verified body says, as JSON.
#[php_function]
#[php(name = "AlipayInstore\\Native\\read_verified")]
pub fn read_verified(
    protocol: &str,
    operation: &str,
    body: BinarySlice<u8>,
    ours: &str,
) -> PhpResult<String> {
    guard(|| {
        let protocol: Protocol = protocol.parse().or_raise()?;
        let operation: Operation = operation.parse().or_raise()?;
        let ours = Ours::from_json(ours).or_raise()?;
        Ok(reply::read_verified(protocol, operation, &body, &ours).or_raise()?.to_string())
    })
}

/// Reads a policy's JSON and checks it.
pub(crate) fn policy_of(text: &str) -> alipay_instore::Result<Policy> {
    let policy = serde_json::from_str(text).map_err(|_| {
        Error::new(ErrorCode::ConfigInvalid, "the policy has an unknown field or a wrong value")
    })?;
    Policy::new(policy)
}

/// The preset of a protocol, with changes, as JSON; both are checked.
#[php_function]
#[php(name = "AlipayInstore\\Native\\policy")]
pub fn policy(protocol: &str, changes: &str) -> PhpResult<String> {
    guard(|| {
        let protocol: Protocol = protocol.parse().or_raise()?;
        let unwritable = |_| Error::new(ErrorCode::InternalPanic, "a policy can't be written as JSON");
        let preset = serde_json::to_string(&Policy::preset(protocol)).map_err(unwritable).or_raise()?;
        let preset = Object::parse(preset.as_bytes()).or_raise()?;
        let changed = Object::parse(changes.as_bytes()).or_raise()?;
        let whole = changed
            .iter()
            .fold(preset, |policy, (name, value)| policy.with(name.to_owned(), value.clone()))
            .to_string();
        policy_of(&whole).or_raise()?;
        Ok(whole)
    })
}

fn shop(text: &str) -> alipay_instore::Result<Shop> {
    Shop::from_json(&Object::parse(text.as_bytes())?)
}

/// Refuses a shop that can't be used.
#[php_function]
#[php(name = "AlipayInstore\\Native\\check_shop")]
pub fn check_shop(text: &str) -> PhpResult<()> {
    guard(|| shop(text).map(drop).or_raise())
}

/// The body of pay for a sale in a shop; all three are JSON.
#[php_function]
#[php(name = "AlipayInstore\\Native\\sale_request")]
pub fn sale_request(of: &str, sale: &str) -> PhpResult<String> {
    guard(|| {
        let sale = Object::parse(sale.as_bytes()).or_raise()?;
        Ok(shop(of).and_then(|shop| shop.sale_from_json(&sale)).or_raise()?.to_json().to_string())
    })
}

/// A new id for an attempt to pay.
#[php_function]
#[php(name = "AlipayInstore\\Native\\new_payment_request_id")]
pub fn new_payment_request_id(now: i64, terminal: &str) -> PhpResult<String> {
    guard(|| {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| {
            raise(&Error::new(ErrorCode::InternalPanic, "the system's random generator failed"))
        })?;
        Ok(PaymentRequestId::new(Timestamp::from_millis(now), terminal, random).as_str().to_owned())
    })
}

/// The version of the extension, which is that of the package.
#[php_function]
#[php(name = "AlipayInstore\\Native\\version")]
pub fn version() -> PhpResult<String> {
    guard(|| Ok(env!("CARGO_PKG_VERSION").to_owned()))
}

/// Registers the functions of this file; what the macro makes of each is visible only here.
pub(crate) fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(amount_from_major))
        .function(wrap_function!(amount_from_minor))
        .function(wrap_function!(amount_to_major))
        .function(wrap_function!(advice))
        .function(wrap_function!(read_verified))
        .function(wrap_function!(policy))
        .function(wrap_function!(check_shop))
        .function(wrap_function!(sale_request))
        .function(wrap_function!(new_payment_request_id))
        .function(wrap_function!(version))
}
