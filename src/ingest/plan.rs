//! Which files are to be read, which stay as they are, which are gone, and what their articles are called.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{IngestOptions, ids};
use crate::extract::Stated;
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::overrides::{Met, Overrides};
use crate::report::{Failure, Report};
use crate::source::{FieldNames, FoundFile, ReadOptions, STDIN, walk};

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
}

impl Plan {
    /// Walks the roots and compares what is there with the manifest.
    ///
    /// A file of another time but the same size is hashed: with the same bytes it is unchanged, unless it is to be read
    /// otherwise now. Standing for itself, [`STDIN`] is one more file, which no run has met before.
    pub fn make(manifest: &mut Manifest, roots: &[PathBuf], options: &IngestOptions, report: &mut Report) -> Self {
        let mut survey = Survey::default();
        let (streams, roots): (Vec<&PathBuf>, Vec<&PathBuf>) =
            roots.iter().partition(|root| root.as_path() == Path::new(STDIN));
        for root in &roots {
            survey.add_root(root, &options.overrides, report);
        }
        survey.name_roots(manifest, roots.len());
        let gone: Vec<FileEntry> = manifest.files().filter(|f| survey.is_gone(f)).cloned().collect();
        let mut met = Met::default();
        let mut jobs = survey.into_jobs(manifest, &gone, options, &mut met, report);
        if !streams.is_empty() {
            jobs.push(stream(manifest, &jobs, &options.overrides, &mut met));
        }
        report.tell(options.overrides.unmet(&met));
        Self { jobs, gone }
    }

    /// Numbers of the files whose articles the run takes out or replaces.
    pub fn leaving(&self) -> HashSet<u64> {
        let replaced = self.jobs.iter().filter_map(|job| job.old.as_ref());
        replaced.chain(&self.gone).map(|file| file.number).collect()
    }
}

/// What the roots hold.
#[derive(Default)]
struct Survey {
    /// Absolute path -> the file, and which root it was found below first.
    files: BTreeMap<String, (FoundFile, usize)>,
    /// Absolute path of each root that could be read, whether it is a folder, and the prefix of its ids.
    roots: Vec<(String, bool, String)>,
    /// Absolute paths that could not be read: nothing below them is gone.
    unreadable: Vec<String>,
}

impl Survey {
    fn add_root(&mut self, root: &Path, overrides: &Overrides, report: &mut Report) {
        let walked = match walk(root) {
            Ok(walked) => walked,
            Err(error) => {
                report.roots_failed += 1;
                report.files.failed += 1;
                report.failures.push(Failure { path: root.display().to_string(), message: error.to_string() });
                return;
            }
        };
        let place = absolute(root);
        let is_folder = root.is_dir();
        report.files.skipped += walked.skipped;
        for (path, error) in walked.problems {
            report.files.failed += 1;
            report.failures.push(Failure { path: path.display().to_string(), message: error.to_string() });
            self.unreadable.push(below(&place, root, &path));
        }
        if is_folder && walked.files.is_empty() && self.unreadable.is_empty() {
            let message =
                format!("{}: no articles in this folder; name one that holds files of articles", root.display());
            report.failures.push(Failure { path: root.display().to_string(), message });
        }
        let number = self.roots.len();
        for file in walked.files {
            let key = if is_folder { format!("{place}/{}", file.below) } else { place.clone() };
            if overrides.is_source(Path::new(&key)) {
                report.files.skipped += 1;
                continue;
            }
            self.files.entry(key).or_insert((file, number));
        }
        self.roots.push((place, is_folder, String::new()));
    }

    /// Gives each folder its prefix: none where it is the only root, its name where there are several.
    fn name_roots(&mut self, manifest: &mut Manifest, named: usize) {
        let several = named > 1 || manifest.has_roots();
        let mut prefixes: HashSet<String> = manifest.roots().map(|r| r.prefix.clone()).collect();
        for (place, is_folder, prefix) in &mut self.roots {
            if !*is_folder {
                continue;
            }
            if let Some(known) = manifest.root(place) {
                prefix.clone_from(&known.prefix);
                continue;
            }
            if several {
                let name = ids::encode(place.rsplit('/').next().unwrap_or(place));
                *prefix = first_free(&name, |p| !prefixes.contains(p));
            }
            prefixes.insert(prefix.clone());
            manifest.set_root(RootEntry { path: place.clone(), prefix: prefix.clone() });
        }
    }

