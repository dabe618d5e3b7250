//! A text that must not be printed: the body of pay holds the customer's payment code.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A text that `Debug` does not show and that is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: String) -> Self {
        Secret(text)
    }

    /// The text itself; what it is passed to must not print it either.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} bytes)", self.0.len())
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
