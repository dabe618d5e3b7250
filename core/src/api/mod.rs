//! temporary
pub mod time;
/// How customer and merchant find each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Scenario {
    /// The customer shows a payment code and the till scans it.
    PaymentCode,
    /// The till shows a code of this order and the customer scans it.
    OrderCode,
    /// The customer scans the shop's code and pays on the merchant's page.
    EntryCode,
}

impl Scenario {
    /// The word of the protocol.
    pub fn as_str(self) -> &'static str {
        match self {
            Scenario::PaymentCode => "PaymentCode",
            Scenario::OrderCode => "OrderCode",
            Scenario::EntryCode => "EntryCode",
        }
    }

    /// The scenario of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Scenario::PaymentCode, Scenario::OrderCode, Scenario::EntryCode]
            .into_iter()
            .find(|scenario| scenario.as_str() == word)
    }
}

impl std::str::FromStr for Scenario {
    type Err = crate::Error;
    fn from_str(s: &str) -> crate::Result<Self> {
        Scenario::from_word(s).ok_or_else(|| crate::Error::new(crate::ErrorCode::RequestInvalid, "x"))
    }
}
