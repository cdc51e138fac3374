//! What comes out of the pipeline goes into the index: ids are given out, report and manifest are filled.

mod closing;
mod loans;
mod naming;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use loans::Loans;

use super::feeds::Age;
use super::pipeline::{Event, RecordEvent};
use super::plan::{Job, Plan};
use super::{IngestOptions, Progress, ids};
use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::index::FileEntry;
use crate::report::{Failure, Report};
use crate::source::{Feed, ReadOptions};

/// Characters of an id that a message quotes at most.
const LONGEST_ID: usize = 200;

/// Files whose ids are said to come at once.
const EXPECTED: usize = 512;

/// Takes the pipeline's events in the order of the files, gives out ids, fills index and report.
pub(super) struct Intake<'a, U: Update> {
    update: &'a mut U,
    read: &'a ReadOptions,
    report: Report,
    /// The number of the first file that this run reads.
    first: u64,
    /// Numbers of files whose articles this run takes out.
    leaving: HashSet<u64>,
    /// Numbers of those of them that are not there any more.
    gone: HashSet<u64>,
    loans: Loans,
    /// Hashes of the ids given out in this run, but for those of
    taken: HashSet<[u8; 16]>,
    /// items of feeds, which have the number of their file beside them.
    items: HashMap<[u8; 16], u64>,
    /// Bytes of memory that the lists of files take.
    lists: u64,
    /// What is left to them and to the ids.
    left: u64,
    /// How many of the files were said to come.
    expected: usize,
    open: Option<OpenFile>,
    /// Absolute paths of files that could not be read.
    unread: BTreeSet<PathBuf>,
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
    /// Records that hold no article, and how many of them are empty.
    skipped: u32,
    empty: u32,
    failures: Vec<String>,
    /// Whether one of them was a panic.
    broke: bool,
    /// Articles of other files that it replaces, with the number of their file: what came by standard input before, and
    /// items of older snapshots of its feed.
    superseded: Vec<(ArticleId, u64)>,
    /// The feed that it is a snapshot of, and how new it is.
    snapshot: Option<(Feed, Age)>,
    /// Hashes of the ids that its items brought.
    brought: HashSet<[u8; 16]>,
    /// Items that a newer snapshot has.
    outdated: u32,
    /// Whether its ids may have been free, had another file been read.
    in_doubt: bool,
}

