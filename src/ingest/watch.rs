//! Following folders: what changes below them comes into the archive in batches, each an ordinary run over what changed.
//!
//! The archive is locked while a batch is written, and free between two: others may index or compact meanwhile, and a
//! batch waits for them.

mod eyes;
mod inbox;
mod news;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::plan::Scope;
use super::{IngestOptions, Progress, Run, Stop, bring_back, moved_roots, run_part, take_over};
use crate::engine::Update;
use crate::error::{Error, Result};
use crate::report::Report;
use crate::source::STDIN;
use eyes::Eyes;
use inbox::Inbox;

pub use news::News;

/// How long nothing may take notice of an end that was asked for, or of a change.
const TICK: Duration = Duration::from_millis(100);

/// How long a batch waits at most before it looks again whether the disk has room.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How folders are followed.
#[derive(Clone, Debug)]
pub struct WatchOptions {
    /// How long nothing may change before a batch begins; under changes without end it begins after the time that
    /// [`IngestOptions::commit_every`] says.
    pub settle: Duration,
    /// How often to look for changes; none to be told of them by the system.
    pub poll: Option<Duration>,
    /// The folder of the index, where it is on this machine: what changes in it is our own doing.
    pub index: Option<PathBuf>,
}

/// Brings the archive up to date with `roots` (folders or files), then follows them until the options say stop. Returns
/// whether nothing below them has failed, as of the last batch, and none was given up.
///
/// # Errors
/// Where the archive cannot be written, and at the start also where somebody else writes to it; where standard input is
/// among the roots. The last commit stands.
pub fn watch<U: Update>(
    open: &dyn Fn() -> Result<U>,
    roots: &[PathBuf],
    options: &IngestOptions,
    watch: &WatchOptions,
    progress: &dyn Fn(Progress),
    tell: &mut dyn FnMut(News),
) -> Result<bool> {
    if roots.iter().any(|root| root.as_os_str() == STDIN) {
        return Err(Error::request("standard input cannot be watched", "name folders, or leave out --watch"));
    }
    let update = opened(open, &options.stop, tell)?;
    // the index is there now, so its place can be told
    let index = watch.index.as_deref().map(|index| index.canonicalize().map_err(|e| Error::read(index, e)));
    let inbox = Arc::new(Inbox::new(index.transpose()?));
    let eyes = Eyes::open(roots, &options.choice, watch.poll, &inbox, tell);
    // what was read again at the start need not be with every batch
    let later = IngestOptions { reread: false, ..options.clone() };
    let mut follower = Follower {
        open,
        roots,
        options,
        watch,
        tell,
        eyes,
        inbox,
        well: update.is_some(),
        unread: Scope::none(),
        told: HashSet::new(),
    };
    follower.bring_in(update, &Scope::All, progress, News::First)?;
    follower.options = &later;
    while let Some(scope) = follower.next() {
        follower.bring_in(None, &scope, &|_| {}, News::Batch)?;
    }
    Ok(follower.well)
}

/// The archive at the start, once the disk has room; none where the end was asked for before.
fn opened<U>(open: &dyn Fn() -> Result<U>, stop: &Stop, tell: &mut dyn FnMut(News)) -> Result<Option<U>> {
    let mut waiting = Backoff::default();
    while !stop.is_set() {
        match open() {
            Err(error) if error.is_full_disk() => waiting.wait(error, stop, tell),
            opened => return opened.map(Some),
        }
    }
    Ok(None)
}

/// Waits for a disk to have room, each time twice as long.
#[derive(Default)]
struct Backoff {
    pause: Option<Duration>,
}

impl Backoff {
    /// Tells of the first error, and does nothing for a while, or until the end is asked for.
    fn wait(&mut self, error: Error, stop: &Stop, tell: &mut dyn FnMut(News)) {
        if self.pause.is_none() {
            tell(News::Full(error));
        }
        let pause = (2 * self.pause.unwrap_or(TICK)).min(LONGEST_PAUSE);
        self.pause = Some(pause);
        let start = Instant::now();
        while start.elapsed() < pause && !stop.is_set() {
            thread::sleep(TICK);
        }
    }
}

struct Follower<'a, U> {
    open: &'a dyn Fn() -> Result<U>,
    roots: &'a [PathBuf],
    options: &'a IngestOptions,
    watch: &'a WatchOptions,
    tell: &'a mut dyn FnMut(News),
    eyes: Eyes,
    inbox: Arc<Inbox>,
    /// Whether nothing below the roots has failed, and no batch waits.
    well: bool,
    /// What could not be read the last time, to be tried again with the next batch.
    unread: Scope,
    /// Failures that were told.
    told: HashSet<String>,
}

