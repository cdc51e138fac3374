//! Which files are to be read, which stay as they are, which are gone, and what their articles are called.

mod job;
mod paths;
mod scope;
mod seen;
mod stake;
mod survey;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::feeds::Loosened;
use super::{IngestOptions, Progress, ids};
use crate::engine::Update;
use crate::extract::Stated;
use crate::index::{FileEntry, Manifest};
use crate::overrides::{Met, Overrides};
use crate::report::Report;
use crate::source::{FoundRole, ReadOptions, STDIN};
use job::{JobSource, trusted};
use seen::Seen;
use survey::Survey;

pub(super) use job::{Job, Old, Told};
pub(super) use paths::{absolute, holds, lexical, spelling};
pub(super) use scope::Scope;
pub(super) use seen::Root;
pub(super) use stake::Stake;

/// Files after which the comparison tells of itself.
const TOLD: u64 = 1000;

/// The version that reads; another one may know better.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Files to be read, by path.
    pub jobs: Vec<Job>,
    /// Files that vanished.
    pub gone: Vec<Old>,
    /// Numbers of the snapshots of feeds that are as they were.
    pub kept: Vec<u64>,
    /// Absolute paths of the folders and files that could not be looked at.
    pub unreadable: Vec<String>,
    /// The roots that could be read.
    roots: Vec<Arc<Root>>,
    /// What the archive has of them.
    pub stakes: Vec<Stake>,
}

impl Plan {
    /// Looks at the roots, or a part of them, and compares what is there with the manifest.
    ///
    /// A file of another time or inode but the same size is hashed: with the same bytes it is unchanged, unless it is to
    /// be read otherwise now. Standing for itself, [`STDIN`] is one more file, which no run has met before.
    pub fn make<U: Update>(
        update: &mut U,
        roots: &[PathBuf],
        scope: &Scope,
        options: &IngestOptions,
        report: &mut Report,
        progress: &dyn Fn(Progress),
    ) -> Self {
        let (streams, roots): (Vec<&PathBuf>, Vec<&PathBuf>) =
            roots.iter().partition(|root| root.as_path() == Path::new(STDIN));
        let survey = Survey::of(update, &roots, scope, options, report, progress);
        let gone: Vec<Old> = update.files().files().filter(|f| survey.is_gone(f)).map(|f| Old::of(&f)).collect();
        let (unreadable, roots) = (survey.unreadable().to_vec(), survey.roots());
        let stakes = survey.stakes(update.files());
        if *scope == Scope::All {
            report.tell(survey.unmet());
        }
        let mut met = Met::default();
        let (mut jobs, kept) = into_jobs(survey, update, &gone, options, &mut met, report, progress);
        if !streams.is_empty() {
            jobs.push(stream(update.files(), &jobs, &options.overrides, &mut met));
        }
        if *scope == Scope::All {
            report.tell(options.overrides.unmet(&met));
        }
        Self { jobs, gone, kept, unreadable, roots, stakes }
    }

    /// Bytes of memory that its lists take until the run is over, about.
    pub fn bytes(&self) -> u64 {
        self.jobs.iter().map(Job::bytes).sum()
    }

    /// The roots of which nothing was read, as there is nothing below them but what is passed over: each as a warning.
    pub fn passed_over(&self, manifest: &Manifest) -> Vec<String> {
        let is_over = |root: &&Arc<Root>| match root.is_folder {
            true => !manifest.files().any(|f| f.reason.is_none() && paths::holds(&root.place, &f.path)),
            false => !manifest.files().any(|f| f.reason.is_none() && root.has(&f.path)),
        };
        let told = |root: &Arc<Root>| match root.is_folder {
            true => {
                format!("{}: every file in this folder was skipped; name one that holds articles", root.typed.display())
            }
            false => format!("{}: skipped, as it holds no article; `dateline inspect` says more", root.typed.display()),
        };
        self.roots.iter().filter(is_over).map(told).collect()
    }

    /// Numbers of the files whose articles the run takes out or replaces.
    pub fn leaving(&self) -> HashSet<u64> {
        let replaced = self.jobs.iter().filter_map(|job| job.old.as_ref());
        replaced.chain(&self.gone).map(|file| file.number).collect()
    }
}

