//! The entries of a list of files, packed: a million of them are held at once, each in little more than its path and its
//! hash.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::{FeedSnapshot, FileEntry};
use crate::error::Reason;

/// Bytes of entries that lie end to end.
const CHUNK: usize = 256 * 1024;

/// An entry as it is packed: number, path, base id, size, time, stamp, hash, articles. A stamp is random, so its four
/// bytes are written as they are: they cost 4 MB of a million files, and would cost 5 as a number of varying length.
type Packed<'a> = (u64, &'a str, &'a str, u64, u64, [u8; 4], [u8; 32], u32, Option<Rare<'a>>);

/// What most files have nothing of: failures, how many more there were, whether it failed, is stale, was moved and was compressed, why it was
/// passed over, records skipped and how many of them empty, names of fields, hash of what was stated, longest record,
/// version, snapshot of a feed.
type Rare<'a> = (
    Vec<Cow<'a, str>>,
    u32,
    (bool, bool, bool, bool),
    Option<Reason>,
    u32,
    u32,
    &'a str,
    &'a str,
    u64,
    &'a str,
    Option<PackedSnapshot>,
);

/// Feed, when it was built, items superseded.
type PackedSnapshot = (u64, Option<i64>, u32);

/// Entries by number and by path.
#[derive(Debug, Default)]
pub(super) struct Entries {
    chunks: Vec<Chunk>,
    /// Where each number's entry stands: the chunk, and the byte in it.
    places: BTreeMap<u64, (u32, u32)>,
    /// Numbers, found by the path of their entry.
    by_path: HashTable<u64>,
}

/// Entries end to end.
#[derive(Debug, Default)]
struct Chunk {
    bytes: Vec<u8>,
    /// How many of the bytes are of entries that were removed.
    dead: usize,
}

impl Entries {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Bytes of memory taken, about.
    pub fn bytes(&self) -> usize {
        /// A node of the tree of places is half empty where numbers come in order.
        const PLACE: usize = 34;
        let table = self.by_path.capacity() * 8 / 7 * (size_of::<u64>() + 1);
        self.chunks.iter().map(|chunk| chunk.bytes.capacity()).sum::<usize>() + self.places.len() * PLACE + table
    }

    /// All numbers, ascending.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        self.places.keys().copied()
    }

    /// All entries, by number.
    pub fn iter(&self) -> impl Iterator<Item = FileEntry<'_>> {
        self.numbers().filter_map(|number| self.get(number))
    }

    pub fn get(&self, number: u64) -> Option<FileEntry<'_>> {
        Some(unpack(read(&self.chunks, *self.places.get(&number)?)?.0))
    }

    /// The entry of a path.
    pub fn find(&self, path: &str) -> Option<FileEntry<'_>> {
        let hash = FxBuildHasher.hash_one(path);
        self.get(*self.by_path.find(hash, |&number| self.path(number) == path)?)
    }

    /// Adds an entry, in the place of one with its number or its path.
    pub fn insert(&mut self, entry: &FileEntry<'_>) {
        let same_path = self.find(&entry.path).map(|old| old.number);
        same_path.into_iter().for_each(|old| self.remove(old));
        self.remove(entry.number);
        self.push(entry);
        let (chunks, places) = (&self.chunks, &self.places);
        let hash = |&number: &u64| FxBuildHasher.hash_one(path(chunks, places, number));
        self.by_path.insert_unique(FxBuildHasher.hash_one(&*entry.path), entry.number, hash);
    }

    pub fn remove(&mut self, number: u64) {
        let Some(&place) = self.places.get(&number) else { return };
        let Some((packed, length)) = read(&self.chunks, place) else { return };
        let hash = FxBuildHasher.hash_one(packed.1);
        if let Ok(found) = self.by_path.find_entry(hash, |&other| other == number) {
            found.remove();
        }
        self.places.remove(&number);
        let nth = place.0 as usize;
        let is_last = nth + 1 == self.chunks.len();
        let chunk = &mut self.chunks[nth];
        chunk.dead += length;
        if chunk.dead > chunk.bytes.len() / 2 && !is_last {
            self.empty(nth);
        }
    }

    fn path(&self, number: u64) -> &str {
        path(&self.chunks, &self.places, number)
    }

    fn push(&mut self, entry: &FileEntry<'_>) {
        // writing to a Vec fails on nothing that an entry can hold
        self.put(entry.number, &postcard::to_stdvec(&pack(entry)).unwrap_or_default());
    }

    fn put(&mut self, number: u64, packed: &[u8]) {
        let room = |chunk: &Chunk| chunk.bytes.capacity() - chunk.bytes.len() >= packed.len();
        if !self.chunks.last().is_some_and(room) {
            let bytes = Vec::with_capacity(CHUNK.max(packed.len()));
            self.chunks.push(Chunk { bytes, dead: 0 });
        }
        let nth = self.chunks.len() - 1;
        let bytes = &mut self.chunks[nth].bytes;
        self.places.insert(number, (nth as u32, bytes.len() as u32));
        bytes.extend(packed);
    }

    /// Puts what is left of a chunk behind the others.
    fn empty(&mut self, nth: usize) {
        let chunk = [std::mem::take(&mut self.chunks[nth])];
        let mut at = 0;
        while let Some(((number, ..), length)) = read(&chunk, (0, at as u32)) {
            if self.places.get(&number) == Some(&(nth as u32, at as u32)) {
                self.put(number, &chunk[0].bytes[at..at + length]);
            }
            at += length;
        }
    }
}

