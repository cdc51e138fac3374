//! What an indexing run did, in numbers that add up.

use serde::Serialize;

use crate::error::Reason;

mod log;

pub use log::FailureLog;

/// Failures that a report holds; the others are counted.
const MOST_FAILURES: usize = 1000;

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
    /// What failed: the first hundred of each file, a thousand in all.
    pub failures: Vec<Failure>,
    /// How many more failed.
    pub more_failures: u64,
    /// Where all failures of the run are written.
    #[serde(skip)]
    pub log: FailureLog,
    /// Roots that could not be read.
    pub roots_failed: u64,
    /// Roots that were to be forgotten, and of which the archive has nothing.
    #[serde(skip)]
    pub roots_unknown: u64,
}

impl Counts {
    fn join(&mut self, other: &Self) {
        self.read += other.read;
        self.indexed += other.indexed;
        self.replaced += other.replaced;
        self.unchanged += other.unchanged;
        self.removed += other.removed;
        self.skipped += other.skipped;
        self.failed += other.failed;
    }
}

impl Report {
    /// Adds what was done before.
    pub fn join(&mut self, before: &Self) {
        self.files.join(&before.files);
        self.records.join(&before.records);
        for skipped in &before.skipped {
            match self.skipped.iter_mut().find(|known| known.reason == skipped.reason) {
                Some(known) => known.count += skipped.count,
                None => self.skipped.push(*skipped),
            }
        }
        self.extracted += before.extracted;
        self.warnings += before.warnings;
        self.first_warnings.splice(0..0, before.first_warnings.iter().cloned());
        self.failures.splice(0..0, before.failures.iter().cloned());
        self.more_failures += before.more_failures;
        self.roots_failed += before.roots_failed;
        self.roots_unknown += before.roots_unknown;
    }

    /// Something failed: it is told, or counted where there is enough to tell.
    pub fn fail(&mut self, path: impl Into<String>, message: String) {
        self.log.write(&message);
        if self.failures.len() < MOST_FAILURES {
            self.failures.push(Failure { path: path.into(), message });
        } else {
            self.more_failures += 1;
        }
    }

    /// One more thing failed in a file of which enough is told.
    pub fn fail_untold(&mut self, message: &str) {
        self.log.write(message);
        self.more_failures += 1;
    }

    /// How many things failed.
    pub fn count_failures(&self) -> u64 {
        self.failures.len() as u64 + self.more_failures
    }

    /// Whether something could not be done.
    pub fn has_failures(&self) -> bool {
        self.count_failures() > 0
    }
}
