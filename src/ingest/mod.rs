//! Paths -> source -> extract -> an engine's update, and the report that adds up.

mod feeds;
mod forget;
mod ids;
mod intake;
mod known;
#[cfg(test)]
mod memory;
mod moved;
mod options;
mod pipeline;
mod plan;
mod report;
mod returning;
mod stop;
pub mod watch;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::engine::Update;
use crate::error::Result;
use crate::report::Report;
use intake::Intake;
use plan::{Plan, Scope};
use returning::Returning;

pub use forget::forget;
pub use moved::{Moved, moved_roots, take_over};
pub use options::{IngestOptions, Progress};
pub use stop::Stop;

/// Brings the archive up to date with `roots` (folders or files) and commits.
///
/// Only new and changed files are read; the articles of a changed file replace its old ones; a file that vanished from
/// below a named root, or is excluded now, is removed; a root that cannot be read, or that holds no article any more,
/// removes nothing. What comes by standard input (`-`) is added to what came by it before; a record with the id of one of
/// those replaces it, and the same bytes again change nothing. Of the snapshots of a feed that have an item of one id the
/// newest counts, whatever the order in which they come; where one leaves, older ones are read again, also below other roots. A record that makes reading panic has failed, and the others go
/// on.
///
/// # Errors
/// Where the archive cannot be written. What is wrong with the input stands in the report.
pub fn run<U: Update>(
    update: &mut U,
    roots: &[PathBuf],
    options: &IngestOptions,
    progress: &dyn Fn(Progress),
) -> Result<Report> {
    let run = run_part(update, roots, &Scope::All, options, progress)?;
    bring_back(update, roots, options, run.report, progress)
}

/// Reads again what [`forget()`] has freed: snapshots of feeds of which newer ones were forgotten. What cannot be read as it was
/// is a warning in the report.
///
/// # Errors
/// Where the archive cannot be written.
pub fn run_freed<U: Update>(update: &mut U, options: &IngestOptions, progress: &dyn Fn(Progress)) -> Result<Report> {
    bring_back(update, &[], options, Report::default(), progress)
}

/// After a run over `roots`, reads again what it freed below other roots.
fn bring_back<U: Update>(
    update: &mut U,
    roots: &[PathBuf],
    options: &IngestOptions,
    before: Report,
    progress: &dyn Fn(Progress),
) -> Result<Report> {
    let back = Returning::of(update, roots, options);
    let mut report = before;
    if !back.roots.is_empty() && !options.stop.is_set() {
        let options = Returning::options(options);
        let mut later = run_part(update, &back.roots, &back.scope(), &options, progress)?.report;
        later.join(&report);
        report = later;
    }
    report.tell(back.told);
    report.finish();
    Ok(report)
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
    let mut report = Report { log: options.failures.clone(), ..Report::default() };
    let plan = Plan::make(update, roots, scope, options, &mut report, progress);
    let total = Progress {
        files: plan.jobs.len() as u64,
        bytes: plan.jobs.iter().filter(|job| !job.is_packed_folder()).map(plan::Job::size).sum(),
        ..Progress::default()
    };
    // lists of files are held until the run is over; what they take is left to them
    let lists = plan.bytes() + update.files().bytes();
    update.leave(lists);
    let (memory, language) = (options.memory.with_lists(lists), update.language());
    let mut intake = Intake::new(update, options, &plan, lists, total, report, progress);
    pipeline::run::<U>(&plan.jobs, language, options, memory, |event| intake.take(event, &plan.jobs))?;
    intake.count_refused()?;
    let (mut report, unread, left) = intake.end(&plan, options.allow_empty)?;
    update.commit()?;
    if *scope == Scope::All && left == 0 && !report.skipped.is_empty() && !report.has_failures() {
        report.tell(plan.passed_over(update.files()));
    }
    report.finish();
    Ok(Run { report, unread, left })
}
