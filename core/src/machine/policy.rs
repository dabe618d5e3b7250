//! How a policy is read from settings, and the checks on its numbers; the numbers themselves stand beside it.
//!
//! `Policy::new` refuses what the documents forbid; [`step`](crate::payment::step) itself takes any policy, so that a
//! model checker can make the limits small.

use std::time::Duration;

use jiff::{ToSpan, civil, tz};
use serde::{Deserialize, Serialize};

pub use super::numbers::Policy;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::time::{Timestamp, as_millis, milliseconds};

/// The unit of every time, and the shortest one.
const LEAST: Duration = Duration::from_millis(1);
const MINUTE: Duration = Duration::from_secs(60);
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Until when the gateway takes a cancel. Written as the milliseconds, or as `next_day`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
#[non_exhaustive]
pub enum CancelWindow {
    /// So long after the payment began: what an AMS contract says.
    Period(Duration),
    /// 00:15 at UTC+8 of the following day: "Alipay+, cancelPayment".
    NextDay,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Period(i64),
    Word(String),
}

impl From<CancelWindow> for Written {
    fn from(window: CancelWindow) -> Self {
        match window {
            CancelWindow::Period(period) => Written::Period(milliseconds(period)),
            CancelWindow::NextDay => Written::Word("next_day".to_owned()),
        }
    }
}

impl TryFrom<Written> for CancelWindow {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match written {
            Written::Period(period) => Ok(CancelWindow::Period(as_millis::read(period))),
            Written::Word(word) if word == "next_day" => Ok(CancelWindow::NextDay),
            Written::Word(_) => Err("a cancel window is a number of milliseconds or next_day"),
        }
    }
}

impl CancelWindow {
    /// How long it is, for the check of its bounds; that of the following day is always within them.
    pub(super) fn length(self) -> Duration {
        match self {
            CancelWindow::Period(period) => period,
            CancelWindow::NextDay => LONGEST_NEXT_DAY,
        }
    }

    /// The end of the window of a payment that began at this time.
    pub(crate) fn end(self, begun_at: Timestamp) -> Timestamp {
        match self {
            CancelWindow::Period(period) => begun_at.saturating_add(period),
            // A time that no calendar holds gets the longest window that rule can give.
            CancelWindow::NextDay => next_day(begun_at).unwrap_or(begun_at.saturating_add(LONGEST_NEXT_DAY)),
        }
    }
}

/// From midnight to a quarter past the next one.
const LONGEST_NEXT_DAY: Duration = Duration::from_secs((24 * 60 + 15) * 60);

fn next_day(begun_at: Timestamp) -> Option<Timestamp> {
    let zone = tz::offset(8).to_time_zone();
    let begun = jiff::Timestamp::from_millisecond(begun_at.as_millis()).ok()?.to_zoned(zone.clone());
    let day = begun.date().checked_add(1.day()).ok()?;
    let end: civil::DateTime = day.at(0, 15, 0, 0);
    Some(Timestamp::from_millis(end.to_zoned(zone).ok()?.timestamp().as_millisecond()))
}

impl Policy {
    /// Reads a policy as settings write it: `{"preset": "ams", "inquiry_limit": 10}`. `preset` names the protocol,
    /// and each other member replaces that number of its preset.
    ///
    /// # Errors
    /// `config.missing` without a preset; `config.invalid` for a member that no policy has or that has another
    /// type; what [`Policy::new`] says.
    pub fn from_json(text: &str) -> Result<Self> {
        let invalid = |reason: &str| Error::new(ErrorCode::ConfigInvalid, reason).with_path("policy");
        let serde_json::Value::Object(mut wanted) =
            serde_json::from_str(text).map_err(|_| invalid("the policy is not valid JSON"))?
        else {
            return Err(invalid("the policy is not a JSON object"));
        };
        let preset: Protocol = match wanted.remove("preset") {
            Some(serde_json::Value::String(preset)) => preset.parse()?,
            Some(_) => return Err(invalid("the preset is not a string")),
            None => {
                let error = Error::new(ErrorCode::ConfigMissing, "the policy names no preset");
                return Err(error.with_path("policy.preset"));
            }
        };
        let mut policy = serde_json::to_value(Policy::preset(preset))
            .map_err(|_| invalid("the preset is not valid JSON"))?;
        if let serde_json::Value::Object(policy) = &mut policy {
            policy.extend(wanted);
        }
        // The parser's words name the member and never hold more than a number or a word of the settings.
        Policy::new(serde_json::from_value(policy).map_err(|error| invalid(&error.to_string()))?)
    }

