//! Columns of tables written as text: which heading a cell stands under.

use crate::text::{line_around, paragraph_around};

/// The text of the heading above byte `at`, where that is a cell of a table with `|`, tab or `;` between the cells.
pub(super) fn heading(text: &str, at: usize) -> Option<&str> {
    let (line, end) = line_around(text, at);
    let row = text.get(line..end)?;
    let sign = ['|', '\t', ';'].into_iter().find(|sign| row.contains(*sign))?;
    let (from, _) = paragraph_around(text, at);
    let (head, head_end) = line_around(text, from);
    if head == line {
        return None;
    }
    let column = text.get(line..at)?.matches(sign).count();
    text.get(head..head_end)?.split(sign).nth(column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stands_under_its_heading() {
        let text = "| Namn | Född |\n|---|---|\n| Ek | 1980-01-02 |";
        assert_eq!(heading(text, 33), Some(" Född "));
        assert_eq!(heading("a;b\n1;2", 6), Some("b"));
        assert_eq!(heading("a;b", 2), None);
        assert_eq!(heading("", 0), None);
    }
}
