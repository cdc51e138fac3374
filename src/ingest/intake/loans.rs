//! Ids that go from file to file in one run: a file was given one that another still has, which is read later.

use std::collections::{BTreeMap, BTreeSet};

use super::super::feeds::Age;
use super::super::ids;
use super::super::plan::Job;
use super::Intake;
use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::Result;
use crate::index::{FileEntry, Manifest};

/// Ids that two files have until the first of them, the lender, was read; the lender's number, and the other's, the
/// taker's.
#[derive(Default)]
pub(super) struct Loans {
    /// By the lender: what was lent, and to whom.
    open: BTreeMap<u64, Vec<(ArticleId, u64)>>,
    /// By the lender: who has what a commit took out of it, so that no id counted twice.
    settled: BTreeMap<u64, Vec<u64>>,
    /// Files that are gone, and lent something.
    left: BTreeSet<u64>,
    /// Takers that are stale for that alone.
    marked: BTreeSet<u64>,
}

impl<U: Update> Intake<'_, U> {
    /// The open file was granted an id that these files still have.
    pub(super) fn note_loans(&mut self, id: &ArticleId, lenders: Vec<u64>) {
        let Some(taker) = self.open.as_ref().map(|open| open.number) else { return };
        for lender in lenders {
            if self.gone.contains(&lender) {
                self.loans.left.insert(lender);
            } else {
                self.loans.open.entry(lender).or_default().push((id.clone(), taker));
            }
        }
    }

    /// A file was read: what it lent is the taker's.
    pub(super) fn repay(&mut self, lender: u64) {
        self.loans.open.remove(&lender);
        for taker in self.loans.settled.remove(&lender).unwrap_or_default() {
            let owes = self.loans.settled.values().any(|takers| takers.contains(&taker));
            if !owes && self.loans.marked.remove(&taker) {
                self.change(taker, |entry| entry.stale = false);
            }
        }
    }

    /// A file could not be read and keeps its articles, but for those whose ids others have been given meanwhile. Who has
    /// them is read again by the next run, since they may be its own after all. An older snapshot of the same feed gives
    /// its item back.
    pub(super) fn call_in(&mut self, job: &Job) -> Result<()> {
        let Some(old) = job.old else { return Ok(()) };
        self.leaving.remove(&old.number);
        let settled = self.loans.settled.get(&old.number).map_or(0, Vec::len);
        self.report.records.removed += settled as u64;
        for (id, taker) in self.loans.open.remove(&old.number).unwrap_or_default() {
            let manifest = self.update.files();
            // a file that was given up gave its ids back
            if manifest.file_by_number(taker).is_none() {
                continue;
            }
            if is_older(manifest, taker, old.number) {
                self.update.remove_article(taker, &id)?;
                self.report.outdate(1);
                self.items.insert(ids::key(&id.0), old.number);
                self.change(taker, |entry| {
                    entry.articles = entry.articles.saturating_sub(1);
                    entry.snapshot.iter_mut().for_each(|snapshot| snapshot.superseded += 1);
                });
                continue;
            }
            self.report.records.removed += 1;
            self.take_out(old.number, &id)?;
            self.change(taker, |entry| entry.stale = true);
        }
        Ok(())
    }

    /// Before a commit no two files have one id: lenders give up what they lent. They and the takers are read again by the
    /// next run, unless this one comes to the lenders.
    pub(super) fn settle(&mut self) -> Result<()> {
        for gone in std::mem::take(&mut self.loans.left) {
            self.update.remove_file(gone);
        }
        for (lender, loans) in std::mem::take(&mut self.loans.open) {
            for (id, taker) in loans {
                let Some(stale) = self.update.files().file_by_number(taker).map(|entry| entry.stale) else {
                    continue;
                };
                self.take_out(lender, &id)?;
                self.loans.settled.entry(lender).or_default().push(taker);
                if !stale {
                    self.loans.marked.insert(taker);
                    self.change(taker, |entry| entry.stale = true);
                }
            }
        }
        Ok(())
    }

    /// Takes one article out of a file that is to be read again, whatever becomes of this run.
    fn take_out(&mut self, file: u64, id: &ArticleId) -> Result<()> {
        self.update.remove_article(file, id)?;
        self.change(file, |entry| {
            entry.articles = entry.articles.saturating_sub(1);
            entry.stale = true;
        });
        Ok(())
    }

    fn change(&mut self, file: u64, change: impl FnOnce(&mut FileEntry<'static>)) {
        let Some(mut entry) = self.update.files().file_by_number(file).map(FileEntry::into_owned) else { return };
        change(&mut entry);
        self.update.enter(&entry);
    }
}

/// Whether a file is an older snapshot of the feed that another one is a snapshot of.
fn is_older(manifest: &Manifest, file: u64, other: u64) -> bool {
    let snapshot = |number| manifest.file_by_number(number).and_then(|file| Some((file.snapshot?, file.path)));
    let (Some((one, path)), Some((two, beside))) = (snapshot(file), snapshot(other)) else { return false };
    one.feed == two.feed && Age::new(one.built, &path) < Age::new(two.built, &beside)
}
