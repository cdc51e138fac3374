//! How much of what lies below the roots a run looks at.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// Which of the files below the roots a run looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Scope {
    /// All of them.
    All,
    /// Those at or below these absolute paths, and those whose ids depend on them.
    Part(BTreeSet<PathBuf>),
}

impl Scope {
    /// Nothing at all.
    pub fn none() -> Self {
        Self::Part(BTreeSet::new())
    }

    /// Both.
    pub fn with(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Part(mut paths), Self::Part(others)) => {
                paths.extend(others.iter().cloned());
                Self::Part(paths)
            }
            _ => Self::All,
        }
    }
}
