//! Places in a file: bytes and lines.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A stretch of bytes: half-open, 0-based. What the bytes are counted in (file, record, text) is said where it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u64, u64)", into = "(u64, u64)")]
pub struct Span {
    /// First byte, 0-based.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}

impl Span {
    /// The span of `start..end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u64, end: end as u64 }
    }

    /// The span as a range that slices a `str` or a byte slice.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl From<(u64, u64)> for Span {
    fn from((start, end): (u64, u64)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (u64, u64) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// Lines of a file: 1-based, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Lines {
    /// First line, 1-based.
    pub first: u32,
    /// Last line, included.
    pub last: u32,
}

impl Lines {
    /// A single line.
    pub fn one(line: u32) -> Self {
        Self { first: line, last: line }
    }

    /// The least range that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

impl From<(u32, u32)> for Lines {
    fn from((first, last): (u32, u32)) -> Self {
        Self { first, last }
    }
}

impl From<Lines> for (u32, u32) {
    fn from(lines: Lines) -> Self {
        (lines.first, lines.last)
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}
