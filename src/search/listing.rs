//! A list of passages, and what it is made of.

use super::backend::{Backend, Matching, Order, Tally, Wanted};
use super::chosen::{Chosen, Gains};
use super::evidence::Evidence;
use super::plan::Plan;
use crate::error::Result;
use crate::query::SearchRequest;

/// What is shown.
pub(super) struct Ranking<B: Backend> {
    /// The articles that it was chosen from.
    pub candidates: Vec<B::Article>,
    /// The passages, in order.
    pub list: Vec<Chosen>,
    /// Articles that match the query as typed; zeros where they were not to be counted.
    pub tally: Tally,
    /// What is to be told of parts of the archive that did not answer.
    pub partial: Option<String>,
    /// How many of them have all that the query says, where that was found on the way.
    pub with_all: Option<u64>,
    /// What is to be told of which articles are listed, where those are not all that match.
    pub told: Option<String>,
    /// The plan that ranked, where words were added to the query.
    pub expanded: Option<Plan<B::Words>>,
    /// Ids of articles whose words were to be added, and that are not as they were written.
    pub unreadable: Vec<String>,
}

impl<B: Backend> Ranking<B> {
    /// Of what was found, all of it listed.
    pub fn of(found: Matching<B::Article>, list: Vec<Chosen>) -> Self {
        let Matching { articles: candidates, tally, partial, .. } = found;
        Self { candidates, list, tally, partial, with_all: None, told: None, expanded: None, unreadable: Vec::new() }
    }
}

/// How long a list is to be.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    /// Passages, or articles.
    pub limit: usize,
    /// How many before them are passed over.
    pub offset: usize,
    /// The most passages of one article.
    pub per_article: usize,
    /// Whether what matches is counted.
    pub count: bool,
}

impl Extent {
    /// The length of the list that the extent is the end of.
    pub fn whole(self) -> usize {
        self.offset.saturating_add(self.limit)
    }
}

/// How many articles match.
pub(super) fn tally<B: Backend>(backend: &B, plan: &Plan<B::Words>) -> Result<Tally> {
    let wanted = Wanted { order: Order::Id, articles: 0, count: true, exact: true };
    Ok(backend.matching(plan, wanted)?.tally)
}

/// The best passages of each article, article by article.
pub(super) fn scored<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    found: &Matching<B::Article>,
    per_article: usize,
) -> Result<Vec<Chosen>> {
    let candidates = &found.articles;
    let mut reading: Vec<usize> = (0..candidates.len()).collect();
    reading.sort_by_key(|&at| backend.place(&candidates[at]));
    let mut list = Vec::with_capacity(candidates.len());
    let mut evidence = Evidence::open(backend, plan, request.weights)?;
    for at in reading {
        let best = evidence.score(&candidates[at], per_article, found.unsure > 0)?;
        list.extend(best.map(|(passage, score)| Chosen { at, passage, score, gains: Gains::default() }));
    }
    Ok(list)
}
