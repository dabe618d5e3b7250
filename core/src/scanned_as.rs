//! What was probably scanned where no payment code was: stable words that every language shows.
//!
//! It stands apart from [`crate::payment_code`], which finds it out, since [`crate::error`] carries it.

use std::fmt;

/// What a text that is not a payment code probably is. It is a guess from the form of the text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScannedAs {
    /// A code that customers scan: EMVCo merchant text, which begins with 000201, or a URL.
    ShopCode,
    /// The same code more than once in one text, because the scanner read it again.
    RepeatedCode,
    /// A payment code of WeChat Pay: 16 to 24 digits that start with 10 to 15.
    WechatPay,
    /// A payment code of UnionPay: 16 to 24 digits that start with 62.
    UnionPay,
    /// A code of 25 to 32 digits that starts as an Alipay+ code does. Alipay+ reserves these lengths.
    /// Source: Alipay+, Accept a payment, step 1.
    ReservedLength,
}

impl ScannedAs {
    /// Every value.
    pub const ALL: [ScannedAs; 5] = [
        ScannedAs::ShopCode,
        ScannedAs::RepeatedCode,
        ScannedAs::WechatPay,
        ScannedAs::UnionPay,
        ScannedAs::ReservedLength,
    ];

    /// The stable word, such as `shop_code`.
    pub fn as_str(self) -> &'static str {
        match self {
            ScannedAs::ShopCode => "shop_code",
            ScannedAs::RepeatedCode => "repeated_code",
            ScannedAs::WechatPay => "wechat_pay",
            ScannedAs::UnionPay => "union_pay",
            ScannedAs::ReservedLength => "reserved_length",
        }
    }

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
