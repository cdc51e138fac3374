//! The file whose records are coming in.

use std::collections::{BTreeMap, HashSet};

use crate::article::ArticleId;
use crate::ingest::feeds::Age;
use crate::report::Report;
use crate::source::Feed;

/// What is known so far of the file whose records are coming in.
pub(super) struct OpenFile {
    pub number: u64,
    pub articles: u32,
    /// Records that hold no article, and how many of them are empty.
    pub skipped: u32,
    pub empty: u32,
    /// What failed in it: the first hundred, and how many more.
    pub failures: Vec<String>,
    pub untold: u32,
    /// Whether one of them was a panic.
    pub broke: bool,
    /// Whether it is compressed.
    pub packed: bool,
    /// Whether it is damaged, as its own checksum says.
    pub damaged: bool,
    /// Articles of other files that it replaces, with the number of their file: what came by standard input before, and
    /// items of older snapshots of its feed.
    pub superseded: Vec<(ArticleId, u64)>,
    /// How many of its articles have the ids of others in files that are gone, by the number of the file.
    pub inherited: BTreeMap<u64, u32>,
    /// Warnings of the run before it was opened, and how many of them are quoted.
    pub warned: (u64, usize),
    /// The feed that it is a snapshot of, and how new it is.
    pub snapshot: Option<(Feed, Age)>,
    /// Hashes of the ids that its items brought.
    pub brought: HashSet<[u8; 16]>,
    /// Items that a newer snapshot has.
    pub outdated: u32,
    /// Whether it is to be read again: its ids may have been free, had another file been read, or memory was short.
    pub in_doubt: bool,
}

/// Failures of a file that are told and kept in its entry; the others are counted.
pub(super) const MOST_FAILURES: usize = 100;

impl OpenFile {
    /// Whether so much has failed in it that the rest is counted only.
    pub fn has_told_enough(&self) -> bool {
        self.failures.len() >= MOST_FAILURES
    }

    pub fn new(number: u64, report: &Report) -> Self {
        Self {
            number,
            inherited: BTreeMap::new(),
            warned: (report.warnings, report.first_warnings.len()),
            articles: 0,
            skipped: 0,
            empty: 0,
            failures: Vec::new(),
            untold: 0,
            broke: false,
            packed: false,
            damaged: false,
            superseded: Vec::new(),
            snapshot: None,
            brought: HashSet::new(),
            outdated: 0,
            in_doubt: false,
        }
    }
}
