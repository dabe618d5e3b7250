//! Amounts, routing, and advice about result codes.

use alipay_instore::amount::{self, AmountRules};
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::result_code;
use alipay_instore::routing;
use alipay_instore::wallet;
use napi::bindgen_prelude::Int32Array;
use napi_derive::napi;

use crate::failure::{raise, to_json};

/// An amount as the gateways write it.
#[napi(object)]
pub struct Amount {
    pub currency: String,
    pub value: String,
}

impl From<amount::Amount> for Amount {
    fn from(amount: amount::Amount) -> Self {
        Amount { currency: amount.currency().code().to_owned(), value: amount.value().to_string() }
    }
}

#[napi(catch_unwind)]
pub fn amount_from_major(
    text: String,
    currency: String,
    rounding: Option<String>,
    rules: Option<String>,
) -> napi::Result<Amount> {
    from_major(&text, &currency, rounding.as_deref(), rules.as_deref()).map_err(raise)
}

fn from_major(text: &str, currency: &str, rounding: Option<&str>, rules: Option<&str>) -> Result<Amount> {
    let rounding = rounding.map(str::parse).transpose()?;
    let rules = rules.map(str::parse::<AmountRules>).transpose()?.unwrap_or_default();
    amount::Amount::from_major(text, currency, rounding, rules).map(Amount::from)
}

#[napi(catch_unwind)]
pub fn amount_from_minor(text: String, currency: String) -> napi::Result<Amount> {
    amount::Amount::from_minor(&text, &currency).map(Amount::from).map_err(raise)
}

#[napi(catch_unwind)]
pub fn amount_to_major(value: String, currency: String) -> napi::Result<String> {
    amount::Amount::from_minor(&value, &currency).map(amount::Amount::to_major).map_err(raise)
}

/// Where a code goes.
#[napi(object)]
#[derive(PartialEq)]
pub struct Route {
    pub target: String,
    pub wallet: Option<String>,
    pub rule: String,
    pub alternatives: Vec<String>,
}

impl From<routing::Route<'_>> for Route {
    fn from(route: routing::Route<'_>) -> Self {
        Route {
            target: route.target.as_str().to_owned(),
            wallet: route.wallet.map(str::to_owned),
            rule: route.rule.as_str().to_owned(),
            alternatives: route.alternatives.to_vec(),
        }
    }
}

/// Many routes, of which few are different: for each code the index into `routes`, or, below zero, that into
/// `errors` counted from -1 down.
#[napi(object)]
pub struct Routes {
    pub indexes: Int32Array,
    pub routes: Vec<Route>,
    pub errors: Vec<String>,
}

#[napi]
pub struct Router(routing::Router);

#[napi]
impl Router {
    #[napi(factory, catch_unwind)]
    pub fn from_json(text: String) -> napi::Result<Router> {
        routing::Router::from_json(&text).map(Router).map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn route(&self, scanned: String) -> napi::Result<Route> {
        self.0.route(&scanned).map(Route::from).map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn route_many(&self, scanned: Vec<String>) -> Routes {
        let mut different: Vec<routing::Route<'_>> = Vec::new();
        let mut errors: Vec<alipay_instore::Error> = Vec::new();
        let index = |place: usize| i32::try_from(place).unwrap_or(i32::MAX);
        let indexes: Vec<i32> = self
            .0
            .route_many(scanned)
            .map(|result| match result {
                Ok(route) => index(place_of(&mut different, route)),
                Err(error) => -1 - index(place_of(&mut errors, error)),
            })
            .collect();
        Routes {
            indexes: Int32Array::new(indexes),
            routes: different.into_iter().map(Route::from).collect(),
            errors: errors.iter().map(|error| to_json(error).to_string()).collect(),
        }
    }
}

/// The place of a value in a short list, at whose end it is put where it is new.
fn place_of<T: PartialEq>(known: &mut Vec<T>, value: T) -> usize {
    let found = known.iter().position(|other| *other == value);
    found.unwrap_or_else(|| {
        known.push(value);
        known.len() - 1
    })
}

/// The name of the wallet with this id.
#[napi(catch_unwind)]
pub fn wallet_of_psp_id(psp_id: String) -> Option<String> {
    wallet::of_psp_id(&psp_id).map(str::to_owned)
}

/// What a result means, as JSON.
#[napi(catch_unwind)]
pub fn advice(
    protocol: String,
    operation: String,
    result_status: String,
    result_code: String,
) -> napi::Result<String> {
    let protocol: Protocol = protocol.parse().map_err(raise)?;
    let operation: Operation = operation.parse().map_err(raise)?;
    Ok(result_code::advice(protocol, operation, &result_status, &result_code).to_json().to_string())
}
