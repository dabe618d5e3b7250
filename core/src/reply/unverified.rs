//! What the code of an answer that could not be verified blames. It is a hint for a person and settles nothing.

use serde::{Deserialize, Serialize};

use crate::result_code::lookup;

/// The part of the configuration that a gateway blames when it could not verify our request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Blamed {
    /// `CLIENT_INVALID`
    ClientId,
    /// `KEY_NOT_FOUND`
    RegisteredKey,
    /// `SIGNATURE_INVALID`
    SigningKey,
}

impl Blamed {
    /// Reads a result code; only these three, under each of their names, blame the configuration.
    pub fn by(result_code: &str) -> Option<Self> {
        match lookup(result_code)?.code {
            "CLIENT_INVALID" => Some(Blamed::ClientId),
            "KEY_NOT_FOUND" => Some(Blamed::RegisteredKey),
            "SIGNATURE_INVALID" => Some(Blamed::SigningKey),
            _ => None,
        }
    }

    /// What to check.
    pub fn words(self) -> &'static str {
        match self {
            Blamed::ClientId => {
                "unsigned answers say that the client id is unknown: check the client id, the region, and whether it \
                 belongs to the sandbox or to production"
            }
            Blamed::RegisteredKey => {
                "unsigned answers say that the gateway has no public key of ours: check the key that is registered for \
                 this client id, and the key version"
            }
            Blamed::SigningKey => {
                "unsigned answers say that our signature is wrong: check that the public key registered at the gateway \
                 belongs to the signing key"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_codes_and_their_other_names_blame_the_configuration() {
        for (code, blamed) in [
            ("CLIENT_INVALID", Some(Blamed::ClientId)),
            ("INVALID_CLIENT", Some(Blamed::ClientId)),
            ("KEY_NOT_FOUND", Some(Blamed::RegisteredKey)),
            ("SIGNATURE_INVALID", Some(Blamed::SigningKey)),
            ("INVALID_SIGNATURE", Some(Blamed::SigningKey)),
            ("ACCESS_DENIED", None),
            ("client_invalid", None),
            ("", None),
        ] {
            assert_eq!(Blamed::by(code), blamed, "{code}");
        }
        for (blamed, named) in [
            (Blamed::ClientId, "client id"),
            (Blamed::RegisteredKey, "public key of ours"),
            (Blamed::SigningKey, "signing key"),
        ] {
            assert!(blamed.words().contains(named), "{named}");
        }
    }
}
