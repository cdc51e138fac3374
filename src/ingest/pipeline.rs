//! Reading and extracting on several threads; events come out in the order of the files.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::IngestOptions;
use super::plan::{Job, hash_file};
use crate::analysis::Language;
use crate::budget::Budget;
use crate::engine::{Provenance, Update};
use crate::error::{Error, Reason, Result};
use crate::extract::extract_alone;
use crate::hit::Record;
use crate::parallel::{self, Place, Room};
use crate::source::{self, Chunk, Chunks, Feed, Form, IssuePages, Limits, RawRecord, ReadOptions, Reopen};

mod packed;
#[cfg(test)]
mod tests;

/// What a record takes beside what its chunk does, however short it is: what is prepared of it, and the pieces of memory that it is in.
const RECORD: u64 = 2048;
/// Panics in a row while records are cut out of a chunk, after which the rest of it is given up: nothing may go on for ever.
const MOST_PANICS: u32 = 100;

/// Opens a file; what lies in a packed folder by the way that was found to it.
type OpenJob<'a> = &'a (dyn Fn(&Job, Option<&Reopen>) -> Result<Chunks> + Sync);

/// What comes out of the pipeline, file by file.
pub(super) enum Event<P> {
    /// A file is being read.
    Opened,
    /// Some of its records, and how many hold no article.
    Records { job: usize, bytes: u64, skipped: u32, records: Vec<RecordEvent<P>>, _place: Place },
    /// It was read to its end; whether it is compressed, and whether other files have its words.
    Closed { job: usize, hash: blake3::Hash, packed: bool, reads_others: bool, warning: Option<String> },
    /// All files of a packed folder were read; no hash where some could not be.
    Packed { job: usize, hash: Option<blake3::Hash> },
    /// It could not be opened.
    Unreadable { job: usize, error: Error },
    /// It was read, and it is no article.
    Broken { job: usize, error: Error, hash: blake3::Hash },
    /// It holds no article by its kind; no hash where it came by standard input.
    Nothing { job: usize, reason: Reason, hash: Option<blake3::Hash> },
}

/// A record of a file.
pub(super) enum RecordEvent<P> {
    /// An article, with its number in a file of several, the id it asks for, and the feed that it is an item of.
    Made { number: Option<u32>, own_id: Option<String>, feed: Option<Feed>, prepared: P, warnings: Vec<String> },
    /// No article.
    Failed(Error),
    /// Neither a headline nor a text.
    Empty,
}

/// Work for the extracting threads.
enum Work<P> {
    Event(Event<P>),
    Chunk { job: usize, chunk: Chunk, place: Place },
}

/// Reads `jobs` and hands every event to `take`, in order, with what `memory` leaves for reading; stops at its
/// first error, and where the options say stop.
pub(super) fn run<U: Update>(
    jobs: &[Job],
    language: Language,
    options: &IngestOptions,
    memory: Budget,
    take: impl FnMut(Event<U::Prepared>) -> Result<()>,
) -> Result<()> {
    let limits = Limits { memory: memory.of_a_record(), ..options.read.limits };
    let read = ReadOptions { limits, ..options.read.clone() };
    let issues = IssuePages::default();
    run_with::<U>(jobs, language, options, memory, &|job, again| open_job(job, again, &read, &issues), take)
}

/// Opens a file; the words of a page whose issue is below the same root are read with that.
fn open_job(job: &Job, again: Option<&Reopen>, options: &ReadOptions, issues: &IssuePages) -> Result<Chunks> {
    if let Some(again) = again {
        return Chunks::reopened(&job.path(), Reopen::clone(again), options);
    }
    let chunks = source::open(&job.path(), options)?;
    match job.walked_from().filter(|root| chunks.is_of_an_issue(root, issues)) {
        Some(_) => {
            let what = "a page of an issue, whose articles the issue's own file has";
            Err(Error::nothing(job.shown(), what, "index the issue", Reason::PageOfIssue))
        }
        None => Ok(chunks),
    }
}

