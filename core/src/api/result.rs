//! The parts that the answers of all APIs have in common: the result, the customer, the settlement.

use std::fmt;

use crate::error::Result as Checked;
use crate::json::Json;
use crate::result_code::Status;

use super::generated::ApiResult;
use super::model::{Case, Member, Path, Rule};

impl ApiResult {
    /// The status by its letter, which is compared exactly; another letter, or none, counts as unknown.
    pub fn status(&self) -> Status {
        Status::from_letter(self.letter())
    }

    /// The status letter as it came; empty where there is none.
    pub fn letter(&self) -> &str {
        self.result_status.as_deref().unwrap_or_default()
    }

    /// The code; empty where there is none.
    pub fn code(&self) -> &str {
        self.result_code.as_deref().unwrap_or_default()
    }
}

/// The result of the payment itself, in Alipay+'s `paymentResult`: an object, or the status letter alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StatedResult(pub ApiResult);

impl fmt::Debug for StatedResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Member for StatedResult {
    fn read(json: Json) -> Result<Self, Json> {
        if json.scalar().is_some() {
            return String::read(json).map(|letter| StatedResult(ApiResult::new().result_status(letter)));
        }
        ApiResult::read(json).map(StatedResult)
    }

    fn write(&self) -> Json {
        self.0.write()
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Checked<()> {
        self.0.check(rule, at, case)
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(rule, f)
    }
}
