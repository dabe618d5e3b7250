//! Chance, from a seed: SplitMix64, whose whole state is one number, so that every payment has a stream of its own.
//! A fuzzer gives the first numbers itself.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
    given: std::vec::IntoIter<u8>,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Chance {
    /// The stream of this number under this seed; streams do not depend on each other.
    pub fn new(seed: u64, stream: u64) -> Self {
        let state = mix(seed).wrapping_add(mix(stream.wrapping_add(STEP)));
        Chance { state, given: Vec::new().into_iter() }
    }

    /// A stream that begins with these bytes, four to a number.
    pub fn given(bytes: &[u8]) -> Self {
        let given = Vec::from(bytes).into_iter();
        Chance { given, ..Chance::new(0, 0) }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        if let Some(bytes) = self.given.as_slice().first_chunk() {
            let number = u32::from_le_bytes(*bytes);
            self.given.nth(3);
            return number.into();
        }
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// One of 0 to `end`, without it.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end.max(1)
    }

    /// A time from `low` to `high`, both among them.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low).max(0)).unwrap_or(0).saturating_add(1);
        low.saturating_add(i64::try_from(self.below(span)).unwrap_or(0))
    }

    /// True this number of times in a thousand.
    pub fn in_1000(&mut self, times: u64) -> bool {
        self.below(1000) < times
    }

    /// One of these; the first, should there be none.
    pub fn pick<T: Copy>(&mut self, choices: &[T], otherwise: T) -> T {
        let at = usize::try_from(self.below(u64::try_from(choices.len()).unwrap_or(1))).unwrap_or(0);
        choices.get(at).copied().unwrap_or(otherwise)
    }
}

/// Spreads a number over all 64 bits.
pub fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
