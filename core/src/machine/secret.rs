//! A text that must not be printed: the body of pay holds the customer's payment code.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A text that `Debug` does not show. Clones share it, and it is wiped when the last of them is dropped.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(Arc<Wiped>);

#[derive(PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
struct Wiped(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: String) -> Self {
        Secret(Arc::new(Wiped(text)))
    }

    /// A text that is kept elsewhere.
    pub(crate) fn elsewhere() -> Self {
        Secret::new(String::new())
    }

    /// Whether the text is kept elsewhere: no body is empty.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.expose().is_empty()
    }

    /// The text itself; what it is passed to must not print it either.
    pub fn expose(&self) -> &str {
        &self.0.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} bytes)", self.expose().len())
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
