//! What was probably scanned where no payment code was: stable words that every language shows.
//!
//! It stands apart from [`crate::payment_code`], which finds it out, since [`crate::error`] carries it.

use std::fmt;

pub use crate::words::ScannedAs;

impl ScannedAs {
    /// What to do about it at the till.
    pub fn hint(self) -> &'static str {
        match self {
            ScannedAs::ShopCode => {
                "this looks like a shop's own code or a web address, which is for customers to scan; ask the \
                 customer to open the payment code in the wallet, and scan that"
            }
            ScannedAs::RepeatedCode => {
                "the same code is there more than once; clear the input field and scan the code once"
            }
            ScannedAs::WechatPay => {
                "this looks like a payment code of WeChat Pay; send it to WeChat Pay, or ask the customer for \
                 an Alipay or Alipay+ payment code"
            }
            ScannedAs::UnionPay => {
                "this looks like a payment code of UnionPay; send it to UnionPay, or ask the customer for an \
                 Alipay or Alipay+ payment code"
            }
            ScannedAs::ReservedLength => {
                "Alipay+ reserves codes of 25 to 32 digits for later use and none can be paid with yet; leave \
                 the scanner as it is, scan again, and if the code is as long again ask for another wallet"
            }
        }
    }
}

impl fmt::Display for ScannedAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
