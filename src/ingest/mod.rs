//! Paths -> source -> extract -> an engine's update, and the report that adds up.

mod ids;
mod pipeline;
mod plan;
mod report;
mod survey;

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::index::FileEntry;
use crate::overrides::Overrides;
use crate::report::{Failure, Report};
use crate::source::ReadOptions;
use pipeline::{Event, RecordEvent};
use plan::{Job, Plan};

/// Files whose ids are said to come at once.
const EXPECTED: usize = 512;

/// How files are read.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// Bounds of a record, and what records call their fields.
    pub read: ReadOptions,
    /// What is stated of the files from outside.
    pub overrides: Overrides,
    /// Threads that extract, at least 1.
    pub threads: usize,
    /// Memory that a run may take, in bytes, about: a share of it is for what is read and extracted.
    pub memory: u64,
    /// After how long what was read of whole files is made to count: a killed run loses no more.
    pub commit_every: Duration,
}

impl Default for IngestOptions {
    fn default() -> Self {
        let (read, overrides) = (ReadOptions::default(), Overrides::default());
        Self { read, overrides, threads: 1, memory: 512 << 20, commit_every: Duration::from_secs(60) }
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found below the roots, while these are looked through.
    pub found: u64,
    /// Files of those that were compared with what the archive has.
    pub compared: u64,
    /// Files that are to be read.
    pub files: u64,
    /// Files done.
    pub files_done: u64,
    /// Bytes that are to be read.
    pub bytes: u64,
    /// Bytes done.
    pub bytes_done: u64,
    /// Articles handed to the index.
    pub articles: u64,
}

/// Brings the archive up to date with `roots` (folders or files) and commits.
///
/// Only new and changed files are read; the articles of a changed file replace its old ones; a file that vanished from
/// below a named root is removed; a root that cannot be read removes nothing. What comes by standard input (`-`) is added
/// to what came by it before; a record with the id of one of those replaces it, and the same bytes again change nothing.
///
/// # Errors
/// Where the archive cannot be written. What is wrong with the input stands in the report.
pub fn run<U: Update>(
    update: &mut U,
    roots: &[PathBuf],
    options: &IngestOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report> {
    let mut report = Report::default();
    let plan = Plan::make(update.manifest_mut(), roots, options, &mut report, progress);
    let total = Progress {
        files: plan.jobs.len() as u64,
        bytes: plan.jobs.iter().map(|j| j.size).sum(),
        ..Progress::default()
    };
    let leaving = plan.leaving();
    let read = &options.read;
    let due = Due { every: options.commit_every, last: Instant::now() };
    let (taken, expected) = (HashSet::new(), 0);
    let mut intake = Intake { update, read, report, leaving, taken, expected, open: None, due, total, progress };
    pipeline::run::<U>(&plan.jobs, options, |event| intake.take(event, &plan.jobs))?;
    intake.count_refused()?;
    let Intake { mut report, .. } = intake;
    for gone in &plan.gone {
        update.remove_articles(gone.number);
        update.manifest_mut().remove_file(gone.number);
        report.files.removed += 1;
        report.records.removed += u64::from(gone.articles);
    }
    update.commit()?;
    report.finish();
    Ok(report)
}

/// Takes the pipeline's events in the order of the files, gives out ids, fills index and report.
struct Intake<'a, U: Update> {
    update: &'a mut U,
    read: &'a ReadOptions,
    report: Report,
    /// Numbers of files whose articles this run takes out.
    leaving: HashSet<u64>,
    /// Hashes of the ids given out in this run.
    taken: HashSet<[u8; 16]>,
    /// How many of the files were said to come.
    expected: usize,
    open: Option<OpenFile>,
    due: Due,
    total: Progress,
    progress: &'a dyn Fn(Progress),
}

/// When the next commit is due.
struct Due {
    every: Duration,
    last: Instant,
}

/// The file whose records are coming in.
struct OpenFile {
    number: u64,
    articles: u32,
    skipped: u32,
    failures: Vec<String>,
    /// Articles that came by standard input before and that this run replaces, with the number of their file.
    superseded: Vec<(ArticleId, u64)>,
}

impl OpenFile {
    fn new(number: u64) -> Self {
        Self { number, articles: 0, skipped: 0, failures: Vec::new(), superseded: Vec::new() }
    }
}

impl<U: Update> Intake<'_, U> {
    fn take(&mut self, event: Event<U::Prepared>, jobs: &[Job]) -> Result<()> {
        match event {
            Event::Opened => {
                let number = self.update.manifest_mut().take_number();
                self.open = Some(OpenFile::new(number));
            }
            Event::Records { job, bytes, skipped, records, .. } => {
                self.total.bytes_done += bytes;
                if let Some(open) = &mut self.open {
                    open.skipped += skipped;
                }
                self.expect(jobs, job, &records)?;
                for record in records {
                    self.take_record(&jobs[job], record)?;
                }
                (self.progress)(self.total);
            }
            Event::Closed { job, hash } => {
                self.close_file(&jobs[job], hash)?;
                self.commit_if_due()?;
            }
            Event::Unreadable { job, error } => self.fail_file(&jobs[job], error.to_string(), None),
            Event::Broken { job, error, hash } => self.fail_file(&jobs[job], error.to_string(), Some(hash)),
        }
        Ok(())
    }

