//! Records that cannot be read.

use super::super::MAX_RECORD_FLAG;
use super::super::form::Form;
use super::facts::Facts;
use crate::error::{Error, Reason};

/// What to do about a file that breaks off.
pub(in crate::source) const FETCH_AGAIN: &str = "fetch the file again, or compress it anew";

/// Why a record cannot be read, with its place and the way out.
#[derive(Clone, Debug)]
pub(in crate::source) struct Fault {
    place: String,
    what: String,
    way_out: String,
}

impl Fault {
    /// The same of a record in which nothing is wrong: it has neither a headline nor a text.
    pub fn empty(facts: &Facts, line: u32, record: u32, what: impl Into<String>, way_out: impl Into<String>) -> Error {
        let Self { place, what, way_out } = Self::new(facts, line, record, what, way_out);
        Error::nothing(place, what, way_out, Reason::EmptyRecord)
    }

    /// What is wrong with the record of that number, which begins on that line; files of lines name the line.
    pub fn new(facts: &Facts, line: u32, record: u32, what: impl Into<String>, way_out: impl Into<String>) -> Self {
        let path = facts.path.display();
        let place =
            if facts.form == Form::Warc { format!("{path}: record {record}") } else { format!("{path}: line {line}") };
        Self { place, what: what.into(), way_out: way_out.into() }
    }

    /// A record of `length` bytes, which are too many.
    pub fn too_long(facts: &Facts, line: u32, record: u32, length: u64) -> Self {
        let max = facts.options.limits.max_record;
        let (mut told, mut bound) = (in_words(length), in_words(max));
        if told == bound {
            (told, bound) = (format!("{length} bytes"), format!("{max}"));
        }
        let what = format!("the record is {told} long, more than {bound}");
        Self::new(facts, line, record, what, format!("split it, or raise the limit with {MAX_RECORD_FLAG}"))
    }

    pub fn error(&self) -> Error {
        Error::input(self.place.as_str(), self.what.as_str(), self.way_out.as_str())
    }
}

/// A number of bytes as people say it, in the units in which they are typed.
pub(in crate::source) fn in_words(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_485_760 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}
