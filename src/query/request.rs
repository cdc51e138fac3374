//! What a search is asked for: a query and how much of the answer is wanted.

use super::{Query, Weights};

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

/// A search.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// What is looked for.
    pub query: Query,
    /// The most hits wanted.
    pub limit: usize,
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
    /// Whether words that no article has bring suggestions.
    pub suggest: bool,
    /// The constants of the score.
    pub weights: Weights,
    /// Whether words of the best passages are added to the ranking: more is found on a subject, several times slower.
    /// What is highlighted and counted stays what matches the query as typed.
    pub expand: bool,
    /// Whether hits tell how their scores came about.
    pub explain: bool,
}

impl SearchRequest {
    /// Ten passages, one of an article, counted, with suggestions.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            limit: 10,
            per_article: 1,
            by: Unit::Passage,
            snippet_width: 240,
            sort: Sort::Relevance,
            recency: None,
            count: true,
            suggest: true,
            weights: Weights::default(),
            expand: false,
            explain: false,
        }
    }
}
