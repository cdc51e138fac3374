//! Paths -> source -> extract -> an engine's update, and the report that adds up.

mod ids;
mod pipeline;
mod plan;
mod report;

use std::collections::HashSet;
use std::path::PathBuf;

use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::Result;
use crate::index::FileEntry;
use crate::report::{Failure, Report};
use crate::source::Limits;
use pipeline::{Event, RecordEvent};
use plan::{Job, Plan};

/// How files are read.
#[derive(Clone, Copy, Debug)]
pub struct IngestOptions {
    /// Bounds of a record.
    pub limits: Limits,
    /// Threads that extract, at least 1.
    pub threads: usize,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
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
/// below a named root is removed; a root that cannot be read removes nothing.
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
    let plan = Plan::make(update.manifest_mut(), roots, &mut report);
    let total = Progress {
        files: plan.jobs.len() as u64,
        bytes: plan.jobs.iter().map(|j| j.size).sum(),
        ..Progress::default()
    };
    let leaving = plan.leaving();
    let mut intake = Intake { update, report, leaving, taken: HashSet::new(), open: None, total, progress };
    pipeline::run::<U>(&plan.jobs, options, |event| intake.take(event, &plan.jobs))?;
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
    report: Report,
    /// Numbers of files whose articles this run takes out.
    leaving: HashSet<u64>,
    /// Hashes of the ids given out in this run.
    taken: HashSet<[u8; 16]>,
    open: Option<OpenFile>,
    total: Progress,
    progress: &'a dyn Fn(Progress),
}

/// The file whose records are coming in.
struct OpenFile {
    number: u64,
    articles: u32,
    failures: Vec<String>,
}

impl<U: Update> Intake<'_, U> {
    fn take(&mut self, event: Event<U::Prepared>, jobs: &[Job]) -> Result<()> {
        match event {
            Event::Opened => {
                let number = self.update.manifest_mut().take_number();
                self.open = Some(OpenFile { number, articles: 0, failures: Vec::new() });
            }
            Event::Records { job, bytes, records } => {
                self.total.bytes_done += bytes;
                for record in records {
                    self.take_record(&jobs[job], record)?;
                }
                (self.progress)(self.total);
            }
            Event::Closed { job, hash } => self.close_file(&jobs[job], hash),
            Event::Unreadable { job, error } => self.fail_file(&jobs[job], error.to_string(), None),
            Event::Broken { job, error, hash } => {
                if let Some(open) = self.open.take() {
                    self.update.remove_articles(open.number);
                }
                self.fail_file(&jobs[job], error.to_string(), Some(hash));
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
        let key = ids::key(id);
        if self.taken.contains(&key) {
            return Ok(false);
        }
        if let Some(holder) = self.update.holder_of(&id.0)?
            && Some(holder) != job.old.as_ref().map(|old| old.number)
            && !self.leaving.contains(&holder)
        {
            return Ok(false);
        }
        self.taken.insert(key);
        Ok(true)
    }

    fn close_file(&mut self, job: &Job, hash: String) {
        let Some(open) = self.open.take() else { return };
        self.total.files_done += 1;
        let before = job.old.as_ref().map_or(0, |old| old.articles);
        if let Some(old) = &job.old {
            self.update.remove_articles(old.number);
            self.update.manifest_mut().remove_file(old.number);
        }
        let failed = open.articles == 0;
        self.report.count_file(job.old.is_some(), failed, before, open.articles);
        let entry = job.entry(open.number, hash);
        self.update.manifest_mut().set_file(FileEntry {
            articles: open.articles,
            failures: open.failures,
            failed,
            ..entry
        });
        (self.progress)(self.total);
    }

    /// A file that gave nothing. Where it was read (`hash`) its old articles go, else they stay.
    fn fail_file(&mut self, job: &Job, message: String, read: Option<String>) {
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
        let entry = job.entry(number, hash);
        self.update.manifest_mut().set_file(FileEntry { failures: vec![message], failed: true, ..entry });
    }
}
