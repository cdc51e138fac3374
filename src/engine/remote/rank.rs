//! A query on a cluster -> hits: the cluster picks candidates and counts, the score is ours.

use std::collections::BTreeMap;

use super::answer::{Candidate, Matching};
use super::ask::{Asked, ask};
use super::read::RemoteEngine;
use crate::error::Result;
use crate::hit::{Hit, Ranked, SearchResponse};
use crate::matching::{Compiled, compile};
use crate::query::{DateRange, SearchRequest, Sort, Unit};
use crate::search::{
    Feedback, LeafWeight, PASSAGES, Reckoning, Scorer, Seen, Shown, Weighed, candidates_for, idf, ranks,
    share_of_bonus, weigh, with_best, words_of,
};

/// A query made ready for one state of the archive.
pub(super) struct Prepared {
    pub compiled: Compiled,
    /// What a match of each leaf counts.
    pub weights: Vec<LeafWeight>,
    /// How many articles have each atom.
    pub articles_with: Vec<u64>,
    pub asked: Asked,
    pub dates: DateRange,
    /// Whether every leaf that an article has makes it match.
    pub flat: bool,
    /// Whether anything in it ranks.
    pub ranks: bool,
}

/// A passage that made the list.
#[derive(Clone, Copy, Debug)]
struct Chosen {
    /// Its article's place among the candidates.
    at: usize,
    /// Number of the passage in its article, 1-based.
    passage: u32,
    score: f32,
    /// How much of it the date gave.
    bonus: f32,
}

/// What is shown.
struct Ranking {
    list: Vec<Chosen>,
    matching: Matching,
    /// The query that ranked, where words were added to it.
    expanded: Option<Prepared>,
}

/// See [`Engine::search`](crate::engine::Engine::search).
pub(super) fn search(engine: &RemoteEngine, request: &SearchRequest) -> Result<SearchResponse> {
    let read_as = request.query.to_string();
    if request.query.is_empty() {
        return Ok(SearchResponse { read_as, archive_articles: engine.documents, ..SearchResponse::default() });
    }
    let query = prepare(engine, request)?;
    let mut ranking = ranking(engine, &query, request)?;
    let tally = ranking.matching.tally;
    let hits = hits(engine, &query, request, &mut ranking);
    let notes = request.query.notes.iter().chain(&query.compiled.notes).map(|note| note.text.clone());
    let may_lack_words = query.articles_with.contains(&0);
    Ok(SearchResponse {
        read_as,
        notes: notes.chain(ranking.matching.partial.take()).collect(),
        suggestions: if request.suggest && may_lack_words { engine.absent(request)? } else { Vec::new() },
        total_articles: tally.kept,
        left_out: tally.left_out,
        undated: tally.undated,
        archive_articles: engine.documents,
        hits,
    })
}

/// See [`Engine::rank`](crate::engine::Engine::rank).
pub(super) fn rank(engine: &RemoteEngine, request: &SearchRequest) -> Result<Vec<Ranked>> {
    if request.query.is_empty() {
        return Ok(Vec::new());
    }
    let query = prepare(engine, request)?;
    let uncounted = SearchRequest { count: false, ..request.clone() };
    let ranking = ranking(engine, &query, &uncounted)?;
    let ranked = |chosen: &Chosen| Ranked {
        article: ranking.matching.candidates[chosen.at].article.id.clone(),
        passage: chosen.passage,
        score: chosen.score,
    };
    Ok(ranking.list.iter().map(ranked).collect())
}

fn prepare(engine: &RemoteEngine, request: &SearchRequest) -> Result<Prepared> {
    let compiled = compile(&request.query.root, &engine.analyzer, engine)?;
    let typed = compiled.leaves.len();
    Prepared::new(engine, compiled, typed, request.query.dates)
}

impl Prepared {
    /// Of the leaves, the first `typed` stand in the query as typed.
    fn new(engine: &RemoteEngine, compiled: Compiled, typed: usize, dates: DateRange) -> Result<Self> {
        let articles_with = engine.frequencies(&compiled.atoms)?;
        let idfs: Vec<f32> = articles_with.iter().map(|&with| idf(with, engine.documents)).collect();
        let weights = weigh(&compiled.leaves, typed, &idfs);
        let asked = ask(&compiled, &weights, &dates);
        let (flat, ranks) = (compiled.tree.is_flat(), compiled.leaves.iter().any(ranks));
        Ok(Self { compiled, weights, articles_with, asked, dates, flat, ranks })
    }

    fn weighed(&self) -> Weighed<'_> {
        Weighed { compiled: &self.compiled, leaves: &self.weights, articles_with: &self.articles_with }
    }
}