    fn is_gone(&self, file: &FileEntry) -> bool {
        let below = |root: &str| file.path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
        let named = self.roots.iter().any(|(root, is_folder, _)| *is_folder && below(root));
        let hidden = self.unreadable.iter().any(|path| file.path == *path || below(path));
        named && !hidden && !self.files.contains_key(&file.path)
    }

    fn into_jobs(
        self,
        manifest: &mut Manifest,
        gone: &[FileEntry],
        options: &IngestOptions,
        met: &mut Met,
        report: &mut Report,
    ) -> Vec<Job> {
        let names = self.name_files(manifest, gone);
        let mut jobs = Vec::new();
        for (key, (file, root)) in &self.files {
            let (_, below) = self.place(manifest, key, file, *root);
            let stated = options.overrides.of(below, met);
            let overrides = options.overrides.key(&stated);
            let (file, key) = (file.clone(), key.clone());
            let old = manifest.file(&key).cloned();
            let base_id = names.get(&key).cloned().unwrap_or_default();
            let modified = trusted(file.modified);
            let stays = |old: &&FileEntry| {
                let reads_same = old.overrides == overrides && reads_same(old, &options.read);
                old.base_id == base_id && reads_same && is_same(&file, old)
            };
            if let Some(old) = old.as_ref().filter(stays) {
                report.keep(&file.path.display().to_string(), old);
                if old.modified != modified {
                    manifest.set_file(FileEntry { modified, ..old.clone() });
                }
                continue;
            }
            let (path, size, is_stream) = (file.path, file.size, false);
            jobs.push(Job { path, key, base_id, size, modified, old, stated, overrides, is_stream });
        }
        jobs
    }

    /// Absolute path -> base id. Files whose ids clash keep their extension; where that is not enough, what comes later
    /// by path gets a number.
    fn name_files(&self, manifest: &Manifest, gone: &[FileEntry]) -> HashMap<String, String> {
        let leaving: HashSet<u64> = gone.iter().map(|f| f.number).collect();
        let elsewhere = manifest.files().filter(|f| !self.files.contains_key(&f.path) && !leaving.contains(&f.number));
        let mut taken: HashSet<String> = elsewhere.map(|f| f.base_id.clone()).collect();
        let mut clashes: HashMap<String, usize> = HashMap::new();
        for (key, (file, root)) in &self.files {
            *clashes.entry(ids::encode(ids::stem(&self.full_name(manifest, key, file, *root)))).or_default() += 1;
        }
        let mut names = HashMap::with_capacity(self.files.len());
        for (key, (file, root)) in &self.files {
            let full = self.full_name(manifest, key, file, *root);
            let short = ids::encode(ids::stem(&full));
            let alone = clashes.get(&short) == Some(&1) && !taken.contains(&short);
            let wanted = if alone { short } else { ids::encode(&full) };
            let name = first_free(&wanted, |name| !taken.contains(name));
            taken.insert(name.clone());
            names.insert(key.clone(), name);
        }
        names
    }

    fn full_name(&self, manifest: &Manifest, key: &str, file: &FoundFile, root: usize) -> String {
        let (prefix, below) = self.place(manifest, key, file, root);
        if prefix.is_empty() { below.to_owned() } else { format!("{prefix}/{below}") }
    }

    /// Prefix and path below the root; a file that was named itself belongs to the known folder that holds it.
    fn place<'p>(
        &'p self,
        manifest: &'p Manifest,
        key: &'p str,
        file: &'p FoundFile,
        root: usize,
    ) -> (&'p str, &'p str) {
        let (_, is_folder, prefix) = &self.roots[root];
        let holder =
            (!is_folder).then(|| manifest.roots().filter(|r| holds(&r.path, key)).max_by_key(|r| r.path.len()));
        match holder.flatten() {
            Some(holder) => (&holder.prefix, &key[holder.path.len() + 1..]),
            None => (prefix, &file.below),
        }
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

/// Whether a file would be read as it was: its records call their fields the same, and what was too long still is.
fn reads_same(old: &FileEntry, options: &ReadOptions) -> bool {
    let same_limit = old.max_record == 0 || old.max_record == options.limits.max_record;
    same_limit && old.fields == options.fields.to_string()
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

fn absolute(path: &Path) -> String {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    place.to_string_lossy().trim_end_matches('/').to_owned()
}

fn below(place: &str, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(rest) if rest.as_os_str().is_empty() => place.to_owned(),
        Ok(rest) => format!("{place}/{}", rest.display()),
        Err(_) => absolute(path),
    }
}
