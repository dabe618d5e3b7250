//! A scanned code, and on the second line a router's settings as JSON: routing is total and stable, and nothing that is
//! shown of a code is the code.

use alipay_instore::payment_code::PaymentCode;
use alipay_instore::routing::Router;

pub(super) fn run(bytes: &[u8]) {
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
        Err(error) => assert_eq!(first.as_ref().map_err(|error| error.code()), Err(error.code())),
    }
    let many: Vec<_> = router.route_many([scanned, scanned]).collect();
    assert_eq!(many, [first.clone(), first], "one and many are routed differently");
}
