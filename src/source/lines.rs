//! Line ends in undecoded bytes.

use super::charset::Charset;

/// How lines end in the bytes of a file; CR before LF is whitespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// LF, or CR LF.
    Lf,
    /// CR, in a file without LF.
    Cr,
    /// LF in UTF-16, low byte first.
    LfLe,
    /// LF in UTF-16, high byte first.
    LfBe,
}

impl LineEnd {
    /// The line end of a file, from its character set (where a mark or NUL bytes told it) and first bytes.
    pub(super) fn of(charset: Option<Charset>, head: &[u8]) -> Self {
        match charset {
            Some(Charset::Utf16Le) => Self::LfLe,
            Some(Charset::Utf16Be) => Self::LfBe,
            _ if memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some() => Self::Cr,
            _ => Self::Lf,
        }
    }

    /// Where the first line of `bytes` ends: one past its line end; none where it does not end here.
    pub(super) fn find(self, bytes: &[u8], from: usize) -> Option<usize> {
        let byte = if self == Self::Cr { b'\r' } else { b'\n' };
        memchr::memchr_iter(byte, bytes.get(from..)?).find_map(|at| self.end_at(bytes, from + at))
    }

    /// One past the last line end of `bytes`.
    pub(super) fn find_last(self, bytes: &[u8]) -> Option<usize> {
        let byte = if self == Self::Cr { b'\r' } else { b'\n' };
        memchr::memrchr_iter(byte, bytes).find_map(|at| self.end_at(bytes, at))
    }

    /// One past the line end that the byte at `at` belongs to, if it does.
    fn end_at(self, bytes: &[u8], at: usize) -> Option<usize> {
        match self {
            Self::Lf | Self::Cr => Some(at + 1),
            Self::LfLe => (at.is_multiple_of(2) && bytes.get(at + 1) == Some(&0)).then_some(at + 2),
            Self::LfBe => (!at.is_multiple_of(2) && bytes[at - 1] == 0).then_some(at + 1),
        }
    }

    /// How many lines end in `bytes`.
    pub(super) fn count(self, bytes: &[u8]) -> u32 {
        RawLines::new(bytes, self).filter(|line| self.find(line.bytes, 0).is_some()).count() as u32
    }

    /// Whether a line is nothing but whitespace.
    pub(super) fn is_blank(self, line: &[u8]) -> bool {
        let wide = matches!(self, Self::LfLe | Self::LfBe);
        line.iter().all(|b| b.is_ascii_whitespace() || (wide && *b == 0))
    }
}

/// A line as it stands in the bytes, its line end included.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawLine<'a> {
    /// Where it begins: byte offset, 0-based.
    pub at: usize,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// The lines of some bytes.
pub(super) struct RawLines<'a> {
    bytes: &'a [u8],
    at: usize,
    end: LineEnd,
}

impl<'a> RawLines<'a> {
    pub(super) fn new(bytes: &'a [u8], end: LineEnd) -> Self {
        Self { bytes, at: 0, end }
    }
}

impl<'a> Iterator for RawLines<'a> {
    type Item = RawLine<'a>;

    fn next(&mut self) -> Option<RawLine<'a>> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let at = self.at;
        self.at = self.end.find(self.bytes, at).unwrap_or(self.bytes.len());
        Some(RawLine { at, bytes: &self.bytes[at..self.at] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(bytes: &[u8], end: LineEnd) -> Vec<usize> {
        RawLines::new(bytes, end).map(|line| line.bytes.len()).collect()
    }

    #[test]
    fn lines_are_cut_at_their_own_ends() {
        assert_eq!(cut(b"a\r\nbb\n\nc", LineEnd::Lf), [3, 3, 1, 1]);
        assert_eq!(cut(b"a\rbb\r", LineEnd::of(None, b"a\rbb\r")), [2, 3]);
        let le: Vec<u8> = "\u{0a0a}x\n\u{0a41}y".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cut(&le, LineEnd::LfLe), [6, 4]);
        let be: Vec<u8> = "\u{0a0a}x\n\u{000a}\u{410a}y".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(cut(&be, LineEnd::LfBe), [6, 2, 4]);
        assert_eq!(LineEnd::LfBe.find_last(&be), Some(8));
    }
}
