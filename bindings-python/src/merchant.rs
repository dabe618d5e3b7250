//! Merchants: signing and verifying messages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use alipay_instore::Result;
use alipay_instore::Timestamp;
use alipay_instore::diagnosis::{Alternatives, Diagnosis};
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::{Gateway, Protocol};
use alipay_instore::keys;
use alipay_instore::merchant;
use alipay_instore::merchant::SandboxSettings;
use alipay_instore::merchant::{Acknowledgement, VerifiedNotification};
use alipay_instore::message::{Freshness, NotifyUrl, UserAgent};
use alipay_instore::signature::{SigningKeys, VerifyingKeys};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::argument::{Text, bytes, headers, message_body};
use crate::error::{OrRaise as _, guard, raise};
use crate::keys::{SigningKey, VerifyingKey};

/// Status, headers, body.
type Answer<'py> = (u16, Vec<(&'static str, String)>, Bound<'py, PyBytes>);

/// URL, path, headers, body.
type Signed<'py> = (String, String, Vec<(&'static str, String)>, Bound<'py, PyBytes>);

/// What an answer of the gateway says: body as JSON, whether text was replaced, key version, time, the same in
/// milliseconds, tracer id.
type Response = (String, bool, Option<u32>, String, Option<i64>, Option<String>);

#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Merchant(pub(crate) merchant::Merchant);

/// A verified notification. There is no way to make one but to verify it.
#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Notification(pub(crate) VerifiedNotification);

#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Merchants(merchant::Merchants);

fn user_agent(version: &str, product: Option<&str>) -> PyResult<UserAgent> {
    let agent = UserAgent::new("Python", version).or_raise()?;
    product.map_or(Ok(agent.clone()), |product| agent.with(product).or_raise())
}

fn signing_keys(
    keys: &[(Option<u32>, Py<SigningKey>)],
    current: Option<u32>,
    protocol: Protocol,
) -> Result<SigningKeys> {
    let current = current.unwrap_or(protocol.default_key_version());
    if let [(None, key)] = keys {
        return Ok(SigningKeys::single(current, Arc::clone(&key.get().0)));
    }
    let listed: BTreeMap<u32, Arc<keys::SigningKey>> = keys
        .iter()
        .filter_map(|(version, key)| version.map(|version| (version, Arc::clone(&key.get().0))))
        .collect();
    SigningKeys::by_version(listed, current)
}

fn gateway_keys(keys: &[(Option<u32>, Py<VerifyingKey>)]) -> Result<VerifyingKeys> {
    if let [(None, key)] = keys {
        return Ok(VerifyingKeys::single(key.get().0.clone()));
    }
    let listed = keys
        .iter()
        .filter_map(|(version, key)| version.map(|version| (version, key.get().0.clone())))
        .collect();
    VerifyingKeys::by_version(listed)
}

fn answer<'py>(py: Python<'py>, answer: Acknowledgement) -> Answer<'py> {
    (answer.status, answer.headers, PyBytes::new(py, answer.body))
}

#[pymethods]
impl Merchant {
    #[new]
    #[allow(clippy::too_many_arguments, reason = "called only by the class in Python")]
    fn new(
        protocol: Text,
        client_id: Text,
        signing: Vec<(Option<u32>, Py<SigningKey>)>,
        key_version: Option<u32>,
        verifying: Vec<(Option<u32>, Py<VerifyingKey>)>,
        gateway: Text,
        allow_http_gateway: bool,
        agent_token: Option<Text>,
        python: Text,
        product: Option<Text>,
        max_age_ms: Option<i64>,
        max_ahead_ms: Option<i64>,
        allow_http_notify: bool,
        notify_url: Option<Text>,
    ) -> PyResult<Self> {
        guard(|| {
            let protocol: Protocol = protocol.parse().or_raise()?;
            let gateway = Gateway::from_setting(protocol, &gateway, allow_http_gateway).or_raise()?;
            let mut builder = merchant::Merchant::builder(gateway, &*client_id)
                .signing_keys(signing_keys(&signing, key_version, protocol).or_raise()?)
                .gateway_keys(gateway_keys(&verifying).or_raise()?)
                .user_agent(user_agent(&python, product.as_deref())?)
                .freshness(Freshness::from_millis(max_age_ms, max_ahead_ms).or_raise()?)
                .allow_http_notify(allow_http_notify);
            if let Some(notify_url) = notify_url {
                builder = builder.notify_url(notify_url);
            }
            if let Some(token) = agent_token {
                builder = builder.agent_token(token);
            }
            builder.build().or_raise().map(Merchant)
        })
    }