    /// Checks a changed policy.
    ///
    /// # Errors
    /// `policy.inquiry_limit` outside 10 to 20 inquiries; `policy.inquiry_window` when the inquiries of Alipay+
    /// do not fit into 60 seconds; `policy.value` for a time that is not positive, or longer than a year.
    pub fn new(policy: Policy) -> Result<Self> {
        policy.check()?;
        Ok(policy)
    }

    /// Takes any numbers, for exhaustive model checking.
    #[cfg(feature = "model-checking")]
    #[doc(hidden)]
    pub fn unchecked(policy: Policy) -> Self {
        policy
    }

    pub(crate) fn check(&self) -> Result<()> {
        if !(10..=20).contains(&self.inquiry_limit) {
            return Err(Error::new(
                ErrorCode::PolicyInquiryLimit,
                format!("inquiry_limit is {}", self.inquiry_limit),
            ));
        }
        for (name, time) in self.times() {
            if !(LEAST..=YEAR).contains(&time) {
                let reason = format!("{name} does not lie between 1 ms and a year");
                return Err(Error::new(ErrorCode::PolicyValue, reason).with_path(name));
            }
        }
        if self.clock_margin > YEAR {
            let reason = "clock_margin does not lie between 0 and a year";
            return Err(Error::new(ErrorCode::PolicyValue, reason).with_path("clock_margin"));
        }
        let span = self.inquiry_interval.saturating_mul(self.inquiry_limit);
        if self.protocol == Protocol::AlipayPlus && span > MINUTE {
            let span = milliseconds(span);
            return Err(Error::new(
                ErrorCode::PolicyInquiryWindow,
                format!("{} inquiries take {span} ms", self.inquiry_limit),
            ));
        }
        for (name, count) in self.counts() {
            if count > 100 {
                return Err(Error::new(ErrorCode::PolicyValue, format!("{name} is {count}")).with_path(name));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn settings_replace_numbers_of_a_preset() {
        let policy = Policy::from_json(r#"{"preset": "alipay_plus", "inquiry_limit": 10}"#).unwrap();
        assert_eq!(policy, Policy { inquiry_limit: 10, ..Policy::preset(Protocol::AlipayPlus) });
        for (text, code) in [
            ("", "config.invalid"),
            ("[]", "config.invalid"),
            ("{}", "config.missing"),
            (r#"{"preset": 1}"#, "config.invalid"),
            (r#"{"preset": "wechat"}"#, "config.invalid"),
            (r#"{"preset": "ams", "inquiries": 10}"#, "config.invalid"),
            (r#"{"preset": "ams", "inquiry_limit": "10"}"#, "config.invalid"),
            (r#"{"preset": "ams", "inquiry_limit": 21}"#, "policy.inquiry_limit"),
            (r#"{"preset": "ams", "cancel_window": "never"}"#, "config.invalid"),
        ] {
            assert_eq!(Policy::from_json(text).unwrap_err().code(), code, "{text}");
        }
    }

    /// In milliseconds, from the tables of the public pages and the bounds of this library.
    #[test]
    fn presets_hold_the_documented_numbers() {
        let both = [
            ("reply_time", 5_000),
            ("resend_delay", 3_000),
            ("resend_limit", 3),
            ("not_sent_delay", 3_000),
            ("not_sent_limit", 3),
            ("inquiry_interval", 3_000),
            ("inquiry_limit", 20),
            ("customer_first_inquiry", 15_000),
            ("customer_inquiry_interval", 5_000),
            ("cancel_interval", 5_000),
            ("cancel_fast_period", 60_000),
            ("cancel_slow_interval", 60_000),
            ("clock_margin", 60_000),
            ("refund_interval", 5_000),
            ("refund_fast_period", 60_000),
            ("refund_slow_interval", 60_000),
            ("refund_slow_period", 86_400_000),
            ("refund_missing_delay", 15_000),
            ("refund_missing_limit", 3),
        ];
        let ams = [("expiry", 120_000), ("closing_time", 600_000), ("cancel_window", 86_400_000)];
        let plus = [("expiry", 60_000), ("closing_time", 180_000)];
        for (protocol, own) in [(Protocol::Ams, &ams[..]), (Protocol::AlipayPlus, &plus[..])] {
            let written = serde_json::to_value(Policy::preset(protocol)).unwrap();
            for (name, number) in both.iter().chain(own) {
                assert_eq!(written[name], *number, "{protocol:?} {name}");
            }
            assert_eq!(written["resend_unknown"], protocol == Protocol::AlipayPlus);
            assert_eq!(written["refund_after_cancel_window"], "automatic");
        }
        assert_eq!(
            serde_json::to_value(Policy::preset(Protocol::AlipayPlus)).unwrap()["cancel_window"],
            "next_day"
        );
    }

    #[test]
    fn presets_pass_their_own_checks() {
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            assert!(Policy::new(Policy::preset(protocol)).is_ok());
        }
    }

    #[test]
    fn documented_limits_are_kept() {
        let ams = Policy::preset(Protocol::Ams);
        for limit in [0, 9, 21, u32::MAX] {
            let error = Policy::new(Policy { inquiry_limit: limit, ..ams.clone() }).unwrap_err();
            assert_eq!(error.code(), "policy.inquiry_limit");
        }
        assert!(Policy::new(Policy { inquiry_interval: Duration::from_secs(10), ..ams.clone() }).is_ok());
        let inquiry_interval = Duration::from_millis(3_001);
        let plus = Policy { inquiry_interval, ..Policy::preset(Protocol::AlipayPlus) };
        assert_eq!(Policy::new(plus.clone()).unwrap_err().code(), "policy.inquiry_window");
        assert!(Policy::new(Policy { inquiry_limit: 19, ..plus }).is_ok());
        let too_long = YEAR.saturating_add(LEAST);
        for time in [Duration::ZERO, Duration::from_micros(999), too_long, Duration::MAX] {
            let error = Policy::new(Policy { reply_time: time, ..ams.clone() }).unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), ("policy.value", Some("reply_time")));
        }
    }

    /// The error and its place for a preset of AMS with one number changed.
    fn refused(name: &str, number: i64) -> Option<(&'static str, Option<String>)> {
        let error = Policy::from_json(&format!(r#"{{"preset": "ams", "{name}": {number}}}"#)).err()?;
        Some((error.code().as_str(), error.path().map(str::to_owned)))
    }

    #[test]
    fn every_number_has_its_bounds() {
        const A_YEAR: i64 = 31_536_000_000;
        let written = serde_json::to_value(Policy::preset(Protocol::Ams)).unwrap();
        let numbers: Vec<_> =
            written.as_object().unwrap().iter().filter(|(_, value)| value.is_number()).collect();
        assert_eq!(numbers.len(), 22);
        for (name, _) in numbers {
            let (least, most) = match name.as_str() {
                "inquiry_limit" => continue,
                "resend_limit" | "not_sent_limit" | "refund_missing_limit" => (0, 100),
                "clock_margin" => (0, A_YEAR),
                _ => (1, A_YEAR),
            };
            let code = if least == 0 && most == 100 { "config.invalid" } else { "policy.value" };
            assert_eq!(refused(name, least), None, "{name}");
            assert_eq!(refused(name, most), None, "{name}");
            assert_eq!(refused(name, most + 1), Some(("policy.value", Some(name.clone()))));
            assert_eq!(refused(name, least - 1).unwrap().0, code, "{name}");
        }
    }

    #[test]
    fn alipay_plus_window_ends_at_a_quarter_past_midnight_in_china() {
        for (begun, end) in [
            ("2026-11-21T15:59:59.999Z", "2026-11-21T16:15:00Z"),
            ("2026-11-21T16:00:00Z", "2026-11-22T16:15:00Z"),
            ("2026-12-31T23:59:00+08:00", "2027-01-01T00:15:00+08:00"),
        ] {
            assert_eq!(CancelWindow::NextDay.end(at(begun)), at(end), "{begun}");
        }
        // No calendar has this time; it gets a day and a quarter of an hour.
        let end = |window: CancelWindow, begun| window.end(Timestamp::from_millis(begun)).as_millis();
        assert_eq!(end(CancelWindow::NextDay, 1_000_000_000_000_000), 1_000_000_087_300_000);
        assert_eq!(end(CancelWindow::Period(Duration::from_secs(86_400)), 5), 86_400_005);
    }
}
