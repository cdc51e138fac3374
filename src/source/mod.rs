//! A path -> chunks -> raw records: what stands in a file, decoded, with the way back to its bytes.

use std::borrow::Cow;

use crate::article::Span;

mod charset;
mod chunk;
mod chunks;
mod csv;
mod document;
mod frame;
mod html;
mod json;
mod lines;
mod literal;
mod mail;
mod map;
mod markup;
mod names;
mod reread;
mod sniff;
mod standing;
mod unpack;
mod walk;
mod warc;
mod window;
mod xml;

pub use charset::Charset;
pub use chunk::Chunk;
pub use chunks::{Chunks, open};
pub use map::{Coded, Literal, Segment, SourceMap};
pub use markup::{Claim, ClaimKind, Element, Markup, MarkupLine, Stretch};
pub use names::{FieldName, FieldNames, Known};
pub use reread::{CitedPassage, Cites, Verdict, reread};
pub use sniff::Form;
pub use standing::{Standing, standing};
pub use walk::{FoundFile, INDEX_MARK, LeavesOut, Walk, is_hidden, kind_of, walk, walk_part};

/// A text of metadata as plain text: references decoded, tags left out, whitespace collapsed.
pub fn plain(text: &str) -> String {
    html::plain(text)
}

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

/// One article as its file holds it, before anything is worked out.
#[derive(Debug)]
pub struct RawRecord<'a> {
    /// Decoded text: the whole of a text file, the visible text of a page, or the body of a structured record.
    pub text: Cow<'a, str>,
    /// The way from an offset in `text` to a byte of the (decompressed, undecoded) file.
    pub map: SourceMap<'a>,
    /// How the bytes were read.
    pub charset: Charset,
    /// Line of the file on which `text` begins, 1-based.
    pub first_line: u32,
    /// Where the record stands in a file of several; none where the file is the record.
    pub place: Option<RecordPlace>,
    /// What the record itself states.
    pub given: Given,
    /// What the markup of a page says of its lines; none for plain text.
    pub markup: Option<Markup>,
    /// BLAKE3 of the bytes of the record, or of the file where the file is the record.
    pub hash: blake3::Hash,
    /// What decoding had to put up with, such as malformed bytes.
    pub warnings: Vec<String>,
}

/// Where a record stands in a file of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordPlace {
    /// Number in the file, 1-based.
    pub number: u32,
    /// Bytes of the decompressed file.
    pub span: Span,
}

/// Fields that a structured record states as such; none for plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The record's own id.
    pub id: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as written.
    pub date: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who supplied the copy: agencies, in order.
    pub credit: Vec<String>,
    /// Where it was filed from.
    pub place: Option<String>,
    /// The feed that it is an item of.
    pub feed: Option<Feed>,
}

/// What tells a feed from others, and one snapshot of it from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feed {
    /// A hash of its id, its own address, or that of its site.
    pub key: u64,
    /// When it says that it was built, in milliseconds since 1970.
    pub built: Option<i64>,
}
