//! Where a match stands: a stretch of words.

use crate::analysis::PASSAGE_POSITIONS;

/// A stretch of one passage, or of the headline: positions of its first and its last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// Position of the first word.
    pub start: u32,
    /// Position of the last word, included.
    pub end: u32,
}

impl Interval {
    pub(super) fn page(self) -> u32 {
        self.start / PASSAGE_POSITIONS
    }
}
