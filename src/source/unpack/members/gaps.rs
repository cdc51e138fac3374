//! What is missing in the content of a compressed file, and what stands behind it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a compressed file's content lacks, and what of the file is none of it; clones know the same.
#[derive(Clone, Debug, Default)]
pub(in crate::source) struct Gaps {
    /// Places in the unpacked bytes at which some are missing, ascending.
    places: Arc<Mutex<Vec<u64>>>,
    behind: Arc<AtomicU64>,
}

impl Gaps {
    /// Some are missing at this place, which is behind all others.
    pub(super) fn add(&self, at: u64) {
        self.places().push(at);
    }

    /// Bytes behind the last member are passed over.
    pub(super) fn pass_over(&self, bytes: u64) {
        self.behind.store(bytes, Ordering::Relaxed);
    }

    /// Bytes of the file that stand behind its content, and are neither of it nor zeros.
    pub fn passed_over(&self) -> u64 {
        self.behind.load(Ordering::Relaxed)
    }

    fn places(&self) -> MutexGuard<'_, Vec<u64>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first place that is not before `from`.
    pub fn next(&self, from: u64) -> Option<u64> {
        let gaps = self.places();
        gaps.get(gaps.partition_point(|gap| *gap < from)).copied()
    }

    /// Forgets what [`next`](Self::next) gives, and those before it.
    pub fn forget(&self, from: u64) {
        let mut gaps = self.places();
        let passed = gaps.partition_point(|gap| *gap < from);
        let last = gaps.len().min(passed + 1);
        gaps.drain(..last);
    }
}

/// A member of a crawl is damaged, and nothing follows it: nothing of it was given out, and what came before it is right.
#[derive(Debug)]
pub(in crate::source) struct MemberLost;

impl std::error::Error for MemberLost {}

impl std::fmt::Display for MemberLost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a damaged member")
    }
}
