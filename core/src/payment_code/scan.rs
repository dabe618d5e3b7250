//! What a scanner or a cashier's hand delivers, read as a payment code.
//!
//! Scanners add an AIM identifier (ISO/IEC 15424) in front and control characters around a code; people type and
//! paste codes in groups of four. Where the rest is not a payment code, its form often tells what it is.

use zeroize::Zeroizing;

use super::{MAX_DIGITS, MIN_DIGITS, PaymentCode, RESERVED_DIGITS, starts_as_payment_code};
use crate::error::Result;
use crate::scanned_as::ScannedAs;

/// With this every merchant text of EMVCo begins: the payload format indicator, tag 00, length 02, value 01.
const EMVCO_MERCHANT: &[u8] = b"000201";

impl PaymentCode {
    /// Reads what a scanner delivered or a cashier typed: one text, or the bytes of one scan.
    ///
    /// The code ends at the first carriage return or line feed that follows it; what comes after belongs to the
    /// next scan and is not read. An AIM identifier in front (`]C1`, `]Q1`, `]d2` …) and control characters and
    /// spaces around the code are dropped, and groups of four digits with one space between them are joined.
    /// Everything else is as strict as [`PaymentCode::new`]. For a stream of scans, see
    /// [`ScannedLines`](super::ScannedLines).
    ///
    /// ```
    /// use alipay_instore::payment_code::{PaymentCode, ScannedAs};
    ///
    /// let code = PaymentCode::from_scan("]C1281006020000000000125733\r")?;
    /// assert_eq!(code.expose(), "281006020000000000125733");
    /// let error = PaymentCode::from_scan("https://shop.example/menu").unwrap_err();
    /// assert_eq!((error.code().as_str(), error.scanned_as()), ("code.not_digits", Some(ScannedAs::ShopCode)));
    /// # Ok::<(), alipay_instore::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The codes of [`PaymentCode::new`], with [`Error::scanned_as`](crate::Error::scanned_as) where the form of
    /// the text tells what was scanned. No error holds the text.
    pub fn from_scan(scanned: impl AsRef<[u8]>) -> Result<Self> {
        let text = without_framing(scanned.as_ref());
        let line = text.split(|byte| is_line_end(*byte)).next().unwrap_or_default();
        PaymentCode::of_line(line)
    }

    /// One line, without its end.
    pub(super) fn of_line(line: &[u8]) -> Result<Self> {
        let text = without_framing(without_identifier(without_framing(line)));
        match joined(text) {
            Some(digits) => PaymentCode::check(&digits),
            None => PaymentCode::check(text),
        }
    }
}

pub(super) fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Takes spaces and control characters off both ends. In UTF-8 these are also the controls U+0080 to U+009F, the
/// no-break space behind them, and a byte order mark.
pub(super) fn without_framing(text: &[u8]) -> &[u8] {
    let mut text = without_framing_before(text);
    loop {
        text = match text {
            [rest @ .., 0xc2, 0x80..=0xa0] | [rest @ .., 0xef, 0xbb, 0xbf] => rest,
            [rest @ .., 0..=b' ' | 0x7f] => rest,
            _ => return text,
        };
    }
}

fn without_framing_before(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [0xc2, 0x80..=0xa0, rest @ ..] | [0xef, 0xbb, 0xbf, rest @ ..] => rest,
            [0..=b' ' | 0x7f, rest @ ..] => rest,
            _ => return text,
        };
    }
}

/// Takes off an AIM identifier: a bracket, the letter of the symbology, and a modifier.
fn without_identifier(text: &[u8]) -> &[u8] {
    match text {
        [b']', letter, modifier, rest @ ..]
            if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() =>
        {
            rest
        }
        _ => text,
    }
}

/// The digits of at least two groups of four with one space between them; the last group may be shorter.
/// Other groups are left alone: two codes beside each other must not become one.
fn joined(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    // Never grown, so that no copy of the digits stays behind.
    let mut digits = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    loop {
        let (group, behind) = rest.split_at_checked(leading_digits(rest))?;
        if !(1..=4).contains(&group.len()) {
            return None;
        }
        digits.extend_from_slice(group);
        rest = match behind {
            [] => return (digits.len() > 4).then_some(digits),
            [b' ', next @ ..] | [0xc2, 0xa0, next @ ..] if group.len() == 4 => next,
            _ => return None,
        };
    }
}