/// The same with another way to open a file.
fn run_with<U: Update>(
    jobs: &[Job],
    language: Language,
    options: &IngestOptions,
    memory: Budget,
    open: OpenJob<'_>,
    take: impl FnMut(Event<U::Prepared>) -> Result<()>,
) -> Result<()> {
    let room = Room::new(memory.reading());
    let feed = |send: &mut dyn FnMut(Work<U::Prepared>) -> bool| {
        // a job that finds nobody to send to is the last
        let _ = Feeder { options, open, room, send, has_lost: false }.read_all(jobs);
    };
    let work = |work| match work {
        Work::Event(event) => event,
        Work::Chunk { job, chunk, place } => {
            let records = read::<U>(&jobs[job], &chunk, language);
            Event::Records { job, bytes: chunk.file_bytes, skipped: chunk.skipped, records, _place: place }
        }
    };
    parallel::in_order(options.threads, feed, work, take)
}

/// Nobody takes events any more.
struct Stopped;

/// Reads the files one after the other.
struct Feeder<'a, P> {
    options: &'a IngestOptions,
    open: OpenJob<'a>,
    /// For what was read and is not yet with the index.
    room: Arc<Room>,
    send: &'a mut dyn FnMut(Work<P>) -> bool,
    /// Whether something of the packed folder that was read last could not be.
    has_lost: bool,
}

impl<P> Feeder<'_, P> {
    fn send(&mut self, work: Work<P>) -> std::result::Result<(), Stopped> {
        if !self.options.stop.is_set() && (self.send)(work) { Ok(()) } else { Err(Stopped) }
    }

    fn read(&mut self, number: usize, job: &Job, again: Option<&Reopen>) -> std::result::Result<(), Stopped> {
        let mut chunks = match guarded(job, || self.open(job, again)) {
            Ok(chunks) => chunks,
            Err(error) => return self.give_up(number, job, again, error),
        };
        let mut opened = false;
        loop {
            let chunk = match guarded(job, || chunks.next().transpose()) {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => return self.give_up(number, job, again, error),
            };
            if !opened {
                self.send(Work::Event(Event::Opened))?;
                opened = true;
            }
            let place = self.room.take(chunk.takes() + u64::from(chunk.records) * RECORD);
            self.send(Work::Chunk { job: number, chunk, place })?;
        }
        if !opened {
            self.send(Work::Event(Event::Opened))?;
        }
        let hash = chunks.hash();
        self.send(Work::Event(Event::Closed {
            job: number,
            hash,
            packed: chunks.is_packed(),
            reads_others: chunks.reads_others(),
            warning: chunks.warning(),
        }))
    }

    /// Opens a file; one that was compressed, and has articles to lose, must be so still where its name says it is.
    fn open(&self, job: &Job, again: Option<&Reopen>) -> Result<Chunks> {
        let was_packed = job.old.is_some_and(|old| old.packed && old.articles > 0);
        let chunks = (self.open)(job, again)?;
        if was_packed { chunks.as_named() } else { Ok(chunks) }
    }

    /// A file that cannot be read keeps its old articles; one that was read and is no article does not.
    fn give_up(
        &mut self,
        number: usize,
        job: &Job,
        again: Option<&Reopen>,
        error: Error,
    ) -> std::result::Result<(), Stopped> {
        let hash = hash_read(job, again);
        let keeps = matches!(error, Error::Corrupt { .. }) && job.old.is_some_and(|old| old.articles > 0);
        let event = match (hash, error) {
            (Ok(hash), Error::Nothing { reason, .. }) => self.nothing((number, job, again), reason, hash),
            (Err(e), Error::Nothing { .. }) => Event::Unreadable { job: number, error: Error::read(&job.path(), e) },
            (Ok(Some(hash)), error @ (Error::Input { .. } | Error::Corrupt { .. })) if !keeps => {
                Event::Broken { job: number, error, hash }
            }
            (_, error) => Event::Unreadable { job: number, error },
        };
        self.has_lost |= matches!(event, Event::Unreadable { .. });
        self.send(Work::Event(event))
    }

    /// A file that holds no article is remembered by its hash; so it must still hold none once that is known.
    fn nothing(
        &self,
        (number, job, again): (usize, &Job, Option<&Reopen>),
        reason: Reason,
        hash: Option<blake3::Hash>,
    ) -> Event<P> {
        let once_more = || (self.open)(job, again)?.next().transpose();
        let still = hash.is_none() || guarded(job, once_more).is_err_and(|e| e.is_nothing());
        if still {
            return Event::Nothing { job: number, reason, hash };
        }
        let way_out = "run again, once nobody writes to it";
        Event::Unreadable { job: number, error: Error::input(job.shown(), "changed while it was read", way_out) }
    }
}

