//! What messages say.

use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::message;
use alipay_instore::reply::{self, Ours};
use pyo3::prelude::*;

use crate::argument::{Text, message_body};
use crate::error::{OrRaise as _, guard};

/// What a verified body says, as JSON.
#[pyfunction]
pub(crate) fn read_verified(
    protocol: Text,
    operation: Text,
    body: &Bound<'_, PyAny>,
    ours: Text,
) -> PyResult<String> {
    guard(|| {
        let protocol: Protocol = protocol.parse().or_raise()?;
        let operation: Operation = operation.parse().or_raise()?;
        let ours = Ours::from_json(&ours).or_raise()?;
        let body = message_body(body)?;
        let reading = reply::read_verified(protocol, operation, &body, &ours).or_raise()?;
        Ok(reading.to_string())
    })
}

/// The result code that an answer without a signature names.
#[pyfunction]
pub(crate) fn unverified_result_code(body: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    guard(|| Ok(message::unverified_result_code(&message_body(body)?)))
}
