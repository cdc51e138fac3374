//! Records that cannot be read.

use std::path::Path;

use super::super::form::Form;
use super::super::{MAX_RECORD_FLAG, MEMORY_FLAG, cost};
use super::facts::Facts;
use crate::error::{Error, Reason};

/// What to do about a file that breaks off.
const FETCH_AGAIN: &str = "fetch the file again, or compress it anew";

/// Why a record cannot be read, with its place and the way out.
#[derive(Clone, Debug)]
pub(in crate::source) struct Fault {
    place: String,
    what: String,
    way_out: String,
    kind: FaultKind,
}

/// Whose fault it is.
#[derive(Clone, Copy, Debug)]
enum FaultKind {
    /// The record's.
    Record,
    /// That of whatever changed the file behind its writer's back.
    Damage,
    /// Nobody's: memory is short.
    Memory,
}

impl Fault {
    /// The same of a record in which nothing is wrong: it has neither a headline nor a text.
    pub fn empty(facts: &Facts, line: u32, record: u32, what: impl Into<String>, way_out: impl Into<String>) -> Error {
        let Self { place, what, way_out, .. } = Self::new(facts, line, record, what, way_out);
        Error::nothing(place, what, way_out, Reason::EmptyRecord)
    }

    /// What is wrong with the record of that number, which begins on that line; files of lines name the line.
    pub fn new(facts: &Facts, line: u32, record: u32, what: impl Into<String>, way_out: impl Into<String>) -> Self {
        let path = facts.path.display();
        let place = match facts.form {
            Form::Warc => format!("{path}: record {record}"),
            Form::Document | Form::Book => format!("{path}: paragraph {line}"),
            Form::Print => format!("{path}: page {line}"),
            Form::Workbook => format!("{path}: row {line}"),
            _ => format!("{path}: line {line}"),
        };
        Self { place, what: what.into(), way_out: way_out.into(), kind: FaultKind::Record }
    }

    /// A record of `length` bytes, which are too many.
    pub fn too_long(facts: &Facts, line: u32, record: u32, length: u64) -> Self {
        let max = facts.options.limits.max_record;
        if length <= max {
            return Self::too_dear(facts, line, record, length.saturating_mul(cost::BYTE));
        }
        let (mut told, mut bound) = (in_words(length), in_words(max));
        if told == bound {
            (told, bound) = (format!("{length} bytes"), format!("{max}"));
        }
        let what = format!("the record is {told} long, more than {bound}");
        Self::new(facts, line, record, what, format!("split it, or raise the limit with {MAX_RECORD_FLAG}"))
    }

    /// A record that would take so many bytes of memory, which are too many.
    pub fn too_dear(facts: &Facts, line: u32, record: u32, takes: u64) -> Self {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        let (may, needs) = (facts.options.limits.memory, mib(takes.saturating_mul(3) / 2));
        let what = format!(
            "it would take {} MiB of memory, as its lines or tags are many, and one record may take {}",
            mib(takes),
            mib(may)
        );
        let way_out = format!("split it, or give {MEMORY_FLAG} {needs}M (and raise ulimit -v, where it is set)");
        Self { kind: FaultKind::Memory, ..Self::new(facts, line, record, what, way_out) }
    }

    /// A file that is one record, or is read in one piece, and longer than memory allows, which is so many bytes.
    pub fn file_too_dear(facts: &Facts, longest: u64) -> Self {
        let what = format!("it is longer than {}, the most that {MEMORY_FLAG} leaves for it", in_words(longest));
        let way_out = format!("split it, or raise {MEMORY_FLAG} (and ulimit -v, where it is set)");
        let place = facts.path.display().to_string();
        Self { place, what, way_out, kind: FaultKind::Memory }
    }

    /// A record that is lost since the file is cut off or damaged, as its own checksum says.
    pub fn damage(facts: &Facts, line: u32, record: u32, what: impl Into<String>) -> Self {
        Self { kind: FaultKind::Damage, ..Self::new(facts, line, record, what, FETCH_AGAIN) }
    }

    /// A file that is cut off or damaged, as its own checksum says.
    pub fn of_file(facts: &Facts, how: &str) -> Error {
        let place = facts.path.display().to_string();
        Error::Corrupt { place, what: how.to_owned(), way_out: FETCH_AGAIN.to_owned() }
    }

    /// A compressed file of which nothing counts, as its checksum or its stream is wrong.
    pub fn of_damaged(path: &Path, packing: &str) -> Error {
        let place = path.display().to_string();
        let what = format!(
            "damaged {packing}, as its checksum or its stream says: nothing of it is indexed, and what the index holds of it stays"
        );
        let way_out = format!(
            "restore it from a copy; or unpack it by hand (`{packing} -dc`) and index what comes out, some words of which may be wrong"
        );
        Error::Corrupt { place, what, way_out }
    }

    /// A file that does not begin as what its name says it is compressed with.
    pub fn of_beginning(facts: &Facts, packing: &str) -> Error {
        let what = format!(
            "it does not begin as {packing}, as its name says: nothing of it is indexed, and what the index holds of it stays"
        );
        let way_out = "restore it from a copy, or rename it where it is not compressed".to_owned();
        Error::Corrupt { place: facts.path.display().to_string(), what, way_out }
    }

    pub fn error(&self) -> Error {
        let Self { place, what, way_out, kind } = self.clone();
        match kind {
            FaultKind::Record => Error::Input { place, what, way_out },
            FaultKind::Damage => Error::Corrupt { place, what, way_out },
            FaultKind::Memory => Error::TooMuch { place, what, way_out },
        }
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
