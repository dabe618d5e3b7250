//! Whether the money of a refund counts as given back: how the refund ended, what was heard after that, and what a
//! person found out.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{RefundOutcome, Resolved};
use crate::error::{Error, ErrorCode, Result};
use crate::time::Timestamp;

const LONGEST_WHO: usize = 64;
const LONGEST_NOTE: usize = 1_000;

impl FromStr for Resolved {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        Resolved::from_word(word).ok_or_else(|| {
            Error::new(ErrorCode::RequestInvalid, "a refund is resolved as made or as not_made")
                .with_path("resolved")
        })
    }
}

/// What a person found out, who it was, and when. Kept with the refund; holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// What was found out.
    pub resolved: Resolved,
    /// Who found it out.
    pub who: String,
    /// How, in that person's words.
    pub note: String,
    /// When it was entered.
    pub at: Timestamp,
}

impl Resolution {
    pub(super) fn check(&self) -> Result<()> {
        let wrong = |code, reason: &str, path| Err(Error::new(code, reason.to_owned()).with_path(path));
        if self.who.trim().is_empty() {
            return wrong(ErrorCode::RequestMissing, "it must be known who resolved the refund", "who");
        }
        if self.who.chars().count() > LONGEST_WHO {
            return wrong(ErrorCode::RequestTooLong, "at most 64 characters", "who");
        }
        if self.note.chars().count() > LONGEST_NOTE {
            return wrong(ErrorCode::RequestTooLong, "at most 1,000 characters", "note");
        }
        Ok(())
    }
}

/// What is known of a refund's money beside its outcome. The outcome itself never changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Standing {
    /// Verified evidence after the end said that the money was given back.
    late_made: bool,
    /// Verified evidence after the end said that it was not.
    late_not_made: bool,
    resolution: Option<Resolution>,
}

impl Standing {
    pub(super) fn resolution(&self) -> Option<&Resolution> {
        self.resolution.as_ref()
    }

    fn person_says(&self, resolved: Resolved) -> bool {
        self.resolution.as_ref().is_some_and(|resolution| resolution.resolved == resolved)
    }

    /// The money is with the customer. Where two sources differ this one wins, so that nothing is given back twice.
    pub(super) fn given_back(&self, outcome: Option<&RefundOutcome>) -> bool {
        outcome == Some(&RefundOutcome::Refunded) || self.late_made || self.person_says(Resolved::Made)
    }

    /// There was reason to count the amount as not spent. It may have been given back by another refund since.
    pub(super) fn freed(&self, outcome: Option<&RefundOutcome>) -> bool {
        let ended = matches!(outcome, Some(RefundOutcome::Failed { .. } | RefundOutcome::OrderCancelled));
        ended || self.late_not_made || self.person_says(Resolved::NotMade)
    }

    /// Evidence after the end: gives whether something known before says the opposite.
    pub(super) fn hears(&mut self, resolved: Resolved) -> bool {
        let (own, other, opposite) = match resolved {
            Resolved::Made => (&mut self.late_made, self.late_not_made, Resolved::NotMade),
            Resolved::NotMade => (&mut self.late_not_made, self.late_made, Resolved::Made),
        };
        *own = true;
        other || self.person_says(opposite)
    }

    /// A person resolves an unresolved refund, once.
    pub(super) fn resolve(&mut self, outcome: Option<&RefundOutcome>, resolution: Resolution) -> Result<()> {
        resolution.check()?;
        let refused = |reason: String| Err(Error::new(ErrorCode::RefundNotUnresolved, reason));
        match (outcome, &self.resolution) {
            (Some(RefundOutcome::Unresolved), _) if self.late_made || self.late_not_made => {
                refused("verified evidence has resolved the refund".to_owned())
            }
            (Some(RefundOutcome::Unresolved), None) => {
                self.resolution = Some(resolution);
                Ok(())
            }
            (Some(RefundOutcome::Unresolved), Some(known)) if known.resolved == resolution.resolved => Ok(()),
            (Some(RefundOutcome::Unresolved), Some(known)) => {
                refused(format!("the refund was resolved as {}", known.resolved.as_str()))
            }
            (Some(outcome), _) => refused(format!("the refund is {}", outcome.as_str())),
            (None, _) => refused("the refund has not ended".to_owned()),
        }
    }
}
