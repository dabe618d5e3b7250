//! A text as a QR code: the order code that a customer scans, or the address of the entry code at a table.

use qrcode::render::{svg as drawing, unicode};
use qrcode::{Color, EcLevel, QrCode};

use crate::error::{Error, ErrorCode, Result};

/// The light margin that readers need, in modules (ISO 18004).
const MARGIN: usize = 4;
/// How many pixels of a picture a module has on each side.
const SCALE: usize = 8;

/// The code of this text as SVG.
///
/// ```
/// let svg = alipay_instore::qr::svg("https://qr.alipay.example/fkx0123")?;
/// assert!(svg.contains("<svg"));
/// # Ok::<(), alipay_instore::Error>(())
/// ```
///
/// # Errors
/// `qr.too_long`
pub fn svg(text: &str) -> Result<String> {
    Ok(code(text)?.render::<drawing::Color<'_>>().min_dimensions(256, 256).build())
}

/// The code of this text as PNG, in shades of grey.
///
/// # Errors
/// `qr.too_long`
pub fn png(text: &str) -> Result<Vec<u8>> {
    let code = code(text)?;
    let width = code.width();
    let side = width.saturating_add(MARGIN * 2).saturating_mul(SCALE);
    let colors = code.to_colors();
    let module = |at: usize| (at / SCALE).checked_sub(MARGIN).filter(|at| *at < width);
    let mut pixels = Vec::with_capacity(side.saturating_mul(side));
    for y in 0..side {
        for x in 0..side {
            let dark = module(x).zip(module(y)).is_some_and(|(x, y)| {
                colors.get(y.saturating_mul(width).saturating_add(x)) == Some(&Color::Dark)
            });
            pixels.push(if dark { 0 } else { 255 });
        }
    }
    encoded(&pixels, u32::try_from(side).unwrap_or(u32::MAX))
        .map_err(|_| Error::new(ErrorCode::QrTooLong, "the picture can't be encoded"))
}

/// The code of this text for a terminal, in half blocks; with `colours` it is dark on light whatever the terminal's colours
/// are.
///
/// # Errors
/// `qr.too_long`
pub fn terminal(text: &str, colours: bool) -> Result<String> {
    let code = code(text)?;
    let mut block = code.render::<unicode::Dense1x2>();
    // Blocks are drawn in the terminal's foreground, which is light on most: so the light modules are drawn.
    let drawn = block.dark_color(unicode::Dense1x2::Light).light_color(unicode::Dense1x2::Dark).build();
    Ok(match colours {
        true => drawn.lines().map(|line| format!("\x1b[97;40m{line}\x1b[0m")).collect::<Vec<_>>().join("\n"),
        false => drawn,
    })
}

fn code(text: &str) -> Result<QrCode> {
    QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| Error::new(ErrorCode::QrTooLong, "the text does not fit into a QR code"))
}

fn encoded(pixels: &[u8], side: u32) -> std::result::Result<Vec<u8>, ::png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(::png::ColorType::Grayscale);
    encoder.set_depth(::png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes of another encoder, each with the eight masks between which the standard leaves the choice:
    /// tests/vectors/generate/qr.py.
    const OTHERS: &str = include_str!("../tests/fixtures/qr.json");

    struct Other {
        text: String,
        /// The rows of dark modules, `#`, for each mask.
        masks: Vec<Vec<Vec<u8>>>,
        terminal: Vec<String>,
    }

    fn others() -> Vec<Other> {
        let file: serde_json::Value = serde_json::from_str(OTHERS).unwrap();
        let list = |value: &serde_json::Value| value.as_array().unwrap().clone();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let codes = list(&file["codes"]);
        assert_eq!(codes.len(), 3);
        let other = |code: &serde_json::Value| Other {
            text: text(&code["text"]),
            masks: list(&code["modules"])
                .iter()
                .map(|rows| list(rows).iter().map(|row| text(row).into_bytes()).collect())
                .collect(),
            terminal: list(&code["terminal"]).iter().map(text).collect(),
        };
        codes.iter().map(other).collect()
    }

    /// Which mask ours has.
    fn mask(other: &Other) -> usize {
        let ours = code(&other.text).unwrap();
        let dark: Vec<bool> = ours.to_colors().iter().map(|color| *color == Color::Dark).collect();
        let same = |rows: &Vec<Vec<u8>>| {
            rows.iter().flatten().map(|module| *module == b'#').eq(dark.iter().copied())
        };
        other.masks.iter().position(same).expect("one of the eight codes of another encoder")
    }

    #[test]
    fn a_terminal_shows_what_another_encoder_makes() {
        for other in others() {
            assert_eq!(terminal(&other.text, false).unwrap(), other.terminal[mask(&other)]);
            let coloured = terminal(&other.text, true).unwrap();
            assert!(
                coloured.lines().all(|line| line.starts_with("\x1b[97;40m") && line.ends_with("\x1b[0m"))
            );
        }
    }

    #[test]
    fn a_png_shows_what_another_encoder_makes() {
        for other in others() {
            let rows = &other.masks[mask(&other)];
            // Around them is the margin.
            let inside = |at: usize| at.checked_sub(MARGIN).filter(|at| *at < rows.len());
            let dark = |x, y| inside(x).zip(inside(y)).is_some_and(|(x, y)| rows[y][x] == b'#');
            let bytes = super::png(&other.text).unwrap();
            let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut pixels).unwrap();
            let width = usize::try_from(info.width).unwrap();
            assert_eq!((width, info.height), ((rows.len() + MARGIN * 2) * SCALE, info.width));
            for (at, pixel) in pixels.iter().enumerate() {
                let (x, y) = (at % width / SCALE, at / width / SCALE);
                assert_eq!(*pixel == 0, dark(x, y), "{x} {y}");
            }
        }
    }

    #[test]
    fn an_svg_has_a_mark_for_each_dark_module() {
        for other in others() {
            let svg = super::svg(&other.text).unwrap();
            let dark = other.masks[mask(&other)].iter().flatten().filter(|module| **module == b'#').count();
            assert!(svg.contains("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
            assert_eq!(svg.matches('M').count(), dark, "a path begins at each dark module");
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_refused() {
        assert_eq!(super::svg(&"x".repeat(5_000)).unwrap_err().code(), "qr.too_long");
    }
}
