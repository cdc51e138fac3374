//! What comes out of the pipeline goes into the index: ids are given out, report and manifest are filled.

mod closing;
mod leaving;
mod loans;
mod naming;
mod open;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::feeds::Age;
use super::pipeline::{Event, RecordEvent};
use super::plan::{Job, Plan};
use super::{IngestOptions, Progress, ids};
use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::report::Report;
use closing::Register;
use naming::Ids;
use open::OpenFile;

/// Files whose ids are said to come at once.
const EXPECTED: usize = 512;

/// Whether the articles that the archive has of a file are better than those that were read: it is damaged, and gave no more.
fn keeps(job: &Job, open: &OpenFile) -> bool {
    open.damaged && job.old.is_some_and(|old| old.articles > 0 && old.articles >= open.articles)
}

/// Takes the pipeline's events in the order of the files, gives out ids, fills index and report.
pub(super) struct Intake<'a, U: Update> {
    register: Register<'a, U>,
    ids: Ids,
    /// Bytes of memory that the lists of files take.
    lists: u64,
    /// What is left to them and to the ids.
    left: u64,
    /// How many of the files were said to come.
    expected: usize,
    open: Option<OpenFile>,
    due: Due,
}

/// When the next commit is due.
struct Due {
    every: Duration,
    last: Instant,
}

impl<'a, U: Update> Intake<'a, U> {
    pub fn new(
        update: &'a mut U,
        options: &'a IngestOptions,
        plan: &Plan,
        lists: u64,
        total: Progress,
        report: Report,
        progress: &'a dyn Fn(Progress),
    ) -> Self {
        let due = Due { every: options.commit_every, last: Instant::now() };
        let first = update.files().next_number();
        let barren = BTreeMap::new();
        let kept = plan.kept.iter().copied().collect();
        let inherited = BTreeMap::new();
        let register =
            Register { update, report, total, progress, read: &options.read, first, kept, inherited, barren };
        Self { register, ids: Ids::new(plan), lists, left: lists, expected: 0, open: None, due }
    }

    pub fn take(&mut self, event: Event<U::Prepared>, jobs: &[Job]) -> Result<()> {
        let Self { register, ids, open, .. } = self;
        match event {
            Event::Opened => *open = Some(OpenFile::new(register.update.take_number(), &register.report)),
            Event::Records { job, bytes, skipped, records, .. } => {
                register.total.bytes_done += bytes;
                open.iter_mut().for_each(|open| open.skipped += skipped);
                self.take_records(jobs, job, records)?;
            }
            Event::Closed { job, hash, packed, reads_others, warning } => {
                register.report.warn(&jobs[job].shown(), None, warning);
                let in_doubt = |open: &OpenFile| open.in_doubt || reads_others;
                match open.take().map(|open| OpenFile { packed, in_doubt: in_doubt(&open), ..open }) {
                    Some(open) if keeps(&jobs[job], &open) => {
                        register.keep_damaged(&jobs[job], open, ids);
                        self.keep_old(&jobs[job])?;
                    }
                    Some(open) => register.close_file(&jobs[job], open, hash, ids)?,
                    None => {}
                }
                self.commit_if_due()?;
            }
            Event::Unreadable { job, error } => {
                register.fail_file(&jobs[job], open.take(), error.message(), None, ids);
                self.keep_old(&jobs[job])?;
            }
            Event::Broken { job, error, hash } => {
                register.fail_file(&jobs[job], open.take(), error.message(), Some(hash), ids);
            }
            Event::Packed { job, hash } => register.close_packed(&jobs[job], hash, ids),
            Event::Nothing { job, reason, hash } => register.skip_file(&jobs[job], open.take(), reason, hash, ids),
        }
        Ok(())
    }

    /// A file keeps its articles, but for those whose ids others have been given meanwhile.
    fn keep_old(&mut self, job: &Job) -> Result<()> {
        let called = self.ids.call_in(job, self.register.update)?;
        self.register.report.records.removed += called.lost;
        self.register.report.outdate(called.returned.len() as u64);
        Ok(())
    }

