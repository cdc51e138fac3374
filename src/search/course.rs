//! The course of a search, from what is asked to the answer: the same for all back ends.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::backend::Backend;
use super::chosen::Chosen;
use super::few::is_few;
use super::hits::hits;
use super::lexicon::ArchiveWords;
use super::listing::{Ranking, tally};
use super::plan::Plan;
use super::ranking::ranking;
use super::suggest::suggestions;
use super::vacant::vacant;
use crate::analysis::Analyzer;
use crate::article::ArticleId;
use crate::error::Result;
use crate::hit::{RankResponse, Ranked, SearchResponse, Suggestion, Unreadable};
use crate::matching::{Compiled, compile};
use crate::query::{Query, SearchRequest};

/// What is told where a time is preferred and nothing is asked for.
const ALONE: &str = "around: prefers some of what is found, and nothing is asked for; add words or a filter";

/// Ranks passages for a request.
///
/// # Errors
/// Where the archive cannot be read.
pub(crate) fn search<B: Backend>(backend: &B, request: &SearchRequest) -> Result<SearchResponse> {
    let request = &*settled(backend, request)?;
    let response = answer(backend, request)?;
    let is_empty = request.count && response.total_articles == 0 && response.hits.is_empty();
    if !(request.correct && request.limit > 0 && is_empty && response.unreadable.is_empty()) {
        return Ok(response);
    }
    let query = as_meant(&request.query, &response.suggestions);
    if query.root == request.query.root {
        return Ok(response);
    }
    let corrected = answer(backend, &SearchRequest { query, suggest: false, ..request.clone() })?;
    let corrected = (!corrected.hits.is_empty()).then(|| Box::new(corrected));
    Ok(SearchResponse { corrected, ..response })
}

/// The query with the first word suggested in the place of each typed.
fn as_meant(query: &Query, suggestions: &[Suggestion]) -> Query {
    let mut meant = Query { notes: Vec::new(), ..query.clone() };
    for suggestion in suggestions {
        if let Some(word) = suggestion.words.first() {
            meant = meant.respelled(&suggestion.typed, word);
        }
    }
    meant
}

fn answer<B: Backend>(backend: &B, request: &SearchRequest) -> Result<SearchResponse> {
    let (read_as, collection) = (request.query.to_string(), backend.collection());
    if request.query.is_empty() {
        let alone = (!request.query.around.is_empty()).then(|| ALONE.to_owned());
        let notes = request.query.notes.iter().map(|note| note.text.clone()).chain(alone).collect();
        let archive_articles = collection.articles;
        return Ok(SearchResponse { read_as, notes, archive_articles, ..SearchResponse::default() });
    }
    let plan = plan(backend, request)?;
    let mut ranking = ranking(backend, &plan, request, request.count)?;
    let (hits, lost) = hits(backend, &plan, request, &ranking)?;
    let unreadable = with_looked_into(backend, &plan, &ranking, lost)?;
    let found = ranking.tally.kept > 0 || !ranking.list.is_empty();
    let vacant = if found { None } else { vacant(backend, plan.dates.within)? };
    let notes = request.query.notes.iter().chain(&plan.compiled.notes).map(|note| note.text.clone());
    Ok(SearchResponse {
        read_as,
        notes: notes.chain(ranking.told.take()).chain(vacant).chain(ranking.partial.take()).collect(),
        suggestions: match request.suggest && plan.articles_with.iter().any(|&with| is_few(with, collection.articles)) {
            true => suggestions(backend, &request.query, &plan)?,
            false => Vec::new(),
        },
        total_articles: ranking.tally.kept,
        with_all_words: with_all_words(backend, &plan, request, &ranking)?,
        left_out: ranking.tally.left_out,
        undated: ranking.tally.undated,
        archive_articles: collection.articles,
        hits,
        unreadable,
        corrected: None,
    })
}

/// How many articles have all that a query says, where it is short enough to be meant so, and articles are counted.
fn with_all_words<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    request: &SearchRequest,
    ranking: &Ranking<B>,
) -> Result<Option<u64>> {
    let is_meant = request.count && plan.ranks && plan.coverage.is_short();
    let Some(whole) = plan.whole().filter(|_| is_meant) else { return Ok(None) };
    if ranking.tally.kept == 0 || plan.coverage.more {
        return Ok(Some(0));
    }
    let with_all = ranking.with_all.map_or_else(|| tally(backend, &whole).map(|tally| tally.kept), Ok)?;
    Ok(Some(with_all))
}

