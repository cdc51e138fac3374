//! A record as its file holds it.

use std::borrow::Cow;

use super::{Charset, Markup, Salvaged, Siblings, SourceMap, Stretch};
use crate::article::{PrintedText, Span};

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
    /// The records of the same file, this one among them; none where nobody can tell.
    pub siblings: Option<&'a Siblings>,
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
    /// The part of the paper that it stands in.
    pub section: Option<String>,
    /// The printed page on which it begins.
    pub page: Option<String>,
    /// It was read off a page by how that looks, and nothing states it.
    pub is_read: bool,
    /// How much of the text, from its first byte, is the standfirst: bytes.
    pub standfirst: usize,
    /// The feed that it is an item of.
    pub feed: Option<Feed>,
    /// What an archive knew of it, where it was salvaged: then it is read as it stands.
    pub salvaged: Option<Box<Salvaged>>,
    /// What its source says of its paragraphs, where it was printed: no rule of texts runs over what was scanned.
    pub printed: Option<Box<Printed>>,
}

/// What the source of a printed text says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Where in the text a printed line begins, and on which line of the file; ascending.
    pub stretches: Vec<Stretch>,
    /// Its paragraphs, in order.
    pub parts: Vec<PrintedPart>,
    /// Where its words stand on the pages, as far as that is known.
    pub places: PrintedText,
    /// It was set by a program, not scanned: the rules of texts run over it, and the lines of the file are its pages.
    pub is_set: bool,
}

/// A paragraph of a scanned text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedPart {
    /// One past its last byte in the text.
    pub end: usize,
    /// What its source says that it is.
    pub said: PrintedUse,
}

/// What a paragraph of a scanned text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintedUse {
    /// The article's text.
    Text,
    /// The headline.
    Heading,
    /// Around the text: a running head, the number of the page.
    Beside,
}

/// What tells a feed from others, and one snapshot of it from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feed {
    /// A hash of its id, its own address, or that of its site.
    pub key: u64,
    /// When it says that it was built, in milliseconds since 1970.
    pub built: Option<i64>,
}
