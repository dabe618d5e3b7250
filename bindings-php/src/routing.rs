//! Payment codes and their routes.

use alipay_instore::payment_code;
use alipay_instore::routing;
use ext_php_rs::binary_slice::BinarySlice;
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard};

/// A payment code that was checked.
#[php_class]
#[php(name = "AlipayInstore\\Native\\PaymentCode", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct PaymentCode(pub(crate) payment_code::PaymentCode);

#[php_impl]
impl PaymentCode {
    /// Checks a text. What is not UTF-8 is not a code either.
    pub fn of(text: BinarySlice<u8>) -> PhpResult<Self> {
        guard(|| payment_code::PaymentCode::new(&String::from_utf8_lossy(&text)).or_raise().map(PaymentCode))
    }

    /// Reads what a scanner delivered.
    pub fn from_scan(scanned: BinarySlice<u8>) -> PhpResult<Self> {
        guard(|| payment_code::PaymentCode::from_scan(*scanned).or_raise().map(PaymentCode))
    }

    /// The form of the code.
    pub fn kind(&self) -> PhpResult<String> {
        guard(|| Ok(self.0.kind().as_str().to_owned()))
    }

    /// The routing number of a code of 24 digits.
    pub fn routing_number(&self) -> PhpResult<Option<String>> {
        guard(|| Ok(self.0.routing_number().map(str::to_owned)))
    }

    /// The code with asterisks in its middle.
    pub fn masked(&self) -> PhpResult<String> {
        guard(|| Ok(self.0.masked()))
    }

    /// How many digits the code has.
    pub fn digits(&self) -> PhpResult<usize> {
        guard(|| Ok(self.0.digits()))
    }

    /// The code itself.
    pub fn expose(&self) -> PhpResult<String> {
        guard(|| Ok(self.0.expose().to_owned()))
    }
}

/// Routes by one configuration.
#[php_class]
#[php(name = "AlipayInstore\\Native\\Router", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct Router(routing::Router);

#[php_impl]
impl Router {
    /// Reads a configuration, which is JSON.
    pub fn of(config: &str) -> PhpResult<Self> {
        guard(|| routing::Router::from_json(config).or_raise().map(Router))
    }

    /// Routes a code; the route is JSON.
    pub fn route(&self, code: BinarySlice<u8>) -> PhpResult<String> {
        guard(|| {
            let code = String::from_utf8_lossy(&code);
            Ok(self.0.route(&code).or_raise()?.to_json().to_string())
        })
    }
}