/// Ranks passages for a request, and names them: nothing is counted, read from the store or highlighted.
///
/// # Errors
/// Where the archive cannot be read.
pub(crate) fn rank<B: Backend>(backend: &B, request: &SearchRequest) -> Result<RankResponse> {
    if request.query.is_empty() {
        return Ok(RankResponse::default());
    }
    let request = &*settled(backend, request)?;
    let plan = plan(backend, request)?;
    let ranking = ranking(backend, &plan, request, false)?;
    let articles: Vec<&B::Article> = ranking.list.iter().map(|chosen| &ranking.candidates[chosen.at]).collect();
    let ids = backend.ids(&articles)?;
    let ranked = |(chosen, id): (&Chosen, String)| Ranked {
        article: ArticleId(id),
        passage: chosen.passage,
        score: chosen.score,
    };
    let ranked = ranking.list.iter().zip(ids).map(ranked).collect();
    Ok(RankResponse { ranked, unreadable: with_looked_into(backend, &plan, &ranking, Vec::new())? })
}

/// A request whose words in doubt are what the archive says they are.
fn settled<'r, B: Backend>(backend: &B, request: &'r SearchRequest) -> Result<Cow<'r, SearchRequest>> {
    let query = request.query.settled(|words| {
        let folded: Vec<String> = words.iter().map(|word| backend.analyzer().folded(word).concat()).collect();
        let written = backend.written(&folded.iter().map(String::as_str).collect::<Vec<_>>())?;
        Ok(written.iter().map(|written| written.articles > 0).collect())
    })?;
    Ok(match query {
        Cow::Borrowed(_) => Cow::Borrowed(request),
        Cow::Owned(query) => Cow::Owned(SearchRequest { query, ..request.clone() }),
    })
}

/// The hits that could not be read, and behind them the other articles that were to be read on the way.
fn with_looked_into<B: Backend>(
    backend: &B,
    plan: &Plan<B::Words>,
    ranking: &Ranking<B>,
    mut unreadable: Vec<Unreadable>,
) -> Result<Vec<Unreadable>> {
    let mut articles: BTreeSet<String> = ranking.unreadable.iter().cloned().collect();
    for plan in std::iter::once(plan).chain(&ranking.expanded) {
        articles.extend(backend.unreadable(&plan.words)?);
    }
    articles.retain(|id| !unreadable.iter().any(|hit| hit.article.0 == *id));
    let article = |id: String| Unreadable { rank: None, id: id.clone(), article: ArticleId(id) };
    unreadable.extend(articles.into_iter().map(article));
    Ok(unreadable)
}

pub(super) fn plan<B: Backend>(backend: &B, request: &SearchRequest) -> Result<Plan<B::Words>> {
    let mut compiled = compile(&request.query.root, backend.analyzer(), &ArchiveWords { backend, ocr: request.ocr })?;
    if !request.query.time_words.is_empty() {
        mark_times(&mut compiled, request, backend.analyzer());
    }
    let (typed, found) = (compiled.leaves.len(), backend.look_up(&compiled.atoms)?);
    let articles = backend.collection().articles;
    let mut plan = Plan::new(compiled, typed, request.query.dates.clone(), (found, articles), request.weights);
    // words that are added stand for those that an article lacks: else AP on Medline falls by 1%
    plan.coverage.counts &= !request.expand;
    Ok(plan)
}

/// Marks the words that are parts of dates: they are evidence of another kind.
fn mark_times(compiled: &mut Compiled, request: &SearchRequest, analyzer: &Analyzer) {
    let words: BTreeSet<String> = request.query.time_words.iter().flat_map(|word| analyzer.folded(word)).collect();
    for leaf in &mut compiled.leaves {
        let folded = analyzer.folded(&leaf.label);
        leaf.of_time = !folded.is_empty() && folded.iter().all(|word| words.contains(word));
    }
}
