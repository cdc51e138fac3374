//! Articles as an index gives them back.

use super::{PrintSource, Record, Source};
use crate::article::{ArticleId, BodyDoubt, Field, Lines, NewsDate, PrintedArticle, Span};

/// An article as the index gives it back.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// The article's id.
    pub id: ArticleId,
    /// The headline.
    pub headline: Option<Field<String>>,
    /// Who published it.
    pub outlet: Option<Field<String>>,
    /// When.
    pub date: Option<Field<NewsDate>>,
    /// Who wrote it.
    pub byline: Option<Field<String>>,
    /// Where it was filed from.
    pub dateline_place: Option<Field<String>>,
    /// The part of the paper that it stands in.
    pub section: Option<Field<String>>,
    /// The printed page on which it begins.
    pub page: Option<Field<String>>,
    /// Who supplied the copy.
    pub credit: Vec<String>,
    /// How many lines of the first passage, from its first, are the standfirst.
    pub standfirst: Option<Field<u32>>,
    /// Why its body is in doubt, where it is.
    pub doubt: Option<BodyDoubt>,
    /// Where its words stand on printed pages, where that is known.
    pub printed: Option<PrintedArticle>,
    /// Its address, where the record gave one.
    pub url: Option<String>,
    /// The file, as it can be opened from where it was indexed.
    pub path: String,
    /// The folder that a relative path counts from, as in [`Source`].
    pub root: Option<String>,
    /// Its record in a file of several.
    pub record: Option<Record>,
    /// Hash of the file or record: `blake3:` and 64 hexadecimal digits.
    pub hash: String,
    /// The passages, at least one.
    pub passages: Vec<StoredPassage>,
}

/// A passage as the index gives it back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredPassage {
    /// One line a paragraph or subhead.
    pub text: String,
    /// Whether it begins in the middle of a paragraph.
    pub continues: bool,
    /// Which lines of `text` are subheads, 0-based.
    pub subheads: Vec<u32>,
    /// Lines of the file.
    pub lines: Option<Lines>,
    /// Unbroken stretches of the decompressed, undecoded file: bytes, half-open, 0-based.
    pub pieces: Vec<Span>,
    /// Whether its text is not as it was written, and is left out for that.
    pub lost: bool,
}

impl StoredArticle {
    /// Numbers of the passages (1-based) whose text is not as it was written.
    pub fn lost_passages(&self) -> Vec<usize> {
        (1..).zip(&self.passages).filter(|(_, passage)| passage.lost).map(|(number, _)| number).collect()
    }

    /// The text of the standfirst; none where the article has none, and where the first passage was not read.
    pub fn standfirst_text(&self) -> Option<String> {
        let lines = self.standfirst.as_ref()?.value as usize;
        let first = &self.passages.first()?.text;
        (!first.is_empty()).then(|| first.lines().take(lines).collect::<Vec<_>>().join("\n"))
    }

    /// The citation of a passage, 0-based.
    pub fn source(&self, passage: usize) -> Source {
        let printed = self.printed.as_ref().map(|printed| PrintSource::of(printed, passage));
        let passage = self.passages.get(passage);
        Source {
            printed,
            path: self.path.clone(),
            root: self.root.clone(),
            lines: passage.and_then(|p| p.lines),
            pieces: passage.map(|p| p.pieces.clone()).unwrap_or_default(),
            record: self.record,
            hash: self.hash.clone(),
        }
    }
}
