//! The two limits in time of a payment: when it can no longer succeed, and until when it can be cancelled.

use crate::Protocol;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
const UTC_PLUS_8_MS: i64 = 8 * 60 * MINUTE_MS;
/// A refund is possible for one calendar year; a leap day does not matter here.
const REFUND_WINDOW_MS: i64 = 365 * DAY_MS;

/// From this moment on the payment can't succeed.
///
/// Alipay+, "Accept a payment", step 2: a payment code expires one minute after the order is placed, or at
/// `paymentExpiryTime` if that is earlier. A code or page that the customer still has to open gets three
/// minutes there. AMS leaves the default to the contract; ten minutes are usual.
pub(crate) fn expiry(
    protocol: Protocol,
    by_payment_code: bool,
    placed_ms: i64,
    asked_ms: Option<i64>,
) -> i64 {
    match (protocol, by_payment_code) {
        (Protocol::AlipayPlus, true) => {
            let latest = placed_ms.saturating_add(MINUTE_MS);
            asked_ms.map_or(latest, |asked| asked.min(latest))
        }
        (Protocol::AlipayPlus, false) => asked_ms.unwrap_or(placed_ms.saturating_add(3 * MINUTE_MS)),
        (Protocol::Ams, _) => asked_ms.unwrap_or(placed_ms.saturating_add(10 * MINUTE_MS)),
    }
}

/// From this moment on a cancel is answered with `CANCEL_WINDOW_EXCEED`.
///
/// Alipay+, "Cancel a payment": 00:15, UTC+8, of the day after. AMS leaves it to the contract: 24 hours here.
pub(crate) fn cancel_until(protocol: Protocol, placed_ms: i64) -> i64 {
    match protocol {
        Protocol::Ams => placed_ms.saturating_add(DAY_MS),
        Protocol::AlipayPlus => {
            let day = placed_ms.saturating_add(UTC_PLUS_8_MS).div_euclid(DAY_MS);
            day.saturating_add(1)
                .saturating_mul(DAY_MS)
                .saturating_sub(UTC_PLUS_8_MS)
                .saturating_add(15 * MINUTE_MS)
        }
    }
}

/// From this moment on a refund is answered with `REFUND_WINDOW_EXCEED`.
pub(crate) fn refund_until(paid_ms: i64) -> i64 {
    paid_ms.saturating_add(REFUND_WINDOW_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn alipay_plus_expires_after_a_minute_or_earlier() {
        let placed = ms("2026-11-21T12:00:00+08:00");
        let minute = ms("2026-11-21T12:01:00+08:00");
        let expiry = |asked: Option<&str>| expiry(Protocol::AlipayPlus, true, placed, asked.map(ms));
        assert_eq!(expiry(None), minute);
        assert_eq!(expiry(Some("2026-11-21T12:01:00+08:00")), minute);
        assert_eq!(expiry(Some("2026-11-21T12:30:00+08:00")), minute);
        assert_eq!(expiry(Some("2026-11-21T12:00:20+08:00")), ms("2026-11-21T12:00:20+08:00"));
    }

    #[test]
    fn ams_takes_the_expiry_as_asked() {
        assert_eq!(expiry(Protocol::Ams, true, 0, Some(7 * DAY_MS)), 7 * DAY_MS);
        assert_eq!(expiry(Protocol::Ams, false, 0, None), 600_000);
    }

    #[test]
    fn alipay_plus_cancels_until_a_quarter_past_midnight_in_beijing() {
        let until = |placed: &str| cancel_until(Protocol::AlipayPlus, ms(placed));
        assert_eq!(until("2026-11-21T00:00:00+08:00"), ms("2026-11-22T00:15:00+08:00"));
        assert_eq!(until("2026-11-21T23:59:59.999+08:00"), ms("2026-11-22T00:15:00+08:00"));
        assert_eq!(until("2026-11-21T16:00:00Z"), ms("2026-11-23T00:15:00+08:00"));
    }
}
