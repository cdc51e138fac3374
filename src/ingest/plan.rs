//! Which files are to be read, which stay as they are, which are gone, and what their articles are called.

mod survey;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{IngestOptions, Progress, ids};
use crate::extract::Stated;
use crate::index::{FileEntry, Manifest};
use crate::overrides::{Met, Overrides};
use crate::report::Report;
use crate::source::{FieldNames, ReadOptions, STDIN};
use survey::{Seen, Survey};

/// Files after which the comparison tells of itself.
const TOLD: u64 = 1000;

/// The version that reads; another one may know better.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

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

/// A file that is to be read.
#[derive(Clone, Debug)]
pub(super) struct Job {
    place: Place,
    /// What its articles are called.
    pub base_id: String,
    pub size: u64,
    pub modified: u64,
    /// What the manifest has of it.
    pub old: Option<Old>,
    /// What is stated of it from outside, and the hash of that.
    pub stated: Stated,
    pub overrides: String,
}

/// Where a file is.
#[derive(Clone, Debug)]
enum Place {
    /// On the disk.
    File(Seen),
    /// It comes by standard input, under this name.
    Stream(String),
}

/// A file as the manifest has it: its number, and the articles that the index holds of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Old {
    pub number: u64,
    pub articles: u32,
}

impl Old {
    fn of(file: &FileEntry) -> Self {
        Self { number: file.number, articles: file.articles }
    }
}

impl Job {
    /// The file as it can be opened.
    pub fn path(&self) -> PathBuf {
        match &self.place {
            Place::File(seen) => seen.path(),
            Place::Stream(_) => PathBuf::from(STDIN),
        }
    }

    pub fn shown(&self) -> String {
        self.path().display().to_string()
    }

    /// The key of the manifest: its absolute path, or its name where it comes by standard input.
    pub fn key(&self) -> String {
        match &self.place {
            Place::File(seen) => seen.key(),
            Place::Stream(name) => name.clone(),
        }
    }

    /// Whether it comes by standard input.
    pub fn is_stream(&self) -> bool {
        matches!(self.place, Place::Stream(_))
    }

    /// The file's entry in the manifest, without articles.
    pub fn entry(&self, number: u64, hash: String, fields: &FieldNames) -> FileEntry {
        FileEntry {
            number,
            path: self.key(),
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
    pub gone: Vec<Old>,
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
        progress: &dyn Fn(Progress),
    ) -> Self {
        let (streams, roots): (Vec<&PathBuf>, Vec<&PathBuf>) =
            roots.iter().partition(|root| root.as_path() == Path::new(STDIN));
        let survey = Survey::of(manifest, &roots, scope, options, report, progress);
        let gone: Vec<Old> = manifest.files().filter(|f| survey.is_gone(f)).map(Old::of).collect();
        let unreadable = survey.unreadable().to_vec();
        let mut met = Met::default();
        let mut jobs = into_jobs(survey, manifest, &gone, options, &mut met, report, progress);
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

/// Parts the files into those that stay as they are, which the report counts, and those that are to be read.
fn into_jobs(
    mut survey: Survey,
    manifest: &mut Manifest,
    gone: &[Old],
    options: &IngestOptions,
    met: &mut Met,
    report: &mut Report,
    progress: &dyn Fn(Progress),
) -> Vec<Job> {
    let names = name_files(&survey, manifest, gone);
    let (fields, found) = (options.read.fields.to_string(), names.len() as u64);
    let files = std::mem::take(&mut survey.files);
    let mut jobs = Vec::new();
    for (compared, (seen, base_id)) in (0..).zip(files.into_iter().zip(names)) {
        if compared % TOLD == 0 {
            progress(Progress { found, compared, ..Progress::default() });
        }
        let stated = options.overrides.of(survey.place(manifest, &seen).1, met);
        let overrides = options.overrides.key(&stated);
        let modified = trusted(seen.file.modified);
        let stays = |old: &&FileEntry| {
            let reads_same = old.overrides == overrides && reads_same(old, &fields, &options.read);
            old.base_id == base_id && reads_same && is_same(&seen, old)
        };
        let old = seen.old(manifest);
        if let Some(old) = old.filter(stays) {
            report.keep(|| seen.path().display().to_string(), old);
            if old.modified != modified {
                let entry = FileEntry { modified, ..old.clone() };
                manifest.set_file(entry);
            }
            continue;
        }
        let old = old.map(Old::of);
        jobs.push(Job { base_id, size: seen.file.size, modified, old, stated, overrides, place: Place::File(seen) });
    }
    jobs
}

/// The base id of each file. Files whose ids clash keep their extension; where that is not enough, what comes later by
/// path gets a number.
fn name_files(survey: &Survey, manifest: &Manifest, gone: &[Old]) -> Vec<String> {
    let leaving: HashSet<u64> = gone.iter().map(|f| f.number).collect();
    let elsewhere = manifest.files().filter(|f| !survey.has(f) && !leaving.contains(&f.number));
    // hashes of names: a million names would take three times the room
    let mut taken: HashSet<[u8; 16]> = elsewhere.map(|f| ids::key(&f.base_id)).collect();
    let mut clashes: HashMap<[u8; 16], u32> = HashMap::with_capacity(survey.files.len());
    let short = |full: &str| ids::encode(ids::stem(full));
    for seen in &survey.files {
        *clashes.entry(ids::key(&short(&survey.full_name(manifest, seen)))).or_default() += 1;
    }
    let mut names = Vec::with_capacity(survey.files.len());
    for seen in &survey.files {
        let full = survey.full_name(manifest, seen);
        let short = short(&full);
        let key = ids::key(&short);
        let alone = clashes.get(&key) == Some(&1) && !taken.contains(&key);
        let wanted = if alone { short } else { ids::encode(&full) };
        let name = ids::first_free(&wanted, |name| !taken.contains(&ids::key(name)));
        taken.insert(ids::key(&name));
        names.push(name);
    }
    names
}

/// Standard input as a file, under an id that nothing has.
fn stream(manifest: &Manifest, jobs: &[Job], overrides: &Overrides, met: &mut Met) -> Job {
    let taken = |id: &str| manifest.files().any(|f| f.base_id == id) || jobs.iter().any(|job| job.base_id == id);
    let base_id = ids::first_free("stdin", |id| !taken(id));
    let stated = overrides.of(STDIN, met);
    let overrides = overrides.key(&stated);
    Job { place: Place::Stream(base_id.clone()), base_id, size: 0, modified: 0, old: None, stated, overrides }
}

/// Whether a file would be read as it was: its records call their fields the same, what was too long still is, and what
/// was too much for this version.
fn reads_same(old: &FileEntry, fields: &str, options: &ReadOptions) -> bool {
    let same_limit = old.max_record == 0 || old.max_record == options.limits.max_record;
    let same_version = old.broke.is_empty() || old.broke == VERSION;
    same_limit && same_version && old.fields == fields
}

/// Whether a file is as the manifest has it: by size and time, and where the time differs by its bytes.
fn is_same(seen: &Seen, old: &FileEntry) -> bool {
    let same_time = old.modified == seen.file.modified && old.modified != 0;
    old.size == seen.file.size && (same_time || hash_file(&seen.path()).is_ok_and(|hash| hash == old.hash))
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
