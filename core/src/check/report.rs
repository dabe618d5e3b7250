//! What a check of a client found: one entry for each thing that has to be right, in the order of a request's way.

use crate::error::{Error, ErrorCode};
use crate::json::{Json, Object};

use crate::{CheckName, CheckStatus};

/// One entry of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// What was checked.
    pub name: CheckName,
    /// How it ended.
    pub status: CheckStatus,
    /// What was found, in one sentence without secrets.
    pub detail: String,
    /// What to do; empty where it passed.
    pub hint: String,
    /// The code of the error that was met, if one was.
    pub code: Option<ErrorCode>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckReport {
    /// One entry for each of [`CheckName::ALL`], in that order.
    pub checks: Vec<Check>,
}

impl CheckReport {
    /// Nothing was checked yet.
    pub(super) fn unchecked() -> Self {
        let unchecked = |name| Check {
            name,
            status: CheckStatus::Skipped,
            detail: "not checked".into(),
            hint: String::new(),
            code: None,
        };
        CheckReport { checks: CheckName::ALL.iter().copied().map(unchecked).collect() }
    }

    /// The report where no client could be made: this check failed with an error, and nothing else was looked at.
    pub fn failed_at(name: CheckName, error: &Error) -> Self {
        let mut report = CheckReport::unchecked();
        report.met(name, error);
        report
    }

    /// Whether nothing is wrong. Warnings do not count.
    pub fn is_healthy(&self) -> bool {
        self.checks.iter().all(|check| matches!(check.status, CheckStatus::Passed | CheckStatus::Warned))
    }

    /// The entry of a check.
    pub fn get(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// The same in every language: `{"healthy":…,"checks":[{"name","status","detail","hint","code"}]}`.
    pub fn to_json(&self) -> Object {
        let checks = self.checks.iter().map(|check| {
            let code = check.code.map_or(Json::Null, |code| Json::from(code.as_str()));
            Json::Object(
                Object::new()
                    .with("name", check.name.as_str())
                    .with("status", check.status.as_str())
                    .with("detail", check.detail.as_str())
                    .with("hint", check.hint.as_str())
                    .with("code", code),
            )
        });
        Object::new()
            .with("healthy", Json::Bool(self.is_healthy()))
            .with("checks", Json::Array(checks.collect()))
    }

    pub(super) fn pass(&mut self, name: CheckName, detail: impl Into<String>) {
        self.set(name, CheckStatus::Passed, detail.into(), String::new(), None);
    }

    pub(super) fn warn(&mut self, name: CheckName, detail: impl Into<String>, hint: impl Into<String>) {
        self.set(name, CheckStatus::Warned, detail.into(), hint.into(), None);
    }

    pub(super) fn fail(&mut self, name: CheckName, detail: impl Into<String>, hint: impl Into<String>) {
        self.set(name, CheckStatus::Failed, detail.into(), hint.into(), None);
    }

    /// An error was met, here or elsewhere, such as on opening the store.
    pub fn met(&mut self, name: CheckName, error: &Error) {
        let detail = match error.path() {
            Some(path) => format!("{path}: {}", error.reason()),
            None => error.reason().to_owned(),
        };
        self.set(name, CheckStatus::Failed, detail, error.hint().to_owned(), Some(error.code()));
    }

    fn set(
        &mut self,
        name: CheckName,
        status: CheckStatus,
        detail: String,
        hint: String,
        code: Option<ErrorCode>,
    ) {
        if let Some(check) = self.checks.iter_mut().find(|check| check.name == name) {
            *check = Check { name, status, detail, hint, code };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_every_check_once_and_is_healthy_only_if_all_were_made() {
        let mut report = CheckReport::unchecked();
        let names: Vec<_> = report.checks.iter().map(|check| check.name).collect();
        assert_eq!(names, CheckName::ALL);
        assert!(!report.is_healthy());
        for name in CheckName::ALL.iter().copied() {
            report.pass(name, "good");
        }
        assert!(report.is_healthy());
        report.warn(CheckName::NotifyUrl, "none", "set one");
        assert!(report.is_healthy());
        report.fail(CheckName::Clock, "wrong", "set it");
        assert!(!report.is_healthy());
    }

    #[test]
    fn an_error_keeps_its_place_code_and_hint() {
        let error = Error::new(ErrorCode::KeyNotAKey, "not a key").with_path("gateway_public_key");
        let report = CheckReport::failed_at(CheckName::Keys, &error);
        let check = report.get(CheckName::Keys).unwrap();
        assert_eq!(check.detail, "gateway_public_key: not a key");
        assert_eq!((check.code, check.hint.as_str()), (Some(error.code()), error.hint()));
        assert_eq!(report.get(CheckName::Inquiry).unwrap().status, CheckStatus::Skipped);
        let json = report.to_json().to_string();
        assert!(json.starts_with(r#"{"healthy":false,"checks":[{"name":"configuration","status":"skipped""#));
        assert!(json.contains(r#""code":"key.not_a_key""#));
    }
}