fn path<'c>(chunks: &'c [Chunk], places: &BTreeMap<u64, (u32, u32)>, number: u64) -> &'c str {
    let packed = places.get(&number).and_then(|&place| read(chunks, place));
    packed.map_or("", |(packed, _)| packed.1)
}

/// The entry at a place, and its length.
fn read(chunks: &[Chunk], (chunk, at): (u32, u32)) -> Option<(Packed<'_>, usize)> {
    let bytes = chunks.get(chunk as usize)?.bytes.get(at as usize..)?;
    let (packed, rest) = postcard::take_from_bytes(bytes).ok()?;
    Some((packed, bytes.len() - rest.len()))
}

fn pack<'a>(entry: &'a FileEntry<'_>) -> Packed<'a> {
    let FileEntry { failures, untold, reason, skipped, empty, fields, overrides, max_record, broke, .. } = entry;
    let failures = failures.iter().map(|failure| Cow::Borrowed(&**failure)).collect();
    let snapshot = entry.snapshot.map(|FeedSnapshot { feed, built, superseded }| (feed, built, superseded));
    let states = (entry.failed, entry.stale, entry.moved, entry.packed);
    let rare: Rare<'_> =
        (failures, *untold, states, *reason, *skipped, *empty, fields, overrides, *max_record, broke, snapshot);
    let rare = (rare != Rare::default()).then_some(rare);
    let (stamp, hash) = (entry.stamp.to_le_bytes(), *entry.hash.as_bytes());
    (entry.number, &entry.path, &entry.base_id, entry.size, entry.modified, stamp, hash, entry.articles, rare)
}

fn unpack(packed: Packed<'_>) -> FileEntry<'_> {
    let (number, path, base_id, size, modified, stamp, hash, articles, rare) = packed;
    let (
        failures,
        untold,
        (failed, stale, moved, packed),
        reason,
        skipped,
        empty,
        fields,
        overrides,
        max_record,
        broke,
        snapshot,
    ) = rare.unwrap_or_default();
    FileEntry {
        number,
        path: path.into(),
        base_id: base_id.into(),
        size,
        modified,
        stamp: u32::from_le_bytes(stamp),
        hash: hash.into(),
        articles,
        failures,
        untold,
        failed,
        reason,
        skipped,
        empty,
        fields: fields.into(),
        overrides: overrides.into(),
        max_record,
        broke: broke.into(),
        snapshot: snapshot.map(|(feed, built, superseded)| FeedSnapshot { feed, built, superseded }),
        stale,
        moved,
        packed,
    }
}
