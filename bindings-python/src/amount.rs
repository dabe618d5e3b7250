//! Amounts: conversions of texts. The class itself is written in Python.

use alipay_instore::amount::{Amount, AmountRules, Rounding, minimum, step};
use alipay_instore::wallet;
use pyo3::prelude::*;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard, raise};

fn rounding(name: Option<&str>) -> PyResult<Option<Rounding>> {
    name.map(str::parse).transpose().or_raise()
}

/// A price in major units as minor units.
#[pyfunction]
pub(crate) fn amount_from_major(
    text: Text,
    currency: Text,
    round: Option<Text>,
    rules: Text,
) -> PyResult<u64> {
    guard(|| {
        let rules: AmountRules = rules.parse().or_raise()?;
        Amount::from_major(&text, &currency, rounding(round.as_deref())?, rules).or_raise().map(Amount::value)
    })
}

/// Many prices of one currency; each is minor units or the exception that from_major would have raised.
#[pyfunction]
pub(crate) fn amounts_from_major(
    py: Python<'_>,
    texts: Vec<Text>,
    currency: Text,
    round: Option<Text>,
    rules: Text,
) -> PyResult<Vec<Py<PyAny>>> {
    guard(|| {
        let rules: AmountRules = rules.parse().or_raise()?;
        let texts: Vec<String> = texts.into_iter().map(String::from).collect();
        let results =
            Amount::from_major_many(texts, &currency, rounding(round.as_deref())?, rules).or_raise()?;
        results
            .map(|result| match result {
                Ok(amount) => Ok(amount.value().into_pyobject(py)?.into_any().unbind()),
                Err(error) => Ok(raise(&error).into_value(py).into_any()),
            })
            .collect()
    })
}

/// Minor units as the gateways write them.
#[pyfunction]
pub(crate) fn amount_from_minor(text: Text, currency: Text) -> PyResult<u64> {
    guard(|| Amount::from_minor(&text, &currency).or_raise().map(Amount::value))
}

/// The price in major units.
#[pyfunction]
pub(crate) fn amount_to_major(value: u64, currency: Text) -> PyResult<String> {
    guard(|| Amount::from_minor(&value.to_string(), &currency).or_raise().map(Amount::to_major))
}

/// The step of which the amounts of a wallet are multiples: minor units and currency.
#[pyfunction]
pub(crate) fn wallet_step(wallet: Text) -> PyResult<Option<(u64, &'static str)>> {
    guard(|| Ok(step::of(&wallet).map(|amount| (amount.value(), amount.currency().code()))))
}

/// The name of the wallet with this `pspId`.
#[pyfunction]
pub(crate) fn wallet_of_psp_id(psp_id: Text) -> PyResult<Option<&'static str>> {
    guard(|| Ok(wallet::of_psp_id(&psp_id)))
}

/// The smallest amount that a wallet takes: minor units and currency.
#[pyfunction]
pub(crate) fn wallet_minimum(wallet: Text) -> PyResult<Option<(u64, &'static str)>> {
    guard(|| Ok(minimum::of(&wallet).map(|amount| (amount.value(), amount.currency().code()))))
}
