//! How a field is read, written, checked and shown, whatever it holds.
//!
//! A [`Member`] is a value that can stand in a field; a [`Slot`] is the field's place in a struct, which may be
//! empty or a list. What each kind of value does is written beside it; the structs themselves are generated.

use std::fmt;

use crate::error::{Error, Result};
use crate::json::{Json, Object};

use super::model::{Case, Rule};
use super::path::Path;

/// A value that can stand in a field.
pub(crate) trait Member: Sized {
    /// Reads the value leniently, or gives the JSON back where it is none.
    fn read(json: Json) -> Result<Self, Json>;

    /// Whether it says nothing: an empty optional field is left out and never sent as `""`.
    fn is_empty(&self) -> bool {
        false
    }

    fn write(&self) -> Json;

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()>;

    /// The error for a required value that is not there.
    fn missing(at: &Path<'_>, _case: Case) -> Error {
        at.missing()
    }

    /// The error for JSON that could not be read as this.
    fn misread(_json: &Json, at: &Path<'_>) -> Error {
        at.invalid("is not of its documented kind")
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// The place of a field in a struct: an `Option` or, for a list, a `Vec`.
pub(crate) trait Slot {
    fn take(name: &'static str, rule: &Rule, object: &mut Object) -> Self;
    fn put(&self, name: &'static str, object: &mut Object);
    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()>;
    fn is_set(&self) -> bool;
    fn misread(json: &Json, at: &Path<'_>) -> Error;
    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Takes a member by its name, else by its other spelling; `null` and `""` are the same as absent.
fn take_json(name: &str, rule: &Rule, object: &mut Object) -> Option<(Json, bool)> {
    let says =
        |json: &Json| !matches!(json, Json::Null) && !matches!(json, Json::String(text) if text.is_empty());
    let alias = Some(rule.alias).filter(|alias| !alias.is_empty());
    match object.take(name).filter(says) {
        Some(json) => Some((json, false)),
        None => object.take(alias?).filter(says).map(|json| (json, true)),
    }
}

impl<T: Member> Slot for Option<T> {
    fn take(name: &'static str, rule: &Rule, object: &mut Object) -> Self {
        let (json, aliased) = take_json(name, rule, object)?;
        match T::read(json) {
            Ok(value) => Some(value),
            Err(json) => {
                object.set(if aliased { rule.alias } else { name }, json);
                None
            }
        }
    }

    fn put(&self, name: &'static str, object: &mut Object) {
        if let Some(value) = self.as_ref().filter(|value| !value.is_empty()) {
            object.set(name, value.write());
        }
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        match self {
            Some(value) if !value.is_empty() => value.check(rule, at, case),
            _ if rule.need.holds(case) => Err(T::missing(at, case)),
            _ => Ok(()),
        }
    }

    fn is_set(&self) -> bool {
        self.as_ref().is_some_and(|value| !value.is_empty())
    }

    fn misread(json: &Json, at: &Path<'_>) -> Error {
        T::misread(json, at)
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().map_or(Ok(()), |value| value.show(rule, f))
    }
}

impl<T: Member> Slot for Vec<T> {
    fn take(name: &'static str, rule: &Rule, object: &mut Object) -> Self {
        let Some((json, _)) = take_json(name, rule, object) else { return Vec::new() };
        let read: Option<Vec<T>> = json
            .as_array()
            .and_then(|elements| elements.iter().map(|element| T::read(element.clone()).ok()).collect());
        read.unwrap_or_else(|| {
            object.set(name, json);
            Vec::new()
        })
    }

    fn put(&self, name: &'static str, object: &mut Object) {
        if !self.is_empty() {
            object.set(name, Json::Array(self.iter().map(Member::write).collect()));
        }
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        if self.len() > rule.max {
            return Err(at.too_long(self.len(), rule.max, "elements"));
        }
        if self.is_empty() && rule.need.holds(case) {
            return Err(at.missing());
        }
        // The limit of a list counts its elements, so their texts have none from here.
        let each = Rule { max: usize::MAX, ..*rule };
        let mut found = Found::default();
        for (index, element) in self.iter().enumerate() {
            found.add(element.check(&each, &at.element(index), case));
        }
        found.into_result()
    }

    fn is_set(&self) -> bool {
        !self.is_empty()
    }

    fn misread(json: &Json, at: &Path<'_>) -> Error {
        match json.as_array() {
            Some(elements) => elements
                .iter()
                .enumerate()
                .find(|(_, element)| T::read((*element).clone()).is_err())
                .map_or_else(
                    || at.invalid("is not of its documented kind"),
                    |(index, element)| T::misread(element, &at.element(index)),
                ),
            None => at.invalid("must be a list"),
        }
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (index, element) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            element.show(rule, f)?;
        }
        f.write_str("]")
    }
}

/// What the fields of a message have against it: the first error, and, where that is a missing field, all that are missing.
#[derive(Default)]
pub(crate) struct Found(Option<Error>);

impl Found {
    pub(crate) fn add(&mut self, checked: Result<()>) {
        if let Err(error) = checked {
            self.0 = Some(match self.0.take() {
                Some(first) => first.and_missing(&error),
                None => error,
            });
        }
    }

    pub(crate) fn into_result(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

/// The error for a declared member that is left in `extra`: another spelling of it was read, or it is not of its kind.
pub(crate) fn misplaced<S: Slot>(slot: &S, json: &Json, at: &Path<'_>) -> Error {
    if slot.is_set() { at.invalid("is given twice") } else { S::misread(json, at) }
}

/// Shows a field in `Debug`, by the rule of its description.
pub(crate) struct Shown<'a, S: Slot>(pub(crate) &'a S, pub(crate) &'a Rule);

impl<S: Slot> fmt::Debug for Shown<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(self.1, f)
    }
}

/// Shows the names alone of members whose meaning, and so whose secrecy, is not known.
pub(crate) struct Names<'a>(pub(crate) &'a Object);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
