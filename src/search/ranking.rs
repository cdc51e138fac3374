//! Which passages make the list, and in which order.

use std::collections::HashMap;

use super::backend::{Backend, Matching, Order, Wanted};
use super::by_date::near_by_date;
use super::chosen::{Chosen, Gains};
use super::expand::{self, expanded};
use super::listing::{Extent, Ranking, scored};
use super::nearby::{Nearby, favours};
use super::order::by_score;
use super::plan::Plan;
use crate::error::{Error, Result};
use crate::query::{SearchRequest, Sort, Unit};

/// Candidates that are rescored for each hit wanted, of a short list.
const CANDIDATES_PER_HIT: usize = 10;

/// The fewest and the most candidates of a short list.
const CANDIDATES: (usize, usize) = (100, 200);

/// Candidates where dates change scores.
const DATED_CANDIDATES: usize = 1_000;

/// What is shown; where the request expands, by the query and the words of its best passages.
pub(super) fn ranking<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    count: bool,
) -> Result<Ranking<B>> {
    let per_article = if request.by == Unit::Article { 1 } else { request.per_article.max(1) };
    let extent = Extent { limit: request.limit, offset: request.offset, per_article, count };
    if !request.expand || !plan.ranks || request.sort != Sort::Relevance {
        return choose(backend, plan, request, extent);
    }
    let first = Extent { limit: expand::PASSAGES, offset: 0, per_article: 1, count };
    let best = choose(backend, plan, request, first)?;
    let (expanded, unreadable) = expanded(backend, plan, request.weights, (&best.candidates, &best.list))?;
    let ranking = choose(backend, &expanded, request, Extent { count: false, ..extent })?;
    let partial = ranking.partial.or(best.partial);
    Ok(Ranking { tally: best.tally, partial, expanded: Some(expanded), unreadable, ..ranking })
}

/// The stages between an archive and a list, the same for all back ends. What folds candidates or orders them anew is one
/// more stage here.
fn choose<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    extent: Extent,
) -> Result<Ranking<B>> {
    let order = order_of(plan.ranks, request.sort);
    if order.is_by_date()
        && plan.ranks
        && let Some(near) = near_by_date(backend, plan, request, (order, extent))?
    {
        return Ok(near);
    }
    // room is made for as many as are wanted
    let most = usize::try_from(backend.collection().articles).unwrap_or(usize::MAX);
    let articles = candidates_for(order, favours(request), extent)?.min(most);
    let wanted = Wanted { order, articles, count: extent.count, exact: false };
    let (found, mut list) = found(backend, plan, request, wanted, extent)?;
    if order == Order::Best {
        if favours(request) {
            Nearby::of(backend, request)?.favour(backend, &found.articles, &mut list)?;
        }
        list = match extent.offset {
            0 => by_score(backend, &found.articles, &list, extent.whole())?,
            _ => behind_first(backend, plan, request, extent, (&found.articles, &list))?,
        };
    } else {
        list.sort_by_key(|chosen| chosen.at);
    }
    list.truncate(extent.whole());
    list.drain(..extent.offset.min(list.len()));
    Ok(Ranking::of(found, list))
}

/// The list of which a page is a part, in order: the first page as it is by itself, and behind it what more candidates bring.
fn behind_first<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    extent: Extent,
    (candidates, scored): (&[B::Article], &[Chosen]),
) -> Result<Vec<Chosen>> {
    let named = |candidates: &[B::Article], list: &[Chosen]| {
        let ids = backend.ids(&list.iter().map(|chosen| &candidates[chosen.at]).collect::<Vec<_>>())?;
        Ok::<_, Error>(ids.into_iter().zip(list.iter().map(|chosen| chosen.passage)).collect::<Vec<_>>())
    };
    // counted too where the page is: candidates of names are chosen in two ways
    let first = choose(backend, plan, request, Extent { offset: 0, ..extent })?;
    let first: HashMap<_, usize> = named(&first.candidates, &first.list)?.into_iter().zip(0..).collect();
    let list = by_score(backend, candidates, scored, scored.len())?;
    let names = named(candidates, &list)?;
    let mut keyed: Vec<(usize, Chosen)> =
        names.iter().map(|name| first.get(name).copied().unwrap_or(usize::MAX)).zip(list).collect();
    keyed.sort_by_key(|(place, _)| *place);
    Ok(keyed.into_iter().map(|(_, chosen)| chosen).collect())
}

/// The candidates, and what their passages score.
fn found<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    wanted: Wanted,
    extent: Extent,
) -> Result<(Matching<B::Article>, Vec<Chosen>)> {
    let found = backend.matching(plan, wanted)?;
    let list = match wanted.order {
        _ if extent.limit == 0 => Vec::new(),
        Order::Id => unscored(found.articles.len()),
        _ => scored(backend, plan, request, &found, extent.per_article)?,
    };
    let is_full = found.articles.len() >= wanted.articles + found.unsure;
    if found.unsure > 0 && is_full && list.chunk_by(|a, b| a.at == b.at).count() < wanted.articles {
        // those that match nothing stand where others should
        return self::found(backend, plan, request, Wanted { exact: true, ..wanted }, extent);
    }
    Ok((found, list))
}

fn order_of(ranks: bool, sort: Sort) -> Order {
    match sort {
        Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
        Sort::Relevance if ranks => Order::Best,
        Sort::Relevance => Order::Id,
    }
}

/// The articles that a list is chosen from.
///
/// # Errors
/// Where a part of a list by relevance is asked for that reaches too far.
fn candidates_for(order: Order, by_date: bool, extent: Extent) -> Result<usize> {
    let whole = extent.whole();
    let least = match (order, by_date) {
        _ if extent.limit == 0 => return Ok(0),
        // all parts of a list are of one list, which is chosen from the same candidates
        (Order::Best, _) if extent.offset > 0 && whole > SearchRequest::PAGED => return Err(too_far(whole)),
        (Order::Best, _) if extent.offset > 0 => SearchRequest::PAGED,
        // an article that only its date brings up may stand far down by its words
        (Order::Best, true) => DATED_CANDIDATES,
        (Order::Best, false) => whole.saturating_mul(CANDIDATES_PER_HIT).clamp(CANDIDATES.0, CANDIDATES.1),
        _ => 0,
    };
    Ok(whole.max(least))
}

fn too_far(whole: usize) -> Error {
    let what = format!("hits up to {whole} by relevance, and parts of that list end at {}", SearchRequest::PAGED);
    Error::request(what, format!("ask for all at once with -n {whole}, or --sort newest"))
}

/// Articles in which nothing ranks, each by its first passage.
fn unscored(articles: usize) -> Vec<Chosen> {
    (0..articles).map(|at| Chosen { at, passage: 1, score: 0.0, gains: Gains::default() }).collect()
}
