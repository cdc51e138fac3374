//! The forms in which things are printed; each kind of thing has some of them.

use std::str::FromStr;

use crate::error::{Error, Result, by_name};

/// How something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, at a terminal.
    Text,
    /// One JSON object.
    Json,
    /// JSON lines: an object a hit.
    Jsonl,
    /// A table, safe for spreadsheets.
    Csv,
    /// A TREC run.
    Trec,
    /// Tables to paste in a review.
    Markdown,
}

impl Format {
    /// All formats, by the name that flags and messages give them.
    pub const NAMED: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("csv", Self::Csv),
        ("trec", Self::Trec),
        ("markdown", Self::Markdown),
    ];

    /// The name that flags and messages give it.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        by_name("format", name, Self::NAMED)
    }
}
