//! Files of white-space separated columns: their text, their lines, their columns.

use encoding_rs::{Encoding, mem};

/// The text of a file that another tool wrote: UTF-8 with or without a byte order mark, UTF-16 with one (what
/// PowerShell's `>` writes); anything else byte by byte as Latin-1, so that docnos stay what they are to each other.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return encoding.decode_with_bom_removal(&bytes).0.into_owned();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| mem::decode_latin1(error.as_bytes()).into_owned())
}

/// A stretch of the text that was read: the column of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) start: usize,
    pub(super) len: usize,
}

impl Column {
    /// `part` must be a part of `text`.
    pub(super) fn of(part: &str, text: &str) -> Self {
        Self { start: part.as_ptr() as usize - text.as_ptr() as usize, len: part.len() }
    }

    /// The column's text.
    pub(super) fn of_text(self, text: &str) -> &str {
        &text[self.start..self.start + self.len]
    }

    /// The line that it stands on, 1-based.
    pub(super) fn line(self, text: &str) -> usize {
        1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..self.start]).count()
    }
}

/// The lines that hold something, each with its number, 1-based.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    let lines = ends.map(move |end| {
        let line = &text[start.min(end)..end];
        start = end + 1;
        line
    });
    (1..).zip(lines).filter(|(_, line)| !line.trim_ascii().is_empty())
}

/// Exactly `N` columns; else how many there are.
pub(super) fn columns<const N: usize>(line: &str) -> std::result::Result<[&str; N], usize> {
    let mut found = [""; N];
    let mut count = 0;
    for column in line.split_ascii_whitespace() {
        if let Some(place) = found.get_mut(count) {
            *place = column;
        }
        count += 1;
    }
    if count == N { Ok(found) } else { Err(count) }
}

/// Whether a line is one of a run.
pub(super) fn is_line_of_run(line: &str) -> bool {
    columns::<6>(line).is_ok_and(|columns| columns[4].parse::<f64>().is_ok())
}

/// Whether a line is one of judgments.
pub(super) fn is_line_of_qrels(line: &str) -> bool {
    columns::<4>(line).is_ok_and(|columns| columns[3].parse::<i32>().is_ok())
}

/// `run.txt: line 7`.
pub(super) fn place(name: &str, line: usize) -> String {
    format!("{name}: line {line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_encoding_and_any_line_end_gives_the_same_lines() {
        let utf16: Vec<u8> = "\u{feff}a 1\r\n\r\nb 2\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [b"a 1\n\nb 2".to_vec(), b"\xef\xbb\xbfa 1\r\n \r\nb\t2\r\n".to_vec(), utf16] {
            let text = decode(bytes);
            let found: Vec<_> = lines(&text).map(|(n, line)| (n, columns::<2>(line).map(|c| c.join(" ")))).collect();
            assert_eq!(found, [(1, Ok("a 1".to_owned())), (3, Ok("b 2".to_owned()))]);
        }
        assert_eq!(decode(b"caf\xe9".to_vec()), "café");
        assert_eq!(columns::<2>("a b c"), Err(3));
    }
}
