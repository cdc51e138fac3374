//! The commit that an open engine looks at, which may be put in the place of an earlier one while that is still read.

use std::sync::{Arc, PoisonError, RwLock};

/// An archive at one commit, shared by all who read it.
pub(super) struct Current<A>(RwLock<Arc<A>>);

impl<A> Current<A> {
    pub fn new(archive: A) -> Self {
        Self(RwLock::new(Arc::new(archive)))
    }

    /// What is looked at now; it stays as it is for who has it.
    pub fn get(&self) -> Arc<A> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at something later from now on.
    pub fn set(&self, later: A) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(later);
    }
}
