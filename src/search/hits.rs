//! What was chosen -> hits: only what is shown is read.

use std::collections::HashMap;

use super::backend::Backend;
use super::chosen::Chosen;
use super::evidence::Evidence;
use super::explain::explain;
use super::listing::Ranking;
use super::plan::Plan;
use super::shown::{Shown, called};
use crate::article::ArticleId;
use crate::error::Result;
use crate::hit::{Hit, StoredArticle, Unreadable};
use crate::query::{SearchRequest, Unit, Weights};

/// The hits of a ranking, in its order, and those of them that are not as they were written.
pub(super) fn hits<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    ranking: &Ranking<B>,
) -> Result<(Vec<Hit>, Vec<Unreadable>)> {
    let articles = by_place(backend, &ranking.candidates, &ranking.list);
    let passages: Vec<Vec<u32>> = articles.iter().map(|&at| passages_of(at, &ranking.list)).collect();
    let wanted: Vec<(&B::Article, &[u32])> =
        articles.iter().zip(&passages).map(|(&at, passages)| (&ranking.candidates[at], passages.as_slice())).collect();
    let addresses: Vec<&B::Article> = wanted.iter().map(|(article, _)| *article).collect();
    let ids = backend.ids(&addresses)?;
    // where the store is damaged, another article may stand in its place
    let stored = backend.stored(&wanted)?.into_iter().zip(&ids);
    let mut stored: Vec<_> = stored.map(|(article, id)| article.filter(|article| article.id.0 == *id)).collect();
    let lives = live_leaves(backend, plan, addresses.into_iter())?;
    let weights: Vec<f32> = plan.weights.iter().map(|weight| weight.idf).collect();
    let places: HashMap<usize, usize> = articles.iter().copied().zip(0..).collect();
    let query = Shown { compiled: &plan.compiled, weights: &weights, analyzer: backend.analyzer(), request };
    let (mut hits, mut lost) = (Vec::with_capacity(ranking.list.len()), Vec::new());
    for (rank, chosen) in (request.offset + 1..).zip(&ranking.list) {
        let place = places[&chosen.at];
        let whole = stored[place].as_mut().filter(|article| has(article, chosen.passage));
        match whole {
            Some(article) => hits.push(query.hit(article, &lives[place], rank, (chosen.passage, chosen.score))),
            None => lost.push(unreadable(request.by, rank, &ids[place], chosen.passage)),
        }
    }
    if request.explain {
        let explained = explain(backend, ranking.expanded.as_ref().unwrap_or(plan), request, ranking)?;
        hits.iter_mut().for_each(|hit: &mut Hit| hit.explain = explained.get(hit.rank - request.offset - 1).cloned());
    }
    Ok((hits, lost))
}

/// Whether an article has the text of a passage (1-based) as it was written.
fn has(article: &StoredArticle, passage: u32) -> bool {
    article.passages.get(passage as usize - 1).is_some_and(|passage| !passage.lost)
}

fn unreadable(by: Unit, rank: usize, article: &str, passage: u32) -> Unreadable {
    let article = ArticleId(article.to_owned());
    Unreadable { rank: Some(rank), id: called(by, &article, passage), article }
}

/// The articles of a list, each once, in the order of their places.
fn by_place<B: Backend>(backend: &B, candidates: &[B::Article], list: &[Chosen]) -> Vec<usize> {
    let mut articles: Vec<usize> = list.iter().map(|chosen| chosen.at).collect();
    articles.sort_unstable_by_key(|&at| (backend.place(&candidates[at]), at));
    articles.dedup();
    articles
}

fn passages_of(at: usize, list: &[Chosen]) -> Vec<u32> {
    list.iter().filter(|chosen| chosen.at == at).map(|chosen| chosen.passage).collect()
}

/// For each of the articles, in the order of their places, the leaves that make it match.
fn live_leaves<'a, B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    articles: impl Iterator<Item = &'a B::Article>,
) -> Result<Vec<Vec<bool>>>
where
    B::Article: 'a,
{
    if plan.flat {
        let all = vec![true; plan.compiled.leaves.len()];
        return Ok(articles.map(|_| all.clone()).collect());
    }
    let mut evidence = Evidence::open(backend, plan, Weights::default())?;
    articles.map(|article| evidence.live(article)).collect()
}
