//! Meaning and advice of a result.

use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::result_code::advice as core_advice;
use pyo3::prelude::*;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard};

/// What a result means, as JSON.
#[pyfunction]
pub(crate) fn advice(
    protocol: Text,
    operation: Text,
    result_status: Text,
    result_code: Text,
) -> PyResult<String> {
    guard(|| {
        let protocol: Protocol = protocol.parse().or_raise()?;
        let operation: Operation = operation.parse().or_raise()?;
        Ok(core_advice(protocol, operation, &result_status, &result_code).to_json().to_string())
    })
}
