//! Keys: opaque objects that show no more than their fingerprint.

use std::sync::Arc;

use alipay_instore::keys;
use alipay_instore::signature::{self, Content};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use zeroize::Zeroizing;

use crate::argument::{Text, bytes};
use crate::error::{OrRaise as _, guard};

/// A new pair of keys: the private one and the public one, as PEM.
#[pyfunction]
pub(crate) fn generate_key(py: Python<'_>, bits: u32) -> PyResult<(String, String)> {
    guard(|| {
        let made = py.detach(|| keys::generate(bits)).or_raise()?;
        Ok((made.private_pem.to_string(), made.public_pem))
    })
}

/// The text of a key, wiped when it is dropped. What can't be UTF-8 is not a key either, and the core says so: Python's
/// own error would carry the whole text along.
fn key_text(value: &Bound<'_, PyAny>) -> PyResult<Zeroizing<Vec<u8>>> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Zeroizing::new(text.to_string_lossy().into_owned().into_bytes()));
    }
    bytes("the key", value).map(|bytes| Zeroizing::new(bytes.into_owned()))
}

/// A private RSA key that signs.
///
/// Made by `load`. It can't be copied, pickled or printed; its repr shows the fingerprint of the public half.
#[pyclass(module = "alipay_instore", frozen)]
pub(crate) struct SigningKey(pub(crate) Arc<keys::SigningKey>);

#[pymethods]
impl SigningKey {
    /// Reads a private key from PKCS#8 or PKCS#1, as PEM, DER or bare base64, in every format that gets pasted.
    ///
    /// Raises AlipayKeyError, whose code says what is wrong and whose hint says what to do.
    #[staticmethod]
    #[pyo3(signature = (text_or_bytes, /))]
    fn load(text_or_bytes: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(|| {
            let text = key_text(text_or_bytes)?;
            let key = text_or_bytes.py().detach(|| keys::SigningKey::load(&*text)).or_raise()?;
            Ok(SigningKey(Arc::new(key)))
        })
    }

    /// The length of the modulus in bits.
    #[getter]
    fn bits(&self) -> PyResult<u32> {
        guard(|| Ok(self.0.bits()))
    }

    /// The SHA-256 of the public half's SPKI DER, in lower-case hexadecimal.
    #[getter]
    fn fingerprint(&self) -> PyResult<&str> {
        guard(|| Ok(self.0.fingerprint()))
    }

    /// The public half.
    #[getter]
    fn verifying_key(&self) -> PyResult<VerifyingKey> {
        guard(|| Ok(VerifyingKey(self.0.verifying_key())))
    }

    /// Signs a message and gives the value of its Signature header. The interpreter is free meanwhile.
    ///
    /// The body is signed byte for byte; of a str its UTF-8.
    #[pyo3(
        signature = (*, method = Text::post(), path, client_id, time, body, key_version = 1),
        text_signature = "($self, *, method='POST', path, client_id, time, body, key_version=1)"
    )]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
    fn sign(
        &self,
        py: Python<'_>,
        method: Text,
        path: Text,
        client_id: Text,
        time: Text,
        body: &Bound<'_, PyAny>,
        key_version: u32,
    ) -> PyResult<String> {
        guard(|| {
            let body = bytes("body", body)?;
            let content =
                Content { method: &method, path: &path, client_id: &client_id, time: &time, body: &body };
            py.detach(|| self.0.sign(content, key_version)).or_raise()
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("SigningKey({}, {} bits)", self.0.fingerprint(), self.0.bits())))
    }

    fn __reduce__(&self) -> PyResult<()> {
        guard(|| Err(PyTypeError::new_err("a signing key can't be pickled or copied: it is a secret")))
    }
}

/// A public RSA key that verifies.
#[pyclass(module = "alipay_instore", frozen)]
pub(crate) struct VerifyingKey(pub(crate) keys::VerifyingKey);

#[pymethods]
impl VerifyingKey {
    /// Reads a public key from SPKI or PKCS#1, in the same spellings as SigningKey.load.
    ///
    /// Raises AlipayKeyError, whose code says what is wrong and whose hint says what to do.
    #[staticmethod]
    #[pyo3(signature = (text_or_bytes, /))]
    fn load(text_or_bytes: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(|| {
            let text = key_text(text_or_bytes)?;
            keys::VerifyingKey::load(&*text).or_raise().map(VerifyingKey)
        })
    }

    /// The length of the modulus in bits.
    #[getter]
    fn bits(&self) -> PyResult<u32> {
        guard(|| Ok(self.0.bits()))
    }

    /// The SHA-256 of the key's SPKI DER, in lower-case hexadecimal.
    #[getter]
    fn fingerprint(&self) -> PyResult<&str> {
        guard(|| Ok(self.0.fingerprint()))
    }

    /// The key as SPKI PEM.
    fn to_pem(&self) -> PyResult<String> {
        guard(|| Ok(self.0.to_pem()))
    }

    /// Verifies a Signature header over a message: returns None, or raises SignatureError.
    ///
    /// The body is taken byte for byte; of a str its UTF-8. The interpreter is free meanwhile.
    #[pyo3(
        signature = (header, /, *, method = Text::post(), path, client_id, time, body),
        text_signature = "($self, header, /, *, method='POST', path, client_id, time, body)"
    )]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
    fn verify(
        &self,
        py: Python<'_>,
        header: Text,
        method: Text,
        path: Text,
        client_id: Text,
        time: Text,
        body: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        guard(|| {
            let body = bytes("body", body)?;
            let content =
                Content { method: &method, path: &path, client_id: &client_id, time: &time, body: &body };
            py.detach(|| self.0.verify(&header, content)).or_raise()
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("VerifyingKey({}, {} bits)", self.0.fingerprint(), self.0.bits())))
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guard(|| Ok(self.0.fingerprint() == other.0.fingerprint()))
    }

    fn __hash__(&self) -> PyResult<isize> {
        guard(|| {
            let start = self.0.fingerprint().get(..12).unwrap_or_default();
            Ok(isize::from_str_radix(start, 16).unwrap_or(0))
        })
    }

    fn __reduce__(&self, py: Python<'_>) -> PyResult<(Py<PyAny>, (String,))> {
        guard(|| Ok((py.get_type::<VerifyingKey>().getattr("load")?.unbind(), (self.0.to_pem(),))))
    }
}

/// Waits for signatures under way, and begins none: a child must not inherit one. Registered with `os.register_at_fork`.
#[pyfunction]
pub(crate) fn before_fork() -> PyResult<()> {
    guard(|| {
        signature::before_fork();
        Ok(())
    })
}

/// Signs again, in the parent and in the child.
#[pyfunction]
pub(crate) fn after_fork() -> PyResult<()> {
    guard(|| {
        signature::after_fork();
        Ok(())
    })
}
