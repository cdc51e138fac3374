//! The cells of a row of text.

use std::borrow::Cow;

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
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let quote = at + bytes[at..].iter().take_while(|b| **b == b' ').count();
        let mut cell = match bytes.get(quote) {
            Some(b'"') => Cell { start: quote + 1, end: closing(bytes, quote + 1), quoted: true },
            _ => Cell { start: at, end: at, quoted: false },
        };
        let next = memchr::memchr(delimiter, &bytes[cell.end..]).map(|found| cell.end + found);
        if !cell.quoted {
            cell.end = next.unwrap_or(bytes.len());
        }
        cells.push(cell);
        match next {
            Some(next) => at = next + 1,
            None => return cells,
        }
    }
}

/// The quote that closes a field, or the end.
fn closing(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
        if bytes.get(at + found + 1) != Some(&b'"') {
            return at + found;
        }
        at += found + 2;
    }
    bytes.len()
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
