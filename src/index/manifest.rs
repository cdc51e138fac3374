//! Which files the index holds: a log of JSON lines, of which the index's commit says how much counts.
//!
//! A commit of the index carries the log's name and its length in bytes. What a killed run appended behind that length
//! is cut off by the next writer, so index and manifest can never disagree.

mod entries;
mod entry;
mod line;
mod log;

use std::collections::BTreeMap;

use entries::Entries;
use line::{Change, Line, LogMark};

pub use entry::{FeedSnapshot, FileEntry, RootEntry};

/// The files that the index holds, and what is to be appended to the log.
#[derive(Debug, Default)]
pub struct Manifest {
    files: Entries,
    roots: BTreeMap<String, RootEntry>,
    next_number: u64,
    mark: LogMark,
    /// Of the log's bytes that count.
    hasher: blake3::Hasher,
    lines_in_log: usize,
    pending: Vec<Change>,
}

impl Manifest {
    /// A hash of the hashes of all files, in their order: 64 hexadecimal digits.
    pub(crate) fn fingerprint(&self) -> String {
        let mut hashes: Vec<[u8; 32]> = self.files().map(|file| file.hash.into()).collect();
        hashes.sort_unstable();
        let mut hasher = blake3::Hasher::new();
        for hash in hashes {
            hasher.update(blake3::Hash::from(hash).to_hex().as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The number that the next file gets.
    pub(crate) fn next_number(&self) -> u64 {
        self.next_number
    }

    /// Numbers are given out from this one on, if it is higher than those known.
    pub(crate) fn go_on_from(&mut self, number: u64) {
        self.next_number = self.next_number.max(number);
    }

    /// All files, by number.
    pub fn files(&self) -> impl Iterator<Item = FileEntry<'_>> {
        self.files.iter()
    }

    /// The entry of an absolute path.
    pub fn file(&self, path: &str) -> Option<FileEntry<'_>> {
        self.files.find(path)
    }

    /// The entry of a number.
    pub fn file_by_number(&self, number: u64) -> Option<FileEntry<'_>> {
        self.files.get(number)
    }

    /// Bytes of memory that it takes, about.
    pub fn bytes(&self) -> u64 {
        (self.files.bytes() + self.pending.capacity() * size_of::<Change>()) as u64
    }

    /// The entry of a root.
    pub fn root(&self, path: &str) -> Option<&RootEntry> {
        self.roots.get(path)
    }

    /// The root that a path lies below, the deepest of several.
    pub fn root_above(&self, path: &str) -> Option<&RootEntry> {
        let is_below = |root: &&RootEntry| path.strip_prefix(&root.path).is_some_and(|rest| rest.starts_with('/'));
        self.roots().filter(is_below).max_by_key(|root| root.path.len())
    }

    /// All roots, by path.
    pub fn roots(&self) -> impl Iterator<Item = &RootEntry> {
        self.roots.values()
    }

    /// Whether any root has been indexed yet.
    pub fn has_roots(&self) -> bool {
        !self.roots.is_empty()
    }

    /// A number that no file of this index had.
    pub fn take_number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number - 1
    }

    /// Adds or replaces a file's entry.
    pub fn set_file(&mut self, entry: &FileEntry<'_>) {
        self.pending.push(Change::File(entry.number));
        self.enter(entry);
    }

    /// Forgets a file; one that was not entered leaves nothing to write.
    pub fn remove_file(&mut self, number: u64) {
        if self.files.get(number).is_some() {
            self.pending.push(Change::Gone(number));
            self.apply(Line::Gone(number));
        }
    }

    /// Adds or replaces a root.
    pub fn set_root(&mut self, entry: RootEntry) {
        if self.roots.get(&entry.path) != Some(&entry) {
            self.pending.push(Change::Root(entry.path.clone()));
            self.apply(Line::Root(entry));
        }
    }

    /// Forgets a root; its files stay.
    pub fn remove_root(&mut self, path: &str) {
        if self.roots.remove(path).is_some() {
            self.pending.push(Change::RootGone(path.to_owned()));
        }
    }

    /// Whether there is anything to write.
    pub(super) fn is_changed(&self) -> bool {
        !self.pending.is_empty()
    }

    fn enter(&mut self, entry: &FileEntry<'_>) {
        self.next_number = self.next_number.max(entry.number + 1);
        self.files.insert(entry);
    }

    fn apply(&mut self, line: Line) {
        match line {
            Line::File(entry) => self.enter(&entry),
            Line::Gone(number) => self.files.remove(number),
            Line::Root(entry) => drop(self.roots.insert(entry.path.clone(), entry)),
            Line::RootGone(path) => drop(self.roots.remove(&path)),
        }
    }
}

#[cfg(test)]
mod tests;
