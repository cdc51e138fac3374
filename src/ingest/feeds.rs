//! Snapshots of one feed: an item that several of them have is one article, that of the newest.
//!
//! What the archive holds is a function of the files, not of the order in which they came: a snapshot that is newer takes
//! an item over, one that is older gives way, and when the one that has it leaves, those that gave way are read again.

use std::collections::HashMap;

use crate::engine::Update;
use crate::index::FileEntry;

/// How new a snapshot is: by when its feed says that it was built, then by its path. One that does not say is older than
/// all that do, so that of any three files one is the newest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Age {
    built: Option<i64>,
    path: Box<str>,
}

impl Age {
    pub fn new(built: Option<i64>, path: &str) -> Self {
        Self { built, path: path.into() }
    }
}

/// Feeds of which snapshots leave the archive or are read anew, each with the newest of those: what older ones gave way
/// to may be no more.
#[derive(Debug, Default)]
pub(super) struct Loosened(HashMap<u64, Age>);

impl Loosened {
    /// Of files that leave or are read anew.
    pub fn of<'a>(files: impl IntoIterator<Item = FileEntry<'a>>) -> Self {
        let mut loosened = Self::default();
        files.into_iter().for_each(|file| loosened.add(&file));
        loosened
    }

    /// Adds a file that leaves or is read anew.
    pub fn add(&mut self, file: &FileEntry<'_>) {
        let Some(snapshot) = file.snapshot else { return };
        let age = Age::new(snapshot.built, &file.path);
        match self.0.get_mut(&snapshot.feed) {
            Some(newest) if *newest >= age => {}
            Some(newest) => *newest = age,
            None => drop(self.0.insert(snapshot.feed, age)),
        }
    }

    /// Whether a file gave way to what may be no more.
    pub fn frees(&self, file: &FileEntry<'_>) -> bool {
        let Some(snapshot) = file.snapshot.filter(|snapshot| snapshot.superseded > 0) else { return false };
        let newest = self.0.get(&snapshot.feed);
        newest.is_some_and(|newest| Age::new(snapshot.built, &file.path) < *newest)
    }

    /// Marks what gave way as stale, so that it is read again also where this run does not come to it.
    pub fn mark<U: Update>(&self, update: &mut U) {
        if self.0.is_empty() {
            return;
        }
        let freed: Vec<u64> = update.files().files().filter(|file| self.frees(file)).map(|file| file.number).collect();
        for number in &freed {
            let entry = update.files().file_by_number(*number).filter(|entry| !entry.stale).map(FileEntry::into_owned);
            entry.into_iter().for_each(|entry| update.enter(&FileEntry { stale: true, ..entry }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FeedSnapshot;
    use crate::ingest::memory::Memory;

    fn file(number: u64, path: &str, feed: u64, built: Option<i64>, superseded: u32) -> FileEntry<'_> {
        let new = FileEntry::new(number, path, path, blake3::hash(b""));
        FileEntry { snapshot: Some(FeedSnapshot { feed, built, superseded }), ..new }
    }

    #[test]
    fn what_gave_way_to_a_snapshot_that_leaves_is_freed() {
        let leaving = file(0, "/d2", 7, Some(20), 0);
        for (other, is_freed) in [
            (file(1, "/d1", 7, Some(10), 1), true),
            (file(1, "/d9", 7, Some(10), 1), true),
            (file(1, "/d1", 7, Some(20), 1), true),
            (file(1, "/d9", 7, None, 1), true),
            (file(1, "/d9", 7, Some(20), 1), false),
            (file(1, "/d1", 7, Some(30), 1), false),
            (file(1, "/d1", 7, Some(10), 0), false),
            (file(1, "/d1", 8, Some(10), 1), false),
            (FileEntry::new(1, "/d1", "d1", blake3::hash(b"")), false),
        ] {
            let mut archive = Memory::default();
            archive.enter(&other);
            let loosened = Loosened::of([leaving.clone()]);
            loosened.mark(&mut archive);
            assert_eq!(archive.files().file_by_number(1).map(|file| file.stale), Some(is_freed), "{other:?}");
        }
    }

    #[test]
    fn of_several_that_leave_the_newest_counts() {
        let leaving = || [file(0, "/d2", 7, Some(20), 0), file(1, "/d4", 7, Some(40), 0), file(2, "/d3", 7, None, 0)];
        let loosened = Loosened::of(leaving());
        assert!(loosened.frees(&file(3, "/d3", 7, Some(30), 1)) && !loosened.frees(&file(3, "/d5", 7, Some(50), 1)));
    }
}
