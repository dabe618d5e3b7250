//! A scanned code, and on the second line a router's settings as JSON: reading and routing are total and stable, and
//! nothing that is shown of a code is the code.

use alipay_instore::payment_code::{PaymentCode, ScannedLines};
use alipay_instore::routing::Router;

pub(super) fn run(bytes: &[u8]) {
    scanned(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (scanned, settings) = text.split_once('\n').unwrap_or((text, "{}"));
    let code = PaymentCode::new(scanned);
    if let Ok(code) = &code {
        let digits = code.expose();
        assert!((16..=24).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(PaymentCode::new(digits).as_ref().map(PaymentCode::expose), Ok(digits));
        for shown in [code.masked(), code.to_string(), format!("{code:?}")] {
            assert!(!shown.contains(digits), "a code is shown");
        }
    }
    if let Err(error) = &code
        && scanned.bytes().filter(u8::is_ascii_digit).count() > 8
    {
        assert!(!format!("{error} {error:?}").contains(scanned.trim()), "an error repeats what was scanned");
    }
    let Ok(router) = Router::from_json(settings) else { return };
    let first = router.route(scanned);
    assert_eq!(first, router.route(scanned), "routing is not stable");
    match &code {
        Ok(code) => assert_eq!(first, router.route_code(code), "a code and its text are routed differently"),
        Err(error) => {
            assert_eq!(first.as_ref().map_err(|error| error.code().as_str()), Err(error.code().as_str()))
        }
    }
    let many: Vec<_> = router.route_many([scanned, scanned]).collect();
    assert_eq!(many, [first.clone(), first], "one and many are routed differently");
}

/// The bytes as one scan and as a stream of scans.
fn scanned(bytes: &[u8]) {
    let code = PaymentCode::from_scan(bytes);
    if let Ok(stored) =
        std::str::from_utf8(bytes).map_err(drop).and_then(|text| PaymentCode::new(text).map_err(drop))
    {
        assert_eq!(code.as_ref(), Ok(&stored), "a stored code is not read as a scan");
    }
    if let Err(error) = &code {
        assert_eq!(
            Some(error.hint()),
            error.scanned_as().map(|what| what.hint()).or(Some(error.code().hint()))
        );
        let shown = format!("{error} {error:?}");
        let digits = bytes.split(|byte| !byte.is_ascii_digit()).filter(|digits| digits.len() > 8);
        for digits in digits.filter_map(|digits| std::str::from_utf8(digits).ok()) {
            assert!(!shown.contains(digits), "an error repeats what was scanned");
        }
    }
    let (mut whole, mut parts) = (ScannedLines::new(), ScannedLines::new());
    let mut at_once = whole.push(bytes);
    at_once.extend(whole.finish());
    let mut cut: Vec<_> = bytes.chunks(7).flat_map(|part| parts.push(part)).collect();
    cut.extend(parts.finish());
    assert_eq!(at_once, cut, "how a stream is cut makes a difference");
    // A line that has only framing is no line to a stream, and the first line of one scan is the first that is more.
    match at_once.into_iter().next() {
        Some(first) if bytes.len() <= alipay_instore::payment_code::MAX_LINE_BYTES => assert_eq!(first, code),
        Some(_) => {}
        None => assert_eq!(code.map_err(|error| error.code().as_str()), Err("code.length")),
    }
}