    #[staticmethod]
    fn from_env(variables: HashMap<Text, Text>, python: Text) -> PyResult<Self> {
        guard(|| {
            let read = |path: &str| std::fs::read(path);
            let merchant = merchant::Merchant::from_settings(
                |name| variables.get(name).cloned().map(String::from),
                read,
            );
            Ok(Merchant(merchant.or_raise()?.with_user_agent(user_agent(&python, None)?)))
        })
    }

    #[staticmethod]
    fn from_file(path: std::path::PathBuf, protocol: Text, python: Text) -> PyResult<Self> {
        guard(|| {
            let settings = SandboxSettings::from_file(path, protocol.parse().or_raise()?).or_raise()?;
            Ok(Merchant(settings.merchant.with_user_agent(user_agent(&python, None)?)))
        })
    }

    #[getter]
    fn protocol(&self) -> PyResult<&'static str> {
        guard(|| Ok(self.0.protocol().as_str()))
    }

    #[getter]
    fn client_id(&self) -> PyResult<&str> {
        guard(|| Ok(self.0.client_id()))
    }

    #[getter]
    fn key_version(&self) -> PyResult<u32> {
        guard(|| Ok(self.0.key_version()))
    }

    #[getter]
    fn base_url(&self) -> PyResult<&str> {
        guard(|| Ok(self.0.gateway().base_url()))
    }

    #[getter]
    fn is_sandbox(&self) -> PyResult<bool> {
        guard(|| Ok(self.0.is_sandbox()))
    }

    #[getter]
    fn notify_url(&self) -> PyResult<Option<&str>> {
        guard(|| Ok(self.0.notify_url().map(NotifyUrl::as_str)))
    }

    #[getter]
    fn api_prefix(&self) -> PyResult<String> {
        guard(|| Ok(self.0.gateway().api_prefix(self.0.client_id())))
    }

    fn path(&self, operation: Text) -> PyResult<String> {
        guard(|| {
            let operation: Operation = operation.parse().or_raise()?;
            self.0.path(operation).or_raise()
        })
    }

    fn path_of_call(&self, call: Text) -> PyResult<String> {
        guard(|| self.0.path_of_call(&call).or_raise())
    }

    /// URL, path, headers, body.
    fn sign_request<'py>(
        &self,
        py: Python<'py>,
        path: Text,
        body: &Bound<'py, PyAny>,
        now: i64,
    ) -> PyResult<Signed<'py>> {
        guard(|| {
            let body = bytes("body", body)?.into_owned();
            let request =
                py.detach(|| self.0.sign_request(&path, body, Timestamp::from_millis(now))).or_raise()?;
            let body = PyBytes::new(py, &request.body);
            Ok((request.url, request.path, request.headers, body))
        })
    }

    fn verify_response(
        &self,
        py: Python<'_>,
        path: Text,
        header: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
    ) -> PyResult<Response> {
        guard(|| {
            let (header, body) = (headers(header)?, message_body(body)?);
            let response = py.detach(|| self.0.verify_response(&path, header, &body)).or_raise()?;
            Ok((
                response.body.to_string(),
                response.text_replaced,
                response.key_version,
                response.time,
                response.signed_at.map(Timestamp::as_millis),
                response.tracer_id,
            ))
        })
    }

    fn verify_notification(
        &self,
        py: Python<'_>,
        notify_url: Option<Text>,
        header: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        now: i64,
    ) -> PyResult<Notification> {
        guard(|| {
            let (header, body) = (headers(header)?, message_body(body)?);
            py.detach(|| {
                self.0.verify_notification(notify_url.as_deref(), header, &body, Timestamp::from_millis(now))
            })
            .or_raise()
            .map(Notification)
        })
    }

    /// Signed over the path that the notification was signed over.
    fn acknowledge<'py>(
        &self,
        py: Python<'py>,
        notification: &Notification,
        now: i64,
        signed: bool,
    ) -> PyResult<Answer<'py>> {
        guard(|| {
            let path = &notification.0.path;
            let acknowledgement =
                py.detach(|| self.0.acknowledge(path, Timestamp::from_millis(now), signed)).or_raise()?;
            Ok(answer(py, acknowledgement))
        })
    }

    /// What was found about a notification: as JSON, and a sentence a line.
    #[allow(clippy::too_many_arguments, reason = "called only by the class in Python")]
    fn explain_notification(
        &self,
        py: Python<'_>,
        notify_url: Option<Text>,
        header: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        paths: Vec<Text>,
        client_ids: Vec<Text>,
        times: Vec<Text>,
        keys: Vec<(Text, Py<VerifyingKey>)>,
    ) -> PyResult<String> {
        guard(|| {
            let (header, body) = (headers(header)?, message_body(body)?);
            let seen = Seen { paths, client_ids, times, keys };
            Ok(py.detach(|| {
                seen.with(|alternatives| {
                    self.0.explain_notification(notify_url.as_deref(), header, &body, alternatives)
                })
            }))
        })
    }

    /// What was found about a response: as JSON, and a sentence a line.
    #[allow(clippy::too_many_arguments, reason = "called only by the class in Python")]
    fn explain_response(
        &self,
        py: Python<'_>,
        path: Text,
        header: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        paths: Vec<Text>,
        client_ids: Vec<Text>,
        times: Vec<Text>,
        keys: Vec<(Text, Py<VerifyingKey>)>,
    ) -> PyResult<String> {
        guard(|| {
            let (header, body) = (headers(header)?, message_body(body)?);
            let seen = Seen { paths, client_ids, times, keys };
            Ok(py.detach(|| {
                seen.with(|alternatives| self.0.explain_response(&path, header, &body, alternatives))
            }))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("{:?}", self.0)))
    }
}

