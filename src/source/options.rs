//! How files are read, and what the command line calls that.

use super::FieldNames;

/// The flag that messages name as the way to raise [`Limits::max_record`].
pub const MAX_RECORD_FLAG: &str = "--max-record";

/// The flag that messages name as the way to say what records call their fields.
pub const FIELD_FLAG: &str = "--field";

/// How much of a file is read as one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest record in bytes: a line of a JSON-lines file, or a whole file of text.
    pub max_record: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_record: 64 << 20 }
    }
}

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
