//! The two protocols, and what they call their operations.

use std::fmt;
use std::str::FromStr;

use super::{Operation, Protocol, is_sandbox_client};
use crate::error::{Error, ErrorCode, Result};

impl Protocol {
    /// The key version that the documents' samples of this protocol carry: 1 in AMS, 0 in Alipay+.
    pub fn default_key_version(self) -> u32 {
        match self {
            Protocol::Ams => 1,
            Protocol::AlipayPlus => 0,
        }
    }

    /// The last part of an operation's path, such as `cancelPayment`.
    ///
    /// Nothing where there is no such API at the gateway: Alipay+ documents no refund inquiry (the refund is
    /// sent again instead), and a notification goes to the merchant.
    pub fn api_name(self, operation: Operation) -> Option<&'static str> {
        match (operation, self) {
            (Operation::Pay, _) => Some("pay"),
            (Operation::Inquiry, _) => Some("inquiryPayment"),
            (Operation::Cancel, Protocol::Ams) => Some("cancel"),
            (Operation::Cancel, Protocol::AlipayPlus) => Some("cancelPayment"),
            (Operation::Refund, _) => Some("refund"),
            (Operation::RefundInquiry, Protocol::Ams) => Some("inquiryRefund"),
            (Operation::RefundInquiry, Protocol::AlipayPlus) | (Operation::Notify, _) => None,
        }
    }

    /// The part of the path above the version: `/ams/api`, `/ams/sandbox/api` or `/aps/api`.
    pub(super) fn api_root(self, client_id: &str) -> &'static str {
        match self {
            Protocol::Ams if is_sandbox_client(client_id) => "/ams/sandbox/api",
            Protocol::Ams => "/ams/api",
            Protocol::AlipayPlus => "/aps/api",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Protocol {
    type Err = Error;

    /// Reads `ams` or `alipay_plus`; anything else is `config.invalid`.
    fn from_str(text: &str) -> Result<Self> {
        Protocol::from_word(text).ok_or_else(|| {
            Error::new(ErrorCode::ConfigInvalid, "the protocol is none of ams and alipay_plus")
        })
    }
}
