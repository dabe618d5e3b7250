//! The steps of one payment, one after the other.

use std::sync::Arc;

use alipay_instore::client;
use pyo3::prelude::*;
use tokio::sync::Mutex;

use crate::endings::Done;
use crate::error::guard;
use crate::host::Failures;
use crate::task::{Task, spawn};

/// Follows a payment. It begins with the first step that is asked for.
#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Watch {
    client: client::Client,
    id: String,
    failures: Failures,
    steps: Arc<Mutex<Option<client::Watch>>>,
}

impl Watch {
    pub(crate) fn new(client: client::Client, id: String, failures: Failures) -> Self {
        Watch { client, id, failures, steps: Arc::default() }
    }
}

#[pymethods]
impl Watch {
    /// The next step as JSON; `null` after the last.
    fn next(&self, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            let (client, id, steps) = (self.client.clone(), self.id.clone(), Arc::clone(&self.steps));
            let next = async move {
                let mut steps = steps.lock().await;
                let watch = match &mut *steps {
                    Some(watch) => watch,
                    none => none.insert(client.watch(&id).await?),
                };
                let step = watch.next().await;
                Ok(step.map_or_else(|| "null".to_owned(), |step| step.to_json().to_string()))
            };
            spawn(next, done, self.failures.clone(), self.id.clone())
        })
    }
}
