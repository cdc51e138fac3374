//! Words that are operators in other systems, where the archive has no such word: what is kept to settle it.

use super::calendar::DateContext;
use super::date::DateRange;
use super::tree::Node;

/// What is needed to read a query again, once an archive said which of its words it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub(super) typed: String,
    pub(super) context: DateContext,
    /// The words in doubt, as typed, ascending and once each.
    pub(super) words: Vec<String>,
    /// Whether a reading otherwise than typed is refused.
    pub(super) strict: bool,
    /// What narrowed the query since it was read.
    pub(super) dates: DateRange,
    pub(super) outlets: Option<Node>,
}

impl Doubt {
    /// The doubt of a text in which these words may be operators; none where there are none.
    pub(super) fn of(typed: &str, context: DateContext, words: Vec<String>) -> Option<Box<Self>> {
        let (typed, dates) = (typed.to_owned(), DateRange::default());
        (!words.is_empty()).then(|| Box::new(Self { typed, context, words, strict: false, dates, outlets: None }))
    }
}
