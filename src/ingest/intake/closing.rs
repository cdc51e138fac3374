//! The end of a file: it is counted, and entered into the manifest in the place of what it was.

use std::collections::{BTreeMap, HashSet};

use super::naming::Ids;
use super::open::{MOST_FAILURES, OpenFile};
use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::{Reason, Result};
use crate::index::{FeedSnapshot, FileEntry};
use crate::ingest::Progress;
use crate::ingest::plan::{Job, VERSION};
use crate::report::Report;
use crate::source::{Feed, ReadOptions};

/// Characters of an id that a message quotes at most.
const LONGEST_ID: usize = 200;

/// The files of a run: what the archive and the report have of them, and how far the run has come.
pub(super) struct Register<'a, U: Update> {
    pub update: &'a mut U,
    pub report: Report,
    pub total: Progress,
    pub progress: &'a dyn Fn(Progress),
    /// How they are read.
    pub read: &'a ReadOptions,
    /// The number of the first file that this run reads.
    pub first: u64,
    /// Numbers of the snapshots of feeds that the run met and that are as they were.
    pub kept: HashSet<u64>,
    /// How many articles of files that are gone others have now, by the number of the file.
    pub inherited: BTreeMap<u64, u32>,
    /// Files that hold no article any more, by the number under which the archive has their old ones.
    pub barren: BTreeMap<u64, (blake3::Hash, Barren)>,
}

/// Why a file that was read has no article.
pub(super) enum Barren {
    /// It holds none by its kind, or only so many records without one, of which so many are empty.
    Skipped { reason: Reason, skipped: u32, empty: u32 },
    /// What failed in it.
    Failed(Box<str>),
}

