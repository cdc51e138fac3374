//! How an index is written.

use crate::analysis::Language;
use crate::budget::Budget;

/// How much of the machine a writer may use.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Indexing threads, at least 1.
    pub threads: usize,
    /// Memory of the whole run.
    pub memory: Budget,
    /// The language that the articles have to be in; none takes the index's own.
    pub language: Option<Language>,
    /// The language of an index that is made, where none is asked for.
    pub new_language: Language,
    /// Whether an index is made where there is none.
    pub may_make: bool,
}

impl WriterOptions {
    /// What an indexing thread may fill before it writes a segment, in bytes.
    pub(super) fn memory_of_a_thread(&self) -> usize {
        self.memory.indexing(self.threads) as usize
    }
}

impl Default for WriterOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        Self { threads, memory: Budget::default(), language: None, new_language: Language::default(), may_make: true }
    }
}