impl OpenFile {
    fn new(number: u64) -> Self {
        Self {
            number,
            articles: 0,
            skipped: 0,
            empty: 0,
            failures: Vec::new(),
            broke: false,
            superseded: Vec::new(),
            snapshot: None,
            brought: HashSet::new(),
            outdated: 0,
            in_doubt: false,
        }
    }
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
        let (read, due) = (&options.read, Due { every: options.commit_every, last: Instant::now() });
        let (leaving, unread) = (plan.leaving(), plan.unreadable.iter().map(PathBuf::from).collect());
        Self {
            first: update.files().next_number(),
            update,
            read,
            report,
            leaving,
            gone: plan.gone.iter().map(|old| old.number).collect(),
            loans: Loans::default(),
            taken: HashSet::new(),
            items: HashMap::new(),
            lists,
            left: lists,
            expected: 0,
            open: None,
            unread,
            due,
            total,
            progress,
        }
    }

    /// What came of it, what could not be read, and how many files it did not come to; a file that was broken off leaves
    /// nothing behind.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn end(mut self) -> Result<(Report, BTreeSet<PathBuf>, u64)> {
        if let Some(open) = self.open.take() {
            self.update.remove_file(open.number);
        }
        self.settle()?;
        Ok((self.report, self.unread, self.total.files - self.total.files_done))
    }

    pub fn take(&mut self, event: Event<U::Prepared>, jobs: &[Job]) -> Result<()> {
        match event {
            Event::Opened => {
                let number = self.update.take_number();
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
                self.make_room();
                (self.progress)(self.total);
            }
            Event::Closed { job, hash } => {
                self.close_file(&jobs[job], hash)?;
                self.commit_if_due()?;
            }
            Event::Unreadable { job, error } => {
                self.unread.insert(PathBuf::from(jobs[job].key()));
                self.fail_file(&jobs[job], error.to_string(), None);
                self.call_in(&jobs[job])?;
            }
            Event::Broken { job, error, hash } => self.fail_file(&jobs[job], error.to_string(), Some(hash)),
            Event::Nothing { job, reason, hash } => self.skip_file(&jobs[job], reason, hash),
        }
        Ok(())
    }

    /// The set of ids grows in leaps, and takes its old room and its new one while it does.
    fn make_room(&mut self) {
        let ids = self.taken.capacity() * (size_of::<[u8; 16]>() + 1) * 8 / 7;
        let items = self.items.capacity() * (size_of::<([u8; 16], u64)>() + 1) * 8 / 7;
        let wanted = self.lists + 3 * (ids + items) as u64 / 2;
        if wanted > self.left {
            self.left = wanted;
            self.update.leave(wanted);
        }
    }

    /// Between two files everything that was read may count.
    fn commit_if_due(&mut self) -> Result<()> {
        if self.due.last.elapsed() >= self.due.every {
            self.count_refused()?;
            self.settle()?;
            self.update.commit()?;
            self.due.last = Instant::now();
        }
        Ok(())
    }

    /// Says which ids will be asked for: those of the next files, and those that records bring.
    fn expect(&mut self, jobs: &[Job], job: usize, records: &[RecordEvent<U::Prepared>]) -> Result<()> {
        if job >= self.expected {
            self.expected = jobs.len().min(job + EXPECTED);
            let ids: Vec<String> = jobs[job..self.expected].iter().map(|job| job.base_id().to_owned()).collect();
            self.update.expect(&ids)?;
        }
        let id = |record: &RecordEvent<U::Prepared>| match record {
            RecordEvent::Made { own_id: Some(id), .. } => Some(ids::encode(id)),
            RecordEvent::Made { number, .. } => {
                number.map(|number| ids::of_record(jobs[job].base_id(), Some(number)).0)
            }
            RecordEvent::Failed(_) | RecordEvent::Empty => None,
        };
        let ids: Vec<String> = records.iter().filter_map(id).collect();
        if ids.is_empty() { Ok(()) } else { self.update.expect(&ids) }
    }

    /// Counts the articles that the archive did not take as failures of their files.
    pub fn count_refused(&mut self) -> Result<()> {
        for refused in self.update.refused()? {
            let entry = self.update.files().file_by_number(refused.file).map(FileEntry::into_owned);
            let path = entry.as_ref().map_or_else(String::new, |entry| entry.path.to_string());
            let id: String = refused.id.0.chars().take(LONGEST_ID).collect();
            let message = format!("{path}: article {id} was refused: {}", refused.why);
            self.report.refuse();
            self.report.failures.push(Failure { path, message: message.clone() });
            if let Some(mut entry) = entry {
                entry.articles = entry.articles.saturating_sub(1);
                entry.failures.push(message.into());
                self.update.enter(&entry);
            }
        }
        Ok(())
    }

    fn take_record(&mut self, job: &Job, record: RecordEvent<U::Prepared>) -> Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        match record {
            RecordEvent::Empty => {
                open.skipped += 1;
                open.empty += 1;
            }
            RecordEvent::Failed(error) => {
                self.report.records.failed += 1;
                open.broke |= matches!(error, Error::Panic { .. });
                open.failures.push(error.to_string());
                self.report.failures.push(Failure { path: job.shown(), message: error.to_string() });
            }
            RecordEvent::Made { number, own_id, feed, prepared, warnings } => {
                self.report.extracted += 1;
                if let (None, Some(feed), false) = (&open.snapshot, feed, job.is_stream()) {
                    open.snapshot = Some((feed, Age::new(feed.built, &job.key())));
                }
                let wanted = own_id.map(|id| ArticleId(ids::encode(&id)));
                let spare = ids::of_record(job.base_id(), number);
                let Some(id) = self.name(job, wanted, spare, number)? else { return Ok(()) };
                self.report.warn(&job.shown(), number, warnings);
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
}
