//! Which articles are listed by date: those near what was asked for, not all that have a word of it.

use super::backend::{Backend, Matching, Order, Tally, Wanted};
use super::listing::{Extent, Ranking, scored};
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
    let with_all = found.tally;
    let mut ranking = match with_all.kept {
        0 => near_best(backend, plan, request, (order, extent))?,
        articles => {
            let list = scored(backend, plan, request, &found, extent.per_article)?;
            let told =
                format!("by date, the articles with all words are listed ({articles}); OR between words lists all");
            Ranking { told: Some(told), ..Ranking::of(found, list) }
        }
    };
    ranking.list.sort_by_key(|chosen| chosen.at);
    ranking.list.truncate(extent.whole());
    ranking.list.drain(..extent.offset.min(ranking.list.len()));
    let all = backend.matching(plan, Wanted { order: Order::Id, articles: 0, count: extent.count, exact: true })?;
    let undated = if extent.count { ranking.tally.undated } else { 0 };
    ranking.tally = Tally { undated, ..all.tally };
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
    let mut list = scored(backend, plan, request, &found, extent.per_article)?;
    let bound = NEAR * list.iter().map(|chosen| chosen.score).fold(0.0, f32::max);
    // passages of one article stand side by side, the best first
    let near: Vec<bool> =
        list.chunk_by(|a, b| a.at == b.at).flat_map(|of| of.iter().map(|_| of[0].score >= bound)).collect();
    let mut near = near.into_iter();
    list.retain(|_| near.next().unwrap_or(false));
    let places: Vec<usize> = list.chunk_by(|a, b| a.at == b.at).map(|of| of[0].at).collect();
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
    let key = |date: Option<(i64, i64)>| match date {
        None => i64::MAX,
        Some((first, _)) if order == Order::Newest => -first,
        Some((first, _)) => first,
    };
    let ids = backend.ids(&articles)?;
    let mut keyed: Vec<(i64, String, usize)> =
        dates.into_iter().zip(ids).zip(places).map(|((date, id), at)| (key(date), id, at)).collect();
    keyed.sort_unstable();
    Ok((keyed.into_iter().map(|(_, _, at)| at).collect(), undated))
}
