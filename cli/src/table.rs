//! A table for people: columns as wide as their widest cell.

use crate::paint::{Paint, Tone};

/// A table of so many columns.
pub(crate) struct Table<const N: usize> {
    heads: [&'static str; N],
    rows: Vec<[(Tone, String); N]>,
}

impl<const N: usize> Table<N> {
    pub(crate) fn new(heads: [&'static str; N]) -> Self {
        Table { heads, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: [(Tone, String); N]) {
        self.rows.push(cells);
    }

    /// The heads, and a line for each row.
    pub(crate) fn text(&self, paint: Paint) -> String {
        let mut widths = self.heads.map(|head| head.chars().count());
        for row in &self.rows {
            for (width, (_, cell)) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let heads = self.heads.map(|head| (Tone::Quiet, head.to_owned()));
        let lines = std::iter::once(&heads).chain(&self.rows).map(|row| {
            let cells = row.iter().zip(widths).enumerate().map(|(at, ((tone, cell), width))| {
                // Nothing follows the last one.
                let width = if at.saturating_add(1) == N { 0 } else { width };
                paint.text(*tone, format!("{cell:<width$}")).to_string()
            });
            cells.collect::<Vec<_>>().join("  ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(["ID", "STATE"]);
        table.row([(Tone::Plain, "P-1".into()), (Tone::Good, "paid".into())]);
        table.row([(Tone::Plain, "P".into()), (Tone::Good, "open".into())]);
        assert_eq!(table.text(Paint::off()), "ID   STATE\nP-1  paid\nP    open");
    }
}