/// BLAKE3 of a file; none where it comes by standard input. What is damaged in a packed folder has the hash of nothing.
fn hash_read(job: &Job, again: Option<&Reopen>) -> std::io::Result<Option<blake3::Hash>> {
    match again {
        _ if job.is_stream() => Ok(None),
        None => hash_file(&job.path()).map(Some),
        Some(again) => match source::hash_of(again) {
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Ok(Some(blake3::hash(b""))),
            hash => hash.map(Some),
        },
    }
}

/// A panic on the way through a file is an error of the file.
fn guarded<T>(job: &Job, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Error::panic(job.shown(), &*panic)))
}

/// The records of a chunk, made ready for the index.
fn read<U: Update>(job: &Job, chunk: &Chunk, language: Language) -> Vec<RecordEvent<U::Prepared>> {
    let shown = job.shown();
    let place = |number: u32| match chunk.form {
        Form::Text | Form::Html => shown.clone(),
        _ => format!("{shown}: record {number}"),
    };
    let root = job.root();
    let from = (shown.as_str(), root.as_deref());
    match guarded(job, || Ok(chunk.records())) {
        Ok(records) => each(records, chunk.numbers(), place, |record| make::<U>(from, job, record, language)),
        Err(error) => vec![RecordEvent::Failed(error)],
    }
}

/// Makes something of each record; where reading or making one panics, that one has failed, and the others go on.
fn each<R, P>(
    mut records: impl Iterator<Item = R>,
    mut numbers: impl Iterator<Item = u32>,
    place: impl Fn(u32) -> String,
    make: impl Fn(R) -> RecordEvent<P>,
) -> Vec<RecordEvent<P>> {
    let mut events = Vec::new();
    let mut panics = 0;
    loop {
        let number = numbers.next().unwrap_or(u32::MAX);
        let failed = |panic: Box<dyn Any + Send>| RecordEvent::Failed(Error::panic(place(number), &*panic));
        match catch_unwind(AssertUnwindSafe(|| records.next())) {
            Ok(None) => return events,
            Ok(Some(record)) => {
                panics = 0;
                events.push(catch_unwind(AssertUnwindSafe(|| make(record))).unwrap_or_else(failed));
            }
            Err(panic) => {
                panics += 1;
                events.push(failed(panic));
            }
        }
        if panics == MOST_PANICS {
            return events;
        }
    }
}

fn make<U: Update>(
    (path, root): (&str, Option<&str>),
    job: &Job,
    record: Result<RawRecord<'_>>,
    language: Language,
) -> RecordEvent<U::Prepared> {
    let record = match record {
        Ok(record) => record,
        Err(error) if error.is_nothing() => return RecordEvent::Empty,
        Err(error) => return RecordEvent::Failed(error),
    };
    let extraction = extract_alone(&record, &job.told.stated, language);
    // a bracket that is left of a file that was cut off is no article
    if !record.text.contains(char::is_alphanumeric) && extraction.article.headline.is_none() {
        return RecordEvent::Empty;
    }
    // those of the record are among them
    let warnings = extraction.warnings.iter().map(ToString::to_string).collect();
    let from = Provenance {
        path,
        root,
        record: record.place.map(|place| Record { number: place.number, span: place.span }),
        hash: *record.hash.as_bytes(),
        url: extraction.url,
        language,
    };
    let prepared = U::prepare(extraction.article, from, &|spans| record.map.spans(spans));
    let number = record.place.map(|place| place.number);
    RecordEvent::Made { number, own_id: extraction.id, feed: record.given.feed, prepared, warnings }
}
