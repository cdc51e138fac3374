//! What an archive holds, in numbers.

use serde::Serialize;

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Articles that can be found.
    pub articles: u64,
    /// Passages of them.
    pub passages: u64,
    /// Words in the passages.
    pub words: u64,
    /// Different words, each form counted; none where the engine does not tell.
    pub forms: Option<u64>,
    /// Different stems; none where the engine does not tell.
    pub terms: Option<u64>,
    /// Different outlets.
    pub outlets: u64,
    /// The first day that an article is of, as `2018-06-27`; none where no article has a date.
    pub first_day: Option<String>,
    /// The last day that an article is of.
    pub last_day: Option<String>,
    /// Articles that lack a field, field by field.
    pub unknown: Vec<Part>,
    /// Articles whose body is in doubt, reason by reason; those that an older program indexed are not among them.
    pub doubtful: Vec<Part>,
    /// Files that the archive knows, those that failed included.
    pub files: u64,
    /// Files that failed whole.
    pub failed_files: u64,
    /// Pieces that the index is in; one once it is compacted.
    pub segments: u64,
    /// Articles that were replaced or removed and still take room.
    pub deleted: u64,
    /// Bytes on the disk, part by part.
    pub bytes: Vec<Part>,
    /// What wrote the index, and how.
    pub versions: Versions,
}

/// A number of something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Of what.
    pub name: String,
    /// How many.
    pub count: u64,
}

impl Part {
    /// So many of what has this name.
    pub fn new(name: impl Into<String>, count: u64) -> Self {
        Self { name: name.into(), count }
    }
}

/// What the index was written with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// The index format.
    pub format: String,
    /// The analyzer.
    pub analyzer: String,
    /// The scoring of this program.
    pub scoring: String,
    /// The language of the archive.
    pub language: String,
    /// This program.
    pub dateline: String,
}
