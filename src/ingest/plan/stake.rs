//! What the archive has of a root before a run: held against what is left of it, a disk that is away shows.

use std::sync::Arc;

use super::seen::Root;
use crate::index::FileEntry;
use crate::overrides::Chooser;

/// What the archive has of a root.
#[derive(Debug)]
pub(in crate::ingest) struct Stake {
    pub root: Arc<Root>,
    /// All its articles.
    articles: u64,
    /// Those that nobody leaves out now.
    wanted: u64,
}

impl Stake {
    pub(super) fn new(root: Arc<Root>) -> Self {
        Self { root, articles: 0, wanted: 0 }
    }

    /// Counts a file of the root.
    pub(super) fn add(&mut self, file: &FileEntry<'_>, chooser: &Chooser<'_>) {
        let below = file.path.get(self.root.place.len() + 1..).filter(|_| self.root.is_folder);
        let is_wanted = below.is_none_or(|below| !chooser.is_left_out(below) && chooser.takes(below));
        self.articles += u64::from(file.articles);
        self.wanted += u64::from(if is_wanted { file.articles } else { 0 });
    }

    /// Whether all is lost where so many articles are left.
    pub fn is_lost(&self, left: u64) -> bool {
        self.articles > 0 && left == 0
    }

    /// What there is to say where so many articles are left, as most of those that are wanted went by themselves.
    pub fn told(&self, left: u64) -> Option<String> {
        let lost = self.wanted.saturating_sub(left);
        let is_most = lost > 1 && 2 * lost > self.wanted;
        let (shown, all) = (self.root.typed.display(), self.wanted);
        is_most.then(|| {
            format!(
                "{shown}: {lost} of {all} articles are removed, as their files are gone or hold fewer now; where that is \
                 not meant, put the files back and run again"
            )
        })
    }
}
