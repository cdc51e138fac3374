//! The nouns of an article: what extraction makes of one record of a file.
//!
//! Every number states its unit: spans are bytes, half-open, from 0; lines count from 1 and include both ends.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

mod block;
mod chars;
mod date;
mod doubt;
mod place;
mod print;
mod shown;
mod site;

pub use block::{Block, BlockKind, Fragment, Fragments};
pub(crate) use chars::in_characters;
pub(crate) use date::day_of;
pub use date::{NewsDate, Precision};
pub use doubt::BodyDoubt;
pub use place::{Lines, Span};
pub use print::{
    BoxedWord, LEAST_CONFIDENCE, PageBlock, PageBox, PagePicture, PrintedArticle, PrintedPassage, PrintedText,
};
pub use shown::{has_unsafe, is_unsafe, judged, unsafe_in};
pub(crate) use site::{host, path, sites};

/// Half of a text's BLAKE3: enough to tell a million ids or names apart.
pub(crate) fn short_hash(text: &str) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    short
}

/// How far a field's value can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Guessed from thin evidence, such as a © year.
    Low,
    /// The usual reading of its shape and place.
    Medium,
    /// An unmistakable shape in its place.
    High,
    /// Stated as this field by the record or the user.
    Given,
}

impl Confidence {
    /// The name that JSON and tables give it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Given => "given",
        }
    }
}

/// A field's value with the evidence for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T> {
    /// What the field says.
    pub value: T,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Name of the rule that found it, such as `first-line` or `copyright-year`.
    pub rule: Cow<'static, str>,
    /// Lines of the file that hold the evidence; none where it stands outside the file.
    pub lines: Option<Lines>,
    /// Values that lost, best first.
    pub alternatives: Vec<Alternative<T>>,
}

impl<T> Field<T> {
    /// Another value on the same evidence; values that lost are left out.
    pub fn with_value<U>(&self, value: U) -> Field<U> {
        let Self { confidence, rule, lines, .. } = self;
        Field { value, confidence: *confidence, rule: rule.clone(), lines: *lines, alternatives: Vec::new() }
    }
}

/// A value that lost against a better one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative<T> {
    /// What the field would have said.
    pub value: T,
    /// Name of the rule that found it.
    pub rule: Cow<'static, str>,
    /// Lines of the file that hold the evidence.
    pub lines: Option<Lines>,
}

/// Identity of an article in an archive: readable, stable, without whitespace.
///
/// A record's own id where it has one, else the path below the indexed root without its extension, with `#N` for the
/// Nth record (1-based) of a file of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A standfirst has no more words (positions of the index): it stands whole in the first passage, and a longer text is a text.
pub const STANDFIRST_WORDS: usize = 79;

/// What extraction makes of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The headline as printed, prefixes cut.
    pub headline: Option<Field<String>>,
    /// Who published the article; never a wire agency that only supplied it.
    pub outlet: Option<Field<String>>,
    /// When it was published.
    pub date: Option<Field<NewsDate>>,
    /// Who wrote it.
    pub byline: Option<Field<String>>,
    /// Where it was filed from (`Washington` of `WASHINGTON (AP) - …`).
    pub dateline_place: Option<Field<String>>,
    /// The part of the paper that it stands in, as its source calls it: `Sport`, `Foreign Desk`.
    pub section: Option<Field<String>>,
    /// The printed page on which it begins, as its source calls it: `16`, `B22`.
    pub page: Option<Field<String>>,
    /// Wire agencies and others that supplied the copy or part of it, in order of mention.
    pub credit: Vec<String>,
    /// What introduces the body, apart from it: sentences under the headline.
    pub standfirst: Option<Field<Vec<Block>>>,
    /// The body, top to bottom.
    pub body: Vec<Block>,
    /// Why the body is in doubt, where it is.
    pub doubt: Option<BodyDoubt>,
    /// Where the words of the record's text were printed, where that is known.
    pub printed: Option<Box<PrintedText>>,
}

impl Article {
    /// The text under the headline: the standfirst, then the body.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.standfirst.iter().flat_map(|standfirst| &standfirst.value).chain(&self.body)
    }

    /// How many lines the standfirst takes of the first passage.
    pub fn standfirst_lines(&self) -> Option<Field<u32>> {
        self.standfirst.as_ref().map(|field| field.with_value(field.value.len() as u32))
    }
}
