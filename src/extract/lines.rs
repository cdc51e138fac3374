//! The lines of a text.

use super::words::is_space;
use crate::article::Lines;
use crate::source::RawRecord;

/// A line of the text, whitespace around it left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte; `start` where the line is blank.
    pub end: usize,
    /// The line of the file.
    pub number: u32,
    /// Spaces stand before it.
    pub indented: bool,
    /// A form feed stands on it.
    pub feed: bool,
}

impl Line {
    pub(super) fn is_blank(self) -> bool {
        self.start == self.end
    }
}

/// Cuts a text into lines at LF, or at CR where it has no LF.
pub(super) fn split(text: &str, first_line: u32, keeps_lines: bool) -> Vec<Line> {
    let bytes = text.as_bytes();
    let end = if memchr::memchr(b'\n', bytes).is_none() { b'\r' } else { b'\n' };
    let mut lines = Vec::with_capacity(memchr::memchr_iter(end, bytes).count() + 1);
    let mut number = first_line;
    let mut start = 0;
    for at in memchr::memchr_iter(end, bytes).chain([text.len()]) {
        if at > start || at < text.len() {
            lines.push(line(text, start, at, number));
        }
        number += u32::from(keeps_lines);
        start = at + 1;
    }
    lines
}

fn line(text: &str, start: usize, end: usize, number: u32) -> Line {
    let whole = &text[start..end];
    let plain = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_graphic());
    let bytes = whole.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        return Line { start, end, number, indented: false, feed: false };
    }
    let left = whole.trim_start_matches(is_space);
    let before = whole.len() - left.len();
    let trimmed = left.trim_end_matches(is_space);
    Line {
        start: start + before,
        end: start + before + trimmed.len(),
        number,
        indented: before > 0,
        feed: memchr::memchr(0x0C, bytes).is_some(),
    }
}

/// The line of a record in a file of several, where its metadata stand.
pub(super) fn of_record(record: &RawRecord<'_>) -> Option<Lines> {
    Some(Lines::one(record.first_line)).filter(|_| record.place.is_some())
}
