//! What a search is asked for: a query and how much of the answer is wanted; and the same as it is typed.

use std::fmt;
use std::str::FromStr;

use super::calendar::DateContext;
use super::grammar::{plain, read_as_stated};
use super::{Query, Weights};
use crate::error::{Error, Result, by_name};

/// What is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Passages, at most so many of an article.
    #[default]
    Passage,
    /// Articles, each with its best passage.
    Article,
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The latest date first; articles of the same moment by id, those without a date last.
    Newest,
    /// The earliest date first; articles of the same moment by id, those without a date last.
    Oldest,
}

impl Unit {
    /// All units, by the name that flags, forms and messages give them.
    pub const NAMED: &'static [(&'static str, Self)] = &[("passage", Self::Passage), ("article", Self::Article)];
}

impl Sort {
    /// All orders, by the name that flags, forms and messages give them.
    pub const NAMED: &'static [(&'static str, Self)] =
        &[("relevance", Self::Relevance), ("newest", Self::Newest), ("date", Self::Newest), ("oldest", Self::Oldest)];
}

impl FromStr for Unit {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        by_name("unit", name, Self::NAMED)
    }
}

impl FromStr for Sort {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        by_name("order", name, Self::NAMED)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMED.iter().find(|(_, unit)| unit == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// A query as it is typed: on a command line, in a form, in a file of topics, by an assistant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// What is looked for.
    pub words: &'a str,
    /// Whether every word is a word, whatever signs it carries; else the words are in the query language.
    pub plain: bool,
    /// Only articles of one of these outlets: of each its name, or words of it. All where there are none.
    pub outlets: &'a [String],
    /// Only articles of this day, month or year, or later.
    pub after: Option<&'a str>,
    /// Only articles of this day, month or year, or earlier.
    pub before: Option<&'a str>,
    /// A time whose articles are preferred, and its half-life: `2022-07~10`.
    pub around: Option<&'a str>,
    /// Whether a query is refused that cannot be read as it is typed.
    pub strict: bool,
}

impl Typed<'_> {
    /// The query, its dates read as in `context`.
    ///
    /// # Errors
    /// Where a date is none, where an outlet's name has no letter in it, and where a strict query is read otherwise than
    /// it is typed.
    pub fn query(&self, context: impl Into<DateContext>) -> Result<Query> {
        let context = context.into();
        let mut query = if self.plain { plain(self.words) } else { read_as_stated(self.words, context) };
        if self.strict {
            query.strict(self.words)?;
            query.doubt.iter_mut().for_each(|doubt| doubt.strict = true);
        }
        self.around.map_or(Ok(()), |time| query.prefer(time, context))?;
        query.prefer_typed(self.plain, context);
        query.restrict(self.outlets, self.after, self.before, context)?;
        Ok(query)
    }
}

/// A search.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// What is looked for.
    pub query: Query,
    /// The most hits wanted.
    pub limit: usize,
    /// Hits that are passed over before those wanted: the ranks of the answer begin behind them. By relevance they and those
    /// wanted may be [`PAGED`](Self::PAGED) in all.
    pub offset: usize,
    /// The most passages of one article; 1 where articles are ranked.
    pub per_article: usize,
    /// What is ranked.
    pub by: Unit,
    /// The longest snippet, in characters.
    pub snippet_width: usize,
    /// In which order hits come.
    pub sort: Sort,
    /// Days after which an article has lost half of the bonus of the newest one, whose score is doubled; no bonus where
    /// none. Counts for [`Sort::Relevance`] only.
    pub recency: Option<f32>,
    /// Whether all matching articles are counted, which costs a pass over their postings.
    pub count: bool,
    /// Whether words that no article has, or few, bring suggestions.
    pub suggest: bool,
    /// Whether the query is asked as it may have been meant too, where nothing is found and there are suggestions; needs
    /// `count` and `suggest`.
    pub correct: bool,
    /// The constants of the score.
    pub weights: Weights,
    /// Whether words of the best passages are added to the ranking: more is found on a subject, several times slower.
    /// What is highlighted and counted stays what matches the query as typed.
    pub expand: bool,
    /// Whether a word also stands for what print makes of it that was read by machine: `Hclsinki` is Helsinki. Words in quotes,
    /// as written and patterns are as typed.
    pub ocr: bool,
    /// Whether hits tell how their scores came about.
    pub explain: bool,
}

impl SearchRequest {
    /// How far the list goes of whose hits some may be passed over, where hits come by relevance.
    pub const PAGED: usize = 1_000;

    /// Ten passages, one of an article, counted, with suggestions.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            limit: 10,
            offset: 0,
            per_article: 1,
            by: Unit::Passage,
            snippet_width: 240,
            sort: Sort::Relevance,
            recency: None,
            count: true,
            suggest: true,
            correct: false,
            weights: Weights::default(),
            expand: false,
            ocr: false,
            explain: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: jiff::civil::Date = jiff::civil::date(2018, 6, 28);

    #[test]
    fn what_is_typed_is_a_query_or_an_error_with_a_way_out() {
        let [one, two, none] =
            [&["Kell Bay".to_owned()][..], &["Kell Bay".to_owned(), "bbc".to_owned()], &["!".to_owned()]];
        let typed = Typed { words: "Helsinki (venue", ..Typed::default() };
        for (typed, expected) in [
            (typed, Ok("Helsinki venue")),
            (Typed { plain: true, ..typed }, Ok("Helsinki \\(venue")),
            (Typed { words: "venue", after: Some("yesterday"), ..typed }, Ok("venue after:2018-06-27")),
            (Typed { words: "venue", outlets: one, ..typed }, Ok("venue outlet:\"Kell Bay\"")),
            (Typed { words: "venue", outlets: two, ..typed }, Ok("venue outlet:(\"Kell Bay\" OR \"bbc\")")),
            (Typed { strict: true, ..typed }, Err("(")),
            (Typed { before: Some("soon"), ..typed }, Err("--before \"soon\"")),
            (Typed { outlets: none, ..typed }, Err("--outlet \"!\" names none")),
        ] {
            match (typed.query(TODAY).map_err(|error| error.to_string()), expected) {
                (Ok(query), Ok(text)) => assert_eq!(query.to_string(), text),
                (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
                (found, _) => panic!("{found:?}, expected {expected:?}"),
            }
        }
    }

    #[test]
    fn units_and_orders_go_by_their_names() {
        assert!(Unit::NAMED.iter().all(|(name, unit)| name.parse().ok() == Some(*unit) && unit.to_string() == *name));
        assert!(Sort::NAMED.iter().all(|(name, sort)| name.parse().ok() == Some(*sort)));
        let error = "best".parse::<Sort>().expect_err("no order").to_string();
        assert_eq!(error, "no order \"best\"; there are relevance, newest, date, oldest");
    }
}
