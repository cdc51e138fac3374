//! Which passages make the list, and in which order.

use std::collections::HashMap;

use tantivy::DocAddress;

use super::archive::Archive;
use super::evidence::Evidence;
use super::plan::Plan;
use super::{candidates, dates, expand};
use crate::query::{SearchRequest, Sort, Unit};

/// Candidates that are rescored for each hit wanted, of a short list.
const CANDIDATES_PER_HIT: usize = 10;

/// The fewest and the most candidates of a short list.
const CANDIDATES: (usize, usize) = (100, 200);

/// Candidates where recent articles are favoured.
const RECENT_CANDIDATES: usize = 1_000;

/// The fewest candidates that the hits of a request, in the order of their scores, are chosen from.
pub(crate) fn candidates_for(request: &SearchRequest) -> usize {
    match request.recency {
        // an article that only its date brings up may stand far down by its words
        Some(_) => RECENT_CANDIDATES,
        None => (CANDIDATES_PER_HIT * request.limit).clamp(CANDIDATES.0, CANDIDATES.1),
    }
}

/// A passage that made the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chosen {
    pub address: DocAddress,
    /// Number of the passage in its article, 1-based.
    pub passage: u32,
    /// Of the article, the passage and its date.
    pub score: f32,
    /// How much of it the date gave.
    pub bonus: f32,
}

/// What is shown.
#[derive(Default)]
pub(super) struct Ranking {
    /// The passages, in order.
    pub list: Vec<Chosen>,
    /// Articles that match the query as typed, where that came out on the way.
    pub matching: Option<u64>,
    /// The plan that ranked, where words were added to the query.
    pub expanded: Option<Plan>,
}

impl Archive {
    /// What is shown; where the request expands, by the query and the words of its best passages.
    pub(super) fn ranking(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<Ranking> {
        if !request.expand || !plan.ranks || request.sort != Sort::Relevance {
            return self.choose(plan, request);
        }
        let first = SearchRequest { limit: expand::PASSAGES, by: Unit::Article, ..request.clone() };
        let best = self.choose(plan, &first)?;
        let expanded = expand::expanded(self, &plan.compiled, &best.list, request.weights)?;
        let expanded = Plan::of(expanded, plan.compiled.leaves.len(), plan.dates, self)?;
        let list = self.choose(&expanded, request)?.list;
        Ok(Ranking { list, matching: best.matching, expanded: Some(expanded) })
    }

    fn choose(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<Ranking> {
        if request.limit == 0 {
            return Ok(Ranking::default());
        }
        if request.sort != Sort::Relevance {
            let list = self.by_date(plan, request)?;
            return Ok(Ranking { list, ..Ranking::default() });
        }
        if !plan.ranks {
            let first = candidates::first_by_id(self.searcher(), plan, request.limit)?;
            let list =
                first.into_iter().map(|address| Chosen { address, passage: 1, score: 0.0, bonus: 0.0 }).collect();
            return Ok(Ranking { list, ..Ranking::default() });
        }
        let best = candidates::best(&self.statistics, plan, request.limit.max(candidates_for(request)))?;
        let mut scored = self.score(plan, request, best.addresses)?;
        if let Some(half_life) = request.recency {
            dates::favour_recent(self.searcher(), &mut scored, half_life)?;
        }
        let list = candidates::order(self.searcher(), &scored, request.limit)?;
        let matching = best.matching.filter(|_| plan.dates.is_open());
        Ok(Ranking { list, matching, expanded: None })
    }

    fn by_date(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<Vec<Chosen>> {
        let order = dates::first_by_date(self.searcher(), plan, request.sort, request.limit)?;
        let mut scored = self.score(plan, request, order.clone())?;
        let places: HashMap<DocAddress, usize> = order.into_iter().zip(0..).collect();
        scored.sort_by_key(|chosen| places.get(&chosen.address).copied());
        scored.truncate(request.limit);
        Ok(scored)
    }

    /// The best passages of each article, article by article in document order.
    fn score(
        &self,
        plan: &Plan,
        request: &SearchRequest,
        mut addresses: Vec<DocAddress>,
    ) -> tantivy::Result<Vec<Chosen>> {
        addresses.sort_unstable();
        let per_article = if request.by == Unit::Article { 1 } else { request.per_article.max(1) };
        let mut chosen = Vec::with_capacity(addresses.len());
        let mut evidence = Evidence::open(self, plan, request.weights);
        for address in addresses {
            let best = evidence.score(address, per_article)?;
            chosen.extend(best.map(|(passage, score)| Chosen { address, passage, score, bonus: 0.0 }));
        }
        Ok(chosen)
    }
}