impl<U: Update> Follower<'_, U> {
    /// Waits for changes and then for quiet; none where the end was asked for.
    fn next(&mut self) -> Option<Scope> {
        let longest = self.options.commit_every.max(self.watch.settle);
        while !self.options.stop.is_set() {
            self.eyes.look(&self.inbox, self.tell);
            let changed = self.inbox.take_settled(self.watch.settle, longest);
            if let Some(scope) = changed.map(|scope| self.eyes.among(scope)).filter(|scope| *scope != Scope::none()) {
                return Some(scope);
            }
            thread::sleep(TICK);
        }
        None
    }

    /// Makes a batch of what changed, once the archive is free and the disk has room; `update` is the archive where it is
    /// open already.
    fn bring_in(
        &mut self,
        mut update: Option<U>,
        scope: &Scope,
        progress: &dyn Fn(Progress),
        news: fn(Report) -> News,
    ) -> Result<()> {
        let mut waiting = Backoff::default();
        loop {
            let writer = update.take().map_or_else(|| self.writer(), |update| Ok(Some(update)));
            let done = match writer {
                Ok(Some(update)) => self.batch(update, scope, progress, news),
                Ok(None) => {
                    self.well = false;
                    return Ok(());
                }
                Err(error) => Err(error),
            };
            match done {
                Err(error) if error.is_full_disk() => {
                    // until the batch is made, all is not well
                    self.well = false;
                    waiting.wait(error, &self.options.stop, self.tell);
                }
                done => return done,
            }
        }
    }

    /// The archive to write to, once it is free; none where the end was asked for.
    fn writer(&mut self) -> Result<Option<U>> {
        let mut told = false;
        while !self.options.stop.is_set() {
            match (self.open)() {
                Err(Error::Locked { holder, .. }) => {
                    if !std::mem::replace(&mut told, true) {
                        (self.tell)(News::Waiting(holder));
                    }
                }
                opened => return opened.map(Some),
            }
            thread::sleep(TICK);
        }
        Ok(None)
    }

    fn batch(
        &mut self,
        mut update: U,
        scope: &Scope,
        progress: &dyn Fn(Progress),
        news: impl FnOnce(Report) -> News,
    ) -> Result<()> {
        let scope = match scope {
            // somebody removed the index: a part would be all that the new one has
            Scope::Part(_) if !update.files().has_roots() => Scope::All,
            scope => scope.clone().with(&self.unread),
        };
        self.take_over_moved(&mut update)?;
        let Run { mut report, unread, left } = run_part(&mut update, self.roots, &scope, self.options, progress)?;
        report = bring_back(&mut update, self.roots, self.options, report, &|_| {})?;
        let failed = update.files().files().any(|f| !f.failures.is_empty() && self.eyes.holds(&f.path));
        let closed = update.close();
        self.well = !failed && unread.is_empty();
        self.unread = Scope::Part(unread);
        self.tell_only_new(&mut report, scope == Scope::All);
        let news = news(report);
        match &news {
            News::Batch(report) if !says_something(report) => {}
            _ => (self.tell)(news),
        }
        if left > 0 {
            (self.tell)(News::BrokenOff(left));
        }
        closed
    }

    /// A root whose path leads elsewhere now, to the same articles, is the same archive: there is nobody to ask.
    fn take_over_moved(&mut self, update: &mut U) -> Result<()> {
        for (root, before) in self.eyes.elsewhere() {
            // what cannot be looked at is told by the run
            let moved = moved_roots(update, std::slice::from_ref(&root)).unwrap_or_default();
            if moved.iter().any(|moved| !moved.inside && moved.from == before) {
                take_over(update, &before, &root)?;
                let place = root.canonicalize().unwrap_or_else(|_| root.clone());
                (self.tell)(News::Moved(root, place));
            }
        }
        self.eyes.arrived();
        Ok(())
    }

    /// Takes failures out of a report that were told before; after a look at everything the others are forgotten.
    fn tell_only_new(&mut self, report: &mut Report, is_all: bool) {
        let standing: HashSet<String> = report.failures.iter().map(|failure| failure.message.clone()).collect();
        report.failures.retain(|failure| !self.told.contains(&failure.message));
        if is_all {
            self.told = standing;
        } else {
            self.told.extend(standing);
        }
    }
}

fn says_something(report: &Report) -> bool {
    let records = &report.records;
    records.indexed + records.replaced + records.removed + report.warnings > 0 || report.has_failures()
}
