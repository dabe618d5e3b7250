//! QR codes.

use alipay_instore::qr;

use crate::failure::Result;

/// As SVG.
#[uniffi::export]
pub fn qr_svg(text: &str) -> Result<String> {
    Ok(qr::svg(text)?)
}

/// As PNG.
#[uniffi::export]
pub fn qr_png(text: &str) -> Result<Vec<u8>> {
    Ok(qr::png(text)?)
}

/// For a terminal.
#[uniffi::export]
pub fn qr_terminal(text: &str, colours: bool) -> Result<String> {
    Ok(qr::terminal(text, colours)?)
}
