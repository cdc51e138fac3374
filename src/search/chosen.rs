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
    pub bonus: f32,
}
