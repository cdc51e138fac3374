//! Memory that is taken elsewhere and counts as a segment's.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of each indexing thread's memory that are taken elsewhere: it writes its segment so much earlier. tantivy fixes what a
/// thread may fill when it is opened, but asks everything that takes part in a segment how much it holds.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Burden(Arc<AtomicUsize>);

impl Burden {
    pub fn set(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    pub fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}
