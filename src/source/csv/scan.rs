//! Where a row of undecoded bytes ends, and how many cells it has.

use std::ops::Range;

use crate::source::lines::LineEnd;
use crate::work;

/// How the bytes of a file spell the signs that part its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) struct Units {
    /// How lines end; tells one-byte units from two-byte ones too.
    pub line_end: LineEnd,
    /// What parts cells.
    pub delimiter: u8,
}

/// What stands at a place in the bytes.
pub(in crate::source) enum Scan {
    /// A row that ends where it should.
    Row(RowEnd),
    /// A quoted field that is not closed, or that goes on behind its closing quote: the byte of the quote.
    Broken { quote: usize, closed: bool },
    /// The row goes on behind the bytes.
    Open,
}

/// A row: where it ends, one past its line end, and how many cells it has.
pub(in crate::source) struct RowEnd {
    pub end: usize,
    pub cells: usize,
}

impl Units {
    pub(super) fn width(self) -> usize {
        if matches!(self.line_end, LineEnd::LfLe | LineEnd::LfBe) { 2 } else { 1 }
    }

    /// The sign at a place, where it is one of ASCII.
    pub(super) fn at(self, bytes: &[u8], at: usize) -> Option<u8> {
        match self.line_end {
            LineEnd::Lf | LineEnd::Cr => bytes.get(at).copied(),
            LineEnd::LfLe => (*bytes.get(at + 1)? == 0).then(|| bytes[at]),
            LineEnd::LfBe => (*bytes.get(at)? == 0).then(|| bytes.get(at + 1).copied())?,
        }
    }

    /// The first place from `from` on with one of two signs.
    fn find(self, bytes: &[u8], from: usize, one: u8, other: u8) -> Option<usize> {
        let width = self.width();
        let places = memchr::memchr2_iter(one, other, bytes.get(from..)?).map(|at| (from + at) / width * width);
        places.filter(|at| *at >= from).find(|at| self.at(bytes, *at).is_some_and(|sign| sign == one || sign == other))
    }

    /// Where tabs part cells, a quote that does not match is text: most who write such files quote nothing.
    pub(super) fn has_plain_quotes(self) -> bool {
        self.delimiter == b'\t'
    }

    fn newline(self) -> u8 {
        if self.line_end == LineEnd::Cr { b'\r' } else { b'\n' }
    }
}

/// Reads the row that begins at `from`; `last` where nothing follows the bytes.
///
/// A quoted field begins with a quote (spaces before it are passed over) and ends with one behind which the cell ends;
/// inside it a quote is doubled, and line ends are text.
pub(in crate::source) fn scan(bytes: &[u8], from: usize, units: Units, last: bool) -> Scan {
    scan_cells(bytes, from, units, last, |_, _| true)
}

/// The same, which calls `each` with the bytes of each cell and whether it is quoted; where that says no, the row is given
/// up behind the cell.
pub(super) fn scan_cells(
    bytes: &[u8],
    from: usize,
    units: Units,
    last: bool,
    mut each: impl FnMut(Range<usize>, bool) -> bool,
) -> Scan {
    let (width, newline) = (units.width(), units.newline());
    let (mut at, mut cells) = (from, 1);
    loop {
        let (begin, mut quote, mut quoted) = (at, at, false);
        while units.at(bytes, quote) == Some(b' ') {
            quote += width;
        }
        if units.at(bytes, quote) == Some(b'"') {
            match closing(bytes, quote, units, last) {
                Ok(Some(behind)) => (at, quoted) = (behind, true),
                Ok(None) => return Scan::Open,
                Err(_) if units.has_plain_quotes() => {}
                Err(closed) => return Scan::Broken { quote, closed },
            }
        }
        let end = units.find(bytes, at, units.delimiter, newline);
        if end.is_none() && !last {
            return Scan::Open;
        }
        work::add(end.unwrap_or(bytes.len()) - begin);
        let goes_on = each(begin..end.unwrap_or(bytes.len()), quoted);
        match end {
            Some(end) if goes_on && units.at(bytes, end) != Some(newline) => (at, cells) = (end + width, cells + 1),
            Some(end) => return Scan::Row(RowEnd { end: end + width, cells }),
            None => return Scan::Row(RowEnd { end: bytes.len(), cells }),
        }
    }
}

/// The place behind the quote that closes the field opened at `quote`, and spaces behind it; none where the bytes end
/// before it is clear. An error says whether there is such a quote: the field goes on behind it, or never ends.
pub(super) fn closing(bytes: &[u8], quote: usize, units: Units, last: bool) -> Result<Option<usize>, bool> {
    let width = units.width();
    let mut at = quote + width;
    loop {
        let Some(found) = units.find(bytes, at, b'"', b'"') else { return if last { Err(false) } else { Ok(None) } };
        at = found + width;
        if units.at(bytes, at) == Some(b'"') {
            at += width;
            continue;
        }
        while units.at(bytes, at) == Some(b' ') {
            at += width;
        }
        if at + width > bytes.len() {
            return Ok(last.then_some(bytes.len()));
        }
        let ends = |sign| sign == units.delimiter || matches!(sign, b'\n' | b'\r');
        return if units.at(bytes, at).is_some_and(ends) { Ok(Some(at)) } else { Err(true) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8], line_end: LineEnd) -> Vec<(usize, usize)> {
        let units = Units { line_end, delimiter: b',' };
        let (mut at, mut found) = (0, Vec::new());
        while at < bytes.len() {
            match scan(bytes, at, units, true) {
                Scan::Row(row) => {
                    found.push((row.end - at, row.cells));
                    at = row.end;
                }
                _ => return found,
            }
        }
        found
    }

    #[test]
    fn rows_end_where_no_quote_is_open() {
        assert_eq!(rows(b"a,b\n1,\"x\ny\"\"z\"\r\n,\n", LineEnd::Lf), [(4, 2), (12, 2), (2, 2)]);
        assert_eq!(rows(b"a,b\r1, \"x,y\"\r", LineEnd::Cr), [(4, 2), (9, 2)]);
        assert_eq!(rows(b"5\" pipe,b\n\"x\"", LineEnd::Lf), [(10, 2), (3, 1)]);
        let wide: Vec<u8> = "a,\u{2c22}b\n\"\u{0a22}\n\",1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&wide, LineEnd::LfLe), [(10, 2), (12, 2)]);
        let wide: Vec<u8> = "a,\u{222c}b\n\"\u{220a}\n\",1".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(rows(&wide, LineEnd::LfBe), [(10, 2), (12, 2)]);
    }

    #[test]
    fn a_broken_quote_is_told() {
        let units = Units { line_end: LineEnd::Lf, delimiter: b',' };
        assert!(matches!(scan(b"1,\"a\n2,b\n", 0, units, true), Scan::Broken { quote: 2, closed: false }));
        assert!(matches!(scan(b"1,\"a\n2,b\n", 0, units, false), Scan::Open));
        assert!(matches!(scan(b"1,\"a \"b\" c\"\n", 0, units, true), Scan::Broken { quote: 2, closed: true }));
        assert!(matches!(scan(b"1,\"a\"", 0, units, false), Scan::Open));
        assert!(matches!(scan(b"1,\"a\" b,2\n", 0, units, true), Scan::Broken { quote: 2, closed: true }));
        let tabs = Units { delimiter: b'\t', ..units };
        assert!(matches!(scan(b"\"A\" b\t2\n", 0, tabs, true), Scan::Row(RowEnd { end: 8, cells: 2 })));
    }
}
