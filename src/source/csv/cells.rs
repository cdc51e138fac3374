//! The cells of a row of text.

use std::borrow::Cow;

use super::scan::{Units, closing};
use crate::source::lines::LineEnd;
use crate::source::map::Segment;

/// A cell: the bytes of the row that hold its text, quotes around it left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub start: usize,
    pub end: usize,
    /// Quotes inside it are doubled.
    pub quoted: bool,
}

/// The cells of a row that [`scan`](super::scan::scan) found whole; its line end is left out.
pub(super) fn cells(row: &str, delimiter: u8) -> Vec<Cell> {
    let row = row.trim_end_matches(['\n', '\r']);
    let bytes = row.as_bytes();
    let units = Units { line_end: LineEnd::Lf, delimiter };
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let quote = at + bytes[at..].iter().take_while(|b| **b == b' ').count();
        let behind =
            if bytes.get(quote) == Some(&b'"') { closing(bytes, quote, units, true).ok().flatten() } else { None };
        let next = memchr::memchr(delimiter, &bytes[behind.unwrap_or(at)..]).map(|found| behind.unwrap_or(at) + found);
        cells.push(match behind {
            Some(behind) => Cell { start: quote + 1, end: row[..behind].trim_end_matches(' ').len() - 1, quoted: true },
            None => Cell { start: at, end: next.unwrap_or(bytes.len()), quoted: false },
        });
        match next {
            Some(next) => at = next + 1,
            None => return cells,
        }
    }
}

impl Cell {
    /// Its text.
    pub fn text(self, row: &str) -> Cow<'_, str> {
        let raw = &row[self.start..self.end];
        if self.quoted && raw.contains('"') { Cow::Owned(raw.replace("\"\"", "\"")) } else { Cow::Borrowed(raw) }
    }

    /// Where its text stands in the row.
    pub fn segments(self, row: &str) -> Vec<Segment> {
        let raw = &row[self.start..self.end];
        let mut segments = Vec::new();
        let (mut at, mut from) = (0, 0);
        let mut push = |at: &mut usize, written: usize, from: usize, length: usize| {
            if length > 0 {
                segments.push(Segment { at: *at, written, start: self.start + from, length, same: written == length });
            }
            *at += written;
        };
        for (quote, doubled) in raw.match_indices("\"\"").filter(|_| self.quoted) {
            push(&mut at, quote - from, from, quote - from);
            push(&mut at, 1, quote, doubled.len());
            from = quote + doubled.len();
        }
        push(&mut at, raw.len() - from, from, raw.len() - from);
        segments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_and_their_quotes_undone() {
        let row = "1, \"a, \"\"b\"\"\nc\" ,,5\" pipe\r\n";
        let texts: Vec<String> = cells(row, b',').iter().map(|cell| cell.text(row).into_owned()).collect();
        assert_eq!(texts, ["1", "a, \"b\"\nc", "", "5\" pipe"]);
        assert_eq!(cells("\"\"", b','), [Cell { start: 1, end: 1, quoted: true }]);
        assert_eq!(cells("a\t", b'\t').len(), 2);
        let texts = |row: &str| cells(row, b'\t').iter().map(|cell| cell.text(row).into_owned()).collect::<Vec<_>>();
        assert_eq!(texts("\"No\" says mayor\t \"yes\" \tx"), ["\"No\" says mayor", "yes", "x"]);
    }

    #[test]
    fn segments_cover_the_text_and_the_cell() {
        let row = "x,\"\"\"é\"\" and \"\"\"\"\"";
        let cell = cells(row, b',')[1];
        let text = cell.text(row);
        assert_eq!(text, "\"é\" and \"\"");
        for segment in cell.segments(row) {
            let raw = &row[segment.start..segment.start + segment.length];
            assert_eq!(raw.replace("\"\"", "\""), text[segment.at..segment.at + segment.written]);
        }
    }
}
