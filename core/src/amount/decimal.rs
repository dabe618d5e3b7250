//! A decimal text of any length, cut or rounded to a number of decimals without a float and without a copy.
//!
//! What the number means, and how many digits it may have in the end, is left to the amount.

use std::cmp::Ordering;

use super::Rounding;

/// Digits before and after the decimal point.
#[derive(Clone, Copy)]
pub(super) struct Decimal<'a> {
    integer: &'a [u8],
    fraction: &'a [u8],
}

impl<'a> Decimal<'a> {
    /// Reads `[0-9]+(\.[0-9]+)?`.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (integer, fraction) = match text.split_once('.') {
            Some((integer, fraction)) if is_digits(fraction) => (integer, fraction),
            Some(_) => return None,
            None => (text, ""),
        };
        is_digits(integer).then_some(Decimal { integer: integer.as_bytes(), fraction: fraction.as_bytes() })
    }

    /// Whether a digit other than zero stands beyond so many decimals.
    pub(super) fn has_more_than(self, places: usize) -> bool {
        self.beyond(places).iter().any(|digit| *digit != b'0')
    }

    /// The number times ten to the power of `places`, what lies beyond cut off; `None` where that does not fit
    /// into 17 digits.
    pub(super) fn cut(self, places: usize) -> Option<u64> {
        let decimals = self.fraction.iter().chain(std::iter::repeat(&b'0')).take(places);
        self.integer.iter().chain(decimals).try_fold(0_u64, |value, digit| {
            // A value of 17 digits is too long for an amount, whatever follows.
            (value < 10_u64.pow(16)).then(|| value * 10 + u64::from(digit.saturating_sub(b'0')))
        })
    }

    /// The same, rounded.
    pub(super) fn rounded(self, places: usize, rounding: Rounding) -> Option<u64> {
        let below = self.cut(places)?;
        let up = match (rounding, self.beyond_to_half(places)) {
            (Rounding::Down, _) | (_, Ordering::Less) => false,
            (_, Ordering::Greater) | (Rounding::HalfUp, Ordering::Equal) => true,
            (Rounding::HalfEven, Ordering::Equal) => below % 2 == 1,
        };
        Some(below + u64::from(up))
    }

    fn beyond(self, places: usize) -> &'a [u8] {
        self.fraction.get(places..).unwrap_or_default()
    }

    /// What lies beyond so many decimals, compared with half of the last one that is kept.
    fn beyond_to_half(self, places: usize) -> Ordering {
        match self.beyond(places).split_first() {
            None => Ordering::Less,
            Some((first, rest)) => first.cmp(&b'5').then_with(|| {
                if rest.iter().any(|digit| *digit != b'0') { Ordering::Greater } else { Ordering::Equal }
            }),
        }
    }
}
