//! How files are read, and what the command line calls that.

use super::{FieldNames, cost};

/// The flag that messages name as the way to raise [`Limits::max_record`].
pub const MAX_RECORD_FLAG: &str = "--max-record";

/// The flag that messages name as the way to raise [`Limits::memory`].
pub const MEMORY_FLAG: &str = "--memory";

/// The flag that messages name as the way to say what records call their fields.
pub const FIELD_FLAG: &str = "--field";

/// How much of a file is read as one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest record in bytes: a line of a JSON-lines file, or a whole file of text.
    pub max_record: u64,
    /// Bytes of memory that one record may take while an article is made of it.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_record: 64 << 20, memory: u64::MAX }
    }
}

impl Limits {
    /// Bytes of the longest record that may be held: a longer one is too long, or takes too much memory whatever it is.
    pub fn longest(self) -> u64 {
        self.max_record.min(self.memory / cost::BYTE)
    }
}

/// What a file of settings is called: it is no article.
pub const SETTINGS: &str = "dateline.toml";

/// The path that stands for standard input.
pub const STDIN: &str = "-";

/// How files are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Bounds of a record.
    pub limits: Limits,
    /// What records call their fields, where the user says so.
    pub fields: FieldNames,
}

impl From<Limits> for ReadOptions {
    fn from(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }
}