impl<U: Update> Register<'_, U> {
    /// A file was read to its end.
    pub fn close_file(&mut self, job: &Job, mut open: OpenFile, hash: blake3::Hash, ids: &mut Ids) -> Result<()> {
        self.total.files_done += 1;
        if open.articles == 0 && open.failures.is_empty() && open.outdated == 0 {
            let hash = Some(hash).filter(|_| !job.is_stream());
            let records = (open.skipped, open.empty);
            self.skip_read(job, Reason::WithoutArticles, hash, records, ids);
            return Ok(());
        }
        if job.is_stream() {
            return self.close_stream(job, open, hash);
        }
        let superseded = std::mem::take(&mut open.superseded);
        let (of_run, older): (Vec<_>, Vec<_>) = superseded.into_iter().partition(|(_, holder)| *holder >= self.first);
        let inherited: u32 = open.inherited.values().sum();
        let before = job.old.as_ref().map_or(0, |old| old.articles) + older.len() as u32 + inherited;
        // what an older snapshot had meanwhile is its own still; the rest goes on as what it was counted as there
        let own = ids.count_lent(job, &of_run);
        let counted = of_run.len() as u32 - own;
        self.report.outdate(u64::from(own));
        self.report.skip(Reason::Superseded, u64::from(counted));
        self.report.outdate_kept(older.iter().filter(|(_, holder)| self.kept.contains(holder)).count() as u64);
        open.inherited.iter().for_each(|(gone, count)| *self.inherited.entry(*gone).or_default() += count);
        self.take_over(of_run.into_iter().chain(older))?;
        self.drop_old(job, ids);
        self.enter_file(job, open, hash, (before, counted));
        Ok(())
    }

    /// Counts a file that was read, and enters it into the manifest; so many articles leave for it, and so many of its own
    /// are counted already.
    fn enter_file(&mut self, job: &Job, open: OpenFile, hash: blake3::Hash, (before, counted): (u32, u32)) {
        let failed = open.articles == 0 && open.outdated == 0 && !open.failures.is_empty();
        self.report.count_file(job.old.is_some(), failed, before, open.articles.saturating_sub(counted));
        self.report.skip_records(open.skipped, open.empty);
        self.report.skip(Reason::Superseded, u64::from(open.outdated));
        let entry = job.entry(open.number, hash, &self.read.fields);
        self.update.enter(&FileEntry {
            articles: open.articles,
            skipped: open.skipped,
            empty: open.empty,
            max_record: if open.failures.is_empty() { 0 } else { self.read.limits.max_record },
            failures: open.failures.into_iter().map(Into::into).collect(),
            untold: open.untold,
            failed,
            broke: if open.broke { VERSION } else { "" }.into(),
            stale: open.in_doubt,
            packed: open.packed,
            snapshot: open.snapshot.map(|(Feed { key: feed, built }, _)| FeedSnapshot {
                feed,
                built,
                superseded: open.outdated,
            }),
            ..entry
        });
        (self.progress)(self.total);
    }

    /// Standard input was read to its end: the same bytes as once before change nothing; else what it replaces goes.
    fn close_stream(&mut self, job: &Job, mut open: OpenFile, hash: blake3::Hash) -> Result<()> {
        let fields = self.read.fields.to_string();
        let same = |f: &FileEntry<'_>| {
            f.is_stream()
                && f.hash == hash
                && f.fields == fields
                && f.overrides == job.told.key
                && f.articles == open.articles
        };
        let old = self.update.files().files().find(same).map(FileEntry::into_owned);
        if let Some(old) = old {
            self.update.remove_file(open.number);
            let (before, failed) = (self.report.failures.len(), open.failures.len() as u64 + u64::from(open.untold));
            self.report.failures.retain(|failure| !open.failures.contains(&failure.message));
            self.report.more_failures -= failed - (before - self.report.failures.len()) as u64;
            self.report.records.failed -= failed;
            // nor is there anything to warn of
            (self.report.warnings, _) = open.warned;
            self.report.first_warnings.truncate(open.warned.1);
            self.report.keep(|| job.shown(), &old);
            return Ok(());
        }
        let superseded = std::mem::take(&mut open.superseded);
        let before = superseded.len() as u32;
        self.take_over(superseded)?;
        self.enter_file(job, open, hash, (before, 0));
        Ok(())
    }

    /// Takes articles out of the files that had them.
    fn take_over(&mut self, superseded: impl IntoIterator<Item = (ArticleId, u64)>) -> Result<()> {
        let mut losses: BTreeMap<u64, u32> = BTreeMap::new();
        for (id, holder) in superseded {
            self.update.remove_article(holder, &id)?;
            *losses.entry(holder).or_default() += 1;
        }
        for (holder, lost) in losses {
            let Some(old) = self.update.files().file_by_number(holder).map(FileEntry::into_owned) else { continue };
            let articles = old.articles.saturating_sub(lost);
            // a snapshot of a feed stays in the list, to be read again when the newer one leaves
            let snapshot = old.snapshot.map(|s| FeedSnapshot { superseded: s.superseded + lost, ..s });
            if articles == 0 && snapshot.is_none() {
                self.update.remove_file(holder);
            } else {
                self.update.enter(&FileEntry { articles, snapshot, ..old });
            }
        }
        Ok(())
    }

    /// A file that gave nothing. Where it was read (`hash`) its old articles go, else they stay.
    pub fn fail_file(
        &mut self,
        job: &Job,
        open: Option<OpenFile>,
        message: String,
        read: Option<blake3::Hash>,
        ids: &mut Ids,
    ) {
        self.give_up(open);
        self.report.files.failed += 1;
        self.report.fail(job.shown(), message.clone());
        let Some(hash) = read else { return };
        self.enter_barren(job, hash, Barren::Failed(message.into()), ids);
    }

    /// A file that was damaged since it was indexed: what the archive has of it is kept, and no entry says that it was read.
    pub fn keep_damaged(&mut self, job: &Job, open: OpenFile, ids: &mut Ids) {
        let kept = job.old.map_or(0, |old| old.articles);
        let kept = if kept == 1 { "its article".to_owned() } else { format!("its {kept} articles") };
        let message = format!(
            "{}: damaged since it was indexed: the index keeps {kept}; restore the file from a copy, then run again",
            job.shown()
        );
        self.fail_file(job, Some(open), message, None, ids);
    }

    /// A file that holds no article by its kind. Without a hash it came by standard input, and is not remembered.
    pub fn skip_file(
        &mut self,
        job: &Job,
        open: Option<OpenFile>,
        reason: Reason,
        read: Option<blake3::Hash>,
        ids: &mut Ids,
    ) {
        self.give_up(open);
        self.skip_read(job, reason, read, (0, 0), ids);
    }

    /// A packed folder whose files were read; without a hash not all of them could be, so that it is looked through again.
    pub fn close_packed(&mut self, job: &Job, hash: Option<blake3::Hash>, ids: &mut Ids) {
        match hash {
            Some(hash) => self.skip_file(job, None, Reason::PackedFolder, Some(hash), ids),
            None => {
                self.give_up(None);
                self.report.skip(Reason::PackedFolder, 1);
            }
        }
    }

    /// The same for a file with so many records without an article, of which so many are empty.
    fn skip_read(
        &mut self,
        job: &Job,
        reason: Reason,
        read: Option<blake3::Hash>,
        (skipped, empty): (u32, u32),
        ids: &mut Ids,
    ) {
        self.report.skip(reason, 1);
        self.report.skip_records(skipped, empty);
        let Some(hash) = read else {
            self.report.tell([format!("{}: skipped: {}", job.shown(), reason.names().0)]);
            return;
        };
        self.enter_barren(job, hash, Barren::Skipped { reason, skipped, empty }, ids);
    }

    /// What the archive had of a file goes, as it was read anew.
    fn drop_old(&mut self, job: &Job, ids: &mut Ids) {
        let Some(old) = job.old else { return };
        self.update.remove_file(old.number);
        ids.repay(old.number, self.update);
    }

    /// What was read of a file that comes to nothing goes.
    fn give_up(&mut self, open: Option<OpenFile>) {
        if let Some(open) = open {
            self.update.remove_file(open.number);
        }
        self.total.files_done += 1;
    }

    /// Enters a file that was read and has no article; old ones stay until all is read, as its root may hold none at all.
    fn enter_barren(&mut self, job: &Job, hash: blake3::Hash, barren: Barren, ids: &mut Ids) {
        match job.old.filter(|old| old.articles > 0) {
            Some(old) => drop(self.barren.insert(old.number, (hash, barren))),
            None => self.enter_without_articles(job, hash, barren, ids),
        }
    }

    /// The same where its old articles go.
    pub fn enter_without_articles(&mut self, job: &Job, hash: blake3::Hash, barren: Barren, ids: &mut Ids) {
        self.drop_old(job, ids);
        self.report.records.removed += job.old.map_or(0, |old| u64::from(old.articles));
        let number = self.update.take_number();
        let entry = job.entry(number, hash, &self.read.fields);
        self.update.enter(&match barren {
            Barren::Skipped { reason, skipped, empty } => FileEntry { reason: Some(reason), skipped, empty, ..entry },
            Barren::Failed(message) => FileEntry {
                failures: vec![message.into_string().into()],
                failed: true,
                max_record: self.read.limits.max_record,
                ..entry
            },
        });
    }

    /// Counts the articles that the archive did not take as failures of their files.
    pub fn count_refused(&mut self) -> Result<()> {
        for refused in self.update.refused()? {
            let entry = self.update.files().file_by_number(refused.file).map(FileEntry::into_owned);
            let path = entry.as_ref().map_or_else(String::new, |entry| entry.path.to_string());
            let id: String = refused.id.0.chars().take(LONGEST_ID).collect();
            let message = format!("{path}: article {id} was refused: {}", refused.why);
            self.report.refuse();
            self.report.fail(path, message.clone());
            if let Some(mut entry) = entry {
                entry.articles = entry.articles.saturating_sub(1);
                if entry.failures.len() < MOST_FAILURES {
                    entry.failures.push(message.into());
                } else {
                    entry.untold += 1;
                }
                self.update.enter(&entry);
            }
        }
        Ok(())
    }
}
