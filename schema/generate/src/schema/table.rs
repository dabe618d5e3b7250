//! A table of a file, whose members are taken one by one: what is left over at the end is a slip, and named.

use toml::{Table, Value};

use crate::Result;

pub(super) struct Taken {
    /// Where the table is, for errors.
    at: String,
    table: Table,
}

/// The tables of a file, in its order.
pub(super) fn tables(file: &str, text: &str) -> Result<Vec<(String, Taken)>> {
    let whole: Table = text.parse().map_err(|error| format!("{file}: {error}"))?;
    Taken { at: file.to_owned(), table: whole }.into_tables()
}

impl Taken {
    pub(super) fn text(&mut self, name: &str) -> Result<String> {
        self.optional_text(name)?.ok_or_else(|| format!("{}: `{name}` is missing", self.at))
    }

    pub(super) fn optional_text(&mut self, name: &str) -> Result<Option<String>> {
        match self.table.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("{}: `{name}` is not a text", self.at)),
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<bool> {
        match self.table.remove(name) {
            None => Ok(false),
            Some(Value::Boolean(flag)) => Ok(flag),
            Some(_) => Err(format!("{}: `{name}` is not true or false", self.at)),
        }
    }

    pub(super) fn number(&mut self, name: &str) -> Result<Option<usize>> {
        match self.table.remove(name) {
            None => Ok(None),
            Some(Value::Integer(number)) => {
                usize::try_from(number).map(Some).map_err(|_| format!("{}: `{name}` is negative", self.at))
            }
            Some(_) => Err(format!("{}: `{name}` is not a number", self.at)),
        }
    }

    pub(super) fn value(&mut self, name: &str) -> Option<Value> {
        self.table.remove(name)
    }

    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>> {
        match self.table.remove(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => list
                .into_iter()
                .map(|one| match one {
                    Value::String(text) => Ok(text),
                    _ => Err(format!("{}: `{name}` holds something other than text", self.at)),
                })
                .collect(),
            Some(_) => Err(format!("{}: `{name}` is not a list", self.at)),
        }
    }

    /// A table inside; an empty one where there is none.
    pub(super) fn inner(&mut self, name: &str) -> Result<Taken> {
        let at = format!("{}.{name}", self.at);
        match self.table.remove(name) {
            None => Ok(Taken { at, table: Table::new() }),
            Some(Value::Table(table)) => Ok(Taken { at, table }),
            Some(_) => Err(format!("{at} is not a table")),
        }
    }

    pub(super) fn into_tables(self) -> Result<Vec<(String, Taken)>> {
        let at = self.at;
        self.table
            .into_iter()
            .map(|(name, value)| match value {
                Value::Table(table) => Ok((name.clone(), Taken { at: format!("{at}: {name}"), table })),
                _ => Err(format!("{at}: {name} is not a table")),
            })
            .collect()
    }

    pub(super) fn into_values(self) -> impl Iterator<Item = (String, Value)> {
        self.table.into_iter()
    }

    /// Refuses a member that nobody asked for.
    pub(super) fn end(self) -> Result<()> {
        match self.table.keys().next() {
            None => Ok(()),
            Some(name) => Err(format!("{}: `{name}` means nothing here", self.at)),
        }
    }

    pub(super) fn at(&self) -> &str {
        &self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_named() -> Result<()> {
        let read = |text: &str| -> Result<()> {
            for (_, mut table) in tables("x.toml", text)? {
                table.text("doc")?;
                table.end()?;
            }
            Ok(())
        };
        read("[a]\ndoc = 'x'")?;
        assert_eq!(
            read("[a]\ndoc = 'x'\nmx = 5").err().as_deref(),
            Some("x.toml: a: `mx` means nothing here")
        );
        assert_eq!(read("[a]\n").err().as_deref(), Some("x.toml: a: `doc` is missing"));
        assert_eq!(read("a = 1").err().as_deref(), Some("x.toml: a is not a table"));
        Ok(())
    }
}
