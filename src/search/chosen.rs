//! A passage that made the list.

/// A passage that made the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chosen {
    /// Its article's place among the candidates, 0-based.
    pub at: usize,
    /// Number of the passage in its article, 1-based.
    pub passage: u32,
    /// Of the article, the passage and its date.
    pub score: f32,
    /// How much of it the date gave.
    pub gains: Gains,
}

/// What the date of an article adds to a score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Gains {
    /// For being near a time that is preferred.
    pub around: f32,
    /// For being recent.
    pub recency: f32,
}
