//! Which articles are listed by date: those near what was asked for, not all that have a word of it.

use super::backend::{Backend, Matching, Order, Tally, Wanted};
use super::chosen::Chosen;
use super::listing::{Extent, Ranking, scored, tally};
use super::plan::Plan;
use crate::error::Result;
use crate::query::SearchRequest;

/// The share of the best score from which on an article is near, where none has all words.
const NEAR: f32 = 0.5;

/// The articles near a query that says several things, in the order of their dates: those with all words, else those that
/// score near the best. None where it says one thing only.
pub(super) fn near_by_date<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    (order, extent): (Order, Extent),
) -> Result<Option<Ranking<B>>> {
    let Some(whole) = plan.whole().filter(|_| extent.limit > 0) else { return Ok(None) };
    let wanted = Wanted { order, articles: extent.whole(), count: true, exact: true };
    let found = backend.matching(&whole, wanted)?;
    let with_all = found.tally.kept;
    let mut ranking = match with_all {
        0 => near_best(backend, plan, request, (order, extent))?,
        articles => {
            let list = scored(backend, plan, request, &found, extent.per_article)?;
            let there = if plan.coverage.more { " that any article has" } else { "" };
            let told = format!(
                "by date, the articles with all words{there} are listed ({articles}); OR between words lists all"
            );
            Ranking { told: Some(told), ..Ranking::of(found, list) }
        }
    };
    ranking.list.sort_by_key(|chosen| chosen.at);
    ranking.list.truncate(extent.whole());
    ranking.list.drain(..extent.offset.min(ranking.list.len()));
    ranking.with_all = Some(with_all);
    ranking.tally = match extent.count {
        true => Tally { undated: ranking.tally.undated, ..tally(backend, plan)? },
        false => Tally::default(),
    };
    // AND: all that match are listed
    ranking.told = ranking.told.filter(|_| !extent.count || with_all < ranking.tally.kept);
    Ok(Some(ranking))
}

/// The articles that score near the best, in the order of their dates.
fn near_best<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    (order, extent): (Order, Extent),
) -> Result<Ranking<B>> {
    let articles = usize::try_from(backend.collection().articles).unwrap_or(usize::MAX);
    let articles = SearchRequest::PAGED.min(articles);
    let found = backend.matching(plan, Wanted { order: Order::Best, articles, count: false, exact: true })?;
    let all = scored(backend, plan, request, &found, extent.per_article)?;
    let bound = NEAR * all.iter().map(|chosen| chosen.score).fold(0.0, f32::max);
    // passages of one article stand side by side, the best first
    let near = all.chunk_by(|a, b| a.at == b.at).filter(|of| of[0].score >= bound);
    let places: Vec<usize> = near.clone().map(|of| of[0].at).collect();
    let mut list: Vec<Chosen> = near.flatten().copied().collect();
    let (ordered, undated) = by_date(backend, &found, places, order)?;
    let listed = ordered.len();
    let mut place_of = vec![usize::MAX; found.articles.len()];
    (0..).zip(&ordered).for_each(|(place, &at)| place_of[at] = place);
    list.iter_mut().for_each(|chosen| chosen.at = place_of[chosen.at]);
    let told = format!(
        "no article has all words: by date, those are listed that score {bound:.2} at least, half of the best ({listed}); \
         OR between words lists all"
    );
    let mut articles: Vec<Option<B::Article>> = found.articles.into_iter().map(Some).collect();
    let articles = ordered.into_iter().filter_map(|at| articles[at].take()).collect();
    let tally = Tally { undated, ..Tally::default() };
    Ok(Ranking { told: Some(told), ..Ranking::of(Matching { articles, tally, ..Matching::default() }, list) })
}

/// Places of articles in the order of their dates, and how many of them have none; those come last, and ties go by id.
fn by_date<B: Backend>(
    backend: &B,
    found: &Matching<B::Article>,
    places: Vec<usize>,
    order: Order,
) -> Result<(Vec<usize>, u64)> {
    let articles: Vec<&B::Article> = places.iter().map(|&at| &found.articles[at]).collect();
    let dates = backend.dates(&articles)?;
    let undated = dates.iter().filter(|date| date.is_none()).count() as u64;
    let key = |date: Option<(i64, i64)>| order.key(date.map(|(first, _)| first));
    let ids = backend.ids(&articles)?;
    let mut keyed: Vec<(i64, String, usize)> =
        dates.into_iter().zip(ids).zip(places).map(|((date, id), at)| (key(date), id, at)).collect();
    keyed.sort_unstable();
    Ok((keyed.into_iter().map(|(_, _, at)| at).collect(), undated))
}