fn leading_digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// What a text probably is that was refused as a payment code.
pub(super) fn guess(text: &[u8]) -> Option<ScannedAs> {
    if text.starts_with(EMVCO_MERCHANT) || is_url(text) {
        return Some(ScannedAs::ShopCode);
    }
    if is_repeated(text) {
        return Some(ScannedAs::RepeatedCode);
    }
    if leading_digits(text) < text.len() {
        return None;
    }
    let is_code_long = (MIN_DIGITS..=MAX_DIGITS).contains(&text.len());
    match text {
        [b'1', b'0'..=b'5', ..] if is_code_long => Some(ScannedAs::WechatPay),
        [b'6', b'2', ..] if is_code_long => Some(ScannedAs::UnionPay),
        _ if starts_as_payment_code(text) && (MAX_DIGITS + 1..=RESERVED_DIGITS).contains(&text.len()) => {
            Some(ScannedAs::ReservedLength)
        }
        _ => None,
    }
}

/// A scheme and `://`, or the name of a web server.
fn is_url(text: &[u8]) -> bool {
    if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"www.")) {
        return true;
    }
    let in_scheme = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(*byte);
    let scheme = text.iter().take_while(in_scheme).count();
    text.first().is_some_and(u8::is_ascii_alphabetic)
        && text.get(scheme..).is_some_and(|rest| rest.starts_with(b"://"))
}

