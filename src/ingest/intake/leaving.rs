//! The end of a run: what is gone, and what holds no article any more, leaves the archive. Where nothing of a root would be
//! left, it stays, as the root's disk may be away.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::Intake;
use crate::engine::Update;
use crate::error::Result;
use crate::index::Manifest;
use crate::ingest::plan::{Plan, Root};
use crate::report::Report;

impl<U: Update> Intake<'_, U> {
    /// What came of it, what could not be read, and how many files it did not come to; a file that was broken off leaves
    /// nothing behind. With `allow_empty` a root that holds no article any more loses those it had.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn end(mut self, plan: &Plan, allow_empty: bool) -> Result<(Report, BTreeSet<PathBuf>, u64)> {
        if let Some(open) = self.open.take() {
            self.register.update.remove_file(open.number);
        }
        let bare = if allow_empty { Vec::new() } else { self.weigh(plan) };
        let stays = |path: &str| bare.iter().any(|root| root.has(path));
        self.let_barren_go(plan, &stays)?;
        self.ids.settle(self.register.update)?;
        self.let_gone_go(plan, &stays);
        let Self { register, mut ids, .. } = self;
        let mut report = register.report;
        for root in bare {
            report.roots_failed += 1;
            report.files.failed += 1;
            report.fail(root.typed.display().to_string(), root.is_bare());
            ids.note_unread(&root.place);
        }
        Ok((report, ids.into_unread(), register.total.files - register.total.files_done))
    }

    /// The roots that had articles and would have none; of others that lose many it is told.
    fn weigh(&mut self, plan: &Plan) -> Vec<Arc<Root>> {
        let barren = self.register.barren.keys().copied();
        let leaving: HashSet<u64> = plan.gone.iter().map(|old| old.number).chain(barren).collect();
        if leaving.is_empty() && plan.jobs.is_empty() {
            return Vec::new();
        }
        let left = left(self.register.update.files(), plan, &leaving);
        let mut bare = Vec::new();
        for (stake, left) in plan.stakes.iter().zip(left) {
            if stake.is_lost(left) {
                bare.push(Arc::clone(&stake.root));
            } else {
                self.register.report.tell(stake.told(left));
            }
        }
        bare
    }

    fn let_barren_go(&mut self, plan: &Plan, stays: &dyn Fn(&str) -> bool) -> Result<()> {
        if self.register.barren.is_empty() {
            return Ok(());
        }
        for job in &plan.jobs {
            let Some(old) = job.old else { continue };
            let Some((hash, barren)) = self.register.barren.remove(&old.number) else { continue };
            if stays(&job.key()) {
                self.keep_old(job)?;
            } else {
                self.register.enter_without_articles(job, hash, barren, &mut self.ids);
            }
        }
        Ok(())
    }

    fn let_gone_go(&mut self, plan: &Plan, stays: &dyn Fn(&str) -> bool) {
        let register = &mut self.register;
        for gone in &plan.gone {
            // what lent an id to a file elsewhere has left already
            if register.update.files().file_by_number(gone.number).is_some_and(|file| stays(&file.path)) {
                continue;
            }
            register.update.remove_file(gone.number);
            register.report.files.removed += 1;
            // what others have now was put in its place
            let inherited = register.inherited.get(&gone.number).copied().unwrap_or(0);
            register.report.records.removed += u64::from(gone.articles.saturating_sub(inherited));
        }
    }
}

/// How many articles of each root the archive has in files that stay.
fn left(manifest: &Manifest, plan: &Plan, leaving: &HashSet<u64>) -> Vec<u64> {
    let mut left = vec![0; plan.stakes.len()];
    for file in manifest.files().filter(|file| file.articles > 0 && !leaving.contains(&file.number)) {
        for (left, stake) in left.iter_mut().zip(&plan.stakes) {
            *left += if stake.root.has(&file.path) { u64::from(file.articles) } else { 0 };
        }
    }
    left
}
