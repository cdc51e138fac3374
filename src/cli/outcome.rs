//! How a command ended.

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// The answer is no: no hits, no such article, not well.
    No,
    /// Could not, or not all.
    Failed,
}
