//! QR codes.

use alipay_instore::qr;
use ext_php_rs::binary::Binary;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard};

#[php_function]
#[php(name = "AlipayInstore\\Native\\qr_svg")]
pub fn qr_svg(text: &str) -> PhpResult<String> {
    guard(|| qr::svg(text).or_raise())
}

#[php_function]
#[php(name = "AlipayInstore\\Native\\qr_png")]
pub fn qr_png(text: &str) -> PhpResult<Binary<u8>> {
    guard(|| qr::png(text).map(Binary::new).or_raise())
}

#[php_function]
#[php(name = "AlipayInstore\\Native\\qr_terminal")]
pub fn qr_terminal(text: &str, colours: bool) -> PhpResult<String> {
    guard(|| qr::terminal(text, colours).or_raise())
}

pub(crate) fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(qr_svg))
        .function(wrap_function!(qr_png))
        .function(wrap_function!(qr_terminal))
}
