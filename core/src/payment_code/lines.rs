//! The codes of a stream that never ends: a serial scanner, a pipe, a socket. Whoever reads the stream pushes what
//! arrives; nothing here waits.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use super::PaymentCode;
use super::scan::{is_line_end, without_framing};
use crate::error::{Error, ErrorCode, Result};

/// The most bytes that a line may have: more than any QR code holds, which is 7,089 digits.
pub const MAX_LINE_BYTES: usize = 8_192;

/// Reads the payment codes of a stream, one a line, as [`PaymentCode::from_scan`] reads one.
///
/// A line ends at a carriage return or a line feed, and its code is given at once. Empty lines are skipped, so
/// both together count once. Of a line that is not a payment code only that line is lost. Of a line that is too long
/// nothing is kept; the next line is read as usual.
///
/// ```
/// use alipay_instore::payment_code::ScannedLines;
///
/// let mut lines = ScannedLines::new();
/// assert!(lines.push(b"]C12810060200").is_empty());
/// let codes = lines.push(b"00000000125733\rnot a code\r");
/// assert_eq!(codes[0].as_ref().unwrap().expose(), "281006020000000000125733");
/// assert_eq!(codes[1].as_ref().unwrap_err().code(), "code.not_digits");
/// ```
pub struct ScannedLines {
    /// Never grown beyond its first capacity, so that no copy of a code stays behind.
    line: Zeroizing<Vec<u8>>,
    /// The line was too long, which was said; what is left of it is skipped.
    skipping: bool,
}

impl ScannedLines {
    /// A reader at the beginning of a line.
    pub fn new() -> Self {
        ScannedLines { line: Zeroizing::new(Vec::with_capacity(MAX_LINE_BYTES)), skipping: false }
    }

    /// Takes what arrived, any number of bytes, and gives one result for each line that ended with it. A line
    /// that gets too long gives `code.length` as soon as it is known.
    pub fn push(&mut self, arrived: &[u8]) -> Vec<Result<PaymentCode>> {
        arrived.iter().filter_map(|byte| self.take(*byte)).collect()
    }

    /// Ends the line that is begun: for the end of the stream, or a scanner that pauses instead of sending a line
    /// end. Nothing where no line is begun.
    pub fn finish(&mut self) -> Option<Result<PaymentCode>> {
        self.skipping = false;
        let begun = !without_framing(&self.line).is_empty();
        let code = begun.then(|| PaymentCode::of_line(&self.line));
        self.line.zeroize();
        code
    }

    fn take(&mut self, byte: u8) -> Option<Result<PaymentCode>> {
        if is_line_end(byte) {
            return self.finish();
        }
        if self.skipping {
            return None;
        }
        if self.line.len() == MAX_LINE_BYTES {
            self.line.zeroize();
            self.skipping = true;
            let reason = format!("a line has more than {MAX_LINE_BYTES} bytes");
            let hint = "make the scanner end each code with CR or LF; the rest of this line is skipped";
            return Some(Err(Error::new(ErrorCode::CodeLength, reason).with_hint(hint)));
        }
        self.line.push(byte);
        None
    }
}

impl Default for ScannedLines {
    fn default() -> Self {
        ScannedLines::new()
    }
}

/// What is read may be a payment code, so only its length is shown.
impl fmt::Debug for ScannedLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScannedLines({} bytes)", self.line.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &str = "281006020000000000125733";

    fn shown(codes: Vec<Result<PaymentCode>>) -> Vec<String> {
        let show = |code: Result<PaymentCode>| match code {
            Ok(code) => code.expose().to_owned(),
            Err(error) => error.code().as_str().to_owned(),
        };
        codes.into_iter().map(show).collect()
    }

    #[test]
    fn a_code_is_given_at_its_line_end_and_not_before() {
        let mut lines = ScannedLines::new();
        for byte in SAMPLE.bytes() {
            assert!(lines.push(&[byte]).is_empty());
        }
        assert_eq!(shown(lines.push(b"\r")), [SAMPLE]);
        assert!(lines.push(b"\n\r\n \t\x03\r").is_empty());
        assert!(lines.finish().is_none());
    }

    #[test]
    fn a_bad_line_costs_that_line_only() {
        let mut lines = ScannedLines::new();
        let stream = format!("]C1{SAMPLE}\r\nhttps://x\n2810 0602 0000 0000\r12\r]C1\r{SAMPLE}");
        let expected = [SAMPLE, "code.not_digits", "2810060200000000", "code.length", "code.length"];
        assert_eq!(shown(lines.push(stream.as_bytes())), expected);
        assert_eq!(shown(lines.finish().into_iter().collect()), [SAMPLE]);
        assert!(lines.finish().is_none());
    }

    #[test]
    fn a_line_that_is_too_long_is_said_once_and_dropped() {
        let mut lines = ScannedLines::new();
        let longest = " ".repeat(MAX_LINE_BYTES - SAMPLE.len());
        assert_eq!(shown(lines.push(format!("{longest}{SAMPLE}\r").as_bytes())), [SAMPLE]);
        let capacity = lines.line.capacity();
        assert!(lines.push(format!("{longest}{SAMPLE}").as_bytes()).is_empty());
        let error = lines.push(b"0").remove(0).unwrap_err();
        assert_eq!((error.code().as_str(), error.hint().contains("CR or LF")), ("code.length", true));
        assert!(lines.push(&[b'7'; 3 * MAX_LINE_BYTES]).is_empty());
        assert_eq!(shown(lines.push(format!("{SAMPLE}\r{SAMPLE}\n").as_bytes())), [SAMPLE]);
        assert_eq!(lines.line.capacity(), capacity, "the buffer was copied");
        assert_eq!(lines.push(&[b'7'; MAX_LINE_BYTES + 9]).len(), 1);
        assert!(lines.finish().is_none());
        assert_eq!(shown(lines.push(format!("{SAMPLE}\r").as_bytes())), [SAMPLE]);
    }

    #[test]
    fn printing_shows_no_digit() {
        let mut lines = ScannedLines::default();
        lines.push(SAMPLE.as_bytes());
        assert_eq!(format!("{lines:?}"), "ScannedLines(24 bytes)");
    }

    proptest! {
        #[test]
        fn how_a_stream_is_cut_makes_no_difference(stream in "([0-9 \\r\\n\\]C]{0,6}|281006020000000000125733){0,9}",
                                                  size in 1_usize..9) {
            let (mut whole, mut parts) = (ScannedLines::new(), ScannedLines::new());
            let mut at_once = whole.push(stream.as_bytes());
            at_once.extend(whole.finish());
            let mut cut: Vec<_> = stream.as_bytes().chunks(size).flat_map(|part| parts.push(part)).collect();
            cut.extend(parts.finish());
            prop_assert_eq!(shown(at_once), shown(cut));
        }
    }
}