    /// Between two files everything that was read may count.
    fn commit_if_due(&mut self) -> Result<()> {
        if self.due.last.elapsed() >= self.due.every {
            self.count_refused()?;
            self.update.commit()?;
            self.due.last = Instant::now();
        }
        Ok(())
    }

    /// Says which ids will be asked for: those of the next files, and those that records bring.
    fn expect(&mut self, jobs: &[Job], job: usize, records: &[RecordEvent<U::Prepared>]) -> Result<()> {
        if job >= self.expected {
            self.expected = jobs.len().min(job + EXPECTED);
            let ids: Vec<String> = jobs[job..self.expected].iter().map(|job| job.base_id.clone()).collect();
            self.update.expect(&ids)?;
        }
        let id = |record: &RecordEvent<U::Prepared>| match record {
            RecordEvent::Made { own_id: Some(id), .. } => Some(ids::encode(id)),
            RecordEvent::Made { number, .. } => number.map(|number| ids::of_record(&jobs[job].base_id, Some(number)).0),
            RecordEvent::Failed(_) => None,
        };
        let ids: Vec<String> = records.iter().filter_map(id).collect();
        if ids.is_empty() { Ok(()) } else { self.update.expect(&ids) }
    }

    /// Counts the articles that the archive did not take as failures of their files.
    fn count_refused(&mut self) -> Result<()> {
        for refused in self.update.refused()? {
            let manifest = self.update.manifest_mut();
            let message = format!("article {} was refused: {}", refused.id, refused.why);
            let entry = manifest.file_by_number(refused.file).cloned();
            let path = entry.as_ref().map_or_else(|| refused.id.to_string(), |entry| entry.path.clone());
            self.report.refuse();
            self.report.failures.push(Failure { path: path.clone(), message: format!("{path}: {message}") });
            if let Some(mut entry) = entry {
                entry.articles = entry.articles.saturating_sub(1);
                entry.failures.push(message);
                self.update.manifest_mut().set_file(entry);
            }
        }
        Ok(())
    }

