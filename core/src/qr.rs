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

    const TEXT: &str = "https://qr.example/pay?order=ab-cd";

    /// The dark modules, which OpenCV's `QRCodeDetector`, a reader that shares nothing with the crate, reads as this text.
    const MODULES: [&str; 29] = [
        "#######....###..##.##.#######",
        "#.....#.##....###.###.#.....#",
        "#.###.#...#..##.#...#.#.###.#",
        "#.###.#...##.###..#.#.#.###.#",
        "#.###.#.##.#..#..###..#.###.#",
        "#.....#...####....###.#.....#",
        "#######.#.#.#.#.#.#.#.#######",
        ".........#...##.####.........",
        "#.#.#.#..##...####..#...#..#.",
        "#...##.#####..##.##.#.#..#..#",
        "#.#..#####.#.#..###.#..##.###",
        "...#.#.#.#..#..###.#.#.....#.",
        "...##.###.###...##...##..#.##",
        "#.#.......####..##..###..#..#",
        "#.#...#...###.#.......#..#.##",
        "##...#..#..#.##..#..#...##.#.",
        ".#....####....#.##.####..#.##",
        ".##..#...#..#.#.##...###.##.#",
        "#.#..####.#..#.......#.....##",
        ".#..#......#...######..#.#.#.",
        "#.##.####.#.#..###..#####....",
        "........##.#.#...####...#.###",
        "#######..#....#.#####.#.##.##",
        "#.....#..###.##..#..#...##.##",
        "#.###.#.##.#..#.###.#####...#",
        "#.###.#...#.###.#.##....#.###",
        "#.###.#.#..#.#.....#.#.###..#",
        "#.....#..##..#.#.#####.....#.",
        "#######.##.##.#.##.##.#.##.##",
    ];

    /// Whether a module is dark; around them is the margin.
    fn dark(x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(MARGIN).filter(|at| *at < MODULES.len());
        inside(x).zip(inside(y)).is_some_and(|(x, y)| MODULES[y].as_bytes()[x] == b'#')
    }

    const SIDE: usize = MODULES.len() + MARGIN * 2;

    #[test]
    fn a_terminal_shows_what_another_program_reads() {
        let drawn = terminal(TEXT, false).unwrap();
        let lines: Vec<Vec<char>> = drawn.lines().map(|line| line.chars().collect()).collect();
        assert_eq!((lines[0].len(), lines.len()), (SIDE, SIDE.div_ceil(2)));
        for y in 0..SIDE {
            for (x, character) in lines[y / 2].iter().enumerate() {
                // Blocks are light, and each character is two modules high.
                let lit = match character {
                    '\u{2588}' => true,
                    '\u{2580}' => y % 2 == 0,
                    '\u{2584}' => y % 2 == 1,
                    _ => false,
                };
                assert_eq!(!lit, dark(x, y), "{x} {y}\n{drawn}");
            }
        }
        let coloured = terminal(TEXT, true).unwrap();
        assert!(coloured.lines().all(|line| line.starts_with("\x1b[97;40m") && line.ends_with("\x1b[0m")));
    }

    #[test]
    fn a_png_shows_what_another_program_reads() {
        let bytes = super::png(TEXT).unwrap();
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let width = usize::try_from(info.width).unwrap();
        assert_eq!((width, info.height), (SIDE * SCALE, info.width));
        for (at, pixel) in pixels.iter().enumerate() {
            let (x, y) = (at % width / SCALE, at / width / SCALE);
            assert_eq!(*pixel == 0, dark(x, y), "{x} {y}");
        }
    }

    #[test]
    fn an_svg_has_a_mark_for_each_dark_module() {
        let svg = super::svg(TEXT).unwrap();
        let expected = MODULES.iter().flat_map(|row| row.bytes()).filter(|byte| *byte == b'#').count();
        assert!(svg.contains("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
        assert_eq!(svg.matches('M').count(), expected, "a path begins at each dark module");
    }

    #[test]
    fn a_text_that_is_too_long_is_refused() {
        assert_eq!(super::svg(&"x".repeat(5_000)).unwrap_err().code(), "qr.too_long");
    }
}
