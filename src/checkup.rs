//! What a check of an archive found: damage of the index, and sources that drifted away from what was indexed.

use serde::Serialize;

/// What a check found, in numbers that add up: `files = same + changed + gone + unreadable + streams`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checkup {
    /// Whether nothing is damaged and nothing has drifted.
    pub well: bool,
    /// Files of the index whose checksums or contents were verified.
    pub index_files: u64,
    /// Articles that can be found; none where the index is too damaged to count them.
    pub articles: Option<u64>,
    /// Bytes at the end of the list of files that the commit does not count, as a run that was killed leaves them: none reads them,
    /// and the next update removes them.
    pub unused: u64,
    /// Files that failed when they were read last; none where the index is too damaged to name them.
    pub failed: Option<u64>,
    /// Source files; none where they were left out, or where the index is too damaged to name them.
    pub sources: Option<Sources>,
    /// Everything found, the index first, then the sources by path.
    pub findings: Vec<Finding>,
}

impl Checkup {
    /// Whether all was looked at that was to be looked at.
    pub fn is_complete(&self) -> bool {
        self.findings.iter().all(|finding| finding.kind != FindingKind::Unreadable)
    }
}

/// The source files that the index cites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sources {
    /// All that the manifest has.
    pub files: u64,
    /// The same bytes as when they were indexed, every citation included.
    pub same: u64,
    /// Other bytes, or a citation that no longer holds.
    pub changed: u64,
    /// No longer there.
    pub gone: u64,
    /// There, and not to be read.
    pub unreadable: u64,
    /// Came by standard input: there is nothing to look at.
    pub streams: u64,
    /// Articles whose citations were held against their files.
    pub articles: u64,
    /// Of them, those whose bytes or lines are others now, in files that are there.
    pub drifted: u64,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// A file of the index is damaged or missing.
    Damaged,
    /// The index and its list of files disagree.
    Manifest,
    /// A source changed.
    Changed,
    /// A source is gone.
    Gone,
    /// The disk refuses a source or a file of the index: how it stands cannot be told.
    Unreadable,
}

impl FindingKind {
    /// The word for it, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Manifest => "manifest",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// The file.
    pub path: String,
    /// What is wrong with it.
    pub what: String,
    /// What the user can do.
    pub way_out: String,
}
