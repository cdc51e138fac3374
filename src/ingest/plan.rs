//! Which files are to be read, which stay as they are, which are gone, and what their articles are called.

mod survey;

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::IngestOptions;
use crate::extract::Stated;
use crate::index::{FileEntry, Manifest};
use crate::overrides::{Met, Overrides};
use crate::report::Report;
use crate::source::{FieldNames, FoundFile, ReadOptions, STDIN};
use survey::Survey;

/// Which of the files below the roots a run looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All of them.
    All,
    /// Those at or below these absolute paths, and those whose ids depend on them.
    Part(BTreeSet<PathBuf>),
}

impl Scope {
    /// Nothing at all.
    pub fn none() -> Self {
        Self::Part(BTreeSet::new())
    }

    /// Both.
    pub fn with(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Part(mut paths), Self::Part(others)) => {
                paths.extend(others.iter().cloned());
                Self::Part(paths)
            }
            _ => Self::All,
        }
    }
}

/// The version that reads; another one may know better.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A file that is to be read.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// The file as it can be opened.
    pub path: PathBuf,
    /// Its absolute path: the key of the manifest.
    pub key: String,
    /// What its articles are called.
    pub base_id: String,
    pub size: u64,
    pub modified: u64,
    /// What the manifest has of it.
    pub old: Option<FileEntry>,
    /// What is stated of it from outside, and the hash of that.
    pub stated: Stated,
    pub overrides: String,
    /// It comes by standard input.
    pub is_stream: bool,
}

impl Job {
    pub fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// The file's entry in the manifest, without articles.
    pub fn entry(&self, number: u64, hash: String, fields: &FieldNames) -> FileEntry {
        FileEntry {
            number,
            path: self.key.clone(),
            base_id: self.base_id.clone(),
            size: self.size,
            modified: self.modified,
            hash,
            articles: 0,
            failures: Vec::new(),
            failed: false,
            skipped: 0,
            fields: fields.to_string(),
            overrides: self.overrides.clone(),
            max_record: 0,
            broke: String::new(),
        }
    }
}

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Files to be read, by path.
    pub jobs: Vec<Job>,
    /// Files that vanished.
    pub gone: Vec<FileEntry>,
    /// Absolute paths of the folders and files that could not be looked at.
    pub unreadable: Vec<String>,
}

impl Plan {
    /// Looks at the roots, or a part of them, and compares what is there with the manifest.
    ///
    /// A file of another time but the same size is hashed: with the same bytes it is unchanged, unless it is to be read
    /// otherwise now. Standing for itself, [`STDIN`] is one more file, which no run has met before.
    pub fn make(
        manifest: &mut Manifest,
        roots: &[PathBuf],
        scope: &Scope,
        options: &IngestOptions,
        report: &mut Report,
    ) -> Self {
        let (streams, roots): (Vec<&PathBuf>, Vec<&PathBuf>) =
            roots.iter().partition(|root| root.as_path() == Path::new(STDIN));
        let survey = Survey::of(manifest, &roots, scope, options, report);
        let gone: Vec<FileEntry> = manifest.files().filter(|f| survey.is_gone(f)).cloned().collect();
        let unreadable = survey.unreadable().to_vec();
        let mut met = Met::default();
        let mut jobs = survey.into_jobs(manifest, &gone, &mut met, report);
        if !streams.is_empty() {
            jobs.push(stream(manifest, &jobs, &options.overrides, &mut met));
        }
        if *scope == Scope::All {
            report.tell(options.overrides.unmet(&met));
        }
        Self { jobs, gone, unreadable }
    }

    /// Numbers of the files whose articles the run takes out or replaces.
    pub fn leaving(&self) -> HashSet<u64> {
        let replaced = self.jobs.iter().filter_map(|job| job.old.as_ref());
        replaced.chain(&self.gone).map(|file| file.number).collect()
    }
}

/// Standard input as a file, under an id that nothing has.
fn stream(manifest: &Manifest, jobs: &[Job], overrides: &Overrides, met: &mut Met) -> Job {
    let taken = |id: &str| manifest.files().any(|f| f.base_id == id) || jobs.iter().any(|job| job.base_id == id);
    let base_id = first_free("stdin", |id| !taken(id));
    let (path, key) = (PathBuf::from(STDIN), base_id.clone());
    let stated = overrides.of(STDIN, met);
    let overrides = overrides.key(&stated);
    Job { path, key, base_id, size: 0, modified: 0, old: None, stated, overrides, is_stream: true }
}

/// Whether a file would be read as it was: its records call their fields the same, what was too long still is, and what
/// was too much for this version.
fn reads_same(old: &FileEntry, options: &ReadOptions) -> bool {
    let same_limit = old.max_record == 0 || old.max_record == options.limits.max_record;
    let same_version = old.broke.is_empty() || old.broke == VERSION;
    same_limit && same_version && old.fields == options.fields.to_string()
}

/// Whether a file is as the manifest has it: by size and time, and where the time differs by its bytes.
fn is_same(file: &FoundFile, old: &FileEntry) -> bool {
    let same_time = old.modified == file.modified && old.modified != 0;
    old.size == file.size && (same_time || hash_file(&file.path).is_ok_and(|hash| hash == old.hash))
}

/// A time of change that may be relied on; 0 where the file could change again within the clock's grain.
fn trusted(modified: u64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_nanos() as u64;
    if now.saturating_sub(modified) > 2_000_000_000 { modified } else { 0 }
}

/// BLAKE3 of a file, hexadecimal.
pub(super) fn hash_file(path: &Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Whether a path lies below a folder; both absolute.
fn holds(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// `name`, or `name~2`, `name~3`, … whichever is free first.
fn first_free(name: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2;
    while !is_free(&candidate) {
        candidate = format!("{name}~{number}");
        number += 1;
    }
    candidate
}
