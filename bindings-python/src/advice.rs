//! Meaning and advice of a result.

use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::result_code::advice as core_advice;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard};

/// What a result means, as a dict.
#[pyfunction]
pub(crate) fn advice<'py>(
    py: Python<'py>,
    protocol: Text,
    operation: Text,
    result_status: Text,
    result_code: Text,
) -> PyResult<Bound<'py, PyDict>> {
    guard(|| {
        let protocol: Protocol = protocol.parse().or_raise()?;
        let operation: Operation = operation.parse().or_raise()?;
        let advice = core_advice(protocol, operation, &result_status, &result_code);
        let dict = PyDict::new(py);
        dict.set_item("meaning", advice.meaning.as_str())?;
        dict.set_item("code", advice.code)?;
        dict.set_item("cashier_en", advice.cashier_en)?;
        dict.set_item("cashier_zh", advice.cashier_zh)?;
        dict.set_item("developer_en", advice.developer_en)?;
        dict.set_item("developer_zh", advice.developer_zh)?;
        dict.set_item("new_id_needed", advice.new_id_needed)?;
        dict.set_item("retry", advice.retry.as_str())?;
        Ok(dict)
    })
}