/// Other values that a message may have been signed with.
struct Seen {
    paths: Vec<Text>,
    client_ids: Vec<Text>,
    times: Vec<Text>,
    keys: Vec<(Text, Py<VerifyingKey>)>,
}

impl Seen {
    fn with(&self, explain: impl FnOnce(Alternatives<'_>) -> Diagnosis) -> String {
        let [paths, client_ids, times] = [&self.paths, &self.client_ids, &self.times]
            .map(|texts| texts.iter().map(|text| &**text).collect::<Vec<&str>>());
        let keys: Vec<_> = self.keys.iter().map(|(name, key)| (&**name, &key.get().0)).collect();
        let alternatives =
            Alternatives { paths: &paths, client_ids: &client_ids, times: &times, keys: &keys };
        explain(alternatives).to_json().to_string()
    }
}

/// What to answer to a notification that could not be verified or stored.
#[pyfunction]
pub(crate) fn refuse<'py>(py: Python<'py>, code: Text) -> PyResult<Answer<'py>> {
    guard(|| {
        let known = ErrorCode::ALL.iter().copied().find(|known| known.as_str() == &*code);
        let error = Error::new(known.unwrap_or(ErrorCode::InternalPanic), "");
        Ok(answer(py, Acknowledgement::refuse(&error)))
    })
}

#[pymethods]
impl Notification {
    #[getter]
    fn body(&self) -> PyResult<String> {
        guard(|| Ok(self.0.body.to_string()))
    }

    #[getter]
    fn kind(&self) -> PyResult<&'static str> {
        guard(|| Ok(self.0.kind.as_str()))
    }

    #[getter]
    fn text_replaced(&self) -> PyResult<bool> {
        guard(|| Ok(self.0.text_replaced))
    }

    #[getter]
    fn payment_request_id(&self) -> PyResult<Option<&str>> {
        guard(|| Ok(self.0.payment_request_id.as_deref()))
    }

    #[getter]
    fn refund_request_id(&self) -> PyResult<Option<&str>> {
        guard(|| Ok(self.0.refund_request_id.as_deref()))
    }

    #[getter]
    fn path(&self) -> PyResult<&str> {
        guard(|| Ok(self.0.path.as_str()))
    }

    #[getter]
    fn signed_with_query(&self) -> PyResult<bool> {
        guard(|| Ok(self.0.signed_with_query))
    }

    #[getter]
    fn key_version(&self) -> PyResult<Option<u32>> {
        guard(|| Ok(self.0.key_version))
    }

    #[getter]
    fn sent_at(&self) -> PyResult<i64> {
        guard(|| Ok(self.0.sent_at.as_millis()))
    }

    #[getter]
    fn tracer_id(&self) -> PyResult<Option<&str>> {
        guard(|| Ok(self.0.tracer_id.as_deref()))
    }
}

#[pymethods]
impl Merchants {
    #[new]
    fn new(merchants: Vec<Py<Merchant>>) -> PyResult<Self> {
        guard(|| {
            let merchants = merchants.iter().map(|merchant| merchant.get().0.clone());
            merchant::Merchants::new(merchants).or_raise().map(Merchants)
        })
    }

    /// Which of the merchants it is for, by its place, and the notification.
    fn verify_notification(
        &self,
        py: Python<'_>,
        notify_url: Option<Text>,
        header: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        now: i64,
    ) -> PyResult<(usize, Notification)> {
        guard(|| {
            let (header, body) = (headers(header)?, message_body(body)?);
            let found = py.detach(|| {
                self.0.verify_notification(notify_url.as_deref(), header, &body, Timestamp::from_millis(now))
            });
            let (merchant, notification) = found.or_raise()?;
            let same = |known: &merchant::Merchant| {
                known.client_id() == merchant.client_id() && known.protocol() == merchant.protocol()
            };
            match self.0.iter().position(same) {
                Some(place) => Ok((place, Notification(notification))),
                None => Err(raise(&Error::new(ErrorCode::ConfigUnknownClient, "the merchant is not listed"))),
            }
        })
    }
}
