//! Paths -> source -> extract -> an engine's update, and the report that adds up.

mod feeds;
mod forget;
mod ids;
mod intake;
mod known;
#[cfg(test)]
mod memory;
mod moved;
mod pipeline;
mod plan;
mod report;
mod stop;
pub mod watch;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use crate::budget::Budget;
use crate::engine::Update;
use crate::error::Result;
use crate::overrides::{Choice, Overrides};
use crate::report::Report;
use crate::source::ReadOptions;
use intake::Intake;
use plan::{Plan, Scope};

pub use forget::forget;
pub use moved::{Moved, moved_roots, take_over};
pub use stop::Stop;

/// How files are read.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// Bounds of a record, and what records call their fields.
    pub read: ReadOptions,
    /// What is stated of the files from outside.
    pub overrides: Overrides,
    /// Which files are wanted.
    pub choice: Choice,
    /// Whether files are read again that are as they were.
    pub reread: bool,
    /// Threads that extract, at least 1.
    pub threads: usize,
    /// Memory that a run may take, in bytes, about: a share of it is for what is read and extracted.
    pub memory: Budget,
    /// After how long what was read of whole files is made to count: a killed run loses no more.
    pub commit_every: Duration,
    /// Whether a folder that has become empty loses its articles; else it counts as one that cannot be read.
    pub allow_empty: bool,
    /// Breaks a run off between two chunks of a file: what was read of whole files counts.
    pub stop: Stop,
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self {
            read: ReadOptions::default(),
            overrides: Overrides::default(),
            choice: Choice::default(),
            reread: false,
            threads: 1,
            memory: Budget::default(),
            commit_every: Duration::from_secs(60),
            allow_empty: false,
            stop: Stop::default(),
        }
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
/// below a named root, or is excluded now, is removed; a root that cannot be read, or that has become empty, removes
/// nothing. What comes by
/// standard input (`-`) is added to what came by it before; a record with the id of one of those replaces it, and the
/// same bytes again change nothing. Of the snapshots of a feed that have an item of one id the newest counts, whatever the
/// order in which they come. A record that makes reading panic has failed, and the others go on.
///
/// # Errors
/// Where the archive cannot be written. What is wrong with the input stands in the report.
pub fn run<U: Update>(
    update: &mut U,
    roots: &[PathBuf],
    options: &IngestOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report> {
    run_part(update, roots, &Scope::All, options, progress).map(|run| run.report)
}

/// What a run did, and what is left to do.
struct Run {
    report: Report,
    /// Absolute paths of what could not be read, and of which the archive therefore knows nothing new.
    unread: BTreeSet<PathBuf>,
    /// Files that it did not come to: it was broken off.
    left: u64,
}

/// The same for a part of what lies below the roots.
fn run_part<U: Update>(
    update: &mut U,
    roots: &[PathBuf],
    scope: &Scope,
    options: &IngestOptions,
    progress: &dyn Fn(Progress),
) -> Result<Run> {
    let mut report = Report::default();
    let plan = Plan::make(update, roots, scope, options, &mut report, progress);
    let total = Progress {
        files: plan.jobs.len() as u64,
        bytes: plan.jobs.iter().map(plan::Job::size).sum(),
        ..Progress::default()
    };
    // lists of files are held until the run is over; what they take is left to them
    let lists = plan.bytes() + update.files().bytes();
    update.leave(lists);
    let (memory, language) = (options.memory.with_lists(lists), update.language());
    let mut intake = Intake::new(update, options, &plan, lists, total, report, progress);
    pipeline::run::<U>(&plan.jobs, language, options, memory, |event| intake.take(event, &plan.jobs))?;
    intake.count_refused()?;
    let (mut report, unread, left) = intake.end()?;
    for gone in &plan.gone {
        update.remove_file(gone.number);
        report.files.removed += 1;
        report.records.removed += u64::from(gone.articles);
    }
    update.commit()?;
    if *scope == Scope::All && left == 0 && !report.skipped.is_empty() && !report.has_failures() {
        report.tell(plan.passed_over(update.files()));
    }
    report.finish();
    Ok(Run { report, unread, left })
}