/// What is shown; where the request expands, by the query and the words of its best passages.
fn ranking(engine: &RemoteEngine, query: &Prepared, request: &SearchRequest) -> Result<Ranking> {
    if !request.expand || !query.ranks || request.sort != Sort::Relevance {
        return choose(engine, query, request);
    }
    let first = SearchRequest { limit: PASSAGES, by: Unit::Article, ..request.clone() };
    let best = choose(engine, query, &first)?;
    let feedback =
        |chosen: &Chosen| Feedback::of(&best.matching.candidates[chosen.at].article, chosen.passage, chosen.score);
    let feedback: Vec<Feedback> = best.list.iter().map(feedback).collect();
    let words = words_of(&feedback, &engine.analyzer, request.weights);
    let terms: Vec<&str> = words.iter().map(|(term, _)| term.as_str()).collect();
    let with = engine.articles_with(&terms)?;
    let words = with.into_iter().zip(words).map(|(with, (term, weight))| (with, term, weight)).collect();
    let compiled = with_best(&query.compiled, words, engine.documents);
    let expanded = Prepared::new(engine, compiled, query.compiled.leaves.len(), query.dates)?;
    let uncounted = SearchRequest { count: false, ..request.clone() };
    let ranking = choose(engine, &expanded, &uncounted)?;
    let matching = Matching { tally: best.matching.tally, ..ranking.matching };
    Ok(Ranking { list: ranking.list, matching, expanded: Some(expanded) })
}

fn choose(engine: &RemoteEngine, query: &Prepared, request: &SearchRequest) -> Result<Ranking> {
    let by_score = request.sort == Sort::Relevance && query.ranks;
    let count = match request.limit {
        0 => 0,
        limit if by_score => limit.max(candidates_for(request)),
        limit => limit,
    };
    let matching = engine.matching(query, request, count)?;
    let mut list = match by_score || request.sort != Sort::Relevance {
        true => score(engine, query, request, &matching.candidates),
        false => (0..matching.candidates.len()).map(|at| Chosen { at, passage: 1, score: 0.0, bonus: 0.0 }).collect(),
    };
    if by_score {
        if let Some(half_life) = request.recency {
            favour_recent(engine.newest, &mut list, &matching.candidates, half_life);
        }
        let id = |chosen: &Chosen| &matching.candidates[chosen.at].article.id;
        let by_id = |a: &Chosen, b: &Chosen| id(a).cmp(id(b)).then(a.passage.cmp(&b.passage));
        list.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| by_id(a, b)));
    }
    list.truncate(request.limit);
    Ok(Ranking { list, matching, expanded: None })
}

/// The best passages of each candidate, candidate by candidate.
fn score(engine: &RemoteEngine, query: &Prepared, request: &SearchRequest, candidates: &[Candidate]) -> Vec<Chosen> {
    let per_article = if request.by == Unit::Article { 1 } else { request.per_article.max(1) };
    let mut scorer = Scorer::new(request.weights);
    let mut chosen = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let starts = candidate.starts(query, &engine.analyzer);
        scorer.lengths.clone_from(&candidate.lengths);
        let length = candidate.length as f32 / engine.average_length;
        let best = scorer.score(&query.weights, &starts, length, per_article);
        chosen.extend(best.map(|(passage, score)| Chosen { at, passage, score, bonus: 0.0 }));
    }
    chosen
}

/// Raises each score by its article's share of the bonus.
fn favour_recent(newest: Option<i64>, list: &mut [Chosen], candidates: &[Candidate], half_life: f32) {
    let Some(newest) = newest else { return };
    for chosen in list {
        let Some((second, _)) = candidates[chosen.at].dates() else { continue };
        chosen.bonus = chosen.score * share_of_bonus(newest, second, half_life);
        chosen.score += chosen.bonus;
    }
}

fn hits(engine: &RemoteEngine, query: &Prepared, request: &SearchRequest, ranking: &mut Ranking) -> Vec<Hit> {
    let weights: Vec<f32> = query.weights.iter().map(|weight| weight.idf).collect();
    let shown = Shown { compiled: &query.compiled, weights: &weights, analyzer: &engine.analyzer, request };
    // what is highlighted takes the text, so that what is to be known of it is found before
    let mut known: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
    let mut explained = Vec::new();
    for chosen in &ranking.list {
        let candidate = &ranking.matching.candidates[chosen.at];
        known.entry(chosen.at).or_insert_with(|| candidate.live(query, &engine.analyzer));
        if request.explain {
            let ranked_by = ranking.expanded.as_ref().unwrap_or(query);
            let starts = candidate.starts(ranked_by, &engine.analyzer);
            let length = candidate.length as f32 / engine.average_length;
            let seen = Seen { starts: &starts, length, lengths: &candidate.lengths };
            let Chosen { passage, bonus, .. } = *chosen;
            let query = ranked_by.weighed();
            explained.push(Reckoning { query, weights: request.weights, passage, bonus, seen }.explanation());
        }
    }
    let mut explained = explained.into_iter();
    let mut hits = Vec::with_capacity(ranking.list.len());
    for (rank, chosen) in (1..).zip(&ranking.list) {
        let article = &mut ranking.matching.candidates[chosen.at].article;
        let mut hit = shown.hit(article, &known[&chosen.at], rank, (chosen.passage, chosen.score));
        hit.explain = explained.next();
        hits.push(hit);
    }
    hits
}
