//! What a search asks of an archive: all that tells one back end from another.
//!
//! The course of a search stands once, in this module, over [`Backend`]: an index in a folder fills it in by postings and
//! columns, which it reads as they are asked for; a cluster by requests, for which it takes as much at once as is asked
//! for at once: whatever may be many comes as a list.

use super::plan::Plan;
use crate::analysis::Analyzer;
use crate::error::Result;
use crate::hit::StoredArticle;
use crate::matching::{Atom, Name};
use crate::query::Regex;

/// An archive at one commit, to be searched.
pub(crate) trait Backend {
    /// What the words of a query are to it, looked up once.
    type Words: Clone;
    /// An article that was found.
    type Article;
    /// Reads what articles have of a query.
    type Reader<'a>: Reader<Self::Article>
    where
        Self: 'a;

    /// The analyzer that its articles went through.
    fn analyzer(&self) -> &Analyzer;

    /// What is known of the archive as a whole.
    fn collection(&self) -> Collection;

    /// Offers every word that fits, of the texts or of names, in any order.
    fn words_like(&self, like: Like<'_>, name: Option<Name>, offer: &mut Offer<'_>) -> Result<()>;

    /// The words of a query, and how many articles have each; of an atom's several terms or names, as if no article had
    /// two of them.
    fn look_up(&self, atoms: &[Atom]) -> Result<(Self::Words, Vec<u64>)>;

    /// How the articles write each of these folded words.
    fn written(&self, forms: &[&str]) -> Result<Vec<Written>>;

    /// The folded words that have each of these terms; some may be there that no living article has.
    fn families(&self, terms: &[&str]) -> Result<Vec<Vec<String>>>;

    /// How many articles have each of these terms in their texts: living ones, whatever was there before.
    fn articles_with(&self, terms: &[&str]) -> Result<Vec<u64>>;

    /// The articles that match, and how many there are.
    fn matching(&self, plan: &Plan<Self::Words>, wanted: Wanted) -> Result<Matching<Self::Article>>;

    /// What reads those words of a plan that are `needed`, one flag an atom; the others are nowhere.
    fn reader<'a>(&'a self, plan: &'a Plan<Self::Words>, needed: Vec<bool>) -> Result<Self::Reader<'a>>;

    /// Where an article stands: those of lower places are best read first.
    fn place(&self, _article: &Self::Article) -> u64 {
        0
    }

    /// The ids of articles, in their order.
    fn ids(&self, articles: &[&Self::Article]) -> Result<Vec<String>>;

    /// First and last second that each article's date may mean, on its own clock; none without a date.
    fn dates(&self, articles: &[&Self::Article]) -> Result<Vec<Option<(i64, i64)>>>;

    /// The last second that the date of any article begins at; none where none has a date.
    fn newest(&self) -> Result<Option<i64>>;

    /// The first and the last second that the date of any article may mean; none where none has a date.
    fn span(&self) -> Result<Option<(i64, i64)>>;

    /// The articles as they are stored; of the passages, those whose 1-based numbers stand with an article have their
    /// texts. None of an article that is not as it was written. Asked in the order of their places.
    fn stored(&self, wanted: &[(&Self::Article, &[u32])]) -> Result<Vec<Option<StoredArticle>>>;

    /// Ids of articles that were looked into for these words, and are not as they were written, ascending.
    fn unreadable(&self, _words: &Self::Words) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// Reads where articles have the words of a query; asked in the order of their places.
pub(crate) trait Reader<A> {
    /// Where an article has each atom: positions of the index, ascending and once each.
    fn positions(&mut self, article: &A) -> Result<&[Vec<u32>]>;

    /// Whether the article that was read last has an atom that is the form of a leaf.
    fn has(&self, article: &A, atom: usize) -> bool;

    /// The length of an article in positions, as scores take it; puts the lengths of its passages, in order, into
    /// `passages`.
    fn lengths(&mut self, article: &A, passages: &mut Vec<u64>) -> Result<u32>;
}

/// What BM25 and those who ask know of an archive as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Collection {
    /// Articles.
    pub articles: u64,
    /// Mean length of a text in positions, a headline's counted as often as it is indexed; at least 1.
    pub average_length: f32,
}

/// How the articles write a folded word: living ones, whatever was there before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Articles that have it.
    pub articles: u64,
    /// Of these, those that have it with a capital of its own alone, inside a sentence.
    pub capital_only: u64,
    /// Those that have it with a capital alone which may be that of a sentence or of a headline: nothing can be told of them.
    pub unclear: u64,
}

/// Which words are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Like<'a> {
    /// Those that fit a folded pattern: `*` is any characters or none, `?` exactly one.
    Pattern(&'a str),
    /// Those that a regular expression fits as a whole, its letters folded.
    Fitting(&'a Regex),
    /// Those at most so many edits (1 or 2) from a folded word, itself included. An edit is a character more, less or
    /// other, or two neighbours swapped.
    Near(&'a str, u8),
}

/// Takes a word, how many articles have it at most, and what tells how many have it; none does where that is 0.
pub(crate) type Offer<'o> = dyn FnMut(&str, u64, &dyn Fn() -> u64) + 'o;

/// In which order articles are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// The best by the back end's own BM25 first.
    Best,
    /// By their ids.
    Id,
    /// The latest date first, those without a date last; of one moment by their ids.
    Newest,
    /// The earliest date first, those without a date last; of one moment by their ids.
    Oldest,
}

impl Order {
    /// Whether dates tell the order.
    pub fn is_by_date(self) -> bool {
        matches!(self, Self::Newest | Self::Oldest)
    }

    /// What an article's place by date ascends with, by the first second that its date may mean; those without one are last.
    pub fn key(self, first: Option<i64>) -> i64 {
        match (first, self) {
            (None, _) => i64::MAX,
            (Some(second), Self::Newest) => -second,
            (Some(second), _) => second,
        }
    }
}

/// How much of what matches is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Which come first. By dates and by ids they come in this order; the best in any.
    pub order: Order,
    /// Articles.
    pub articles: usize,
    /// Whether they are counted.
    pub count: bool,
    /// Whether each must match; else some may come with the best that have none of the leaves, where that is quicker.
    pub exact: bool,
}

/// What matches.
pub(crate) struct Matching<A> {
    /// The first articles; more than were wanted where the back end had to look at them anyway.
    pub articles: Vec<A>,
    /// How many of them may have none of the leaves.
    pub unsure: usize,
    /// How many there are; zeros where they were not to be counted.
    pub tally: Tally,
    /// What is to be told of parts of the archive that did not answer.
    pub partial: Option<String>,
}

impl<A> Default for Matching<A> {
    fn default() -> Self {
        Self { articles: Vec::new(), unsure: 0, tally: Tally::default(), partial: None }
    }
}

/// How many articles match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// In words and dates.
    pub kept: u64,
    /// Of those kept, the ones without a date; counted where dates tell the order.
    pub undated: u64,
    /// In words, with a date that is unknown or lies only partly in the range.
    pub left_out: u64,
}