/// Parts the files into those that stay as they are, which the report counts, and those that are to be read; and the numbers of
/// the snapshots of feeds among the former.
fn into_jobs<U: Update>(
    mut survey: Survey,
    update: &mut U,
    gone: &[Old],
    options: &IngestOptions,
    met: &mut Met,
    report: &mut Report,
    progress: &dyn Fn(Progress),
) -> (Vec<Job>, Vec<u64>) {
    let mut kept = Vec::new();
    let mut names = Names::of(&survey, update.files(), gone);
    let fields = options.read.fields.to_string();
    let files = std::mem::take(&mut survey.files);
    let found = files.len() as u64;
    let (mut jobs, mut told) = (Vec::new(), Arc::<Told>::default());
    let leaving = gone.iter().filter_map(|old| update.files().file_by_number(old.number));
    let (mut waiting, mut loosened) = (Vec::new(), Loosened::of(leaving));
    for (compared, seen) in (0..).zip(files) {
        let manifest = update.files();
        if compared % TOLD == 0 {
            progress(Progress { found, compared, ..Progress::default() });
        }
        if let FoundRole::Packed { is_same } = seen.file.role {
            match manifest.file(&seen.key()).filter(|_| is_same) {
                Some(old) => drop(keep(&seen, old, report)),
                None => jobs.push(packed_job(&survey, manifest, seen, options)),
            }
            continue;
        }
        let now = Told::of(&survey.place(manifest, &seen).1, &options.overrides, met);
        if now.key != told.key {
            told = Arc::new(now);
        }
        let old = manifest.file(&seen.key());
        let base_id = match old.as_ref().filter(|old| old.moved) {
            Some(old) => old.base_id.to_string(),
            None => names.take(&survey.full_name(manifest, &seen)),
        };
        let stays = !options.reread
            && old.as_ref().is_some_and(|old| {
                let reads_same = old.overrides == told.key && reads_same(old, &fields, &options.read);
                // where all failures are to be written, those that were only counted have to come about again
                let all_told = old.untold == 0 || !options.failures.is_kept();
                !old.stale && old.base_id == base_id && reads_same && all_told && is_same(&seen, old)
            });
        match old {
            Some(old) if stays && old.superseded() == 0 => {
                kept.extend(old.snapshot.map(|_| old.number));
                keep(&seen, old, report).iter().for_each(|entry| update.enter(entry));
            }
            old => {
                let name = (base_id != ids::stem(&seen.file.below)).then(|| base_id.into());
                old.iter().filter(|_| !stays).for_each(|old| loosened.add(old));
                let old = old.map(|old| Old::of(&old));
                let job = Job { place: JobSource::File(seen), name, old, told: Arc::clone(&told) };
                if stays { waiting.push(job) } else { jobs.push(job) }
            }
        }
    }
    kept.extend(free(waiting, &loosened, &mut jobs, update, report));
    if jobs.iter().any(Job::is_packed_folder) {
        jobs.sort_by(Job::cmp_reading);
    }
    (jobs, kept)
}

/// A packed folder, which is entered once the files in it were read. It has a name that no article asks for.
fn packed_job(survey: &Survey, manifest: &Manifest, seen: Seen, options: &IngestOptions) -> Job {
    let name = Some(format!("{}!", survey.full_name(manifest, &seen)).into());
    let told = Arc::new(Told { stated: Stated::default(), key: options.choice.key() });
    let old = manifest.file(&seen.key()).map(|old| Old::of(&old));
    Job { place: JobSource::File(seen), name, old, told }
}

