//! What a request says about who is calling.

use std::fmt;

use crate::error::{Error, ErrorCode, Result};

/// Who is calling, for the gateway's log: `alipay-instore/0.1.0 (Python 3.13)`, and after it the products of
/// the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserAgent(String);

impl UserAgent {
    /// The library, called from a language of this version.
    ///
    /// # Errors
    /// `config.invalid` for text that is not printable ASCII or holds a bracket.
    pub fn new(language: &str, version: &str) -> Result<Self> {
        for part in [language, version] {
            if !is_token(part) || part.contains(['(', ')']) {
                return Err(invalid());
            }
        }
        Ok(UserAgent(format!("alipay-instore/{} ({language} {version})", env!("CARGO_PKG_VERSION"))))
    }

    /// Adds a product of the host, such as `my-till/2.1`.
    ///
    /// # Errors
    /// `config.invalid` for text that is not printable ASCII.
    pub fn with(self, product: &str) -> Result<Self> {
        match is_token(product) {
            true => Ok(UserAgent(format!("{} {product}", self.0))),
            false => Err(invalid()),
        }
    }
}

impl Default for UserAgent {
    /// The library called from Rust, named by the oldest Rust version that builds it.
    fn default() -> Self {
        UserAgent(format!(
            "alipay-instore/{} (Rust {})",
            env!("CARGO_PKG_VERSION"),
            env!("CARGO_PKG_RUST_VERSION")
        ))
    }
}

impl fmt::Display for UserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_token(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|b| (b' '..=b'~').contains(&b)) && text.trim() == text
}

fn invalid() -> Error {
    Error::new(
        ErrorCode::ConfigInvalid,
        "a part of the User-Agent is empty, longer than 128 characters or not printable ASCII",
    )
    .with_path("user_agent")
}
