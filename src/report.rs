//! What an indexing run did, in numbers that add up.

use serde::Serialize;

use crate::error::Reason;

/// Files or records: `read = indexed + replaced + unchanged + skipped + failed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Met below the roots.
    pub read: u64,
    /// New in the archive.
    pub indexed: u64,
    /// Put in the place of older ones.
    pub replaced: u64,
    /// In the archive already, as they are.
    pub unchanged: u64,
    /// Taken out: vanished, or no longer in their file. Not among those read.
    pub removed: u64,
    /// Passed over with a reason: hidden files, pictures, empty files and records, pictures in a WARC file.
    pub skipped: u64,
    /// Could not be read or made sense of.
    pub failed: u64,
}

/// A file, or a record of one, that could not be indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The file.
    pub path: String,
    /// Why, with the place and the way out.
    pub message: String,
}

/// Files or records that were passed over for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Why.
    pub reason: Reason,
    /// What they are: `files` (or folders) or `records`.
    pub of: &'static str,
    /// How many they are.
    pub count: u64,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Files.
    pub files: Counts,
    /// Records: one a text file, one a line of a JSON-lines file, one a row, item, page or message of others.
    pub records: Counts,
    /// Why files and records were passed over, the most frequent reason first.
    pub skipped: Vec<Skipped>,
    /// Records that extraction was run on.
    pub extracted: u64,
    /// Warnings in all.
    pub warnings: u64,
    /// The first warnings, each with its file and record.
    pub first_warnings: Vec<String>,
    /// Everything that failed.
    pub failures: Vec<Failure>,
    /// Roots that could not be read.
    pub roots_failed: u64,
}

impl Report {
    /// Adds what was forgotten before the run.
    pub fn join(&mut self, forgotten: &Self) {
        self.files.removed += forgotten.files.removed;
        self.records.removed += forgotten.records.removed;
        self.warnings += forgotten.warnings;
        self.first_warnings.splice(0..0, forgotten.first_warnings.iter().cloned());
    }

    /// Whether something could not be done.
    pub fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }
}