    /// Takes some records of a file.
    fn take_records(&mut self, jobs: &[Job], job: usize, records: Vec<RecordEvent<U::Prepared>>) -> Result<()> {
        self.expect(jobs, job, &records)?;
        for record in records {
            self.take_record(&jobs[job], record)?;
        }
        self.make_room();
        (self.register.progress)(self.register.total);
        Ok(())
    }

    /// The set of ids grows in leaps, and takes its old room and its new one while it does.
    fn make_room(&mut self) {
        let wanted = self.lists + 3 * self.ids.bytes() / 2;
        if wanted > self.left {
            self.left = wanted;
            self.register.update.leave(wanted);
        }
    }

    /// Between two files everything that was read may count.
    fn commit_if_due(&mut self) -> Result<()> {
        if self.due.last.elapsed() >= self.due.every {
            self.count_refused()?;
            self.ids.settle(self.register.update)?;
            self.register.update.commit()?;
            self.due.last = Instant::now();
        }
        Ok(())
    }

    /// Counts the articles that the archive did not take as failures of their files.
    pub fn count_refused(&mut self) -> Result<()> {
        self.register.count_refused()
    }

    /// Says which ids will be asked for: those of the next files, and those that records bring.
    fn expect(&mut self, jobs: &[Job], job: usize, records: &[RecordEvent<U::Prepared>]) -> Result<()> {
        if job >= self.expected {
            self.expected = jobs.len().min(job + EXPECTED);
            let ids: Vec<String> = jobs[job..self.expected].iter().map(|job| job.base_id().to_owned()).collect();
            self.register.update.expect(&ids)?;
        }
        let id = |record: &RecordEvent<U::Prepared>| match record {
            RecordEvent::Made { own_id: Some(id), .. } => Some(ids::encode(id)),
            RecordEvent::Made { number, .. } => {
                number.map(|number| ids::of_record(jobs[job].base_id(), Some(number)).0)
            }
            RecordEvent::Failed(_) | RecordEvent::Empty => None,
        };
        let ids: Vec<String> = records.iter().filter_map(id).collect();
        if ids.is_empty() { Ok(()) } else { self.register.update.expect(&ids) }
    }

    fn take_record(&mut self, job: &Job, record: RecordEvent<U::Prepared>) -> Result<()> {
        let Self { register, ids: given, open, .. } = self;
        let Some(open) = open else { return Ok(()) };
        match record {
            RecordEvent::Empty => {
                open.skipped += 1;
                open.empty += 1;
            }
            RecordEvent::Failed(error) => {
                register.report.records.failed += 1;
                open.broke |= matches!(error, Error::Panic { .. });
                open.damaged |= matches!(error, Error::Corrupt { .. });
                // another run may have more to give
                open.in_doubt |= matches!(error, Error::TooMuch { .. });
                let message = error.message();
                if open.has_told_enough() {
                    open.untold += 1;
                    register.report.fail_untold(&message);
                } else {
                    open.failures.push(message.clone());
                    register.report.fail(job.shown(), message);
                }
            }
            RecordEvent::Made { number, own_id, feed, prepared, warnings } => {
                register.report.extracted += 1;
                if let (None, Some(feed), false) = (&open.snapshot, feed, job.is_stream()) {
                    open.snapshot = Some((feed, Age::new(feed.built, &job.key())));
                }
                let wanted = own_id.map(|id| ArticleId(ids::encode(&id)));
                let spare = ids::of_record(job.base_id(), number);
                let Some(named) = given.name(register.update, open, job, wanted, &spare)? else { return Ok(()) };
                register.report.warn(&job.shown(), number, named.warning.into_iter().chain(warnings));
                open.articles += 1;
                register.update.put(open.number, &named.id, prepared)?;
                register.total.articles += 1;
            }
        }
        Ok(())
    }
}
