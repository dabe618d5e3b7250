//! QR codes.

use alipay_instore::qr;
use napi::bindgen_prelude::Buffer;
use napi_derive::napi;

use crate::failure::raise;

#[napi(catch_unwind)]
pub fn qr_svg(text: String) -> napi::Result<String> {
    qr::svg(&text).map_err(raise)
}

#[napi(catch_unwind)]
pub fn qr_png(text: String) -> napi::Result<Buffer> {
    qr::png(&text).map(Buffer::from).map_err(raise)
}

#[napi(catch_unwind)]
pub fn qr_terminal(text: String, colours: bool) -> napi::Result<String> {
    qr::terminal(&text, colours).map_err(raise)
}
