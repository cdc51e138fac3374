//! Ids that go from file to file in one run: a file was given one that another still has, which is read later.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::Result;
use crate::index::{FileEntry, Manifest};
use crate::ingest::feeds::Age;

/// Ids that two files have until the first of them, the lender, was read; the lender's number, and the other's, the
/// taker's.
pub(super) struct Loans {
    /// Numbers of the files that are not there any more.
    gone: HashSet<u64>,
    /// By the lender: what was lent, and to whom.
    open: BTreeMap<u64, Vec<(ArticleId, u64)>>,
    /// By the lender: who has what a commit took out of it, so that no id counted twice.
    settled: BTreeMap<u64, Vec<u64>>,
    /// Files that are gone, and lent something.
    left: BTreeSet<u64>,
    /// Takers that are stale for that alone.
    marked: BTreeSet<u64>,
}

/// What became of the ids that a file had lent.
#[derive(Default)]
pub(super) struct CalledIn {
    /// Articles that the lender has no more.
    pub lost: u64,
    /// Items that older snapshots gave back to it.
    pub returned: Vec<ArticleId>,
}

impl Loans {
    /// No loans; `gone` are the numbers of the files that are not there any more.
    pub fn new(gone: HashSet<u64>) -> Self {
        let (open, settled) = (BTreeMap::new(), BTreeMap::new());
        Self { gone, open, settled, left: BTreeSet::new(), marked: BTreeSet::new() }
    }

    /// Whether a file is not there any more.
    pub fn is_gone(&self, file: u64) -> bool {
        self.gone.contains(&file)
    }

    /// A file, the taker, was granted an id that these files still have.
    pub fn note(&mut self, id: &ArticleId, taker: u64, lenders: Vec<u64>) {
        for lender in lenders {
            if self.gone.contains(&lender) {
                self.left.insert(lender);
            } else {
                self.open.entry(lender).or_default().push((id.clone(), taker));
            }
        }
    }

    /// What a file has lent.
    pub fn lent(&self, lender: u64) -> HashSet<&ArticleId> {
        self.open.get(&lender).into_iter().flatten().map(|(id, _)| id).collect()
    }

    /// A file was read: what it lent is the taker's.
    pub fn repay<U: Update>(&mut self, lender: u64, update: &mut U) {
        self.open.remove(&lender);
        for taker in self.settled.remove(&lender).unwrap_or_default() {
            let owes = self.settled.values().any(|takers| takers.contains(&taker));
            if !owes && self.marked.remove(&taker) {
                change(update, taker, |entry| entry.stale = false);
            }
        }
    }

    /// A file could not be read and keeps its articles, but for those whose ids others have been given meanwhile. Who has
    /// them is read again by the next run, since they may be its own after all. An older snapshot of the same feed gives
    /// its item back.
    pub fn call_in<U: Update>(&mut self, lender: u64, update: &mut U) -> Result<CalledIn> {
        let settled = self.settled.get(&lender).map_or(0, Vec::len);
        let mut called = CalledIn { lost: settled as u64, returned: Vec::new() };
        for (id, taker) in self.open.remove(&lender).unwrap_or_default() {
            let manifest = update.files();
            // a file that was given up gave its ids back
            if manifest.file_by_number(taker).is_none() {
                continue;
            }
            if is_older(manifest, taker, lender) {
                update.remove_article(taker, &id)?;
                called.returned.push(id);
                change(update, taker, |entry| {
                    entry.articles = entry.articles.saturating_sub(1);
                    entry.snapshot.iter_mut().for_each(|snapshot| snapshot.superseded += 1);
                });
                continue;
            }
            called.lost += 1;
            take_out(update, lender, &id)?;
            change(update, taker, |entry| entry.stale = true);
        }
        Ok(called)
    }

    /// Before a commit no two files have one id: lenders give up what they lent. They and the takers are read again by the
    /// next run, unless this one comes to the lenders.
    pub fn settle<U: Update>(&mut self, update: &mut U) -> Result<()> {
        for gone in std::mem::take(&mut self.left) {
            update.remove_file(gone);
        }
        for (lender, loans) in std::mem::take(&mut self.open) {
            for (id, taker) in loans {
                let Some(stale) = update.files().file_by_number(taker).map(|entry| entry.stale) else {
                    continue;
                };
                take_out(update, lender, &id)?;
                self.settled.entry(lender).or_default().push(taker);
                if !stale {
                    self.marked.insert(taker);
                    change(update, taker, |entry| entry.stale = true);
                }
            }
        }
        Ok(())
    }
}

/// Takes one article out of a file that is to be read again, whatever becomes of this run.
fn take_out<U: Update>(update: &mut U, file: u64, id: &ArticleId) -> Result<()> {
    update.remove_article(file, id)?;
    change(update, file, |entry| {
        entry.articles = entry.articles.saturating_sub(1);
        entry.stale = true;
    });
    Ok(())
}

fn change<U: Update>(update: &mut U, file: u64, change: impl FnOnce(&mut FileEntry<'static>)) {
    let Some(mut entry) = update.files().file_by_number(file).map(FileEntry::into_owned) else { return };
    change(&mut entry);
    update.enter(&entry);
}

/// Whether a file is an older snapshot of the feed that another one is a snapshot of.
fn is_older(manifest: &Manifest, file: u64, other: u64) -> bool {
    let snapshot = |number| manifest.file_by_number(number).and_then(|file| Some((file.snapshot?, file.path)));
    let (Some((one, path)), Some((two, beside))) = (snapshot(file), snapshot(other)) else { return false };
    one.feed == two.feed && Age::new(one.built, &path) < Age::new(two.built, &beside)
}