/// Whether the text is one code of any provider several times, with whatever a scanner puts between two scans.
fn is_repeated(text: &[u8]) -> bool {
    (MIN_DIGITS..=MAX_DIGITS).any(|length| {
        let Some((code, mut rest)) = text.split_at_checked(length) else { return false };
        if leading_digits(code) < length || rest.is_empty() {
            return false;
        }
        while !rest.is_empty() {
            let between = without_framing_before(without_identifier(without_framing_before(rest)));
            let Some(behind) = between.strip_prefix(code) else { return false };
            rest = behind;
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &str = "281006020000000000125733";

    fn read(text: &str) -> String {
        match PaymentCode::from_scan(text) {
            Ok(code) => code.expose().to_owned(),
            Err(error) => match error.scanned_as() {
                Some(what) => format!("{} {what}", error.code()),
                None => error.code().as_str().to_owned(),
            },
        }
    }

    #[test]
    fn u12_what_was_scanned_is_said() {
        assert_eq!(read("]C1281006020000000000125733"), SAMPLE);
        assert_eq!(read("2810 0602 0000 0000 0012 5733"), SAMPLE);
        let emvco = "00020101021126480015hk.com.hkicl.FPS0109000000001520400005303344540510.005802HK6304ABCD";
        assert_eq!(read(emvco), "code.not_digits shop_code");
        assert_eq!(read("https://qr.alipay.com/fkx01234"), "code.not_digits shop_code");
        assert_eq!(read(&SAMPLE.repeat(2)), "code.length repeated_code");
        for text in [emvco, "https://qr.alipay.com/fkx01234", &SAMPLE.repeat(2)] {
            let error = PaymentCode::from_scan(text).unwrap_err();
            assert_eq!(Some(error.hint()), error.scanned_as().map(ScannedAs::hint));
            assert!(!error.hint().contains("scan it again"), "{error}");
        }
    }

    #[test]
    fn what_surrounds_a_code_is_dropped() {
        for around in [
            "{}\r",
            "{}\n",
            "{}\r\n",
            "\x02{}\x03",
            "\x02]Q1{}\x03\r\n",
            "]d2\x1d{}",
            "\0{}\0",
            "\x7f{}\u{85}",
            "\u{feff}{}",
            "\u{a0} {}\t ",
            "\r\n{}",
            "{}\rnext",
            "{}\n281",
            "]e0 {}",
            "{}\u{feff}",
        ] {
            assert_eq!(read(&around.replace("{}", SAMPLE)), SAMPLE, "{around:?}");
        }
        for inside in ["]C1]C1{}", "]1C{}", "]{}", "C1{}", "{}x\r", "x\r{}", "{}]C1", "+{}", "\u{200b}{}"] {
            assert_eq!(read(&inside.replace("{}", SAMPLE)), "code.not_digits", "{inside:?}");
        }
        assert_eq!(read("]C1"), "code.length");
        assert_eq!(read("]C1\r281006020000000000125733"), "code.length");
    }

    #[test]
    fn groups_of_four_are_joined_and_no_others() {
        assert_eq!(read("2810 0602 0000 0000 12"), "281006020000000012");
        assert_eq!(read("]Q12810\u{a0}0602\u{a0}0000\u{a0}0000\r"), "2810060200000000");
        assert_eq!(read("2810 0602 0000"), "code.length");
        for text in [
            "2810  0602 0000 0000",
            "281 00602 0000 0000",
            "28100602 0000 0000",
            "2810 0602 0000 00005",
            "2810\t0602\t0000\t0000",
            "2810-0602-0000-0000",
            "2810 0602 000 0000",
            "281006020000000000125733 12",
        ] {
            assert_eq!(read(text), "code.not_digits", "{text:?}");
        }
    }

    #[test]
    fn the_same_code_several_times_is_said_whatever_stands_between() {
        for text in ["{}{}{}", "2810 0602 0000 0000 2810 0602 0000 0000"] {
            assert_eq!(read(&text.replace("{}", SAMPLE)), "code.length repeated_code", "{text}");
        }
        for text in ["{} {}", "{}\t{}\t", "]C1{}]C1{}", "\x02{}\x03\x02{}\x03"] {
            assert_eq!(read(&text.replace("{}", SAMPLE)), "code.not_digits repeated_code", "{text}");
        }
        let other = "280000000000000017";
        assert_eq!(read(&format!("{SAMPLE}{other}")), "code.length");
        assert_eq!(read(&format!("{SAMPLE} {other}")), "code.not_digits");
        assert_eq!(read(&format!("{SAMPLE}{}", &SAMPLE[..23])), "code.length");
        // One code of a permitted length is never taken for a shorter one twice.
        assert_eq!(read("281006281006281006281006"), "281006281006281006281006");
    }

    #[test]
    fn codes_of_other_providers_are_named_by_their_first_digits() {
        for prefix in 0..100 {
            let expected = match prefix {
                10..=15 => "code.prefix wechat_pay",
                62 => "code.prefix union_pay",
                25..=30 => continue,
                _ => "code.prefix",
            };
            assert_eq!(read(&format!("{prefix:02}1234567890123456")), expected);
        }
        assert_eq!(read("134567890123"), "code.length");
        assert_eq!(read(&format!("0002{}", "01".repeat(7))), "code.prefix shop_code");
    }

    #[test]
    fn reserved_lengths_are_those_of_alipay_plus_codes() {
        let digits = "2812345678901234567890123456789012";
        for length in 25..=34 {
            let expected = if length <= 32 { "code.length reserved_length" } else { "code.length" };
            assert_eq!(read(&digits[..length]), expected);
            assert_eq!(read(&digits.replacen("28", "31", 1)[..length]), "code.length");
        }
    }

    #[test]
    fn urls_are_known_by_their_scheme() {
        for text in ["HTTPS://QR.ALIPAY.COM/X", "weixin://wxpay/1", "WWW.shop.example", "]Q1http://a\r"] {
            assert_eq!(read(text), "code.not_digits shop_code", "{text}");
        }
        for text in ["://x", "1http://x", "http:/x", "mailto:a@b", "www", "wwww.x"] {
            assert_eq!(read(text), "code.not_digits", "{text}");
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_read_too() {
        assert_eq!(
            PaymentCode::from_scan(b"281006\xff020000000000125733").unwrap_err().code(),
            "code.not_digits"
        );
        assert_eq!(PaymentCode::from_scan(b"\xc2").unwrap_err().code(), "code.not_digits");
        assert_eq!(PaymentCode::from_scan(b"").unwrap_err().code(), "code.length");
    }

    proptest! {
        #[test]
        fn reading_is_total_and_takes_what_new_takes(text in "\\PC*|[ \\t0-9\\r\\n]{0,40}|(2[5-9]|30)[0-9]{14,22}") {
            if let Ok(code) = PaymentCode::new(&text) {
                prop_assert_eq!(PaymentCode::from_scan(&text), Ok(code));
            }
            if let Err(error) = PaymentCode::from_scan(&text) {
                let shown = format!("{error:?}");
                prop_assert!(text.trim().len() < 8 || !shown.contains(text.trim()));
            }
        }
    }
}
