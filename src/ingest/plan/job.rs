//! A file that is to be read: a million of them are held at once, each in little more than its name.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::seen::Seen;
use crate::extract::Stated;
use crate::index::FileEntry;
use crate::ingest::ids;
use crate::overrides::{Met, Overrides};
use crate::source::{FieldNames, FoundFile, FoundRole, STDIN};

/// A file that is to be read.
#[derive(Clone, Debug)]
pub(in crate::ingest) struct Job {
    pub(super) place: JobSource,
    /// What its articles are called, where that is not its path below the root without the extension.
    pub(super) name: Option<Box<str>>,
    /// What the manifest has of it.
    pub old: Option<Old>,
    /// What is stated of it from outside; files of which the same is stated share it.
    pub told: Arc<Told>,
}

/// What is stated of a file from outside, and the hash of that.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Told {
    pub stated: Stated,
    pub key: String,
}

impl Told {
    pub(super) fn of(below: &str, overrides: &Overrides, met: &mut Met) -> Self {
        let stated = overrides.of(below, met);
        Self { key: overrides.key(&stated), stated }
    }
}

/// Where a file is.
#[derive(Clone, Debug)]
pub(super) enum JobSource {
    /// On the disk.
    File(Seen),
    /// It comes by standard input, under this name.
    Stream(String),
}

/// A file as the manifest has it: its number, and the articles that the index holds of it.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest) struct Old {
    pub number: u64,
    pub articles: u32,
    /// Whether it keeps its base id wherever it lies.
    pub moved: bool,
    /// Whether it was compressed.
    pub packed: bool,
}

impl Old {
    pub(super) fn of(file: &FileEntry<'_>) -> Self {
        Self { number: file.number, articles: file.articles, moved: file.moved, packed: file.packed }
    }
}

impl Job {
    /// Compares the paths.
    pub(super) fn cmp_key(&self, other: &Self) -> Ordering {
        match (&self.place, &other.place) {
            (JobSource::File(one), JobSource::File(other)) => one.cmp_key(other),
            _ => self.key().cmp(&other.key()),
        }
    }

    /// Compares what is read first: a packed folder itself comes behind the files in it.
    pub(super) fn cmp_reading(&self, other: &Self) -> Ordering {
        let key = |job: &Self| if job.is_packed_folder() { job.key() + "!\u{10ffff}" } else { job.key() };
        match self.is_packed_folder() || other.is_packed_folder() {
            true => key(self).cmp(&key(other)),
            false => self.cmp_key(other),
        }
    }

    /// Whether it is a packed folder, of which other jobs are the files.
    pub fn is_packed_folder(&self) -> bool {
        self.file().is_some_and(|file| matches!(file.role, FoundRole::Packed { .. }))
    }

    /// The packed folder that it lies in.
    pub fn packed_in(&self) -> Option<PathBuf> {
        self.file()?.packed_in(self.walked_from()?)
    }

    /// Its path in the packed folder that it lies in.
    pub fn name_in_packed(&self) -> Option<&str> {
        self.file()?.name_in_packed()
    }

    /// What its articles are called.
    pub fn base_id(&self) -> &str {
        match (&self.name, &self.place) {
            (Some(name), _) => name,
            (None, JobSource::File(seen)) => ids::stem(&seen.file.below),
            (None, JobSource::Stream(name)) => name,
        }
    }

    /// Size in bytes; 0 where it comes by standard input.
    pub fn size(&self) -> u64 {
        self.file().map_or(0, |file| file.size)
    }

    /// The file on the disk; none where it comes by standard input.
    fn file(&self) -> Option<&FoundFile> {
        match &self.place {
            JobSource::File(seen) => Some(&seen.file),
            JobSource::Stream(_) => None,
        }
    }

    /// Bytes of memory that it takes until the run is over, about: here, and in the manifest.
    pub(super) fn bytes(&self) -> u64 {
        /// The manifest's own of an entry: packed, found by number and path, and on its way into the log.
        const ELSEWHERE: usize = 68 + 34 + 18 + 32;
        let below = self.file().map_or(0, |file| file.below.len());
        let name = self.name.as_ref().map_or(0, |name| name.len());
        (size_of::<Self>() + 4 * below + 2 * name + ELSEWHERE) as u64
    }

    /// The file as it can be opened.
    pub fn path(&self) -> PathBuf {
        match &self.place {
            JobSource::File(seen) => seen.path(),
            JobSource::Stream(_) => PathBuf::from(STDIN),
        }
    }

    /// The root that it was found below, as typed; none where it comes by standard input.
    pub fn walked_from(&self) -> Option<&Path> {
        match &self.place {
            JobSource::File(seen) => Some(&seen.root.typed),
            JobSource::Stream(_) => None,
        }
    }

    pub fn shown(&self) -> String {
        self.path().display().to_string()
    }

    /// The folder that the file's path counts from; none where the path is whole, and of standard input.
    pub fn root(&self) -> Option<String> {
        let is_whole = self.is_stream() || self.path().is_absolute();
        // where it is gone, a path that counts from it opens nothing
        let here = if is_whole { None } else { std::env::current_dir().ok() };
        here.map(|here| here.display().to_string())
    }

    /// The key of the manifest: its absolute path, or its name where it comes by standard input.
    pub fn key(&self) -> String {
        match &self.place {
            JobSource::File(seen) => seen.key(),
            JobSource::Stream(name) => name.clone(),
        }
    }

    /// Whether it comes by standard input.
    pub fn is_stream(&self) -> bool {
        matches!(self.place, JobSource::Stream(_))
    }

    /// The file's entry in the manifest, without articles.
    pub fn entry(&self, number: u64, hash: blake3::Hash, fields: &FieldNames) -> FileEntry<'_> {
        FileEntry {
            size: self.size(),
            modified: self.file().map_or(0, trusted),
            stamp: self.file().map_or(0, |file| file.stamp),
            fields: fields.to_string().into(),
            overrides: self.told.key.as_str().into(),
            moved: self.old.is_some_and(|old| old.moved),
            ..FileEntry::new(number, self.key(), self.base_id(), hash)
        }
    }
}

/// A file's time of change; 0 where it may change again without showing.
pub(super) fn trusted(file: &FoundFile) -> u64 {
    if file.is_fresh { 0 } else { file.modified }
}