    fn take_record(&mut self, job: &Job, record: RecordEvent<U::Prepared>) -> Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        match record {
            RecordEvent::Failed(error) => {
                self.report.records.failed += 1;
                open.failures.push(error.to_string());
                self.report.failures.push(Failure { path: job.shown(), message: error.to_string() });
            }
            RecordEvent::Made { number, own_id, prepared, warnings } => {
                self.report.extracted += 1;
                self.report.warn(&job.shown(), number, warnings);
                let wanted = own_id.map(|id| ArticleId(ids::encode(&id)));
                let spare = ids::of_record(&job.base_id, number);
                let id = self.free_id(job, wanted, spare, number)?;
                let file = self.open.as_mut().map_or(0, |open| {
                    open.articles += 1;
                    open.number
                });
                self.update.put(file, &id, prepared)?;
                self.total.articles += 1;
            }
        }
        Ok(())
    }

    /// The id that a record asks for, or the one its place gives, whichever is free.
    fn free_id(
        &mut self,
        job: &Job,
        own: Option<ArticleId>,
        spare: ArticleId,
        number: Option<u32>,
    ) -> Result<ArticleId> {
        if let Some(own) = own {
            if self.claim(&own, job)? {
                return Ok(own);
            }
            let warning = format!("id {own} is taken by another record; indexed as {spare}");
            self.report.warn(&job.shown(), number, vec![warning]);
        }
        let mut id = spare.clone();
        let mut again = 2;
        while !self.claim(&id, job)? {
            id = ArticleId(format!("{spare}~{again}"));
            again += 1;
        }
        Ok(id)
    }

    /// Whether an id is free; if so, it is taken from now on.
    fn claim(&mut self, id: &ArticleId, job: &Job) -> Result<bool> {
        let key = ids::key(&id.0);
        if self.taken.contains(&key) {
            return Ok(false);
        }
        let mut holders = self.update.holders_of(&id.0)?;
        let own = job.old.as_ref().map(|old| old.number);
        holders.retain(|holder| Some(*holder) != own && !self.leaving.contains(holder));
        if !holders.iter().all(|&holder| self.supersedes(job, holder)) {
            return Ok(false);
        }
        if let Some(open) = &mut self.open {
            open.superseded.extend(holders.into_iter().map(|holder| (id.clone(), holder)));
        }
        self.taken.insert(key);
        Ok(true)
    }

    /// What comes by standard input replaces what came by it before under the same id.
    fn supersedes(&mut self, job: &Job, holder: u64) -> bool {
        job.is_stream() && self.update.manifest_mut().file_by_number(holder).is_some_and(FileEntry::is_stream)
    }

    fn close_file(&mut self, job: &Job, hash: String) -> Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        self.total.files_done += 1;
        if open.articles == 0 && open.failures.is_empty() && open.skipped == 0 {
            self.total.files_done -= 1;
            let nothing = Error::input(job.shown(), "no articles in it", "leave it out, or put an article into it");
            self.fail_file(job, nothing.to_string(), Some(hash).filter(|_| !job.is_stream()));
            return Ok(());
        }
        if job.is_stream() {
            return self.close_stream(job, open, hash);
        }
        let before = job.old.as_ref().map_or(0, |old| old.articles);
        if let Some(old) = &job.old {
            self.update.remove_articles(old.number);
            self.update.manifest_mut().remove_file(old.number);
        }
        self.enter_file(job, open, hash, before);
        Ok(())
    }

    /// Counts a file that was read, and enters it into the manifest; so many articles leave for it.
    fn enter_file(&mut self, job: &Job, open: OpenFile, hash: String, before: u32) {
        let failed = open.articles == 0 && !open.failures.is_empty();
        self.report.count_file(job.old.is_some(), failed, before, open.articles);
        self.report.records.skipped += u64::from(open.skipped);
        let entry = job.entry(open.number, hash, &self.read.fields);
        self.update.manifest_mut().set_file(FileEntry {
            articles: open.articles,
            skipped: open.skipped,
            max_record: if open.failures.is_empty() { 0 } else { self.read.limits.max_record },
            failures: open.failures,
            failed,
            ..entry
        });
        (self.progress)(self.total);
    }

    /// Standard input was read to its end: the same bytes as once before change nothing; else what it replaces goes.
    fn close_stream(&mut self, job: &Job, mut open: OpenFile, hash: String) -> Result<()> {
        let fields = self.read.fields.to_string();
        let same = |f: &&FileEntry| {
            f.is_stream()
                && f.hash == hash
                && f.fields == fields
                && f.overrides == job.overrides
                && f.articles == open.articles
        };
        let old = self.update.manifest_mut().files().find(same).cloned();
        if let Some(old) = old {
            self.update.remove_articles(open.number);
            self.report.failures.retain(|failure| !open.failures.contains(&failure.message));
            self.report.records.failed -= open.failures.len() as u64;
            self.report.keep(|| job.shown(), &old);
            return Ok(());
        }
        let superseded = std::mem::take(&mut open.superseded);
        for (id, holder) in &superseded {
            self.update.remove_article(*holder, id)?;
            let manifest = self.update.manifest_mut();
            match manifest.file_by_number(*holder).cloned() {
                Some(old) if old.articles > 1 => manifest.set_file(FileEntry { articles: old.articles - 1, ..old }),
                _ => manifest.remove_file(*holder),
            }
        }
        self.enter_file(job, open, hash, superseded.len() as u32);
        Ok(())
    }

    /// A file that gave nothing. Where it was read (`hash`) its old articles go, else they stay.
    fn fail_file(&mut self, job: &Job, message: String, read: Option<String>) {
        if let Some(open) = self.open.take() {
            self.update.remove_articles(open.number);
        }
        self.total.files_done += 1;
        self.report.files.failed += 1;
        self.report.failures.push(Failure { path: job.shown(), message: message.clone() });
        let Some(hash) = read else { return };
        if let Some(old) = &job.old {
            self.update.remove_articles(old.number);
            self.update.manifest_mut().remove_file(old.number);
            self.report.records.removed += u64::from(old.articles);
        }
        let number = self.update.manifest_mut().take_number();
        let entry = job.entry(number, hash, &self.read.fields);
        let max_record = self.read.limits.max_record;
        self.update.manifest_mut().set_file(FileEntry { failures: vec![message], failed: true, max_record, ..entry });
    }
}