/// Counts a file that stays as it is; its new entry where it has another time now.
fn keep(seen: &Seen, old: FileEntry<'_>, report: &mut Report) -> Option<FileEntry<'static>> {
    report.keep(|| seen.path().display().to_string(), &old);
    let (modified, stamp) = (trusted(&seen.file), seen.file.stamp);
    let is_touched = (old.modified, old.stamp) != (modified, stamp);
    is_touched.then(|| FileEntry { modified, stamp, ..old.into_owned() })
}

/// Of snapshots that gave way to others and are as they were, those are read again whose others leave; the numbers of those
/// that are not.
fn free<U: Update>(
    waiting: Vec<Job>,
    loosened: &Loosened,
    jobs: &mut Vec<Job>,
    update: &mut U,
    report: &mut Report,
) -> Vec<u64> {
    loosened.mark(update);
    let (before, mut kept) = (jobs.len(), Vec::new());
    for job in waiting {
        let entry = job.old.and_then(|old| update.files().file_by_number(old.number)).map(FileEntry::into_owned);
        match (entry, &job.place) {
            (Some(entry), JobSource::File(seen)) if !entry.stale => {
                kept.push(entry.number);
                keep(seen, entry, report).iter().for_each(|entry| update.enter(entry));
            }
            _ => jobs.push(job),
        }
    }
    if jobs.len() > before {
        jobs.sort_by(Job::cmp_key);
    }
    kept
}

/// Gives out the base ids. Files whose ids clash keep their extension; where that is not enough, what comes later by path
/// gets a number.
struct Names {
    /// Hashes of the names that are taken: a million names would take three times the room.
    taken: HashSet<[u8; 16]>,
    /// How many files ask for a name, by its hash.
    asked: HashMap<[u8; 16], u32>,
}

impl Names {
    fn of(survey: &Survey, manifest: &Manifest, gone: &[Old]) -> Self {
        let leaving: HashSet<u64> = gone.iter().map(|f| f.number).collect();
        let keeps = |f: &FileEntry<'_>| (f.moved || !survey.has(f)) && !leaving.contains(&f.number);
        let taken = manifest.files().filter(keeps).map(|f| ids::key(&f.base_id)).collect();
        let mut asked = HashMap::with_capacity(survey.files.len());
        let moved: HashSet<u64> = manifest.files().filter(|f| f.moved).map(|f| f.number).collect();
        let is_moved = |seen: &Seen| manifest.file(&seen.key()).is_some_and(|file| moved.contains(&file.number));
        let asks = |seen: &&Seen| !matches!(seen.file.role, FoundRole::Packed { .. });
        for seen in survey.files.iter().filter(asks).filter(|seen| moved.is_empty() || !is_moved(seen)) {
            *asked.entry(ids::key(&short(&survey.full_name(manifest, seen)))).or_default() += 1;
        }
        Self { taken, asked }
    }

    /// The base id of the next file by path, from its path behind the root's prefix.
    fn take(&mut self, full: &str) -> String {
        let short = short(full);
        let key = ids::key(&short);
        let alone = self.asked.get(&key) == Some(&1) && !self.taken.contains(&key);
        let wanted = if alone { short } else { ids::encode(full) };
        let name = ids::first_free(&wanted, |name| !self.taken.contains(&ids::key(name)));
        self.taken.insert(ids::key(&name));
        name
    }
}

/// What a file is called where no other asks for that.
fn short(full: &str) -> String {
    ids::encode(ids::stem(full))
}

/// Standard input as a file, under an id that nothing has.
fn stream(manifest: &Manifest, jobs: &[Job], overrides: &Overrides, met: &mut Met) -> Job {
    let taken = |id: &str| manifest.files().any(|f| f.base_id == id) || jobs.iter().any(|job| job.base_id() == id);
    let name = ids::first_free("stdin", |id| !taken(id));
    Job { place: JobSource::Stream(name), name: None, old: None, told: Arc::new(Told::of(STDIN, overrides, met)) }
}

/// Whether a file would be read as it was: its records call their fields the same, what was too long still is, what was
/// too much for this version, and nothing failed that an earlier version took for a failure.
fn reads_same(old: &FileEntry<'_>, fields: &str, options: &ReadOptions) -> bool {
    let same_limit = old.max_record == 0 || old.max_record == options.limits.max_record;
    let same_version = old.broke.is_empty() || old.broke == VERSION;
    let same_judgement = old.failures.is_empty() || old.stamp != 0;
    same_limit && same_version && same_judgement && old.fields == fields
}

/// Whether what is stated of a file now, by its path below the root, is what was when it was read.
pub(super) fn reads_as_stated(old: &FileEntry<'_>, below: &str, options: &IngestOptions) -> bool {
    let told = Told::of(below, &options.overrides, &mut Met::default());
    told.key == old.overrides && options.read.fields.to_string() == old.fields
}

/// Whether a file is as the manifest has it: by size, time and stamp, and where these differ by its bytes. An earlier
/// version knew no stamp: there its time is believed.
fn is_same(seen: &Seen, old: &FileEntry<'_>) -> bool {
    let same_time = old.modified == seen.file.modified && old.modified != 0;
    let same_stamp = old.stamp == seen.file.stamp || old.stamp == 0;
    let same_bytes = || match &seen.file.role {
        // of what is in a packed folder that changed the hash is known where it may be the same
        FoundRole::Entry { hash, .. } => hash.as_deref() == Some(&old.hash),
        _ => hash_file(&seen.path()).is_ok_and(|hash| hash == old.hash),
    };
    old.size == seen.file.size && ((same_time && same_stamp) || same_bytes())
}

/// BLAKE3 of a file.
pub(super) fn hash_file(path: &Path) -> std::io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize())
}
