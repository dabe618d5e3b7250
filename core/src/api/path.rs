//! Where in a body a value stands, and the errors that name the place.

use std::fmt;

use crate::error::{Error, ErrorCode};

/// Where in a body a value stands. Written out only when there is an error to name it.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    name: &'a str,
    index: Option<usize>,
}

impl<'a> Path<'a> {
    pub(crate) const ROOT: Path<'static> = Path { parent: None, name: "", index: None };

    pub(crate) fn member(&'a self, name: &'a str) -> Path<'a> {
        Path { parent: Some(self), name, index: None }
    }

    pub(crate) fn element(&self, index: usize) -> Path<'a> {
        Path { index: Some(index), ..*self }
    }

    pub(crate) fn missing(&self) -> Error {
        Error::new(ErrorCode::RequestMissing, "the field is required").with_path(self.to_string())
    }

    pub(crate) fn invalid(&self, what: &str) -> Error {
        Error::new(ErrorCode::RequestInvalid, format!("the field {what}")).with_path(self.to_string())
    }

    pub(crate) fn forbidden(&self, why: &str) -> Error {
        Error::new(ErrorCode::RequestForbidden, format!("the field {why}")).with_path(self.to_string())
    }

    pub(crate) fn too_long(&self, found: usize, max: usize, unit: &str) -> Error {
        Error::new(
            ErrorCode::RequestTooLong,
            format!("the field has {found} {unit}, at most {max} are allowed"),
        )
        .with_path(self.to_string())
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
            if parent.parent.is_some() {
                f.write_str(".")?;
            }
        }
        f.write_str(self.name)?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}
